// SPDX-License-Identifier: GPL-3.0-or-later

/// A chord relative to the tonic, read from a Roman numeral.
struct Chord: Hashable, Sendable {
    let name: String
    /// Semitones above the tonic, 0 … 11.
    let root: Int
    /// Semitones above the root, ascending; the first is 0.
    let intervals: [Int]
    /// Of the note in the bass, semitones above the tonic, 0 … 11.
    let bass: Int

    /// Tones as semitones above the tonic, 0 … 11, in the order root, third, fifth, …
    var tones: [Int] { intervals.map { (root + $0) % 12 } }

    /// What says which chord it is: third (or what stands for it) and seventh.
    var guides: [Int] {
        let sevenths = intervals.filter { (9...11).contains($0) }
        return (intervals.dropFirst().prefix(1) + sevenths.prefix(1)).map { (root + $0) % 12 }
    }

    /// Whether it wants to go home: a major third and a minor seventh, or the leading note of the key over the fifth degree.
    var isDominant: Bool {
        (intervals.contains(4) && intervals.contains(10)) || (root == 7 && intervals.contains(4))
    }

    /// Reads `IV`, `ii7`, `bVImaj7`, `V7sus4`, `I/3` (third in the bass), `IV/1` (over the tonic).
    ///
    /// Degrees are those of the major scale, whatever the mode: minor keys write `bVI`. Capitals have a major third.
    init?(_ text: String) {
        var rest = Substring(text)
        var root = 0
        while let sign = rest.first, sign == "b" || sign == "#" {
            root += sign == "b" ? -1 : 1
            rest = rest.dropFirst()
        }
        guard let numeral = Self.numerals.first(where: { rest.lowercased().hasPrefix($0.name) }) else { return nil }
        let isMajor = rest.first?.isUppercase ?? true
        rest = rest.dropFirst(numeral.name.count)
        root = (root + numeral.semitones + 12) % 12
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let third = isMajor ? 4 : 3
        guard let suffix = parts.first, let shape = Self.shapes[String(suffix)] else { return nil }
        let intervals = shape.map { $0 == Self.third ? third : $0 }
        switch parts.count > 1 ? parts[1] : "" {
        case "": bass = root
        case "1": bass = 0
        case "3": bass = (root + intervals[1]) % 12
        case "5": bass = (root + (intervals.first { (6...8).contains($0) } ?? 7)) % 12
        case "7": bass = (root + (intervals.first { (9...11).contains($0) } ?? 10)) % 12
        default: return nil
        }
        name = text
        self.root = root
        self.intervals = intervals
    }

    private static let numerals: [(name: String, semitones: Int)] = [
        ("vii", 11), ("iii", 4), ("iv", 5), ("vi", 9), ("ii", 2), ("v", 7), ("i", 0),
    ]

    /// Stands for the third that the numeral's case says.
    private static let third = -1

    private static let shapes: [String: [Int]] = [
        "": [0, third, 7], "5": [0, 7], "6": [0, third, 7, 9], "69": [0, third, 7, 9, 14],
        "7": [0, third, 7, 10], "maj7": [0, third, 7, 11], "add9": [0, third, 7, 14], "9": [0, third, 7, 10, 14],
        "maj9": [0, third, 7, 11, 14], "11": [0, third, 7, 10, 17], "13": [0, third, 10, 14, 21],
        "sus4": [0, 5, 7], "sus2": [0, 2, 7], "7sus4": [0, 5, 7, 10], "9sus4": [0, 5, 7, 10, 14],
        "o": [0, 3, 6], "o7": [0, 3, 6, 9], "h7": [0, 3, 6, 10], "+": [0, 4, 8],
        "7b9": [0, third, 7, 10, 13], "7alt": [0, third, 8, 10, 13], "maj7#11": [0, third, 7, 11, 18],
    ]
}

extension Chord {
    /// Chords of a progression, a list for each bar: `"I V/3 vi IV,V"`; what cannot be read is left out (tested: nothing is).
    static func bars(_ progression: String) -> [[Chord]] {
        progression.split(separator: " ").map { bar in bar.split(separator: ",").compactMap { Chord(String($0)) } }
            .filter { !$0.isEmpty }
    }

    /// The key's scale while this chord sounds: its own tones where they are not in the key push a neighbour out.
    func scale(in mode: Mode) -> [Int] {
        var scale = Set(mode.scale)
        for tone in tones where !scale.contains(tone) {
            // The degree it alters is the one a semitone away that is not itself a tone of the chord.
            for neighbour in [(tone + 11) % 12, (tone + 1) % 12]
            where scale.contains(neighbour) && !tones.contains(neighbour) {
                scale.remove(neighbour)
            }
            scale.insert(tone)
        }
        return scale.sorted()
    }
}
