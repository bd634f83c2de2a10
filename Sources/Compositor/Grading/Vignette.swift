// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// Darkens a picture towards its corners.
struct Vignette {
    private let width: Int
    private let height: Int
    /// Factors in 1/32768 of the upper half's rows, luma and chroma; the lower half is their mirror image.
    private let luma: [Int16]
    private let chroma: [Int16]

    /// `amount` 0…1; at 1 the corners keep about a third of their light.
    init(amount: Double, width: Int, height: Int) {
        self.width = width
        self.height = height
        func map(_ width: Int, _ height: Int) -> [Int16] {
            let rows = (height + 1) / 2
            var map = [Int16](repeating: 0, count: width * rows)
            for y in 0..<rows {
                let v = (Double(2 * y + 1) - Double(height)) / Double(height)
                for x in 0..<width {
                    let u = (Double(2 * x + 1) - Double(width)) / Double(width)
                    // Between a circle and the canvas's own ellipse; 1 in the corners.
                    let distance = (u * u + v * v) / 2
                    let fall = Easing.smooth((distance - 0.12) / 1.0)
                    map[y * width + x] = Int16((32767 * (1 - 0.68 * min(max(amount, 0), 1) * fall)).rounded())
                }
            }
            return map
        }
        luma = map(width, height)
        chroma = map((width + 1) / 2, (height + 1) / 2)
    }

    func apply(to picture: Picture) {
        Self.apply(luma, to: picture.mutableY, black: 16)
        Self.apply(chroma, to: picture.mutableU, black: 128)
        Self.apply(chroma, to: picture.mutableV, black: 128)
    }

    private static func apply(_ map: [Int16], to plane: MutablePlane, black: Int32) {
        map.withUnsafeBufferPointer { map in
            guard let base = map.baseAddress else { return }
            for y in 0..<plane.height {
                let factors = base + min(y, plane.height - 1 - y) * plane.width
                let row = plane.row(y)
                for x in 0..<plane.width {
                    let light = (Int32(row[x]) &- black) &* Int32(factors[x])
                    row[x] = UInt8(truncatingIfNeeded: black &+ ((light &+ 16384) >> 15))
                }
            }
        }
    }
}
