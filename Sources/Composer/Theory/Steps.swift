// SPDX-License-Identifier: GPL-3.0-or-later

/// A rhythm written as a row of letters, one a sixteenth: `x..x--x.`; spaces and bars are for the eye.
struct Steps: Hashable, Sendable {
    struct Stroke: Hashable, Sendable {
        /// In steps from the pattern's start.
        var start: Int
        /// Steps up to the next stroke or rest.
        var length: Int
        var letter: Character
    }

    let count: Int
    let strokes: [Stroke]

    /// `-` goes on, `.` rests, any other letter is a stroke.
    init(_ text: String) {
        var strokes: [Stroke] = []
        var count = 0
        var isOn = false
        for letter in text where letter != " " && letter != "|" {
            switch letter {
            case ".": isOn = false
            case "-": if isOn { strokes[strokes.count - 1].length += 1 }
            default:
                strokes.append(Stroke(start: count, length: 1, letter: letter))
                isOn = true
            }
            count += 1
        }
        self.count = max(1, count)
        self.strokes = strokes
    }

    /// Strokes of the bar that begins `bar` bars into a pattern that goes round, `steps` to the bar.
    func bar(_ bar: Int, steps: Int) -> [Stroke] {
        let offset = bar * steps % count
        return strokes.compactMap { stroke in
            let start = stroke.start - offset
            guard start >= 0, start < steps else { return nil }
            return Stroke(start: start, length: min(stroke.length, steps - start), letter: stroke.letter)
        }
    }
}

/// Force of a letter, 0 … 1; nil where chance decides against it.
func letterForce(_ letter: Character, _ dice: inout Dice) -> Double? {
    switch letter {
    case "X": 1
    case "x": 0.82
    case "o": 0.62
    case "g": 0.34
    case "?": dice.chance(0.5) ? 0.6 : nil
    default: 0.8
    }
}
