// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct CreateOperationTests {
    @Test func wishesAreMet() throws {
        var project = Project(Project.photos(4))
        try project.edit(
            #"""
            {"op":"create","preset":"tiktok","length":15000,"transition":"circle","transitionLength":500,"look":"warm",
             "motion":"zoom-in","music":"compose","musicStyle":"lofi","musicVolume":0.35,"title":"Urban Dreams","fps":25}
            """#)
        #expect(project.total == 15_000)
        #expect(project.draft.film.canvas == PixelSize(width: 1080, height: 1920))
        #expect(project.joints == ["circle-open", "circle-open", "circle-open"])
        #expect(project.film.allSatisfy { $0.picture?.grade.look == .warm && $0.picture?.motion.kind == .zoomIn })
        #expect(project.music?.sound?.volume == 0.35)
        #expect(project.texts.first?.name == "Urban Dreams")
        #expect(project.draft.film.frameRate == FrameRate(25))
    }

    @Test func musicVoiceAndNoneAreChosenById() throws {
        let media =
            Project.photos(4) + [
                Project.sound("narration", seconds: 12), Project.sound("song", seconds: 30),
            ]
        var project = Project(media)
        try project.edit(#"{"op":"create","voice":"narration.mp3","music":"id-song"}"#)
        #expect(project.voice?.name == "narration.mp3")
        #expect(project.music?.name == "song.mp3")
        #expect(project.music?.sound?.volume == 0.25)
        #expect(project.total >= 12_000)
        try project.edit(#"{"op":"create","music":"none"}"#)
        #expect(project.music == nil && project.voice == nil)
        // The first sound is the music, unless it is the voice.
        try project.edit(#"{"op":"create","voice":"id-narration"}"#)
        #expect(project.music?.name == "song.mp3")
    }

    @Test func aScriptIsReadAloudWhereItIsShown() throws {
        var project = Project(Project.photos(4))
        try project.edit(
            #"{"op":"create","script":"Welcome to the valley. Every path here ends at the river. Bring good shoes.","voice":"script"}"#
        )
        let voices = project.sounds.filter { $0.sound?.role == .voice }
        #expect(voices.count == 3)
        #expect(voices.map(\.range.start) == project.texts.map(\.range.start))
    }

    @Test func composedMusicCanBeCutOn() throws {
        var project = Project(Project.photos(6))
        let outcome = try project.edit(
            #"{"op":"create","music":"compose","bpm":100,"beats":true,"transition":"none","length":20000}"#)
        #expect(project.starts.allSatisfy { $0 % 600 == 0 })
        #expect(outcome.notes.contains { if case .cutsOnBeats(_, _, 100) = $0 { true } else { false } })
    }

    @Test func aShortSideGivesThePicturesOwnShapeInThatSize() throws {
        var project = Project([Project.photo("a", width: 1600, height: 900)])
        try project.edit(#"{"op":"create","shortSide":720}"#)
        #expect(project.draft.film.canvas == PixelSize(width: 1280, height: 720))
        try project.edit(#"{"op":"create","ratio":"1:1","shortSide":720}"#)
        #expect(project.draft.film.canvas == PixelSize(width: 720, height: 720))
    }

    @Test func onlyTheMediaNamedIsUsed() throws {
        var project = Project(Project.photos(5))
        try project.edit(#"{"op":"create","media":["id-c","id-a"],"order":"given"}"#)
        #expect(project.names == ["c.jpg", "a.jpg"])
        #expect(project.refused(#"{"op":"create","media":["id-a","id-x"]}"#)?.field == "media[1]")
    }
}
