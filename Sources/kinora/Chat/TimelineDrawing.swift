// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime

/// A film's timeline drawn with characters, to scale: a ruler, the pictures with their joints, sounds, texts.
///
/// ```
///  0s        4s        8s        12s
///  ▕beach    ▞harbor   ▞sunset    ▏
///  ♪ song.mp3 ─────────────────────
///  T Summer ▏
/// ```
struct TimelineDrawing {
    private let draft: Draft
    private let columns: Int

    /// - Parameter columns: of the terminal; at least forty are used.
    init(_ draft: Draft, columns: Int) {
        self.draft = draft
        self.columns = max(40, min(columns, 160)) - 4
    }

    var lines: [String] {
        guard draft.duration > .zero else { return [] }
        var lines = [ruler]
        for (index, track) in draft.tracks.enumerated() where !track.segments.isEmpty {
            switch track.kind {
            case .video where index == draft.mainTrackIndex: lines.append("  " + pictures(track))
            case .video: lines.append("▣ " + spans(track) { $0.name })
            case .audio: lines.append("♪ " + spans(track, fill: "─") { $0.name })
            case .text: lines.append("T " + spans(track) { $0.text?.text ?? "" })
            }
        }
        return lines
    }

    /// The column at which a time stands.
    private func column(_ time: MediaTime) -> Int {
        Int((time.seconds / draft.duration.seconds * Double(columns)).rounded()).clamped(to: 0...columns)
    }

    private var ruler: String {
        let seconds = draft.duration.seconds
        let step =
            [1.0, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800].first { seconds / $0 <= Double(columns) / 9 } ?? 3600
        var row = Row(columns + 8)
        var mark = 0.0
        while mark <= seconds {
            let text = mark >= 60 ? "\(Int(mark) / 60):\(String(Int(mark) % 60 + 100).dropFirst())" : "\(Int(mark))s"
            row.write(text, at: column(MediaTime(seconds: mark)))
            mark += step
        }
        return "  " + row.text
    }

    private func pictures(_ track: Track) -> String {
        var row = Row(columns + 1)
        for segment in track.segments {
            let start = column(segment.range.start)
            let overlap = segment.picture?.transition?.duration ?? .zero
            let end = column(segment.range.end - overlap)
            row.write("▕", at: start)
            row.write(name(segment.name).clipped(to: max(0, end - start - 1)), at: start + 1)
            if overlap > .zero { row.write("▞", at: end) }
        }
        row.write("▏", at: columns)
        return row.text
    }

    private func spans(_ track: Track, fill: Character = " ", _ name: (Segment) -> String) -> String {
        var row = Row(columns + 1)
        for segment in track.segments {
            let start = column(segment.range.start)
            let end = max(start + 1, column(segment.range.end))
            let shown = self.name(name(segment)).clipped(to: end - start - 1)
            row.write(shown, at: start)
            if fill != " " {
                for place in (start + shown.displayWidth + 1)..<max(start + shown.displayWidth + 1, end) {
                    row.write(String(fill), at: place)
                }
            }
            row.write("▏", at: end)
        }
        return row.text
    }

    /// Without a file's ending, on one line, without what steers a terminal.
    private func name(_ text: String) -> String {
        let plain = text.filter {
            !$0.isNewline && $0.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        }
        guard let dot = plain.lastIndex(of: "."), plain[dot...].count <= 5, dot > plain.startIndex else { return plain }
        return String(plain[..<dot])
    }

    /// Cells of a line of text; what is written later lies over what was there.
    private struct Row {
        private var cells: [String]

        init(_ count: Int) { cells = [String](repeating: " ", count: count) }

        mutating func write(_ text: String, at start: Int) {
            var place = start
            for character in text {
                let width = character.displayWidth
                guard width > 0, place >= 0, place + width <= cells.count else { continue }
                cells[place] = String(character)
                // A wide character takes the next cell too.
                if width == 2 { cells[place + 1] = "" }
                place += width
            }
        }

        var text: String {
            var text = cells.joined()
            while text.hasSuffix(" ") { text.removeLast() }
            return text
        }
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}
