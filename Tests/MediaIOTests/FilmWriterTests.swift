// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

@Suite struct FilmWriterTests {
    /// A film of numbered frames in chunks, checked by ffprobe.
    @Test(arguments: [
        (FilmContainer.mp4, FrameRate(30), true), (.mp4, FrameRate(30000, over: 1001), true),
        (.mov, FrameRate(25), true),
        (.mp4, FrameRate(24), false),
    ])
    func `a film of joined chunks has exact length, order and tags`(
        _ container: FilmContainer, _ rate: FrameRate, _ hasSound: Bool
    ) throws {
        let frames = 75
        let film = try TestFilm.write(container, rate: rate, frames: frames, hasSound: hasSound)
        let probe = try FFProbe(film)
        let video = try #require(probe.stream("video"))
        #expect(video["nb_read_packets"] as? String == "\(frames)")
        #expect(Double(video["start_time"] as? String ?? "") == 0)
        let length = try #require(Double(video["duration"] as? String ?? ""))
        #expect(abs(length - rate.time(ofFrame: frames).seconds) < 1e-6)
        #expect(video["color_space"] as? String == "bt709")
        #expect(video["color_primaries"] as? String == "bt709")
        #expect(video["color_transfer"] as? String == "bt709")
        #expect(video["color_range"] as? String == "tv")
        #expect(video["profile"] as? String == "High")
        if hasSound {
            let audio = try #require(probe.stream("audio"))
            #expect(Double(audio["start_time"] as? String ?? "") == 0)
        }
        #expect(probe.stream("data") == nil)
        #expect(try boxes(film).prefix { $0 != "mdat" }.contains("moov"))
        #expect(try TestMedia.run("ffmpeg", ["-v", "error", "-i", film.path, "-f", "null", "-"]) == "")
    }

    @Test(arguments: [
        (FilmContainer.mp4, VideoCodec.hevc, "hevc", "hvc1"), (.mp4, .av1, "av1", "av01"),
        (.mov, .hevc, "hevc", "hvc1"),
        (.webm, .av1, "av1", "[0][0][0][0]"), (.matroska, .h264, "h264", "[0][0][0][0]"),
    ])
    func `other codecs and containers are exact too`(
        _ container: FilmContainer, _ codec: VideoCodec, _ name: String, _ tag: String
    ) throws {
        let film = try TestFilm.write(container, codec: codec, frames: 70, title: "Sommer 夏")
        let probe = try FFProbe(film)
        let video = try #require(probe.stream("video"))
        #expect(video["codec_name"] as? String == name)
        #expect(video["codec_tag_string"] as? String == tag)
        #expect(video["nb_read_packets"] as? String == "70")
        #expect(Double(video["start_time"] as? String ?? "") == 0)
        #expect(video["color_space"] as? String == "bt709" && video["color_range"] as? String == "tv")
        let tags = probe.format["tags"] as? [String: String] ?? [:]
        #expect(tags.first { $0.key.lowercased() == "title" }?.value == "Sommer 夏")
        #expect(
            tags.keys.allSatisfy {
                !["creation_time", "encoder"].contains($0.lowercased()) || container == .matroska || container == .webm
            })
        #expect(try TestMedia.run("ffmpeg", ["-v", "error", "-i", film.path, "-f", "null", "-"]) == "")
        let reader = try ClipReader(film)
        let numbers = try (0..<70).map {
            TestFilm.number(of: try reader.frame(at: FrameRate(30, over: 1).time(ofFrame: $0)))
        }
        #expect(numbers == Array(0..<70))
        let facts = try MediaProbe.probe(film)
        #expect(facts.picture?.frameRate == FrameRate(30, over: 1))
        #expect(abs(facts.duration.seconds - 70.0 / 30) < 0.01)
    }

    @Test func `the same packets give the same file`() throws {
        let files = try (0..<2).map { _ in try Data(contentsOf: TestFilm.write(frames: 40)) }
        #expect(files[0] == files[1])
    }

    @Test func `the index wastes little room`() throws {
        let film = try Data(contentsOf: TestFilm.write(frames: 300))
        let types = boxSizes(film)
        let (moov, free) = (types["moov"] ?? 0, types["free"] ?? 0)
        #expect(moov > 4000)
        #expect(free < 4096 + moov)
    }

    @Test func `packets read back are those that were written, at their times`() throws {
        let film = try TestFilm.write(frames: 75)
        let reader = try PacketReader(film)
        var (frames, sounds) = ([PacketReader.Packet](), [PacketReader.Packet]())
        while let packet = reader.next() {
            if packet.track == .picture { frames.append(packet) } else { sounds.append(packet) }
        }
        #expect(frames.count == 75)
        let rate = FrameRate(30, over: 1)
        #expect(frames.map(\.pts).sorted() == (0..<75).map { rate.time(ofFrame: $0) })
        #expect(zip(frames, frames.dropFirst()).allSatisfy { $0.dts < $1.dts })
        #expect(frames.indices.filter { frames[$0].isKey } == [0, 30, 60])
        #expect(sounds.first?.pts == MediaTime(-1024, unit: 1, over: 48000))
        let end = sounds.map { $0.pts + $0.duration }.max()
        #expect(end == MediaTime(seconds: 2.5))
    }

    @Test func `frames that were promised and do not come are an error, and so is a missing folder`() throws {
        let (track, packets) = try TestFilm.chunk(TestFilm.settings(), 0..<10)
        let folder = try TestMedia.scratchFolder()
        let writer = try FilmWriter(folder.appendingPathComponent("a.mp4"), .init(video: track, frames: 11))
        try writer.writeVideo(packets, startingAt: 0)
        #expect(throws: MediaError.self) { try writer.finish() }
        let error = #expect(throws: MediaError.self) {
            try FilmWriter(folder.appendingPathComponent("none/b.mp4"), .init(video: track, frames: 10))
        }
        #expect(error?.code == .cannotWrite)
        #expect(error?.description.contains("No such file") == true)
    }

    @Test func `a full disk is said to be full`() throws {
        let (track, packets) = try TestFilm.chunk(TestFilm.settings(), 0..<10)
        let error = #expect(throws: MediaError.self) {
            let writer = try FilmWriter(URL(fileURLWithPath: "/dev/full"), .init(video: track, frames: 10))
            try writer.writeVideo(packets, startingAt: 0)
            try writer.finish()
        }
        #expect(error?.code == .cannotWrite)
        #expect(error?.description.contains("disk is full") == true)
    }

    @Test(arguments: VideoCodec.allCases)
    func `pieces for a browser are joined by laying them end to end`(_ codec: VideoCodec) throws {
        let settings = TestFilm.settings(codec)
        var film: [UInt8] = []
        for (sequence, start) in [0, 30, 47].enumerated() {
            let (track, packets) = try TestFilm.chunk(settings, start..<[30, 47, 70][sequence])
            if film.isEmpty { film = try FragmentWriter.header(of: track) }
            film += FragmentWriter.fragment(packets, of: track, startingAt: start, sequence: sequence + 1)
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("pieces.mp4")
        try Data(film).write(to: url)
        #expect(try TestMedia.run("ffmpeg", ["-v", "error", "-i", url.path, "-f", "null", "-"]) == "")
        let reader = try ClipReader(url)
        let numbers = try (0..<70).map {
            TestFilm.number(of: try reader.frame(at: FrameRate(30, over: 1).time(ofFrame: $0)))
        }
        #expect(numbers == Array(0..<70))
    }

    @Test func `a later piece stands alone behind the header`() throws {
        let (track, packets) = try TestFilm.chunk(TestFilm.settings(), 300..<330)
        let film =
            try FragmentWriter.header(of: track)
            + FragmentWriter.fragment(packets, of: track, startingAt: 300, sequence: 9)
        let url = try TestMedia.scratchFolder().appendingPathComponent("piece.mp4")
        try Data(film).write(to: url)
        let reader = try PacketReader(url)
        var first: MediaTime?
        while let packet = reader.next() { first = min(first ?? packet.pts, packet.pts) }
        // libav takes the most negative offset off all times; Media Source does not.
        #expect(first == MediaTime(seconds: 10) + FrameRate(30, over: 1).time(ofFrame: track.reorderDelay))
    }

    @Test func `pieces of sound carry every sample`() throws {
        let encoder = try AudioEncoder()
        let packets = try encoder.encode(TestFilm.clicks(96000)) + encoder.finish()
        let film =
            try FragmentWriter.header(of: encoder.track)
            + FragmentWriter.fragment(Array(packets[..<40]), of: encoder.track, sequence: 1)
            + FragmentWriter.fragment(Array(packets[40...]), of: encoder.track, sequence: 2)
        let url = try TestMedia.scratchFolder().appendingPathComponent("sound.mp4")
        try Data(film).write(to: url)
        let facts = try MediaProbe.probe(url)
        #expect(facts.sound?.codec == "aac")
        let sound = try SoundReaderTests.read(url)
        // Without an edit list the priming is heard; the player takes it off.
        #expect(abs(SoundReaderTests.centre(sound, near: 0.5 + 1024 / 48000.0) - 25024) <= 2)
    }

    private func boxSizes(_ data: Data) -> [String: Int] {
        var (at, sizes) = (0, [String: Int]())
        while at + 8 <= data.count {
            let size = data[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            sizes[String(decoding: data[at + 4..<at + 8], as: UTF8.self), default: 0] += size
            guard size >= 8 else { break }
            at += size
        }
        return sizes
    }

    /// The types of a file's top-level boxes.
    private func boxes(_ url: URL) throws -> [String] {
        let data = try Data(contentsOf: url)
        var (at, types) = (0, [String]())
        while at + 8 <= data.count {
            let size = data[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
            types.append(String(decoding: data[at + 4..<at + 8], as: UTF8.self))
            guard size >= 8 else { break }
            at += size
        }
        return types
    }
}
