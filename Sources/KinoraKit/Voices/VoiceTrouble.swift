// SPDX-License-Identifier: GPL-3.0-or-later
public import Sound
public import Wording

/// A voice of a film that did not come out as it was asked for: said beside the finished film.
public struct VoiceTrouble: Hashable, Sendable {
    public enum Problem: Hashable, Sendable {
        /// Nobody could read it: the film is without it.
        case unread(SpeechError)
        /// This engine had to read it, for that reason.
        case otherVoice(String, String)
        /// It speaks so many times as fast as asked, to fit its place.
        case hurried(Double)
        /// It is longer than its place even when hurried, and is cut off.
        case cut
    }

    /// Of the voice in the draft: what it says.
    public var name: String
    public var problem: Problem

    /// What a person is told.
    public var wording: Wording {
        switch problem {
        case .unread(let error):
            Wording("voice unread", ["name": .text(name), "detail": .words(error.wording)])
        case .otherVoice(let speaker, let reason):
            Wording("voice other", ["name": .text(name), "speaker": .text(speaker), "detail": .text(reason)])
        case .hurried(let haste):
            Wording("voice hurried", ["name": .text(name), "percent": "\(Int(((haste - 1) * 100).rounded()))"])
        case .cut: Wording("voice cut", ["name": .text(name)])
        }
    }
}

extension SpeechError: Phrased {
    public var wording: Wording {
        Wording("speech \(code.rawValue)", ["speaker": .text(speaker), "detail": .text(reason)])
    }
}
