// SPDX-License-Identifier: GPL-3.0-or-later
import StillKernels

/// Shrinks a picture as it is decoded: source rows come in from the top, finished rows go out; only a window of rows is held.
enum Reduction {
    /// Reads `area` of `image` (8 bits a channel, 1, 3 or 4 channels) and shrinks it to `width` × `height`, neither larger than
    /// the area's own. With `premultiplies`, the last of four channels is alpha and the others are multiplied by it first.
    static func read(
        _ image: VipsPicture, area: PixelRect, width: Int, height: Int, premultiplies: Bool
    ) throws(VipsFailure) -> Pixels {
        let channels = image.bands
        let output = Pixels(width: width, height: height, channels: channels)
        let across = ReductionTable(source: area.width, output: width)
        let down = ReductionTable(source: area.height, output: height)
        var reader = try VipsRows(image, left: area.x, width: area.width)
        // Rows above the area are read past: a file that is read once has no way round them.
        let window = RowWindow(rowBytes: area.width * channels, capacity: down.taps + VipsRows.stripHeight)
        defer { withExtendedLifetime(window) {} }
        let middle = UnsafeMutablePointer<Int16>.allocate(capacity: max(area.width, across.taps) * channels + 32)
        defer { middle.deallocate() }
        middle.initialize(repeating: 0, count: max(area.width, across.taps) * channels + 32)
        let rows = UnsafeMutablePointer<UnsafePointer<UInt8>?>.allocate(capacity: down.taps)
        defer { rows.deallocate() }

        var loaded = 0
        for y in 0..<height {
            let start = Int(down.starts[y])
            let needed = min(start + down.taps, area.height)
            while loaded < needed {
                let count = min(VipsRows.stripHeight, area.height - loaded)
                let strip = try reader.read(from: area.y + loaded, count: count)
                for row in 0..<count {
                    let place = window.row(loaded + row)
                    place.update(from: strip.row(row), count: window.rowBytes)
                    if premultiplies { premultiply(place, count: area.width) }
                }
                loaded += count
            }
            for k in 0..<down.taps { rows[k] = UnsafePointer(window.row(min(start + k, area.height - 1))) }
            down.weights.withUnsafeBufferPointer { weights in
                still_reduce_rows(
                    rows, weights.baseAddress?.advanced(by: y * down.taps), Int32(down.taps), middle, window.rowBytes)
            }
            still_reduce_columns(
                middle, across.starts, across.weights, Int32(across.taps), Int32(channels), output.row(y), width)
            if premultiplies { clampToAlpha(output.row(y), count: width) }
        }
        return output
    }

    private static func premultiply(_ row: UnsafeMutablePointer<UInt8>, count: Int) {
        for x in 0..<count {
            let p = row + 4 * x
            let a = UInt32(p[3])
            if a == 255 { continue }
            for c in 0..<3 { p[c] = UInt8(truncatingIfNeeded: (UInt32(p[c]) * a + 127) / 255) }
        }
    }

    /// A premultiplied colour is never above its alpha; the filter's overshoot may put it there.
    private static func clampToAlpha(_ row: UnsafeMutablePointer<UInt8>, count: Int) {
        for x in 0..<count {
            let p = row + 4 * x
            for c in 0..<3 { p[c] = min(p[c], p[3]) }
        }
    }
}

/// A ring of the latest rows.
private final class RowWindow {
    let rowBytes: Int
    private let stride: Int
    private let capacity: Int
    private let base: UnsafeMutablePointer<UInt8>

    init(rowBytes: Int, capacity: Int) {
        self.rowBytes = rowBytes
        self.capacity = capacity
        stride = rowBytes + Pixels.margin
        base = .allocate(capacity: stride * capacity)
    }

    deinit { base.deallocate() }

    func row(_ y: Int) -> UnsafeMutablePointer<UInt8> { base + y % capacity * stride }
}
