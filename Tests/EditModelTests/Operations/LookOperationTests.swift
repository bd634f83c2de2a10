// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct LookOperationTests {
    @Test func motionIsOfOneKindWhereverItIsAskedFor() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"motion","type":"zoom-in"}"#)
        #expect(project.film.allSatisfy { $0.picture?.motion.kind == .zoomIn })
        try project.edit(#"{"op":"motion","type":"none","segments":[-1]}"#)
        #expect(project.film.last?.picture?.motion == Motion.none)
        try project.edit(#"{"op":"motion","type":"pan-right","amount":0.3,"segments":[2]}"#)
        #expect(project.film[1].picture?.motion == Motion(.panRight, amount: 0.3))
    }

    @Test func adjustmentsAddUpWhenRelativeAndStayInRange() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"grade","brightness":0.2,"relative":true}"#)
        try project.edit(#"{"op":"grade","brightness":0.15,"contrast":0.1,"relative":true}"#)
        #expect(project.film.allSatisfy { $0.picture?.grade.brightness == 0.35 && $0.picture?.grade.contrast == 0.1 })
        try project.edit(#"{"op":"grade","brightness":0.9,"relative":true}"#)
        #expect(project.film[0].picture?.grade.brightness == 1)
        let outcome = try project.edit(#"{"op":"grade","look":"sepia","segments":[1,2]}"#)
        #expect(project.film.map { $0.picture?.grade.look } == [.sepia, .sepia, Grade.Look.none])
        let change = outcome.changes.first
        #expect(change?.subject == .look && change?.names == ["a.jpg", "b.jpg"] && change?.after == .word("sepia"))
        #expect(project.refused(#"{"op":"grade","vignette":-0.5}"#)?.field == "vignette")
    }

    @Test func aColourTableIsTakenByIdOrByNameAndTold() throws {
        var teal = MediaFacts(id: "5eal", name: "teal.cube", kind: .lut, format: "cube", contentHash: "h1")
        teal.byteCount = 100
        let warm = MediaFacts(id: "3a43", name: "warm.cube", kind: .lut, format: "cube", contentHash: "h2")
        var project = Project(Project.photos(3) + [teal, warm])
        try project.edit(#"{"op":"create","transition":"none"}"#)
        #expect(project.film.count == 3, "a colour table is no picture of the film")
        let first = try project.edit(#"{"op":"grade","lut":"teal.cube"}"#)
        #expect(project.film.allSatisfy { $0.picture?.grade.lut == "5eal" })
        #expect(first.changes.map(\.subject) == [.colourTable])
        #expect(first.changes.first?.words(in: .english) == "colour table none → teal.cube")
        let second = try project.edit(#"{"op":"grade","lut":"3a43","segments":[2]}"#)
        #expect(project.film.map { $0.picture?.grade.lut } == ["5eal", "3a43", "5eal"])
        let name = project.film[1].name
        #expect(second.changes.first?.words(in: .chinese) == "色彩表 teal.cube → warm.cube（\(name)）")
        try project.edit(#"{"op":"grade","lut":"none"}"#)
        #expect(project.film.allSatisfy { $0.picture?.grade.lut == nil })
        for wrong in ["a.jpg", "gone.cube"] {
            let refusal = project.refused(#"{"op":"grade","lut":"\#(wrong)"}"#)
            #expect(refusal?.field == "lut", "\(wrong)")
        }
        #expect(
            project.refused(#"{"op":"grade","lut":"a.jpg"}"#)?.reason == .notOfKind(name: "a.jpg", wanted: .colourTable)
        )
    }

    @Test func aFitThatAPersonChoseOutlivesAnotherCanvas() throws {
        var project = Project(Project.photos(2) + [Project.photo("p", width: 3000, height: 4000)])
        try project.edit(#"{"op":"create","ratio":"16:9"}"#)
        #expect(project.film[2].picture?.fit == .blur)
        try project.edit(#"{"op":"canvas","ratio":"9:16"}"#)
        #expect(project.draft.film.canvas == PixelSize(width: 1080, height: 1920))
        #expect(project.film.map { $0.picture?.fit } == [.blur, .blur, .cover])
        try project.edit(#"{"op":"fit","fit":"contain"}"#)
        try project.edit(#"{"op":"canvas","preset":"youtube"}"#)
        #expect(project.film.allSatisfy { $0.picture?.fit == .contain })
    }

    @Test func aCanvasKeepsLengthAndCuts() throws {
        var project = try Project.cuts(5)
        let before = project.widths
        for edit in [
            #"{"op":"canvas","preset":"tiktok"}"#, #"{"op":"canvas","ratio":"1:1"}"#,
            #"{"op":"canvas","width":1280,"height":720}"#, #"{"op":"canvas","ratio":"4:5","shortSide":720}"#,
            #"{"op":"canvas","ratio":"portrait"}"#,
        ] {
            try project.edit(edit)
            #expect(project.widths == before)
        }
        #expect(project.draft.film.canvas == PixelSize(width: 1080, height: 1920))
        #expect(project.refused(#"{"op":"canvas","width":1280}"#)?.field == "height")
        #expect(project.refused(#"{"op":"canvas","ratio":"wide-ish"}"#)?.field == "ratio")
    }

    @Test func twoMirrorsAreHalfATurnAndFourTurnsNone() throws {
        var project = try Project.cuts(2)
        try project.edit(#"[{"op":"flip","axis":"h"},{"op":"flip","axis":"v"}]"#)
        #expect(project.film[0].picture?.turn == Turn(degrees: 180))
        try project.edit(#"[{"op":"rotate","degrees":90},{"op":"rotate","degrees":90}]"#)
        #expect(project.film[0].picture?.turn == Turn.none)
        try project.edit(#"{"op":"rotate","degrees":-90,"segments":[2]}"#)
        #expect(project.film[1].picture?.turn == Turn(degrees: 270))
        #expect(project.refused(#"{"op":"rotate","degrees":45}"#)?.field == "degrees")
    }

    @Test func aCropIsSetAndTakenOff() throws {
        var project = try Project.cuts(2)
        try project.edit(#"{"op":"crop","rect":[0.1,0.2,0.5,0.6],"segments":[1]}"#)
        #expect(project.film[0].picture?.crop == UnitRect(x: 0.1, y: 0.2, width: 0.5, height: 0.6))
        try project.edit(#"{"op":"crop","rect":"none"}"#)
        #expect(project.film[0].picture?.crop == nil)
        #expect(project.refused(#"{"op":"crop","rect":[0.6,0,0.5,1]}"#)?.field == "rect")
    }

    @Test func aLogoLiesOverTheWholeFilmAndStaysWithin() throws {
        var project = try Project.cuts(3, [Project.photo("logo", width: 600, height: 200)])
        try project.edit(#"[{"op":"remove","segments":[-1]},{"op":"logo","media":"logo.jpg","corner":"bottom-right"}]"#)
        let overlay = project.draft.tracks[1].segments.first
        #expect(overlay?.range.duration == project.draft.duration)
        let rect = overlay?.picture?.rect
        #expect(rect.map { $0.x > 0.5 && $0.y > 0.5 && $0.x + $0.width <= 1 && $0.y + $0.height <= 1 } == true)
        // On a landscape canvas of 1920×1080 the shape is the logo's own.
        let shape = rect.map { $0.width * 1920 / ($0.height * 1080) } ?? 0
        #expect(abs(shape - 3) < 0.05)
        try project.edit(#"{"op":"length","length":20000}"#)
        #expect(project.draft.tracks[1].segments.first?.range.duration == project.draft.duration)
        try project.edit(#"{"op":"logo","media":"id-a"}"#)
        #expect(project.draft.tracks.filter { $0.kind == .video }.count == 2)
    }
}
