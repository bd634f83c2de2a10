// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// One plane of a picture and where its samples lie on the canvas: what has edges is drawn at full size, plane by plane.
struct FinePlane {
    enum Part: CaseIterable { case luma, blue, red }

    let part: Part
    let plane: MutablePlane
    /// Canvas pixels from sample to sample.
    let step: Int
    /// Place of the first sample, in 1/256 pixels. Chroma lies on the left one of two luma samples, between two rows.
    let originX = 128
    let originY: Int

    private init(_ part: Part, _ plane: MutablePlane) {
        self.part = part
        self.plane = plane
        step = part == .luma ? 1 : 2
        originY = part == .luma ? 128 : 256
    }

    static func all(of picture: Picture) -> [FinePlane] {
        [FinePlane(.luma, picture.mutableY), FinePlane(.blue, picture.mutableU), FinePlane(.red, picture.mutableV)]
    }

    /// The part of a colour that this plane holds, in 1/256.
    func level(_ colour: FineColour) -> Int {
        switch part {
        case .luma: colour.y
        case .blue: colour.u
        case .red: colour.v
        }
    }

    /// Same, rounded.
    func byte(_ colour: FineColour) -> UInt8 { UInt8(truncatingIfNeeded: (level(colour) + 128) >> 8) }

    /// Canvas place of a column or a row, in 1/256 pixels.
    func x(_ column: Int) -> Int { originX + column * step * 256 }
    func y(_ row: Int) -> Int { originY + row * step * 256 }

    /// Columns and rows within `reach` (1/256 pixels) of a place.
    func columns(about x: Int, _ reach: Int) -> Range<Int> { Self.range(x - originX, reach, step, plane.width) }
    func rows(about y: Int, _ reach: Int) -> Range<Int> { Self.range(y - originY, reach, step, plane.height) }

    private static func range(_ place: Int, _ reach: Int, _ step: Int, _ count: Int) -> Range<Int> {
        let size = step * 256
        let first = min(max((place - reach) / size, 0), count)
        return first..<max(first, min(max((place + reach) / size + 1, 0), count))
    }
}

/// Fine noise that rounds the fractions of a code value (Jimenez 2014, as in `SoftPlane`), 0…255.
@inline(__always) func ditherNoise(_ x: Int, _ y: Int) -> UInt16 {
    let slope = UInt16(truncatingIfNeeded: x) &* 4398 &+ UInt16(truncatingIfNeeded: y) &* 383
    return (slope &* 53 &- slope >> 6) >> 8
}
