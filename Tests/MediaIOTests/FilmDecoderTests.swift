// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import TestMedia
import Testing

@Suite struct FilmDecoderTests {
    @Test(arguments: [1, 3]) func `a film that is whole decodes to its last frame`(_ threads: Int) throws {
        let film = try TestFilm.write(.mp4, rate: FrameRate(30), frames: 75, hasSound: true)
        let answer = try FilmDecoder.decode(film, threads: threads)
        #expect(answer.frames == 75 && answer.failures == 0)
        #expect(abs(answer.soundSeconds - 2.5) < 0.1)
        #expect(try FilmDecoder.decode(film, threads: threads) { true }.frames == 0)
    }

    /// What lies in the file is looked at, not what was meant to be written.
    @Test(arguments: [0.35, 0.6, 0.9]) func `a film with changed bytes is found out`(_ place: Double) throws {
        let film = try TestFilm.write(.mp4, rate: FrameRate(30), frames: 75, hasSound: true)
        var bytes = try Data(contentsOf: film)
        let media = try #require(bytes.range(of: Data("mdat".utf8))?.upperBound)
        let start = media + Int(Double(bytes.count - media) * place)
        for index in start..<min(start + 400, bytes.count) { bytes[index] = 0xA5 }
        let torn = try TestMedia.scratchFolder().appendingPathComponent("torn.mp4")
        try bytes.write(to: torn)
        let answer = try FilmDecoder.decode(torn, threads: 2)
        #expect(answer.failures > 0 || answer.frames < 75)
    }
}
