// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Testing

@testable import EditModel

/// What is read aloud and the film's length: a little haste, then the film gives way, and both are told.
@Suite struct VoicePaceTests {
    private static let lines = ["One fine day.", "We went out.", "And came back again!"]

    /// Lines that take two seconds each at the voice's own pace: 6.5 s with the breaths between them.
    private func project(seconds: Int) throws -> Project {
        var project = Project(Project.photos(4), language: "en")
        project.context.speech = Dictionary(uniqueKeysWithValues: Self.lines.map { ($0, ms(2000)) })
        try project.edit(#"{"op":"create","length":\#(seconds * 1000)}"#)
        return project
    }

    private static let read = #"{"op":"voice-over","text":"\#(lines.joined(separator: " "))"}"#

    @Test func whatFitsIsReadAtTheVoicesOwnPace() throws {
        var project = try project(seconds: 8)
        let outcome = try project.edit(Self.read)
        #expect(outcome.notes.isEmpty)
        let voices = project.sounds.filter { $0.sound?.role == .voice }
        #expect(voices.map(\.range.duration) == [ms(2000), ms(2000), ms(2000)])
        #expect(voices.map(\.range.start) == [ms(0), ms(2250), ms(4500)])
    }

    @Test func aLittleTooLongIsReadALittleFaster() throws {
        var project = try project(seconds: 6)
        let outcome = try project.edit(Self.read)
        #expect(outcome.notes == [.voiceHurried(percent: 10)])
        #expect(project.total == 6000)
        let voices = project.sounds.filter { $0.sound?.role == .voice }
        #expect(voices.count == 3)
        #expect((voices.last?.range.end ?? .zero) <= ms(6000))
        #expect(voices.allSatisfy { (1818...1820).contains($0.range.duration.milliseconds) })
    }

    @Test(arguments: ["", #","rate":1"#]) func muchTooLongMakesTheFilmLonger(rate: String) throws {
        var project = try project(seconds: rate.isEmpty ? 4 : 6)
        let outcome = try project.edit(Self.read.dropLast() + rate + "}")
        #expect(project.total == 6750)
        #expect(outcome.notes == [.filmLongerForVoice(length: ms(6750))])
        #expect(project.sounds.filter { $0.sound?.role == .voice }.last?.range.end == ms(6500))
    }

    /// A first film that was asked to be shorter than its script takes.
    @Test func aFirstFilmIsAsLongAsItsScriptTakes() throws {
        var project = Project(Project.photos(4), language: "en")
        let lines = (1...4).map { "This is line number \($0) of the script, and it takes its time to be read." }
        project.context.speech = Dictionary(uniqueKeysWithValues: lines.map { ($0, ms(6000)) })
        let outcome = try project.edit(
            #"{"op":"create","length":9000,"script":"\#(lines.joined(separator: " "))","voice":"script"}"#)
        #expect(project.total >= 20_000)
        #expect(outcome.notes.contains(.filmLongerForVoice(length: project.draft.duration)))
        #expect(outcome.notes.contains { if case .voiceHurried = $0 { true } else { false } })
        let voices = project.sounds.filter { $0.sound?.role == .voice }
        #expect(voices.count == 4)
        #expect(voices.allSatisfy { $0.range.duration >= ms(4999) })
    }
}
