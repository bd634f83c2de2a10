// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct TextOperationTests {
    @Test func aTitleStandsThreeSecondsAtTheStartUnlessAskedOtherwise() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"add-text","text":"Urban Dreams"}"#)
        #expect(Project.range(project.texts.first) == [0, 3000])
        try project.edit(##"{"op":"add-text","text":"FLASH SALE","position":"top","color":"#f00","whole":true}"##)
        let sale = project.texts.first { $0.name == "FLASH SALE" }
        #expect(Project.range(sale) == [0, 12_000])
        #expect(sale?.text?.style.color == "#FF0000" && sale?.text?.position == .top)
        try project.edit(#"{"op":"add-text","text":"Bye","end":true,"length":2000}"#)
        #expect(Project.range(project.texts.last) == [10_000, 12_000])
    }

    @Test func aHundredAndFirstTextOverTheOthersIsRefusedWithWords() throws {
        var project = try Project.cuts(4)
        for number in 2...DraftLimits.mostTracks { try project.edit(#"{"op":"add-text","text":"\#(number)"}"#) }
        #expect(project.draft.tracks.count == DraftLimits.mostTracks)
        let error = #expect(throws: EditError.self) { try project.edit(#"{"op":"add-text","text":"one more"}"#) }
        #expect(error?.description.contains("\(DraftLimits.mostTracks)") == true)
        #expect(project.draft.tracks.count == DraftLimits.mostTracks)
    }

    @Test func aTextGoesWithItsPicture() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"add-text","text":"c","on":3}"#)
        #expect(Project.range(project.texts.first) == [6000, 9000])
        try project.edit(#"{"op":"move","segments":[3],"to":1}"#)
        #expect(Project.range(project.texts.first) == [0, 3000])
        try project.edit(#"{"op":"pace","each":5000}"#)
        #expect(Project.range(project.texts.first) == [0, 5000])
        let outcome = try project.edit(#"{"op":"remove","segments":[1]}"#)
        #expect(project.texts.isEmpty)
        #expect(outcome.notes == [.textsGone(count: 1)])
    }

    @Test func textsFindTheirPlaceWhenTheFilmGetsShorterAndLonger() throws {
        var project = try Project.cuts(4)
        try project.edit(
            #"""
            [{"op":"add-text","text":"title"},{"op":"add-text","text":"all","whole":true,"position":"top"},
             {"op":"add-text","text":"end","end":true},{"op":"add-text","text":"at","start":5000,"length":1000}]
            """#)
        func range(_ name: String) -> [Int64] { Project.range(project.texts.first { $0.name == name }) }
        try project.edit(#"{"op":"length","length":30000}"#)
        #expect(range("title") == [0, 3000])
        #expect(range("all") == [0, 30_000])
        #expect(range("end") == [27_000, 30_000])
        #expect(range("at") == [5000, 6000])
        try project.edit(#"{"op":"length","length":4000}"#)
        #expect(range("all") == [0, 4000])
        #expect(range("end") == [1000, 4000])
        #expect(range("at") == [3000, 4000])
    }

    @Test func oneCaptionAPictureWhereThereAreAsMany() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"captions","lines":["Paris","Rome","Athens"]}"#)
        #expect(project.texts.map(\.name) == ["Paris", "Rome", "Athens"])
        #expect(project.texts.map { $0.range.start.milliseconds } == [0, 3000, 6000])
        try project.edit(#"{"op":"order","by":"reverse"}"#)
        #expect(project.texts.map(\.name) == ["Athens", "Rome", "Paris"])
        // Others take their place.
        try project.edit(#"{"op":"captions","lines":["One","Two"]}"#)
        #expect(project.texts.map(\.name) == ["One", "Two"])
    }

    @Test func captionsOfAScriptStaySpreadAndThoseOfAFileKeepTheirTimes() throws {
        let words =
            "1\n00:00:00,500 --> 00:00:02,500\nMix the dough.\n\n2\n00:00:03,000 --> 00:00:05,000\nLet it rest.\n"
        var project = try Project.cuts(4, [Project.script("subs", words, format: "srt")])
        try project.edit(#"{"op":"captions","script":"subs.srt"}"#)
        #expect(project.texts.map(Project.range) == [[500, 2500], [3000, 5000]])
        try project.edit(#"{"op":"length","length":24000}"#)
        #expect(project.texts.map(Project.range) == [[500, 2500], [3000, 5000]])
        try project.edit(#"{"op":"captions","script":"Here we go. There we went. Now we rest. That was all of it."}"#)
        let before = project.texts.map(Project.range)
        #expect(before.count == 4)
        try project.edit(#"{"op":"length","length":48000}"#)
        #expect(project.texts.map(Project.range) == before.map { $0.map { $0 * 2 } })
    }

    @Test func wordsChangeAndAreFoundAndReplaced() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"add-text","text":"Happy Birthday Mum"}"#)
        try project.edit(#"{"op":"change-text","find":"mum","replace":"Mom"}"#)
        #expect(project.texts.first?.text?.text == "Happy Birthday Mom")
        #expect(project.draft.film.title == "Happy Birthday Mom")
        let outcome = try project.edit(#"{"op":"change-text","text":"妈妈生日快乐"}"#)
        #expect(
            outcome.changes.filter { $0.subject == .textChanged }.map(\.after) == [.text("妈妈生日快乐")])
        #expect(project.refused(#"{"op":"change-text","find":"Dad"}"#)?.field == "find")
    }

    @Test func textsAreMovedStyledRetimedAndRemoved() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"add-text","text":"Hi"}"#)
        try project.edit(
            #"[{"op":"move-text","position":"bottom"},{"op":"style-text","scale":1.5,"bold":true,"in":"pop","plate":true}]"#
        )
        let text = project.texts.first?.text
        #expect(text?.position == .bottom && text?.style.bold == true && text?.entrance?.kind == .pop)
        #expect(text?.style.size == 156 && text?.style.plate?.opacity == 0.5)
        try project.edit(#"{"op":"time-text","start":2000,"length":1000}"#)
        #expect(Project.range(project.texts.first) == [2000, 3000])
        try project.edit(#"{"op":"move-text","x":0.2,"y":0.3}"#)
        #expect(project.texts.first?.text?.position == .at(UnitPoint(x: 0.2, y: 0.3)))
        try project.edit(#"{"op":"remove-text","all":true}"#)
        #expect(project.texts.isEmpty && project.draft.tracks.allSatisfy { $0.kind != .text })
        #expect(project.refused(#"{"op":"remove-text"}"#)?.reason == EditError.Reason.none(.text))
    }

    @Test func datesAreWrittenInTheFilmsLanguage() throws {
        let media = [Project.photo("a", taken: "2024-07-01T12:34:56"), Project.photo("b")]
        var project = Project(media)
        try project.edit(#"[{"op":"create"},{"op":"date-captions"}]"#)
        #expect(project.texts.map { $0.text?.text } == ["1 July 2024"])
        var chinese = Project(media, language: "zh-CN")
        let outcome = try chinese.edit(#"[{"op":"create"},{"op":"date-captions","format":"month"}]"#)
        #expect(chinese.texts.map { $0.text?.text } == ["2024年7月"])
        #expect(outcome.notes.contains(.undated(count: 1)))
    }

    @Test func anEndCardStaysLastAndKeepsItsLength() throws {
        var project = try Project.cuts(3)
        try project.edit(##"{"op":"end-card","text":"Thank you","length":2000,"color":"#123"}"##)
        #expect(project.total == 11_000)
        #expect(Project.range(project.texts.last) == [9000, 11_000])
        try project.edit(
            #"[{"op":"order","by":"reverse"},{"op":"insert","media":["id-a"]},{"op":"length","length":20000}]"#)
        #expect(project.names.last == "Thank you")
        #expect(project.widths.last == 2000)
        #expect(Project.range(project.texts.last) == [18_000, 20_000])
        try project.edit(#"{"op":"credits","lines":["Directed by","Nobody"]}"#)
        #expect(project.texts.last?.text?.entrance?.kind == .roll)
        #expect(project.texts.last?.text?.entrance?.duration == project.texts.last?.range.duration)
    }

    @Test func aFilmOfTypeIsMadeWhereThereAreOnlyWords() throws {
        var project = Project([])
        try project.edit(#"{"op":"create","script":"We sail at dawn. Bring a coat.","preset":"tiktok","length":8000}"#)
        #expect(project.total == 8000)
        #expect(project.texts.map(\.name) == ["We sail at dawn.", "Bring a coat."])
        #expect(project.draft.film.canvas == PixelSize(width: 1080, height: 1920))
        var other = Project([])
        #expect(other.refused(#"{"op":"create"}"#)?.reason == .noMedia)
    }
}
