// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// An engine that reads text aloud.
public protocol Speaker: Sendable {
    /// What it is and with which voice: part of what its sound is kept under, and said when it fails.
    var name: String { get }

    /// Says `utterance` into the sound file `file` (any format that can be read). Blocks.
    func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech
}

/// Why something could not be said.
public struct SpeechError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        /// Nothing in the text can be said.
        case nothingToSay
        case unknownLanguage, unknownVoice, notInstalled, failed
    }

    public let code: Code
    /// Who was to speak: `espeak-ng`, a program, an address.
    public let speaker: String
    /// Why it failed and what to do.
    public let reason: String

    public init(_ code: Code, _ speaker: String, because reason: String) {
        self.code = code
        self.speaker = speaker
        self.reason = reason
    }

    public var description: String { "Could not speak with \(speaker): \(reason)." }
}
