// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import JSON
import Remote
import Testing
import Wording

@testable import kinora

/// What `kinora remote` says, in each language.
@Suite struct RemoteWordsTests {
    private static let faults: [RemoteFault] =
        [
            .unreachable(server: "http://x", reason: "nobody"), .unreadable(server: "http://x", call: "/c"), .noSession,
            .begunAnew, .emptyMessage, .turnFailed("why"), .nothingToExport, .exportFailed("why"), .exportCancelled,
            .noFiles, .unreadableFile(path: "/a", reason: "why"), .brokenDownload(path: "/a", reason: "why"),
            .badTarget("a.txt"), .refused(Refusal(code: 500, status: 500), server: "http://x", user: nil),
        ]
        + CodeTable.all.filter { $0.code != 0 }.map {
            .refused(Refusal(code: $0.code, status: 400, message: "said"), server: "http://x", user: "usr_1")
        }

    @Test(arguments: Language.allCases) func noFaultIsWithoutWordsAndNoBlankStaysOpen(language: Language) {
        let words = kinoraProgram.catalogue(language)
        #expect(Self.faults.count > 20)
        for fault in Self.faults {
            let text = words.text(fault)
            #expect(words[fault.wording.key] != nil, "\(fault.wording.key)")
            #expect(!text.contains("{"), "\(text)")
            #expect(text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } == (language == .chinese))
        }
    }

    @Test func theLanguagesSayTheSame() {
        func blanks(_ text: String) -> Set<String> { Set(text.matches(of: /\{[a-z]+/).map { String($0.0) }) }
        for key in Set(RemoteWords.english.keys).union(RemoteWords.chinese.keys).sorted() {
            let (english, chinese) = (RemoteWords.english[key], RemoteWords.chinese[key])
            #expect(english.map(blanks) == chinese.map(blanks), "\(key)")
            #expect(Words.english[key] == nil, "\(key) stands twice")
        }
    }

    @Test func theTimelineIsSummedUpAsTheWireHasIt() throws {
        let draft = try JSONValue(
            parsing: """
                {"d":10000,"t":[{"tt":0,"sg":[{"id":"a","s":0,"d":10000,"m":{"name":"city timelapse"}}]},
                {"tt":1,"sg":[{"id":"b","s":0,"d":10000,"vol":0.35,"m":{"name":"Lo-fi"}}]},
                {"tt":7,"sg":[{"id":"c","s":0,"d":3000,"text":"Urban Dreams"}]}]}
                """)
        let timeline = RemoteTimeline(draft: draft)
        #expect(
            timeline.summary(in: kinoraProgram.catalogue(.english).words)
                == "Timeline (3 tracks): 1. Video: city timelapse (0-10s) 2. BGM: Lo-fi (0-10s, 35%) 3. Title: \"Urban Dreams\" (0-3s)"
        )
        #expect(
            timeline.summary(in: kinoraProgram.catalogue(.chinese).words)
                == "时间线（3 条轨道）： 1. 视频：city timelapse（0-10秒） 2. 配乐：Lo-fi（0-10秒，35%） 3. 标题：“Urban Dreams”（0-3秒）")
        let empty = RemoteTimeline(draft: nil)
        #expect(empty.summary(in: kinoraProgram.catalogue(.english).words) == "The timeline is empty.")
    }

    @Test func everyChangeHasWords() throws {
        func timeline(_ json: String) throws -> RemoteTimeline { RemoteTimeline(draft: try JSONValue(parsing: json)) }
        let before = try timeline(
            #"{"d":4000,"m":{"width":1,"height":2},"t":[{"tt":0,"sg":[{"id":"a","d":2000},{"id":"b","s":2000,"d":2000}]},{"tt":1,"sg":[{"id":"m","d":4000}]}]}"#
        )
        let after = try timeline(
            #"{"d":5000,"m":{"width":2,"height":1},"t":[{"tt":0,"sg":[{"id":"b","d":3000,"m":{"name":"x"},"tr":{"type":"fade"}},{"id":"c","d":1},{"id":"a","d":2000}]},{"tt":1,"sg":[{"id":"m","d":4000,"vol":0.5}]}]}"#
        )
        let changes = after.changes(from: before, most: 20) + before.changes(from: after, most: 20)
        #expect(Set(changes.map(\.key)).count == 9)
        for language in Language.allCases {
            let words = kinoraProgram.catalogue(language)
            for change in changes {
                #expect(words[change.key] != nil && !words.text(change).contains("{"), "\(words.text(change))")
            }
        }
    }
}
