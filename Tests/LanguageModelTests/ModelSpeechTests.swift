// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import LanguageModel

/// What a person sees of a model's text.
struct ModelSpeechTests {
    @Test func thoughtsAreNotShown() {
        #expect(ModelSpeech.shown("<think>Hm, let me see.\nSo?</think>\n\nWhich photo?") == "Which photo?")
        #expect(ModelSpeech.shown("Hm.</think>It is 12 s long.") == "It is 12 s long.")
        #expect(ModelSpeech.shown("<think>and on and on") == "")
    }

    @Test func nothingSteersATerminalOrTurnsTheWriting() {
        #expect(ModelSpeech.shown("\u{1B}[2J\u{1B}[31mred\u{7}\u{202E}txet") == "[2J[31mredtxet")
        #expect(ModelSpeech.shown("👩‍👧 ok") == "👩‍👧 ok")
    }

    @Test func formattingIsLeftOutAndLengthIsBounded() {
        #expect(ModelSpeech.shown("## Idea\n**Warm** it up with `grade`.") == "Idea\nWarm it up with grade.")
        #expect(ModelSpeech.shown(String(repeating: "blah ", count: 9000)).count == ModelSpeech.mostCharacters)
        #expect(
            ModelSpeech.shown((1...20).map { "line \($0)" }.joined(separator: "\n")).split(separator: "\n").count == 6)
    }
}
