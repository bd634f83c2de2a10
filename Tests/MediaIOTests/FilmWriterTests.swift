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
