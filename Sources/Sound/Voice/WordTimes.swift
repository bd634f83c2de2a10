// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime

/// When each word of a text is said: by the engine's own marks where it gives them, between marks by how long words take.
enum WordTimes {
    /// A word and where it stands, in Unicode scalars.
    struct Word: Hashable {
        var text: String
        var range: Range<Int>
        /// How long it takes beside others: letters and the pause behind it.
        var weight: Double
        /// The part of the weight that is pause.
        var pause: Double
    }

    /// Words as captions show them: parted by white space, and each character of scripts that write none.
    static func words(of text: String) -> [Word] {
        var words: [Word] = []
        var current: [Unicode.Scalar] = []
        var start = 0
        func close(_ end: Int) {
            guard !current.isEmpty else { return }
            var view = String.UnicodeScalarView()
            view.append(contentsOf: current)
            let (weight, pause) = Self.weight(of: current)
            words.append(Word(text: String(view), range: start..<end, weight: weight + pause, pause: pause))
            current = []
        }
        for (index, scalar) in text.unicodeScalars.enumerated() {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                close(index)
            } else if isWide(scalar), !isMark(scalar) {
                close(index)
                start = index
                current = [scalar]
            } else if isMark(scalar) || !current.contains(where: isWide) {
                // Punctuation stays with what it follows.
                if current.isEmpty { start = index }
                current.append(scalar)
            } else {
                close(index)
                start = index
                current = [scalar]
            }
        }
        close(text.unicodeScalars.count)
        return words
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .openPunctuation, .closePunctuation, .otherPunctuation, .dashPunctuation, .finalPunctuation,
            .initialPunctuation:
            true
        default: false
        }
    }

    private static func weight(of scalars: [Unicode.Scalar]) -> (letters: Double, pause: Double) {
        var (letters, pause) = (0.0, 0.0)
        for scalar in scalars {
            switch scalar {
            case ".", "!", "?", "…", "。", "！", "？": pause = max(pause, 5)
            case ",", ";", ":", "，", "、", "；", "：", "–", "—": pause = max(pause, 3)
            default: letters += isWide(scalar) ? 2.8 : scalar.properties.numericType != nil ? 3 : isMark(scalar) ? 0 : 1
            }
        }
        return (max(letters, 0.5) + 1, pause)
    }

    /// Each word's time in a sound where speech lies in `spoken` seconds.
    static func times(
        of text: String, anchors: [RawSpeech.Anchor], spoken: Range<Double>
    ) -> [SpokenWord] {
        let words = words(of: text)
        guard !words.isEmpty else { return [] }
        // What is known of beginnings: one mark a word, ascending.
        var known = [Double?](repeating: nil, count: words.count)
        var latest = -1.0
        for anchor in anchors.sorted(by: { $0.seconds < $1.seconds }) {
            guard let word = words.firstIndex(where: { $0.range.contains(anchor.scalar) }), known[word] == nil,
                known[word...].allSatisfy({ $0 == nil }), anchor.seconds > latest
            else { continue }
            known[word] = anchor.seconds
            latest = anchor.seconds
        }
        if known[0] == nil || known[0].map({ $0 > spoken.lowerBound }) ?? false { known[0] = spoken.lowerBound }
        var starts = [Double](repeating: 0, count: words.count + 1)
        var ends = [Double](repeating: 0, count: words.count)
        var index = 0
        while index < words.count {
            let next = (index + 1..<words.count).first { known[$0] != nil } ?? words.count
            let from = known[index] ?? spoken.lowerBound
            let to = max(from, next < words.count ? known[next] ?? spoken.upperBound : spoken.upperBound)
            // The last word has no pause behind it that is heard.
            let last = next == words.count
            let all = (index..<next).reduce(0.0) { $0 + words[$1].weight } - (last ? words[next - 1].pause : 0)
            var time = from
            for word in index..<next {
                let unit = (to - from) / max(all, 1e-9)
                starts[word] = time
                ends[word] = min(to, time + (words[word].weight - words[word].pause) * unit)
                time += words[word].weight * unit
            }
            index = next
        }
        return words.indices.map { place in
            SpokenWord(
                words[place].text, from: MediaTime(milliseconds: Int64((starts[place] * 1000).rounded())),
                to: MediaTime(milliseconds: Int64((max(ends[place], starts[place]) * 1000).rounded())))
        }
    }
}
