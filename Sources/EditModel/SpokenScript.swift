// SPDX-License-Identifier: GPL-3.0-or-later

/// What is read aloud of a script: its sentences, without headings, list marks and times.
public struct SpokenScript: Hashable, Sendable {
    public var lines: [String]

    /// - Parameter format: `srt` and `vtt` are read as captions, anything else as plain text.
    public init(_ text: String, format: String = "txt") {
        let text = String(text.prefix(Script.longest))
        lines = ["srt", "vtt"].contains(format) ? TimedCaptions(text).cues.map(\.text) : Script(text).lines
    }

    public var text: String { lines.joined(separator: "\n") }
}
