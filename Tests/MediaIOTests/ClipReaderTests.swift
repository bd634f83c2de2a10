// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

@Suite struct ClipReaderTests {
    @Test(arguments: [FilmContainer.mp4, .mov, .matroska], [96 << 20, 1])
    func `frames are exact in order, at random and backwards`(_ container: FilmContainer, _ cacheBytes: Int) throws {
        let rate = FrameRate(30, over: 1)
        let film = try TestFilm.write(container, rate: rate, frames: 100)
        var options = ClipReader.Options()
        options.cacheBytes = cacheBytes
        let reader = try ClipReader(film, options: options)
        func number(_ index: Int) throws -> Int { TestFilm.number(of: try reader.frame(at: rate.time(ofFrame: index))) }
        var random = SeededRandom(7)
        let orders = [
            Array(0..<100), (0..<60).map { _ in random.next(100) }, (0..<100).reversed(),
            Array(stride(from: 99, to: 0, by: -3)), Array(stride(from: 0, to: 99, by: 7)),
        ]
        for order in orders { #expect(try order.map(number) == order) }
        #expect(TestFilm.number(of: try reader.frame(at: MediaTime(seconds: -1))) == 0)
        #expect(TestFilm.number(of: try reader.frame(at: MediaTime(seconds: 60))) == 99)
        #expect(try reader.frame(at: MediaTime(seconds: 60)) === reader.frame(at: MediaTime(seconds: 70)))
    }

    /// Groups of pictures that lean on each other, long ones, short ones, without B-frames, cut by copying.
    @Test(arguments: [
        ["-c:v", "libx264", "-x264-params", "open-gop=1:keyint=12:bframes=5:b-pyramid=normal"],
        ["-c:v", "libx265", "-x265-params", "log-level=none:open-gop=1:keyint=20"],
        ["-c:v", "libx264", "-x264-params", "keyint=300:scenecut=0"], ["-c:v", "libx264", "-g", "1"],
        ["-c:v", "mpeg4", "-bf", "2", "-q:v", "2"], ["-c:v", "mjpeg", "-q:v", "2"],
        ["-c:v", "libvpx-vp9", "-cpu-used", "8", "-b:v", "1M"],
    ])
    func `every way of coding gives exact frames`(_ coding: [String]) throws {
        for container in coding[1] == "libvpx-vp9" ? ["webm"] : ["mp4", "mkv"] {
            let clip = try TestMedia.ffmpeg("coded.\(container)", ["-i", try Self.numbered.get().path] + coding)
            let reader = try ClipReader(clip)
            func number(_ index: Int) throws -> Int {
                TestFilm.number(of: try reader.frame(at: MediaTime(milliseconds: Int64(index) * 40)))
            }
            var random = SeededRandom(3)
            let orders = [(0..<40).map { _ in random.next(100) }, Array(0..<100), Array((20..<70).reversed())]
            for order in orders { #expect(try order.map(number) == order, "\(container)") }
        }
    }

    /// A hundred numbered frames, 25 a second, losslessly coded.
    static let numbered = Result { () throws -> URL in
        let settings = VideoEncoderSettings(
            width: TestFilm.width, height: TestFilm.height, frameRate: FrameRate(25, over: 1), rate: .quality(1),
            preset: "ultrafast")
        let (track, packets) = try TestFilm.chunk(settings, 0..<100)
        let url = try TestMedia.scratchFolder().appendingPathComponent("numbered.mp4")
        let writer = try FilmWriter(url, FilmWriter.Plan(video: track, frames: 100))
        try writer.writeVideo(packets, startingAt: 0)
        try writer.finish()
        return url
    }

    @Test func `uneven frames are shown from their own time on`() throws {
        // Frames 0, 1, 4, 9, 16, … of 25 a second.
        let clip = try TestMedia.ffmpeg(
            "squares.mp4",
            [
                "-i", try Self.numbered.get().path, "-vf", "select='eq(mod(sqrt(n),1),0)'", "-vsync", "vfr", "-c:v",
                "libx264",
            ])
        let reader = try ClipReader(clip)
        for time in [0, 39, 41, 100, 159, 161, 359, 361, 2000, 3300, 700, 20] {
            let index = max(0, Int((Double(time) / 40).squareRoot()))
            #expect(
                TestFilm.number(of: try reader.frame(at: MediaTime(milliseconds: Int64(time))))
                    == min(81, index * index))
        }
        #expect(try MediaProbe.probe(clip).picture?.isVariableFrameRate == true)
    }

    @Test(arguments: ["-ss 1.5 -i IN -c copy", "-itsoffset 0.7 -i IN -c copy", "-i IN -c copy -output_ts_offset 5"])
    func `time 0 is where the picture starts, whatever the file's clock says`(_ recipe: String) throws {
        for container in ["mp4", "mkv", "ts"] {
            let arguments = try recipe.split(separator: " ").map { $0 == "IN" ? try Self.long.get().path : String($0) }
            let clip = try TestMedia.ffmpeg("shifted.\(container)", arguments)
            let reader = try ClipReader(clip)
            let first = TestFilm.number(of: try reader.frame(at: .zero))
            let numbers = try (0..<20).map {
                TestFilm.number(of: try reader.frame(at: MediaTime(milliseconds: Int64($0) * 40)))
            }
            #expect(numbers == (0..<20).map { first + $0 }, "\(container)")
            // A cut by copying starts at the keyframe before in ts and mkv, and at the cut itself in an mp4 with an edit list.
            #expect(recipe.hasPrefix("-ss") ? (25...38).contains(first) : first == 0, "\(container)")
            #expect(try MediaProbe.probe(clip).picture?.start == .zero)
        }
    }

    /// The numbered frames with keyframes each second and B-frames.
    static let long = Result { () throws -> URL in
        try TestMedia.ffmpeg("long.mp4", ["-i", try numbered.get().path, "-c:v", "libx264", "-g", "25", "-bf", "2"])
    }

    @Test func `a stream that starts in the middle of a group shows from its first good frame`() throws {
        let whole = try TestMedia.ffmpeg("whole.ts", ["-i", try Self.long.get().path, "-c", "copy"])
        let data = try Data(contentsOf: whole)
        // Cut within the first group, at a whole number of transport packets.
        let url = try TestMedia.scratchFolder().appendingPathComponent("cut.ts")
        try data.dropFirst(188 * (data.count / 188 / 7)).write(to: url)
        let reader = try ClipReader(url)
        let first = TestFilm.number(of: try reader.frame(at: .zero))
        #expect(first > 0 && first <= 50)
        #expect(TestFilm.number(of: try reader.frame(at: MediaTime(seconds: 9))) == 99)
        #expect(TestFilm.number(of: try reader.frame(at: .zero)) == first)
    }

    @Test func `a shrunken clip keeps its shape and its content`() throws {
        let clip = try TestMedia.ffmpeg("big.mp4", ["-f", "lavfi", "-i", "testsrc=s=641x361:r=10:d=0.3"])
        let full = try ClipReader(clip).layout
        #expect(full.width == 641 && full.height == 361)
        let small = try ClipReader(clip, options: .init(targetSize: (160, 120))).layout
        #expect(small.width == 213 && small.height == 120)
        let larger = try ClipReader(clip, options: .init(targetSize: (1920, 1080))).layout
        #expect(larger == full)
    }

    @Test func `several threads give the same pictures`() throws {
        let clip = try Self.long.get()
        let (one, two) = (try ClipReader(clip), try ClipReader(clip, options: .init(threads: 3)))
        for index in [0, 50, 51, 20, 99] {
            let time = MediaTime(milliseconds: Int64(index) * 40)
            #expect(TestFilm.isSame(try one.frame(at: time), try two.frame(at: time)))
        }
    }
}

/// A small generator with a fixed seed (Knuth's MMIX linear congruential constants).
struct SeededRandom {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
