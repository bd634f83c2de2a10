// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import TestMedia
import Testing
@testable import Sound

/// Piper's way of being called, played by a script: text on its standard input, a WAV file where it is told.
@Suite struct PiperTests {
    private func program(_ body: String) throws -> PiperSpeaker {
        let folder = try TestMedia.scratchFolder()
        let program = folder.appendingPathComponent("piper")
        let model = folder.appendingPathComponent("en_GB-test voice.onnx")
        try Data("#!/bin/sh\n\(body)\n".utf8).write(to: program)
        try Data([0]).write(to: model)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path)
        return try #require(PiperSpeaker(environment: ["KINORA_PIPER": "\(program.path) \(model.path)"]))
    }

    private func read(_ speaker: PiperSpeaker) throws -> VoiceBooth.Reading {
        let folder = try TestMedia.scratchFolder()
        return try VoiceBooth([speaker]).read(
            Utterance("Hello there, you.", rate: 1.25), to: folder.appendingPathComponent("v.wav"), scratch: folder)
    }

    @Test func itIsAskedAsItWantsAndItsSoundIsUsed() throws {
        let tone = try TestMedia.ffmpeg(
            "voice.wav",
            ["-f", "lavfi", "-i", "sine=f=300:d=1.2", "-af", "adelay=300,apad=pad_dur=0.5", "-ar", "22050"])
        let speaker = try program(
            """
            read text; [ "$text" = "Hello there, you." ] || exit 3
            [ "$1" = --model ] && [ "$5" = --length_scale ] && [ "$6" = 0.800 ] || exit 4
            cp '\(tone.path)' "$4"
            """)
        let reading = try read(speaker)
        #expect(reading.speaker == "Piper (en_GB-test voice)")
        #expect(reading.fallback == nil)
        #expect(reading.words.map(\.text) == ["Hello", "there,", "you."])
        // Without marks of its own, words share the time in which something is said: 1.2 s of it.
        let last = try #require(reading.words.last)
        #expect(abs(last.end.seconds - 1.24) < 0.05)
        #expect(zip(reading.words, reading.words.dropFirst()).allSatisfy { $0.end <= $1.start })
    }

    @Test(arguments: ["exit 1", "exit 0", #"echo no sound > "$4""#, "kill -9 $$"])
    func whereItFailsTheBuiltInVoiceSpeaks(body: String) throws {
        let reading = try read(try program(body))
        #expect(reading.speaker == "espeak-ng")
        #expect(reading.fallback?.contains("Piper") ?? false)
    }

    @Test func whatIsNotThereIsNamed() {
        let speaker = PiperSpeaker(environment: ["KINORA_PIPER": "/nowhere/piper /nowhere/voice.onnx"])
        #expect(speaker?.program.path == "/nowhere/piper")
        #expect(PiperSpeaker(environment: [:])?.name == nil)
        #expect(throws: SpeechError.self) {
            try speaker?.say(Utterance("Hello"), to: TestMedia.folder.appendingPathComponent("never.wav"))
        }
    }
}
