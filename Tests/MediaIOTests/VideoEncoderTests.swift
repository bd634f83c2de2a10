// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

@Suite struct VideoEncoderTests {
    @Test(arguments: VideoCodec.allCases)
    func `the same frames give the same bytes`(_ codec: VideoCodec) throws {
        let first = try TestFilm.chunk(TestFilm.settings(codec), 0..<12)
        let second = try TestFilm.chunk(TestFilm.settings(codec), 0..<12)
        #expect(first.0 == second.0)
        #expect(first.1 == second.1)
        #expect(first.1.count == 12)
        #expect(try TestFilm.chunk(TestFilm.settings(codec), 1..<13).1 != first.1)
    }

    /// Also where each quantiser is new to the process, as a film's first chunks find it.
    @Test(arguments: VideoCodec.allCases)
    func `encoders side by side give the bytes of one alone`(_ codec: VideoCodec) async throws {
        let factors = [14.0, 20, 26, 32]
        func chunk(_ factor: Double) throws -> [CodedPacket] {
            var settings = TestFilm.settings(codec)
            settings.rate = .quality(factor)
            return try TestFilm.chunk(settings, 40..<64).1
        }
        let together = try await withThrowingTaskGroup(of: (Int, [CodedPacket]).self) { group in
            for index in 0..<8 { group.addTask { (index, try chunk(factors[index % 4])) } }
            return try await group.reduce(into: [Int: [CodedPacket]]()) { $0[$1.0] = $1.1 }
        }
        for index in 0..<8 { #expect(together[index] == (try chunk(factors[index % 4])), "\(factors[index % 4])") }
    }

    @Test(
        arguments: VideoCodec.allCases,
        ["", "partitions=i8x8:b-adapt=0:bframes=5:me=dia:subme=2:trellis=1"])
    func `headers and delay depend on the settings alone`(_ codec: VideoCodec, _ parameters: String) throws {
        let settings = TestFilm.settings(codec, parameters: codec == .h264 ? parameters : "")
        let tracks = try [0..<1, 0..<2, 0..<3, 5..<9, 100..<160].map { try TestFilm.chunk(settings, $0).0 }
        #expect(Set(tracks).count == 1)
        #expect(!tracks[0].header.isEmpty)
    }

    @Test(arguments: [1, 2, 3, 7, 60], VideoCodec.allCases)
    func `chunks of any length decode to their own frames, in order`(_ frames: Int, _ codec: VideoCodec) throws {
        let (track, packets) = try TestFilm.chunk(TestFilm.settings(codec), 200..<200 + frames)
        #expect(packets.count == frames)
        #expect(packets.map(\.pts).sorted() == (0..<Int64(frames)).map(\.self))
        #expect(packets.map(\.dts) == (0..<Int64(frames)).map { $0 - Int64(track.reorderDelay) })
        #expect(packets.allSatisfy { $0.pts >= $0.dts })
        #expect(packets.first?.isKey == true)
        let numbers = try ChunkDecoder.decode(packets, of: track).map(TestFilm.number)
        #expect(numbers == Array(200..<200 + frames))
    }

    @Test func `rates of different chunks share one header`() throws {
        var low = TestFilm.settings()
        low.rate = .quality(35)
        let headers = try [low, TestFilm.settings()].map { try TestFilm.chunk($0, 0..<3).0.header }
        #expect(headers[0] == headers[1])
    }

    @Test func `a rate in kilobits is held`() throws {
        var settings = TestFilm.settings()
        settings.rate = .bitRate(kilobits: 100, maximumKilobits: 150, bufferKilobits: 150)
        let bytes = try TestFilm.chunk(settings, 0..<60).1.reduce(0) { $0 + $1.data.count }
        #expect(bytes < 150_000 * 2 / 8 + 20_000)
        settings.rate = .bitRate(kilobits: 1000, maximumKilobits: nil, bufferKilobits: nil)
        #expect(try TestFilm.chunk(settings, 0..<60).1.reduce(0) { $0 + $1.data.count } > bytes)
    }

    @Test func `packets carry no encoder's note`() throws {
        let packets = try TestFilm.chunk(TestFilm.settings(), 0..<2).1
        #expect(!packets.contains { String(decoding: $0.data, as: UTF8.self).contains("x264") })
    }

    @Test func `what does not fit is refused in words`() throws {
        let encoder = try VideoEncoder(TestFilm.settings())
        #expect(throws: MediaError.self) { try encoder.encode(Picture(width: 64, height: 64)) }
        var odd = TestFilm.settings()
        odd.width = 127
        #expect(throws: MediaError.self) { try VideoEncoder(odd) }
        var wrong = TestFilm.settings()
        wrong.preset = "warp"
        let error = #expect(throws: MediaError.self) { try VideoEncoder(wrong) }
        #expect(error?.description.contains("warp") == true)
    }

    @Test func `a damaged chunk is found out`() throws {
        let (track, packets) = try TestFilm.chunk(TestFilm.settings(), 0..<10)
        var short = packets
        short.remove(at: 4)
        #expect(throws: MediaError.self) { try ChunkDecoder.decode(short, of: track) }
        var torn = packets
        torn[0].data.removeLast(torn[0].data.count / 2)
        #expect(throws: MediaError.self) { try ChunkDecoder.decode(torn, of: track) }
    }

    @Test func `libraries tell their versions`() {
        let versions = LibraryVersions.current
        #expect(versions.avcodec.hasPrefix("59."))
        #expect(versions.encoders["h264"]?.hasPrefix("core ") == true)
        #expect(versions.encoders["hevc"]?.isEmpty == false && versions.encoders["hevc"] != "unknown")
        #expect(versions.encoders["av1"]?.isEmpty == false && versions.encoders["av1"] != "unknown")
        #expect(versions.encoders["opus"]?.contains("opus") == true)
        #expect(versions.availableVideo == VideoCodec.allCases)
    }
}
