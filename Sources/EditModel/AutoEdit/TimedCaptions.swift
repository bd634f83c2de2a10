// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// Captions with times of their own, as SubRip (`.srt`) and WebVTT (`.vtt`) files hold them.
///
/// Numbers, styles, notes and mark-up are left out; a caption's rows become one text that is wrapped anew.
struct TimedCaptions: Hashable {
    struct Cue: Hashable {
        /// Milliseconds of the film.
        var range: Range<Int64>
        var text: String
    }

    /// In order of time; none begins before the one before it has ended.
    var cues: [Cue] = []

    init(_ text: String) {
        var found: [Cue] = []
        var current: Range<Int64>?
        var rows: [String] = []
        func close() {
            defer { (current, rows) = (nil, []) }
            guard let current, !current.isEmpty, !rows.isEmpty else { return }
            let words = Self.plain(rows.joined(separator: " "))
            if !words.isEmpty { found.append(Cue(range: current, text: words)) }
        }
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if let range = Self.range(line) {
                // Without an empty line between, the row before the times is this caption's number.
                if let last = rows.last, last.allSatisfy(\.isNumber) { rows.removeLast() }
                close()
                current = range
            } else if line.allSatisfy(\.isWhitespace) {
                close()
            } else if current != nil {
                rows.append(String(line))
            }
        }
        close()
        for cue in found.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = cues.last, last.range.upperBound > cue.range.lowerBound {
                cues[cues.count - 1].range = last.range.lowerBound..<cue.range.lowerBound
            }
            cues.append(cue)
        }
        cues.removeAll { $0.range.isEmpty }
    }

    /// Milliseconds at which the last one ends.
    var end: Int64 { cues.last?.range.upperBound ?? 0 }

    /// `00:00:01,500 --> 00:00:03,000`, hours left out or not, with what WebVTT writes behind it; nil for other lines, empty
    /// where the end comes first.
    private static func range(_ line: Substring) -> Range<Int64>? {
        guard let arrow = line.firstRange(of: "-->"),
            let start = milliseconds(line[..<arrow.lowerBound]),
            let first = line[arrow.upperBound...].split(whereSeparator: \.isWhitespace).first,
            let end = milliseconds(first)
        else { return nil }
        return start..<max(start, end)
    }

    private static func milliseconds(_ text: Substring) -> Int64? {
        let parts = text.filter { !$0.isWhitespace }.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...3).contains(parts.count), let last = parts.last,
            let seconds = Double(last.map { $0 == "," ? "." : String($0) }.joined()), (0..<60).contains(seconds)
        else { return nil }
        var total: Int64 = 0
        for part in parts.dropLast() {
            guard let number = Int64(part), (0..<1000).contains(number) else { return nil }
            total = total * 60 + number
        }
        return total * 60_000 + Int64((seconds * 1000).rounded())
    }

    /// Without `<i>`, `<c.loud>` and `{\\an8}`, and with the few entities that WebVTT knows spelled out.
    private static func plain(_ text: String) -> String {
        // Most rows have none, and reading an expression costs more than the row.
        guard text.contains(where: { "<{&".contains($0) }) else {
            return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        return text.replacing(/<\/?[A-Za-z][^>]*>|<[0-9:.]+>|\{\\[^}]*\}/, with: "")
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&nbsp;", with: " ")
            .replacing("&amp;", with: "&")
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

extension AutoEdit {
    /// The captions at their own times, as far as the film goes.
    func captionTrack(_ captions: TimedCaptions, total: Int64, _ ids: inout IDSource, _ notes: inout [EditNote])
        -> Track
    {
        var track = Track(id: ids.next("x"), kind: .text, name: "Captions")
        for cue in captions.cues.prefix(Self.mostCaptions) {
            let range = cue.range.clamped(to: 0..<total)
            if range.isEmpty { continue }
            var segment = caption(cue.text, range, &ids)
            segment.isFixed = true
            track.segments.append(segment)
        }
        if track.segments.count < captions.cues.count {
            notes.append(.scriptCut(shown: track.segments.count, of: captions.cues.count))
        }
        return track
    }
}
