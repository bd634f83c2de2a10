// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// Draws a part of a picture into a rectangle of another, both to a fraction of a pixel; one thread at a time.
///
/// Edges of the rectangle between pixels are drawn by the share that they cover, so that a picture which grows slowly has
/// edges that move smoothly too.
final class PictureSampler {
    private let sampler: PlaneSampler
    private let lumaColumns = SampleAxis()
    private let lumaRows = SampleAxis()
    private let chromaColumns = SampleAxis()
    private let chromaRows = SampleAxis()
    private var smaller: [Picture] = []
    private var edges: [UInt8] = []

    init(variant: PlaneSampler.Variant = .best) { sampler = PlaneSampler(variant: variant) }

    /// `part` of `source` (all of it when nil) goes to `rect` of `target`; what reaches beyond the target is left out.
    /// `blend` is the share of the new samples in 1/256. A target with alpha becomes opaque where the source has none.
    func draw(
        _ source: Picture, part: PixelRect? = nil, into target: Picture, at rect: PixelRect, blend: Int = 256
    ) {
        var (source, part) = (
            source, part ?? PixelRect(x: 0, y: 0, width: Double(source.width), height: Double(source.height))
        )
        guard part.width > 0, part.height > 0, rect.width > 0, rect.height > 0 else { return }
        // Too steep for the filter: halve first.
        var level = 0
        while max(part.width / rect.width, part.height / rect.height) > SampleAxis.maxStep,
            source.width > 1 || source.height > 1
        {
            let width = max(1, source.width / 2), height = max(1, source.height / 2)
            let half = halved(source, level: level, width: width, height: height)
            part = PixelRect(
                x: part.x / 2, y: part.y / 2, width: max(part.width / 2, 0.5), height: max(part.height / 2, 0.5))
            source = half
            level += 1
        }
        let across = Mappings(rect.x, rect.width, part.x, part.width, limit: target.width)
        let down = Mappings(rect.y, rect.height, part.y, part.height, limit: target.height)
        draw(
            source.y, into: target.mutableY, across.luma, down.luma, blend, columns: lumaColumns, rows: lumaRows)
        if let to = target.mutableAlpha {
            if let from = source.alpha {
                draw(from, into: to, across.luma, down.luma, blend, columns: lumaColumns, rows: lumaRows)
            } else {
                cover(to, across.luma, down.luma, blend)
            }
        }
        for (from, to) in [(source.u, target.mutableU), (source.v, target.mutableV)] {
            draw(from, into: to, across.leftSited, down.centred, blend, columns: chromaColumns, rows: chromaRows)
        }
    }

    /// One axis of a drawing: target edges, and the source sample under target sample `i`: `origin + i · step`.
    private struct Mapping {
        var start: Double
        var end: Double
        var origin: Double
        var step: Double
    }

    private struct Mappings {
        let luma: Mapping
        let leftSited: Mapping
        let centred: Mapping

        init(_ start: Double, _ length: Double, _ from: Double, _ fromLength: Double, limit: Int) {
            // At an odd edge of the target the last chroma sample belongs to one luma sample alone.
            let chromaEnd = start + length >= Double(limit) ? (start + length + 1) / 2 : (start + length) / 2
            let step = fromLength / length
            let origin = from + (0.5 - start) * step - 0.5
            luma = Mapping(start: start, end: start + length, origin: origin, step: step)
            // Chroma sample c lies on luma 2c across, between 2c and 2c + 1 down.
            leftSited = Mapping(start: start / 2, end: chromaEnd, origin: origin / 2, step: step)
            centred = Mapping(
                start: start / 2, end: chromaEnd, origin: from / 2 + (0.5 - start / 2) * step - 0.5, step: step)
        }
    }

    /// Whole samples that an axis touches, and how much of the first and the last one it covers, in 1/256.
    private struct Extent {
        var low: Int
        var high: Int
        var firstCover = 256
        var lastCover = 256

        init(_ mapping: Mapping, limit: Int) {
            func settled(_ x: Double) -> Double { abs(x - x.rounded()) < 1.0 / 512 ? x.rounded() : x }
            let start = settled(mapping.start), end = settled(mapping.end)
            let lowest = Int(start.rounded(.down)), highest = Int(end.rounded(.up))
            if lowest >= 0 { firstCover = Int(((Double(lowest + 1) - start) * 256).rounded()) }
            if highest <= limit { lastCover = Int(((end - Double(highest - 1)) * 256).rounded()) }
            if highest - lowest == 1 {
                firstCover = max(0, firstCover + lastCover - 256)
                lastCover = 256
            }
            low = max(lowest, 0)
            high = min(highest, limit)
        }

        var isEmpty: Bool { high <= low }
        var count: Int { high - low }
    }

    private func draw(
        _ source: Plane, into whole: MutablePlane, _ across: Mapping, _ down: Mapping, _ blend: Int,
        columns: SampleAxis, rows: SampleAxis
    ) {
        let x = Extent(across, limit: whole.width), y = Extent(down, limit: whole.height)
        if x.isEmpty || y.isEmpty { return }
        let target = whole.part(x: x.low, y: y.low, width: x.count, height: y.count)
        let crisp = x.firstCover == 256 && x.lastCover == 256 && y.firstCover == 256 && y.lastCover == 256
        if !crisp { keepEdges(of: target) }

        let one = 4_294_967_296.0
        let fromX = Int64(((across.origin + Double(x.low) * across.step) * one).rounded())
        let fromY = Int64(((down.origin + Double(y.low) * down.step) * one).rounded())
        let stepX = Int64((across.step * one).rounded()), stepY = Int64((down.step * one).rounded())
        let whole32 = Int64(1) << 32, half = Int64(1) << 23
        let column = Int((fromX + half) >> 32), row = Int((fromY + half) >> 32)
        if blend == 256, stepX == whole32, stepY == whole32, (fromX + half) & 0xFFFF_FFFF < 2 * half,
            (fromY + half) & 0xFFFF_FFFF < 2 * half, column >= 0, row >= 0, column + x.count <= source.width,
            row + y.count <= source.height
        {
            target.copy(from: source.part(x: column, y: row, width: x.count, height: y.count))
        } else {
            columns.fill(count: x.count, sourceCount: source.width, origin: fromX, step: stepX)
            rows.fill(count: y.count, sourceCount: source.height, origin: fromY, step: stepY)
            sampler.sample(source, into: target, columns: columns, rows: rows, blend: blend)
        }
        if !crisp { blendEdges(of: target, x, y) }
    }

    /// What `draw` does with a plane that is white throughout.
    private func cover(_ whole: MutablePlane, _ across: Mapping, _ down: Mapping, _ blend: Int) {
        let x = Extent(across, limit: whole.width), y = Extent(down, limit: whole.height)
        if x.isEmpty || y.isEmpty { return }
        let target = whole.part(x: x.low, y: y.low, width: x.count, height: y.count)
        let crisp = x.firstCover == 256 && x.lastCover == 256 && y.firstCover == 256 && y.lastCover == 256
        if !crisp { keepEdges(of: target) }
        for row in 0..<target.height {
            let samples = target.row(row)
            for column in 0..<target.width {
                let old = Int(samples[column])
                samples[column] = UInt8(truncatingIfNeeded: (255 * blend + old * (256 - blend) + 128) >> 8)
            }
        }
        if !crisp { blendEdges(of: target, x, y) }
    }

    /// Top and bottom row, then left and right column.
    private func keepEdges(of target: MutablePlane) {
        let (width, height) = (target.width, target.height)
        let needed = 2 * (width + height)
        if edges.count < needed { edges = [UInt8](repeating: 0, count: needed) }
        edges.withUnsafeMutableBufferPointer { edges in
            for x in 0..<width {
                edges[x] = target.row(0)[x]
                edges[width + x] = target.row(height - 1)[x]
            }
            for y in 0..<height {
                edges[2 * width + y] = target.row(y)[0]
                edges[2 * width + height + y] = target.row(y)[width - 1]
            }
        }
    }

    private func blendEdges(of target: MutablePlane, _ across: Extent, _ down: Extent) {
        let (width, height) = (target.width, target.height)
        edges.withUnsafeBufferPointer { edges in
            func mix(_ x: Int, _ y: Int, _ old: UInt8, _ cover: Int) {
                let new = Int(target.row(y)[x])
                target.row(y)[x] = UInt8(truncatingIfNeeded: (new * cover + Int(old) * (256 - cover) + 128) >> 8)
            }
            func cover(_ index: Int, _ count: Int, _ extent: Extent) -> Int {
                index == 0 ? extent.firstCover : index == count - 1 ? extent.lastCover : 256
            }
            for x in 0..<width {
                let column = cover(x, width, across)
                if down.firstCover < 256 { mix(x, 0, edges[x], (down.firstCover * column) >> 8) }
                if down.lastCover < 256, height > 1 {
                    mix(x, height - 1, edges[width + x], (down.lastCover * column) >> 8)
                }
            }
            for y in 0..<height {
                if cover(y, height, down) < 256 { continue }  // a corner, done
                if across.firstCover < 256 { mix(0, y, edges[2 * width + y], across.firstCover) }
                if across.lastCover < 256, width > 1 {
                    mix(width - 1, y, edges[2 * width + height + y], across.lastCover)
                }
            }
        }
    }

    /// The picture at half its size, in memory that is used again by the next drawing.
    private func halved(_ source: Picture, level: Int, width: Int, height: Int) -> Picture {
        let layout = PictureLayout(width: width, height: height, hasAlpha: source.layout.hasAlpha)
        if level >= smaller.count {
            smaller.append(Picture(layout: layout))
        } else if smaller[level].layout != layout {
            smaller[level] = Picture(layout: layout)
        }
        let target = smaller[level]
        Self.halve(source.y, into: target.mutableY)
        Self.halve(source.u, into: target.mutableU)
        Self.halve(source.v, into: target.mutableV)
        if let from = source.alpha, let to = target.mutableAlpha { Self.halve(from, into: to) }
        return target
    }

    /// Means of two by two samples.
    static func halve(_ source: Plane, into target: MutablePlane) {
        for y in 0..<target.height {
            let first = source.row(min(2 * y, source.height - 1)),
                second = source.row(min(2 * y + 1, source.height - 1))
            let row = target.row(y)
            let pairs = min(target.width, source.width / 2)
            for x in 0..<pairs {
                let sum =
                    UInt16(first[2 * x]) + UInt16(first[2 * x + 1]) + UInt16(second[2 * x]) + UInt16(second[2 * x + 1])
                row[x] = UInt8(truncatingIfNeeded: (sum + 2) >> 2)
            }
            for x in pairs..<max(pairs, target.width) {
                let last = source.width - 1
                row[x] = UInt8(truncatingIfNeeded: (UInt16(first[last]) + UInt16(second[last]) + 1) >> 1)
            }
        }
    }
}
