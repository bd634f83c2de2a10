// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A disturbed signal: red and blue come apart, bands of the picture jump aside, and strip by strip the second picture
/// takes over. The disturbance changes twelve times in the course of it; it depends on the place in the transition alone.
struct Glitch: TransitionEffect {
    private let changes = 12
    private let strips = 15

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        let strength = Easing.smooth(1.25 * (1 - abs(2 * share - 1)))
        let moment = UInt32(progress.step * changes / progress.steps)
        let bands = bands(height: target.height, width: target.width, strength: strength, moment: moment)
        let most = strength * Double(target.width)
        let pulse = 0.5 + Double(Noise.hash(moment, 5, 77) & 255) / 512
        let apart = Int(most * 0.006 * pulse)
        for band in bands {
            let picture = takesOver(band.firstRow, of: target.height, at: share) ? to : from
            draw(picture, band, apart: band.shift == 0 ? apart : apart * 2, into: target)
        }
    }

    /// Rows that move together. Even rows begin a band, so that colours go with their luma.
    private struct Band {
        var firstRow: Int
        var rows: Int
        /// To the right, in whole pairs of pixels.
        var shift: Int
    }

    private func bands(height: Int, width: Int, strength: Double, moment: UInt32) -> [Band] {
        var bands: [Band] = []
        var row = 0
        var index: UInt32 = 0
        while row < height {
            let dice = Noise.hash(moment, index, 41)
            // Mostly thin ones, some broad.
            let size = Double(dice & 255) / 255
            let rows = max(2, Int(Double(height) * (0.012 + 0.17 * size * size * size)) & ~1)
            let jumps = Double((dice >> 8) & 255) / 255 < 0.4 * strength
            let way = Double(Int((dice >> 16) & 511) - 256) / 256
            let shift = jumps ? Int(way * way * way * strength * 0.28 * Double(width)) / 2 * 2 : 0
            bands.append(Band(firstRow: row, rows: min(rows, height - row), shift: shift))
            row += rows
            index += 1
        }
        // Cut where the pictures change over.
        return bands.flatMap { split($0, height: height) }
    }

    private func stripRow(_ strip: Int, height: Int) -> Int { (height * strip / strips) & ~1 }

    private func strip(of row: Int, height: Int) -> Int {
        var strip = min(strips - 1, row * strips / height)
        while strip + 1 < strips, stripRow(strip + 1, height: height) <= row { strip += 1 }
        while strip > 0, stripRow(strip, height: height) > row { strip -= 1 }
        return strip
    }

    private func split(_ band: Band, height: Int) -> [Band] {
        var parts: [Band] = []
        var row = band.firstRow
        let end = band.firstRow + band.rows
        while row < end {
            let strip = strip(of: row, height: height)
            let next = strip + 1 < strips ? min(end, stripRow(strip + 1, height: height)) : end
            parts.append(Band(firstRow: row, rows: next - row, shift: band.shift))
            row = next
        }
        return parts
    }

    /// Each strip has its own time to change over, once and for all; neighbours seldom the same.
    private func takesOver(_ row: Int, of height: Int, at share: Double) -> Bool {
        let strip = strip(of: row, height: height)
        // Evenly spread over 0.3…0.7, in scrambled order (11 and 15 have no common divisor).
        let turn = Double((strip * 11 + 7) % strips) / Double(strips - 1)
        return share > 0.3 + 0.4 * turn
    }

    /// Copies a band, moved and with its red `apart` to the left and its blue to the right, and the other way round where it
    /// moves left. What leaves at one side comes in at the other.
    private func draw(_ picture: Picture, _ band: Band, apart: Int, into target: Picture) {
        let (width, chromaWidth) = (target.width, target.layout.chromaWidth)
        let apart = band.shift < 0 ? -apart : apart
        for row in band.firstRow..<band.firstRow + band.rows {
            let line = Line(
                y: picture.y.row(row), u: picture.u.row(row / 2), v: picture.v.row(row / 2), width: width,
                chromaWidth: chromaWidth, shift: band.shift, apart: apart)
            line.drawLuma(into: target.mutableY.row(row))
            if row & 1 == 0 { line.drawChroma(u: target.mutableU.row(row / 2), v: target.mutableV.row(row / 2)) }
        }
    }

    /// One row of a picture as samples that go round.
    private struct Line {
        let y: UnsafePointer<UInt8>
        let u: UnsafePointer<UInt8>
        let v: UnsafePointer<UInt8>
        let width: Int
        let chromaWidth: Int
        let shift: Int
        let apart: Int

        /// For −width ≤ x < 2 · width.
        @inline(__always) func around(_ x: Int) -> Int { x < 0 ? x + width : x >= width ? x - width : x }

        /// R and B of BT.709 in 1/256, unclamped (ITU-R BT.709-6 §3.3 inverted).
        @inline(__always) func red(_ x: Int) -> Int { 298 * (Int(y[x]) - 16) + 459 * (Int(v[x >> 1]) - 128) }
        @inline(__always) func blue(_ x: Int) -> Int { 298 * (Int(y[x]) - 16) + 541 * (Int(u[x >> 1]) - 128) }

        /// What the moved red and blue change at `x`, in 1/256.
        @inline(__always) func changes(_ x: Int) -> (red: Int, blue: Int) {
            (red(around(x + apart)) - red(x), blue(around(x - apart)) - blue(x))
        }

        func drawLuma(into out: UnsafeMutablePointer<UInt8>) {
            var x = around(-shift)
            for column in 0..<width {
                let (red, blue) = changes(x)
                let value = Int(y[x]) + (47 * red + 16 * blue + 32768) >> 16
                out[column] = UInt8(truncatingIfNeeded: min(max(value, 16), 235))
                x += 1
                if x == width { x = 0 }
            }
        }

        func drawChroma(u outU: UnsafeMutablePointer<UInt8>, v outV: UnsafeMutablePointer<UInt8>) {
            for column in 0..<chromaWidth {
                let x = min(around(2 * column - shift), width - 1)
                let (red, blue) = changes(x)
                let (cb, cr) = (
                    Int(u[x >> 1]) + (112 * blue - 26 * red + 32768) >> 16,
                    Int(v[x >> 1]) + (112 * red - 10 * blue + 32768) >> 16
                )
                outU[column] = UInt8(truncatingIfNeeded: min(max(cb, 16), 240))
                outV[column] = UInt8(truncatingIfNeeded: min(max(cr, 16), 240))
            }
        }
    }
}
