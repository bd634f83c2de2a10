// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@testable import EditModel

/// Captions files keep their own times.
@Suite struct TimedCaptionsTests {
    @Test(arguments: [
        "1\n00:00:00,500 --> 00:00:02,000\nHello <i>there</i>\n\n2\n00:00:02,500 --> 00:00:04,000\n{\\an8}Second\nline\n",
        "WEBVTT\n\nNOTE nothing\n\n00:00.500 --> 00:02.000 align:start\nHello <c.loud>there</c>\n\n00:02.500 --> 00:04.000\nSecond line",
        // No empty lines between, in the wrong order, overlapping, and one that ends before it begins.
        "2\n00:00:02,500 --> 00:00:04,000\nSecond line\n1\n00:00:00,500 --> 00:00:02,000\nHello there\n3\n00:00:09,000 --> 00:00:01,000\nnever",
    ])
    func wordsAndTimesAreTaken(text: String) {
        let cues = TimedCaptions(text).cues
        #expect(cues.prefix(2).map(\.range) == [500..<2000, 2500..<4000])
        #expect(cues.first?.text == "Hello there")
        #expect(cues.dropFirst().first?.text.hasPrefix("Second line") ?? false)
    }

    @Test func oneEndsWhereTheNextBegins() {
        let cues = TimedCaptions("00:01.000 --> 00:05.000\na\n\n00:03.000 --> 00:04.000\nb").cues
        #expect(cues.map(\.range) == [1000..<3000, 3000..<4000])
    }

    @Test func theFilmShowsThemAtTheirTimesAndIsLongEnough() throws {
        var photo = MediaFacts(id: "p", name: "p.jpg", kind: .image, format: "jpeg", contentHash: "p", byteCount: 1)
        photo.size = PixelSize(width: 1600, height: 900)
        var text = MediaFacts(id: "t", name: "t.srt", kind: .text, format: "srt", contentHash: "t", byteCount: 1)
        text.text = "1\n00:00:01,000 --> 00:00:03,000\nHello\n\n2\n00:00:08,000 --> 00:00:11,500\nBye\n"
        let draft = try AutoEdit(media: [photo, text], wishes: EditWishes(), beats: nil).proposal().draft
        let captions = try #require(draft.tracks.first { $0.name == "Captions" }).segments
        #expect(captions.map(\.range.start) == [MediaTime(milliseconds: 1000), MediaTime(milliseconds: 8000)])
        #expect(captions.map(\.name) == ["Hello", "Bye"])
        #expect(draft.duration >= MediaTime(milliseconds: 11_500))
    }
}
