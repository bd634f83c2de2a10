// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Draws a picture through a bent glass: each place of the canvas shows another place of the picture, and beyond its edges lie
/// mirror images. The glass is computed every eighth sample and straight between; samples are interpolated straight, in integers.
enum WarpedPicture {
    private static let cell = 8

    /// `place` tells, for a place on the canvas (0…1 from the top left), the place of the picture that shows there.
    /// `blend` is the share of the new samples in 1/256. Both are of one size.
    static func draw(
        _ picture: Picture, into target: Picture, blend: Int = 256,
        through place: (_ x: Double, _ y: Double) -> (x: Double, y: Double)
    ) {
        let columns = target.width / cell + 2, rows = target.height / cell + 2
        withUnsafeTemporaryAllocation(of: Vertex.self, capacity: columns * rows) { glass in
            let (width, height) = (Double(target.width), Double(target.height))
            for row in 0..<rows {
                for column in 0..<columns {
                    let seen = place(Double(column * cell) / width, Double(row * cell) / height)
                    glass[row * columns + column] = Vertex(
                        x: Int32(fixed(seen.x * width)), y: Int32(fixed(seen.y * height)))
                }
            }
            guard let base = glass.baseAddress else { return }
            draw(picture.y, into: target.mutableY, base, columns, cell: cell, halved: false, blend)
            draw(picture.u, into: target.mutableU, base, columns, cell: cell / 2, halved: true, blend)
            draw(picture.v, into: target.mutableV, base, columns, cell: cell / 2, halved: true, blend)
        }
    }

    /// In 1/1024 pixels from the top left corner, at most a few canvases away.
    private struct Vertex {
        var x: Int32
        var y: Int32
    }

    private static func fixed(_ place: Double) -> Double { (min(max(place, -60000), 60000) * 1024).rounded() }

    private static func draw(
        _ source: Plane, into target: MutablePlane, _ glass: UnsafePointer<Vertex>, _ columns: Int, cell: Int,
        halved: Bool, _ blend: Int
    ) {
        let shift = halved ? 1 : 0
        for y in 0..<target.height {
            let upper = glass + (y / cell) * columns, lower = upper + columns
            // The middle of the sample between two rows of the glass.
            let down = 2 * (y % cell) + 1, up = 2 * cell - down
            let out = target.row(y)
            var x = 0, column = 0
            while x < target.width {
                let left = blended(upper[column], lower[column], up, down, 2 * cell)
                let right = blended(upper[column + 1], lower[column + 1], up, down, 2 * cell)
                let stepX = (right.x - left.x) / cell, stepY = (right.y - left.y) / cell
                // From the corner to the middle of the first sample, and to where that plane's first sample stands.
                var atX = left.x + stepX / 2 - (512 << shift), atY = left.y + stepY / 2 - (512 << shift)
                for _ in 0..<min(cell, target.width - x) {
                    let value = sample(source, atX >> shift, atY >> shift)
                    out[x] =
                        blend >= 256
                        ? UInt8(truncatingIfNeeded: value)
                        : UInt8(truncatingIfNeeded: (value * blend + Int(out[x]) * (256 - blend) + 128) >> 8)
                    atX += stepX
                    atY += stepY
                    x += 1
                }
                column += 1
            }
        }
    }

    @inline(__always) private static func blended(_ a: Vertex, _ b: Vertex, _ up: Int, _ down: Int, _ whole: Int)
        -> (x: Int, y: Int)
    {
        ((Int(a.x) * up + Int(b.x) * down) / whole, (Int(a.y) * up + Int(b.y) * down) / whole)
    }

    /// The sample at a place in 1/1024 from the first one's centre.
    @inline(__always) private static func sample(_ source: Plane, _ x: Int, _ y: Int) -> Int {
        var (column, row) = (x >> 10, y >> 10)
        let (right, below) = ((x >> 2) & 255, (y >> 2) & 255)
        var (nextColumn, nextRow) = (column + 1, row + 1)
        if column < 0 || nextColumn >= source.width {
            column = PlaneMath.mirrored(column, source.width)
            nextColumn = PlaneMath.mirrored(nextColumn, source.width)
        }
        if row < 0 || nextRow >= source.height {
            row = PlaneMath.mirrored(row, source.height)
            nextRow = PlaneMath.mirrored(nextRow, source.height)
        }
        let (upper, lower) = (source.row(row), source.row(nextRow))
        let top = Int(upper[column]) * (256 - right) + Int(upper[nextColumn]) * right
        let bottom = Int(lower[column]) * (256 - right) + Int(lower[nextColumn]) * right
        return (top * (256 - below) + bottom * below + 32768) >> 16
    }
}

/// Both pictures seen through one glass that bends and straightens again, the second mixed in while it is bent most.
struct BentHandover: TransitionEffect {
    /// The place seen at a place of the canvas; both from the middle, where 1 is half the shorter side. `bend` is 0…1,
    /// `way` 0…1 over the whole transition.
    let glass: @Sendable (_ x: Double, _ y: Double, _ bend: Double, _ way: Double) -> (x: Double, y: Double)

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let way = progress.share
        let bend = Easing.smoother(1 - abs(2 * way - 1))
        let mixed = tools.scratch(0, like: target)
        mixed.mix(from, to, share: Int((256 * Easing.smooth((way - 0.25) / 0.5)).rounded()))
        let shorter = Double(min(target.width, target.height))
        let (halfX, halfY) = (Double(target.width) / shorter, Double(target.height) / shorter)
        WarpedPicture.draw(mixed, into: target) { x, y in
            let seen = glass((2 * x - 1) * halfX, (2 * y - 1) * halfY, bend, way)
            return ((seen.x / halfX + 1) / 2, (seen.y / halfY + 1) / 2)
        }
    }

    /// Rings run outwards, as from a stone in water.
    static let ripple = BentHandover { x, y, bend, way in
        let distance = (x * x + y * y).squareRoot()
        guard distance > 0.0001 else { return (x, y) }
        let phase = 5 * distance - 6 * way
        let push = 0.09 * bend * LanczosWindow.sineOfHalfTurns(phase) / (1 + 0.6 * distance)
        return (x + x / distance * push, y + y / distance * push)
    }

    /// The middle turns further than the edges, one and a half times round, and back.
    static let swirl = BentHandover { x, y, bend, way in
        let distance = (x * x + y * y).squareRoot()
        let near = max(0, 1 - distance / 1.7)
        let angle = 3 * bend * near * near
        let sine = LanczosWindow.sineOfHalfTurns(angle), cosine = LanczosWindow.sineOfHalfTurns(angle + 0.5)
        return (x * cosine - y * sine, x * sine + y * cosine)
    }

    /// Six mirrors close in on the picture and open again, while it turns.
    static let kaleidoscope = BentHandover { x, y, bend, way in
        let angle = 0.5 * way
        let sine = LanczosWindow.sineOfHalfTurns(angle), cosine = LanczosWindow.sineOfHalfTurns(angle + 0.5)
        var (u, v) = (x * cosine - y * sine, x * sine + y * cosine)
        // Each mirror stands aslant by a multiple of 60° and throws back what lies behind it.
        for mirror in 0..<3 {
            let slant = Double(mirror) / 3
            let normalX = LanczosWindow.sineOfHalfTurns(slant), normalY = LanczosWindow.sineOfHalfTurns(slant + 0.5)
            let behind = u * normalX + v * normalY
            if behind < 0 {
                u -= 2 * behind * normalX
                v -= 2 * behind * normalY
            }
        }
        let strength = min(1, bend * 1.6)
        let eased = Easing.smooth(strength)
        return (x + (u * 0.8 - x) * eased, y + (v * 0.8 - y) * eased)
    }
}
