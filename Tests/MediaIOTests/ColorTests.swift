// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

/// Eight flat patches of known sRGB colour through every format that cameras and editors write.
@Suite struct ColorTests {
    static let patches: [(UInt8, UInt8, UInt8)] = [
        (0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 40, 40), (40, 180, 60), (50, 60, 200), (230, 190, 150),
        (90, 200, 220),
    ]

    /// The patches as a raw RGB picture of 8 × 32 by 32 pixels.
    static let chart = Result { () throws -> URL in
        var bytes: [UInt8] = []
        for _ in 0..<32 { for patch in patches { for _ in 0..<32 { bytes += [patch.0, patch.1, patch.2] } } }
        let url = try TestMedia.scratchFolder().appendingPathComponent("chart.rgb")
        try Data(bytes).write(to: url)
        return url
    }

    struct Format: Sendable, CustomTestStringConvertible {
        let name: String
        let pixelFormat: String
        let matrix: String
        let range: String
        let coding: [String]
        /// The largest step of red, green or blue, out of 255.
        var slack = 3
        var testDescription: String { "\(name) \(pixelFormat) \(matrix) \(range)" }
    }

    static let formats = [
        Format(name: "709.mp4", pixelFormat: "yuv420p", matrix: "bt709", range: "tv", coding: x264),
        Format(name: "601.mp4", pixelFormat: "yuv420p", matrix: "smpte170m", range: "tv", coding: x264),
        Format(name: "untold.mp4", pixelFormat: "yuv420p", matrix: "", range: "", coding: x264),
        Format(name: "full.mp4", pixelFormat: "yuvj420p", matrix: "bt709", range: "pc", coding: x264),
        Format(
            name: "full601.mov", pixelFormat: "yuvj422p", matrix: "smpte170m", range: "pc",
            coding: ["-c:v", "mjpeg", "-q:v", "1"]),
        Format(
            name: "422.mov", pixelFormat: "yuv422p10le", matrix: "bt709", range: "tv", coding: ["-c:v", "prores_ks"]),
        Format(name: "444.mp4", pixelFormat: "yuv444p", matrix: "bt709", range: "tv", coding: x264),
        Format(name: "10.mp4", pixelFormat: "yuv420p10le", matrix: "bt709", range: "tv", coding: x264),
        Format(name: "2020.mp4", pixelFormat: "yuv420p10le", matrix: "bt2020nc", range: "tv", coding: x264),
        Format(name: "rgb.mkv", pixelFormat: "bgr0", matrix: "", range: "", coding: ["-c:v", "ffv1"]),
        Format(
            name: "gbr.mp4", pixelFormat: "gbrp", matrix: "", range: "",
            coding: ["-c:v", "libx264rgb", "-crf", "1", "-pix_fmt", "rgb24"]),
    ]
    static let x264 = ["-c:v", "libx264", "-crf", "4", "-preset", "ultrafast"]

    @Test(arguments: formats, [false, true])
    func `colours come out the same`(_ format: Format, _ isShrunk: Bool) throws {
        var filter = "format=gbrp"
        if !format.matrix.isEmpty {
            let name =
                ["bt709": "bt709", "smpte170m": "smpte170m", "bt2020nc": "bt2020"][format.matrix] ?? format.matrix
            filter =
                "scale=out_color_matrix=\(name):out_range=\(format.range):flags=accurate_rnd+full_chroma_int"
                + ",setparams=colorspace=\(format.matrix):range=\(format.range)"
        }
        var arguments = [
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", "256x32", "-r", "10", "-i", try Self.chart.get().path, "-vf",
            "format=gbrp,\(filter),format=\(format.pixelFormat)",
        ]
        if format.name != "gbr.mp4", !format.matrix.isEmpty {
            arguments += ["-colorspace", format.matrix, "-color_range", format.range]
        }
        let clip = try TestMedia.ffmpeg(format.name, arguments + format.coding)
        let reader = try ClipReader(clip, options: .init(targetSize: isShrunk ? (128, 16) : nil))
        let picture = try reader.frame(at: .zero)
        #expect(picture.width == (isShrunk ? 128 : 256))
        for (index, patch) in Self.patches.enumerated() {
            let x = (2 * index + 1) * picture.width / 16
            let row = picture.height / 2
            let got = BT709.rgb(
                y: picture.y.row(row)[x], u: picture.u.row(row / 2)[x / 2], v: picture.v.row(row / 2)[x / 2])
            let worst = max(
                abs(Int(got.r) - Int(patch.0)), abs(Int(got.g) - Int(patch.1)), abs(Int(got.b) - Int(patch.2)))
            #expect(worst <= format.slack, "patch \(index): \(patch) became \(got)")
        }
    }

    /// Grey steps in HLG and PQ, against the light that BT.2100 gives them and BT.2390 brings down.
    @Test(arguments: [
        ("arib-std-b67", 0.75, 203.0), ("smpte2084", 0.5807, 203.0), ("arib-std-b67", 0.5, 50.6),
        ("smpte2084", 0.42, 38.4),
    ])
    func `high dynamic range is brought down`(_ transfer: String, _ signal: Double, _ light: Double) throws {
        let code = Int((64 + 876 * signal).rounded())
        let clip = try TestMedia.ffmpeg(
            "hdr.mp4",
            [
                "-f", "lavfi", "-i", "color=black:s=64x64:r=10:d=0.2", "-vf",
                "format=yuv420p10le,lutyuv=y=\(code):u=512:v=512",
                "-c:v", "libx265", "-x265-params", "log-level=none", "-crf", "2", "-color_trc", transfer, "-colorspace",
                "bt2020nc", "-color_primaries", "bt2020", "-color_range", "tv",
            ])
        let facts = try #require(try MediaProbe.probe(clip).picture)
        #expect(facts.isHighDynamicRange && facts.bitDepth == 10)
        let picture = try ClipReader(clip).frame(at: .zero)
        #expect(abs(Int(picture.u.row(9)[9]) - 128) <= 1 && abs(Int(picture.v.row(9)[9]) - 128) <= 1)
        let got = pow((Double(picture.y.row(9)[9]) - 16) / 219, 2.2) * 203
        // Below the knee of about 96 cd/m² light stays as it is; reference white comes to about 160.
        #expect(abs(got - min(light, 160)) < light * 0.06, "\(got)")
    }
}
