// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct EditChangeTests {
    @Test(arguments: [
        (#"{"op":"length","length":6000}"#, ["length", "pace"]),
        (#"{"op":"remove","segments":[2]}"#, ["length", "pictures", "removed"]),
        (#"{"op":"order","by":"reverse"}"#, ["order"]),
        (#"{"op":"transition","type":"crossfade","length":500}"#, ["transition"]),
        (#"{"op":"grade","look":"warm","contrast":0.2}"#, ["look", "adjustment"]),
        (#"{"op":"motion","type":"none"}"#, ["motion"]),
        (#"{"op":"fit","fit":"blur"}"#, ["fit"]),
        (#"{"op":"music","media":"song.mp3"}"#, ["music"]),
        (#"{"op":"add-text","text":"Hi","start":1000}"#, ["text-added"]),
        (#"{"op":"fade-film","in":500}"#, ["fade-in"]),
        (#"{"op":"fps","fps":25}"#, ["frame-rate"]),
        (#"{"op":"canvas","preset":"tiktok"}"#, ["canvas", "preset", "fit"]),
        (#"{"op":"grade","look":"none"}"#, []),
    ]) func changesSayWhatTheDraftHasOtherwise(edit: String, subjects: [String]) throws {
        var project = try Project.cuts(4, [Project.sound("song", seconds: 30)])
        let outcome = try project.edit(edit)
        let found = outcome.changes.map(\.subject.rawValue)
        #expect(Set(subjects).isSubset(of: Set(found)), "\(found)")
        if !found.contains("motion"), !found.contains("focus") { #expect(found == subjects) }
    }

    @Test func wordsSayBeforeAndAfter() throws {
        var project = try Project.cuts(4)
        let changes = try project.edit(#"[{"op":"length","length":10000},{"op":"remove","segments":[2]}]"#).changes
        #expect(
            changes.map { $0.words(in: .english) } == [
                "length 12 s → 7.5 s", "pictures 4 → 3", "out: b.jpg", "time per picture 3 s → 2.5 s",
            ])
        #expect(changes.map { $0.words(in: .chinese) }.first == "时长 12 秒 → 7.5 秒")
    }

    @Test func everySubjectHasWordsInBothLanguages() {
        for subject in EditChange.Subject.allCases {
            #expect(ChangeWords.english.names[subject] != nil, "\(subject)")
            #expect(ChangeWords.chinese.names[subject] != nil, "\(subject)")
        }
    }
}
