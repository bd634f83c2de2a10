// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@testable import EditModel

@Suite struct CaptionFileTests {
    private static let file = CaptionFile([
        .init("Second & last", TimeRange(ms(3_600_500), until: ms(3_661_042))),
        .init(
            "We go now", TimeRange(ms(1200), until: ms(3000)),
            words: [("We", ms(1200)), ("go", ms(1500)), ("now", ms(2250))]),
    ])

    @Test func subRipIsWrittenInOrderOfTime() {
        #expect(
            Self.file.text(.srt) == """
                1
                00:00:01,200 --> 00:00:03,000
                We go now

                2
                01:00:00,500 --> 01:01:01,042
                Second & last

                """)
    }

    @Test func webVTTHasTheTimesOfWordsAndItsOwnSpelling() {
        #expect(
            Self.file.text(.vtt) == """
                WEBVTT

                00:00:01.200 --> 00:00:03.000
                We <00:00:01.500>go <00:00:02.250>now

                01:00:00.500 --> 01:01:01.042
                Second &amp; last

                """)
    }

    @Test(arguments: CaptionFile.Format.allCases) func whatIsWrittenIsReadAgain(format: CaptionFile.Format) {
        let read = TimedCaptions(Self.file.text(format))
        #expect(read.cues.map(\.text) == ["We go now", "Second & last"])
        #expect(read.cues.map(\.range) == [1200..<3000, 3_600_500..<3_661_042])
    }

    /// A text decides nothing about the file: no empty row, no arrow, no tag.
    @Test(arguments: CaptionFile.Format.allCases) func textIsDataInIt(format: CaptionFile.Format) {
        let text = "one\n\n00:00:09,000 --> 00:00:10,000\n<b>two"
        let read = TimedCaptions(CaptionFile([.init(text, TimeRange(.zero, until: ms(1000)))]).text(format))
        #expect(read.cues.map(\.range) == [0..<1000])
    }
}
