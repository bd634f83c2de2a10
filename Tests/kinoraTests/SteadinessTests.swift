// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Slow motions glide: between neighbouring frames every part moves by nearly the same fraction of a pixel.
@Suite struct SteadinessTests {
    @Test(arguments: ["zoom-in", "pan-left"])
    func slowMotionDoesNotTremble(motion: String) throws {
        let kinora = try KinoraCommand()
        let photo = try Self.texture()
        let made = try kinora.run(
            ["make", photo.path, "-o", "film.mp4", "--duration", "3", "--motion", motion, "--canvas", "640x360"]
                + ["--draft-out", "draft.json", "--x264-preset", "ultrafast", "--crf", "40"])
        try #require(made.status == 0, "\(made.errors)")
        let raw = try kinora.run("render", "draft.json", "-o", "film.y4m")
        try #require(raw.status == 0, "\(raw.errors)")
        // The last quarter of the film fades out.
        let frames = try Lumas(y4m: URL(fileURLWithPath: kinora.path("film.y4m")), from: 2, to: 64)
        var moved = 0.0
        for (x, y) in [(96, 90), (320, 90), (544, 90), (96, 270), (320, 270), (544, 270)] {
            let steps = frames.steps(x: x, y: y)
            moved = max(moved, abs(steps.x.reduce(0, +)), abs(steps.y.reduce(0, +)))
            let tremble = max(Self.tremble(steps.x), Self.tremble(steps.y))
            #expect(tremble <= 0.04, "round \(x), \(y) the picture trembles by \(tremble) pixels")
        }
        #expect(moved > 4, "the picture moved by only \(moved) pixels")
    }

    /// The measure finds what it looks for: the same slow pan in whole pixels, as cheap programs make it.
    @Test func theMeasureSeesWholePixelSteps() throws {
        let film = try TestMedia.ffmpeg(
            "stepping.y4m",
            [
                "-loop", "1", "-i", try Self.texture().path, "-vf",
                "crop=640:360:x='floor(n*0.3)':y=100,format=yuv420p",
                "-frames:v", "40",
            ])
        let steps = try Lumas(y4m: film, from: 0, to: 40).steps(x: 320, y: 180)
        #expect(abs(steps.x.reduce(0, +) + 11) < 0.5, "\(steps.x)")
        #expect(Self.tremble(steps.x) > 0.3)
    }

    /// Standard deviation of the second difference of the place.
    private static func tremble(_ steps: [Double]) -> Double {
        let changes = zip(steps.dropFirst(), steps).map(-)
        let mean = changes.reduce(0, +) / Double(changes.count)
        return sqrt(changes.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / Double(changes.count))
    }

    /// Crossing waves whose lengths change from place to place: structure everywhere, in both directions, nothing finer than
    /// what stays when it is made smaller.
    private static func texture() throws -> URL {
        try TestMedia.ffmpeg(
            "texture.png",
            [
                "-f", "lavfi", "-i",
                "nullsrc=s=1280x720,format=gray,geq=lum='128+45*sin(X/9+3*sin(Y/37))+45*sin(Y/11+3*sin(X/41))'",
                "-frames:v", "1",
            ])
    }
}

/// Brightness of a film's frames.
private struct Lumas {
    let width: Int
    let height: Int
    let frames: [[UInt8]]

    /// Frames `from ..< to` of a YUV4MPEG2 file in 4:2:0.
    init(y4m: URL, from: Int, to: Int) throws {
        let data = try Data(contentsOf: y4m, options: .alwaysMapped)
        let newline = UInt8(ascii: "\n")
        let headEnd = try #require(data.firstIndex(of: newline))
        let head = String(decoding: data[..<headEnd], as: UTF8.self).split(separator: " ")
        let width = try #require(head.first { $0.hasPrefix("W") }.flatMap { Int($0.dropFirst()) })
        let height = try #require(head.first { $0.hasPrefix("H") }.flatMap { Int($0.dropFirst()) })
        let frame = "FRAME\n".utf8.count + width * height * 3 / 2
        self.width = width
        self.height = height
        frames = try (from..<to).map { index in
            let at = headEnd + 1 + index * frame + 6
            try #require(at + width * height <= data.count, "the film has no frame \(index)")
            return [UInt8](data[at..<at + width * height])
        }
    }

    /// How far the window of 40 × 40 pixels round a place moves from each frame to the next.
    func steps(x: Int, y: Int) -> (x: [Double], y: [Double]) {
        let steps = zip(frames, frames.dropFirst()).map { step(from: $0, to: $1, x: x, y: y) }
        return (steps.map(\.x), steps.map(\.y))
    }

    /// Lucas and Kanade's registration (1981), repeated until it stands still, sampled by cubic convolution.
    private func step(from: [UInt8], to: [UInt8], x: Int, y: Int) -> (x: Double, y: Double) {
        let half = 20
        var (dx, dy) = (0.0, 0.0)
        for _ in 0..<3 {
            var (xx, xy, yy, ex, ey) = (0.0, 0.0, 0.0, 0.0, 0.0)
            let columns = Cubic(dx)
            let rows = Cubic(dy)
            for row in y - half..<y + half {
                for column in x - half..<x + half {
                    let at = row * width + column
                    let gx = (Double(from[at + 1]) - Double(from[at - 1])) / 2
                    let gy = (Double(from[at + width]) - Double(from[at - width])) / 2
                    let error = Double(from[at]) - columns.sample(to, row, column, rows, width)
                    xx += gx * gx
                    xy += gx * gy
                    yy += gy * gy
                    ex += gx * error
                    ey += gy * error
                }
            }
            let determinant = xx * yy - xy * xy
            dx += (yy * ex - xy * ey) / determinant
            dy += (xx * ey - xy * ex) / determinant
        }
        return (dx, dy)
    }
}

/// Weights of Catmull and Rom's cubic for a place between samples.
private struct Cubic {
    let whole: Int
    let weights: (Double, Double, Double, Double)

    init(_ place: Double) {
        let floor = place.rounded(.down)
        let t = place - floor
        whole = Int(floor)
        weights = (
            ((-0.5 * t + 1) * t - 0.5) * t, (1.5 * t - 2.5) * t * t + 1, ((-1.5 * t + 2) * t + 0.5) * t,
            (0.5 * t - 0.5) * t * t
        )
    }

    /// `samples` this far to the right of `column` and, by `rows`, below `row`.
    func sample(_ samples: [UInt8], _ row: Int, _ column: Int, _ rows: Cubic, _ width: Int) -> Double {
        func line(_ offset: Int) -> Double {
            let at = (row + rows.whole + offset) * width + column + whole
            return weights.0 * Double(samples[at - 1]) + weights.1 * Double(samples[at])
                + weights.2 * Double(samples[at + 1]) + weights.3 * Double(samples[at + 2])
        }
        return rows.weights.0 * line(-1) + rows.weights.1 * line(0) + rows.weights.2 * line(1)
            + rows.weights.3 * line(2)
    }
}
