// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@testable import EditModel

@Suite struct CardOperationTests {
    private func ground(_ segment: Segment?) -> (pattern: String, colors: [String])? {
        guard case .generated(let pattern, let colors, _)? = segment?.picture?.source else { return nil }
        return (pattern, colors)
    }

    @Test func aTitleCardOpensTheFilmAndStaysThere() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"title-card","text":"Our year","length":2500,"pattern":"moving gradient"}"#)
        #expect(project.total == 11_500)
        #expect(ground(project.film.first)?.pattern == "gradient")
        #expect(project.texts.first?.text?.text == "Our year")
        #expect(Project.range(project.texts.first) == [0, 2500])
        #expect(project.draft.film.title == "Our year")
        try project.edit(#"[{"op":"order","by":"reverse"},{"op":"end-card","text":"Bye"}]"#)
        #expect(project.names.first == "Our year" && project.names.last == "Bye")
        try project.edit(#"[{"op":"order","by":"name"},{"op":"move","segments":[2],"to":-1}]"#)
        #expect(project.names.first == "Our year" && project.names.last == "Bye")
    }

    @Test func cardsTakeABackgroundAndItsColour() throws {
        var project = try Project.cuts(2)
        try project.edit(##"{"op":"end-card","text":"Bye","pattern":"bokeh","color":"#102040"}"##)
        #expect(ground(project.film.last)?.pattern == "bokeh")
        #expect(ground(project.film.last)?.colors == ["#102040"])
        try project.edit(#"{"op":"credits","lines":["A","B"],"pattern":"极光"}"#)
        #expect(ground(project.film.last)?.pattern == "aurora")
        let refused = project.refused(#"{"op":"end-card","text":"Bye","pattern":"tartan"}"#)
        #expect(refused?.field == "pattern")
    }

    @Test func wordsStayLegibleOnALightGround() throws {
        var project = try Project.cuts(2)
        try project.edit(##"{"op":"end-card","text":"Bye","color":"#FFFFFF"}"##)
        let dark = project.texts.last?.text?.style.color
        #expect(dark.flatMap { RGBColor($0) }?.isLight == false)
        try project.edit(#"{"op":"background","pattern":"aurora"}"#)
        #expect(ground(project.film.last)?.pattern == "aurora")
        #expect(project.texts.last?.text?.style.color == nil)
        #expect(project.film.dropLast().allSatisfy { $0.picture?.isPhoto == true })
    }

    @Test func aBackgroundNeedsACard() throws {
        var project = try Project.cuts(2)
        #expect(project.refused(#"{"op":"background","pattern":"waves"}"#)?.reason == EditError.Reason.none(.card))
        #expect(project.refused(#"{"op":"background","pattern":"waves","blur":true}"#)?.field == "blur")
    }

    @Test func aFilmOfTypeWearsOneBackground() throws {
        var project = Project([])
        try project.edit(#"{"op":"create","script":"We sail at dawn. Bring a coat. Come back."}"#)
        let grounds = project.film.compactMap { ground($0) }
        #expect(grounds.count == 3 && Set(grounds.map(\.pattern)).count == 1 && Set(grounds.map(\.colors)).count == 1)
        #expect(project.texts.allSatisfy { $0.text?.style.name != nil })
        try project.edit(#"{"op":"type-film","lines":["One","Two"],"pattern":"paper","style":"elegant"}"#)
        #expect(project.film.compactMap { ground($0)?.pattern } == ["paper", "paper"])
        #expect(project.texts.allSatisfy { $0.text?.style.name == "elegant" })
    }

    @Test func aTextWithAStyleLeavesComingAndGoingToIt() throws {
        var project = try Project.cuts(2)
        try project.edit(#"{"op":"add-text","text":"Hello","style":"neon"}"#)
        #expect(project.texts.last?.text?.entrance == nil && project.texts.last?.text?.exit == nil)
        // What is asked for goes before the style, also that nothing be done.
        try project.edit(#"{"op":"style-text","in":"none"}"#)
        #expect(project.texts.last?.text?.entrance == TextAnimation(.fade, duration: .zero))
        try project.edit(#"{"op":"style-text","in":"slide"}"#)
        #expect(project.texts.last?.text?.entrance?.kind == .slide)
        try project.edit(#"{"op":"style-text","name":"retro"}"#)
        #expect(project.texts.last?.text?.entrance?.kind == .slide)
    }

    @Test func aNameWithARoleBelowItIsALowerThird() throws {
        var project = try Project.cuts(2)
        try project.edit(#"{"op":"add-text","text":"Maria Lind\nPhotographer","position":"lower-third"}"#)
        #expect(project.texts.last?.text?.style.name == "lower-third" && project.texts.last?.text?.entrance == nil)
        try project.edit(#"{"op":"add-text","text":"Maria Lind","position":"lower-third","start":1000}"#)
        #expect(project.texts.last?.text?.style.name == nil)
    }
}
