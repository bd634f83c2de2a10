// SPDX-License-Identifier: GPL-3.0-or-later

/// Lays the sections of a piece over its bars.
///
/// ```
/// intro   verse     build  chorus       breakdown  build  chorus      ending
/// ▂▂▂▂    ▄▄▄▄▄▄▄▄  ▅▅▆▆   ████████     ▃▃▃▃       ▅▆     █████████   ▅▅▃▁
///                          ↑ the film's turn
/// ```
/// Everything before the turn is one half, everything after it another; both are cut from the same few shapes, whatever their
/// length, in fours and pairs as far as they go.
struct Form {
    private(set) var sections: [MusicGrid.Section] = []
    private let energies: [SectionKind: Double]
    private var bar = 0

    /// `turn`: the bar in which the music breaks out; nil = where it is best.
    init(bars: Int, turn: Int?, energies: [SectionKind: Double]) {
        self.energies = energies
        let ending = bars >= 28 ? 4 : bars >= 12 ? 2 : 1
        let body = max(0, bars - ending)
        let usual = body < 4 ? 0 : body < 8 ? body / 2 : body < 16 ? body * 2 / 5 / 2 * 2 : body * 2 / 5 / 4 * 4
        // Neither half vanishes: a turn in the first or last bar is a stroke, no form.
        let split = turn.map { min(max($0, 0), max(0, body - 1)) } ?? usual
        before(split, opens: true)
        after(body - split)
        add(.ending, ending)
    }

    private mutating func add(_ kind: SectionKind, _ count: Int, energy factor: Double = 1) {
        guard count > 0 else { return }
        let energy = min(1, max(0.05, (energies[kind] ?? 0.5) * factor))
        sections.append(.init(kind: kind, bars: bar..<bar + count, energy: energy))
        bar += count
    }

    /// Up to a breaking-out: `opens` the piece, or comes back to it.
    private mutating func before(_ count: Int, opens: Bool) {
        let first: SectionKind = opens ? .intro : .breakdown
        switch count {
        case ...0: return
        case 1...2: add(first, count)
        case 3...4:
            add(first, count - 2)
            add(.build, 2)
        case 5...9:
            add(first, opens ? 2 : 0)
            add(.verse, count - (opens ? 4 : 2))
            add(.build, 2)
        case 10...15:
            let lead = count % 4 == 0 || count % 4 == 3 ? 4 : 2
            add(first, lead)
            add(.verse, count - lead - 2)
            add(.build, 2)
        case 16...25:
            add(first, 4)
            add(.verse, count - 8)
            add(.build, 4)
        default:
            // A chorus that holds back, and once more.
            let early = max(12, count / 2 / 4 * 4)
            let intro = opens ? 4 : 2
            let chorus = early >= 20 ? 8 : 4
            add(first, intro)
            add(.verse, early - intro - chorus)
            add(.chorus, chorus, energy: 0.88)
            before(count - early, opens: false)
        }
    }

    /// From the breaking-out on.
    private mutating func after(_ count: Int) {
        switch count {
        case ...0: return
        case 1...12: add(.chorus, count)
        case 13...23:
            add(.chorus, 8)
            let rest = count - 8
            let quiet = rest >= 12 ? 4 : 2
            add(.breakdown, quiet)
            add(.chorus, rest - quiet, energy: 1.12)
        default:
            add(.chorus, 8)
            let last = count >= 40 ? 16 : 8
            before(count - 8 - last, opens: false)
            add(.chorus, last, energy: 1.12)
        }
    }
}

extension MusicGrid {
    /// Four bars a phrase; what is left over makes the last one of its section shorter, or by one longer.
    static func phrases(of sections: [Section]) -> [Range<Int>] {
        sections.flatMap { section -> [Range<Int>] in
            var phrases: [Range<Int>] = []
            var start = section.bars.lowerBound
            while start < section.bars.upperBound {
                let left = section.bars.upperBound - start
                let length = left <= 5 ? left : 4
                phrases.append(start..<start + length)
                start += length
            }
            return phrases
        }
    }
}
