// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct SoundOperationTests {
    private static let song = Project.sound("song", seconds: 20)

    @Test func onlyWhatIsGivenOfTheMusicChanges() throws {
        var project = try Project.cuts(4, [Self.song])
        try project.edit(#"{"op":"music","media":"song.mp3","volume":0.35,"fadeOut":1500}"#)
        #expect(project.music?.name == "song.mp3")
        #expect(project.music?.sound?.volume == 0.35)
        try project.edit(#"{"op":"music","fadeOut":3000}"#)
        #expect(project.music?.sound?.volume == 0.35)
        #expect(project.music?.sound?.fadeOut == MediaTime(milliseconds: 3000))
        let outcome = try project.edit(#"{"op":"music","start":15000}"#)
        #expect(project.music?.sound?.source == .asset("id-song", start: MediaTime(milliseconds: 15_000)))
        // Five seconds are left of the song, the film has twelve.
        #expect(project.music?.sound?.loops == true)
        #expect(outcome.changes.map(\.subject) == [.musicStart])
        #expect(project.refused(#"{"op":"music","start":20000}"#)?.field == "start")
        #expect(project.refused(#"{"op":"music","media":"id-a"}"#)?.field == "media")
    }

    @Test func musicFollowsTheFilmsEndAndGoesRoundWhereItIsShorter() throws {
        var project = try Project.cuts(4, [Self.song])
        try project.edit(#"{"op":"music","media":"song.mp3"}"#)
        try project.edit(#"{"op":"length","length":45000}"#)
        #expect(Project.range(project.music) == [0, 45_000])
        #expect(project.music?.sound?.loops == true)
        try project.edit(#"{"op":"length","as":"music"}"#)
        #expect(project.total == 20_000)
        try project.edit(#"{"op":"length","length":2000}"#)
        #expect(Project.range(project.music) == [0, 2000])
    }

    @Test func musicIsComposedAndComposedAnew() throws {
        var project = try Project.cuts(4)
        try project.edit(#"{"op":"music","compose":{"style":"Lo-Fi","bpm":80}}"#)
        guard case .generated(let first)? = project.music?.sound?.source else {
            Issue.record("no music")
            return
        }
        #expect(first["style"] == "lofi" && first["bpm"] == 80 && first["kind"] == "music")
        #expect(project.music?.name == "Lo-fi")
        try project.edit(#"{"op":"music","another":true}"#)
        guard case .generated(let second)? = project.music?.sound?.source else { return }
        #expect(second["seed"] != first["seed"] && second["style"] == first["style"])
        try project.edit(#"{"op":"music","compose":{"style":"rock"}}"#)
        guard case .generated(let third)? = project.music?.sound?.source else { return }
        #expect(third["style"] == "rock" && third["bpm"] == 128)
    }

    @Test func volumesAreSetAndMultipliedAndLimited() throws {
        var project = try Project.cuts(4, [Self.song])
        try project.edit(#"[{"op":"music","media":"song.mp3"},{"op":"volume","of":"music","level":0.6}]"#)
        try project.edit(#"{"op":"volume","factor":0.5}"#)
        #expect(project.music?.sound?.volume == 0.3)
        let outcome = try project.edit(#"{"op":"volume","of":"music","factor":50}"#)
        #expect(project.music?.sound?.volume == 2)
        #expect(outcome.notes == [.volumeLimited(most: 2)])
        #expect(project.refused(#"{"op":"volume","of":"voice","level":1}"#)?.reason == EditError.Reason.none(.voice))
        #expect(project.refused(#"{"op":"volume","of":"music"}"#)?.field == "level")
    }

    @Test func clipsAreMutedAndHeardAgain() throws {
        var project = Project([Project.photo("a"), Project.clip("k", seconds: 5)])
        try project.edit(#"{"op":"create","order":"given"}"#)
        try project.edit(#"{"op":"mute","of":"clips"}"#)
        #expect(project.film[1].picture?.muted == true)
        try project.edit(#"{"op":"mute","of":"clips","on":false}"#)
        #expect(project.film[1].picture?.muted == false)
    }

    @Test func musicStepsBackUnderAVoiceAndComesForwardWhenItGoes() throws {
        var project = try Project.cuts(4, [Self.song, Project.sound("voice", seconds: 9)])
        try project.edit(#"[{"op":"music","media":"song.mp3"},{"op":"voice-over","media":"voice.mp3"}]"#)
        #expect(project.music?.sound?.volume == 0.25)
        #expect(project.music?.sound?.ducks == true)
        #expect(Project.range(project.voice) == [0, 9000])
        try project.edit(#"{"op":"remove-sound","role":"voice"}"#)
        #expect(project.voice == nil)
        #expect(project.music?.sound?.volume == 1)
    }

    @Test func aShortSoundIsHeardAtItsMomentBesideTheMusicAndGoesWithItsPicture() throws {
        var project = try Project.cuts(4, [Self.song, Project.sound("ding", seconds: 1)])
        let before = project.total
        try project.edit(
            #"[{"op":"music","media":"song.mp3"},{"op":"sound-effect","media":"ding.mp3","at":3500,"volume":0.5}]"#)
        try project.edit(#"{"op":"sound-effect","media":"ding.mp3","at":3800}"#)
        func effects() -> [Segment] { project.sounds.filter { $0.sound?.role == .effect } }
        #expect(effects().map(Project.range).sorted { $0[0] < $1[0] } == [[3500, 4500], [3800, 4800]])
        #expect(effects().contains { $0.sound?.volume == 0.5 })
        #expect(project.music?.sound?.volume == 1 && project.total == before)
        #expect(project.refused(#"{"op":"sound-effect","media":"ding.mp3","at":\#(before)}"#)?.field == "at")
        #expect(project.refused(#"{"op":"sound-effect","media":"a.jpg"}"#)?.field == "media")
        try project.edit(#"{"op":"sound-effect","media":"ding.mp3","at":\#(before - 400)}"#)
        #expect(effects().contains { Project.range($0) == [before - 400, before] })
        try project.edit(#"{"op":"remove-sound","role":"effect"}"#)
        #expect(effects().isEmpty && project.music != nil)
    }

    @Test func aLevelThatAPersonSetStaysWhenTheVoiceGoes() throws {
        var project = try Project.cuts(4, [Self.song, Project.sound("voice", seconds: 9)])
        try project.edit(#"[{"op":"music","media":"song.mp3"},{"op":"voice-over","media":"voice.mp3"}]"#)
        try project.edit(#"[{"op":"volume","of":"music","level":0.4},{"op":"remove-sound","role":"voice"}]"#)
        #expect(project.music?.sound?.volume == 0.4)
    }

    @Test func aFilmMadeAsLongAsItsVoiceLetsItSpeakToTheEnd() throws {
        var project = try Project.cuts(4, [Project.sound("voice", seconds: 18)])
        let outcome = try project.edit(#"{"op":"voice-over","media":"voice.mp3"}"#)
        #expect(outcome.notes == [.voiceCut(name: "voice.mp3")])
        try project.edit(#"{"op":"length","as":"voice"}"#)
        #expect(project.total == 18_000)
        #expect(Project.range(project.voice) == [0, 18_000])
    }

    @Test func wordsAreReadAloudLineAfterLine() throws {
        var project = try Project.cuts(6)
        try project.edit(#"{"op":"voice-over","text":"Meet the Halo bottle. It keeps drinks cold.","rate":1.1}"#)
        let voices = project.sounds.filter { $0.sound?.role == .voice }
        #expect(voices.map(\.name) == ["Meet the Halo bottle.", "It keeps drinks cold."])
        #expect(voices[0].range.end <= voices[1].range.start)
        guard case .generated(let recipe)? = voices[0].sound?.source else {
            Issue.record("no voice")
            return
        }
        #expect(recipe["kind"] == "voice" && recipe["text"] == "Meet the Halo bottle." && recipe["rate"] == 1.1)
    }

    @Test func cutsGoToTheBeatsAndStayOnThemWhenTheFilmChanges() throws {
        let beats = BeatGrid(
            beats: (0..<60).map { MediaTime(milliseconds: Int64($0) * 500) },
            downbeats: stride(from: 0, to: 60, by: 4).map { MediaTime(milliseconds: Int64($0) * 500) }, tempo: 120,
            confidence: 0.9)
        var project = Project(Project.photos(5) + [Project.sound("song", seconds: 30)], beats: ["id-song": beats])
        try project.edit(#"{"op":"create","each":2300,"beats":"off","transition":"none"}"#)
        #expect(project.starts == [0, 2300, 4600, 6900, 9200])
        try project.edit(#"{"op":"beats"}"#)
        #expect(project.starts.allSatisfy { $0 % 500 == 0 })
        #expect(project.total == 11_500)
        try project.edit(#"{"op":"length","length":15000}"#)
        #expect(project.starts.allSatisfy { $0 % 500 == 0 })
        #expect(project.total == 15_000)
        // The song's beats move with where it begins.
        try project.edit(#"{"op":"music","start":250}"#)
        #expect(project.starts.dropFirst().allSatisfy { $0 % 500 == 250 })
        #expect(project.total == 15_000)
    }

    @Test func composedMusicHasBeatsToCutOn() throws {
        var project = try Project.cuts(4)
        try project.edit(#"[{"op":"music","compose":{"style":"pop","bpm":100}},{"op":"beats"}]"#)
        #expect(project.starts.allSatisfy { $0 % 600 == 0 })
        #expect(project.total == 12_000)
        #expect(project.refused(#"[{"op":"remove-sound","role":"music"},{"op":"beats"}]"#)?.index == 1)
    }
}
