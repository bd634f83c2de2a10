// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// Texts with times, as the files that players and platforms read: SubRip (`.srt`) or WebVTT (`.vtt`).
///
/// WebVTT as W3C's "WebVTT: The Web Video Text Tracks Format" has it, words with times of their own as its timestamp tags.
public struct CaptionFile: Hashable, Sendable {
    public enum Format: String, CaseIterable, Hashable, Sendable {
        case srt, vtt
    }

    public struct Cue: Hashable, Sendable {
        public var range: TimeRange
        public var text: String
        /// Words and when they begin, in the file's time; empty where only the whole is known.
        public var words: [(text: String, start: MediaTime)] { zip(wordTexts, wordStarts).map { ($0, $1) } }
        private var wordTexts: [String]
        private var wordStarts: [MediaTime]

        public init(_ text: String, _ range: TimeRange, words: [(text: String, start: MediaTime)] = []) {
            self.text = text
            self.range = range
            wordTexts = words.map(\.text)
            wordStarts = words.map(\.start)
        }
    }

    /// In order of time.
    public var cues: [Cue]

    public init(_ cues: [Cue]) { self.cues = cues.sorted { $0.range.start < $1.range.start } }

    /// All captions of a draft; titles and other texts too where `isAll`.
    public init(_ draft: Draft, isAll: Bool = false) {
        self.init(
            draft.tracks.filter { $0.kind == .text }.flatMap(\.segments).compactMap { segment in
                guard let text = segment.text, isAll || text.isCaption, !text.text.isEmpty else { return nil }
                return Cue(
                    text.text, segment.range,
                    words: text.words.map { ($0.text, segment.range.start + $0.range.start) })
            })
    }

    public func text(_ format: Format) -> String {
        switch format {
        case .srt:
            cues.enumerated().map { index, cue in
                "\(index + 1)\n\(times(of: cue, ","))\n\(Self.rows(cue.text))\n"
            }.joined(separator: "\n")
        case .vtt:
            "WEBVTT\n\n" + cues.map { "\(times(of: $0, "."))\n\(Self.spoken($0))\n" }.joined(separator: "\n")
        }
    }

    private func times(of cue: Cue, _ mark: String) -> String {
        "\(Self.time(cue.range.start, mark)) --> \(Self.time(cue.range.end, mark))"
    }

    /// `00:01:02,345`
    private static func time(_ time: MediaTime, _ mark: String) -> String {
        func two(_ value: Int64) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let all = max(0, time.milliseconds)
        let part = String(1000 + all % 1000).dropFirst()
        return "\(two(all / 3_600_000)):\(two(all / 60_000 % 60)):\(two(all / 1000 % 60))\(mark)\(part)"
    }

    /// An empty row would end the cue, and an arrow would be read as times.
    private static func rows(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.replacing("-->", with: "→") }
            .filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n")
    }

    private static func spoken(_ cue: Cue) -> String {
        func plain(_ text: String) -> String {
            rows(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
        }
        guard !cue.words.isEmpty else { return plain(cue.text) }
        // Scripts that write no spaces get none.
        let isSpaced = cue.text.contains(where: \.isWhitespace)
        return cue.words.enumerated().map { index, word in
            let mark = index > 0 && word.start > cue.range.start && word.start < cue.range.end
            return (mark ? "<\(time(word.start, "."))>" : "") + plain(word.text)
        }.joined(separator: isSpaced ? " " : "")
    }
}
