// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// A frame as a viewer gets it: 8-bit RGB, decoded by ffmpeg, not by anything that is tested.
struct SeenPicture {
    let width: Int
    let height: Int
    let bytes: [UInt8]

    /// Every frame of a film, or the one frame of a picture file; `filter` is put before the conversion.
    static func all(of path: String, filter: String? = nil) throws -> [SeenPicture] {
        let size = try KinoraCommand.probe(path, "stream=width,height").split(separator: ",").compactMap { Int($0) }
        let (width, height) = (try #require(size.first), try #require(size.last))
        let raw = try TestMedia.scratchFolder().appendingPathComponent("frames.rgb")
        defer { try? FileManager.default.removeItem(at: raw.deletingLastPathComponent()) }
        try TestMedia.run(
            "ffmpeg",
            ["-v", "error", "-nostdin", "-i", path, "-map", "0:v:0"] + (filter.map { ["-vf", $0] } ?? [])
                + ["-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", "rgb24", raw.path])
        let data = try Data(contentsOf: raw)
        let frame = width * height * 3
        return stride(from: 0, to: data.count - frame + 1, by: frame).map {
            SeenPicture(width: width, height: height, bytes: [UInt8](data[$0..<$0 + frame]))
        }
    }

    static func first(of path: String) throws -> SeenPicture { try #require(try all(of: path).first) }

    subscript(x: Int, y: Int) -> Chart.Colour {
        let at = (y * width + x) * 3
        return (bytes[at], bytes[at + 1], bytes[at + 2])
    }

    /// Colours a tenth in from the corners, clockwise from the top left, as `Chart.corners` names them.
    var cornerNames: String {
        let (x0, y0) = (width / 10, height / 10)
        return [(x0, y0), (width - 1 - x0, y0), (width - 1 - x0, height - 1 - y0), (x0, height - 1 - y0)].map { x, y in
            let colour = self[x, y]
            return Chart.cornerName(colour.r, colour.g, colour.b)
        }.joined()
    }

    /// The smallest box of pixels that are brighter than `other`'s by more than `threshold` in green; nil if none is.
    func box(brighterThan other: SeenPicture, by threshold: Int) -> (x: Range<Int>, y: Range<Int>)? {
        var (left, right, top, bottom) = (width, -1, height, -1)
        for y in 0..<height {
            let row = y * width * 3..<(y + 1) * width * 3
            // Whole rows are compared at once: few differ, and tests are built without optimisation.
            if bytes[row] == other.bytes[row] { continue }
            for x in 0..<width where Int(self[x, y].g) - Int(other[x, y].g) > threshold {
                (left, right, top, bottom) = (min(left, x), max(right, x), min(top, y), y)
            }
        }
        return right < 0 ? nil : (left..<right + 1, top..<bottom + 1)
    }
}
