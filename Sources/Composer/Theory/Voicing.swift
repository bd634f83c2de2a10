// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds how a row of chords is laid out in voices so that each moves little and none in parallel fifths or octaves.
///
/// Every chord has candidates (its tones spread over the register); the cheapest path through them is found exactly (Viterbi).
/// Costs are those of common practice (Aldwell & Schachter, *Harmony and Voice Leading*; Tymoczko, *A Geometry of Music*,
/// for distance as the measure): the sum of the voices' steps, parallels, the top voice's leaps, distance from the register's
/// middle, close intervals low down.
struct VoiceLeader {
    var voices: Int
    var register: ClosedRange<Int>
    /// Pitch class of the tonic.
    var tonic: Int
    /// Power chords and rock guitars move in fifths; others do not.
    var allowsParallels = false

    /// Keys of each chord, ascending; `basses`: the bass note sounding with each, for parallels against it.
    func voicings(of chords: [Chord], basses: [Int]) -> [[Int]] {
        guard !chords.isEmpty else { return [] }
        var known: [Chord: [[Int]]] = [:]
        let columns = chords.map { chord -> [[Int]] in
            if let columns = known[chord] { return columns }
            let found = candidates(chord)
            known[chord] = found
            return found
        }
        var costs = columns[0].map { placeCost($0) }
        var from: [[Int]] = [columns[0].map { _ in 0 }]
        for index in 1..<max(1, chords.count) {
            let bassStep = basses[index] - basses[index - 1]
            var next: [Double] = []
            var back: [Int] = []
            for candidate in columns[index] {
                var best = (cost: Double.infinity, from: 0)
                for (before, voicing) in columns[index - 1].enumerated() {
                    let cost =
                        costs[before]
                        + stepCost(voicing, candidate, bass: basses[index - 1], bassStep: bassStep)
                    if cost < best.cost { best = (cost, before) }
                }
                next.append(best.cost + placeCost(candidate))
                back.append(best.from)
            }
            costs = next
            from.append(back)
        }
        var at = costs.indices.min { costs[$0] < costs[$1] } ?? 0
        var result: [[Int]] = []
        for index in chords.indices.reversed() {
            result.append(columns[index][at])
            at = from[index][at]
        }
        return result.reversed()
    }

    /// Tones in the order in which they are left out where there are too few voices: fifth, then root, then what colours.
    private func needed(_ chord: Chord) -> [Int] {
        var tones = chord.intervals
        if tones.count > voices, let fifth = tones.firstIndex(of: 7), tones.count > 2 { tones.remove(at: fifth) }
        if tones.count > voices, tones.count > 2 { tones.removeFirst() }
        return tones.prefix(max(2, voices)).map { ($0 + chord.root + tonic) % 12 }
    }

    private func candidates(_ chord: Chord) -> [[Int]] {
        let needed = Set(needed(chord))
        let allowed = chord.intervals.count >= voices ? needed : Set(chord.tones.map { ($0 + tonic) % 12 })
        let keys = register.filter { allowed.contains($0 % 12) }
        // A leading note or a seventh is not doubled.
        let single = Set(chord.guides.filter { $0 == 11 || $0 == 5 && chord.isDominant }.map { ($0 + tonic) % 12 })
        var found: [[Int]] = []
        func extend(_ voicing: [Int], from start: Int) {
            if voicing.count == voices {
                let classes = Set(voicing.map { $0 % 12 })
                guard needed.isSubset(of: classes) else { return }
                guard
                    !voicing.contains(where: { key in
                        single.contains(key % 12) && voicing.count { $0 % 12 == key % 12 } > 1
                    })
                else { return }
                found.append(voicing)
                return
            }
            guard start < keys.count else { return }
            for index in start..<keys.count {
                if let last = voicing.last {
                    let gap = keys[index] - last
                    if gap > 9 { break }
                    // Low intervals sound like mud.
                    if gap < (last < 48 ? 7 : last < 55 ? 3 : 1) { continue }
                }
                extend(voicing + [keys[index]], from: index + 1)
            }
        }
        extend([], from: 0)
        if found.isEmpty {
            // A register too narrow for the rules: the lowest tones there are.
            return [Array(keys.prefix(voices))]
        }
        let middle = Double(register.lowerBound + register.upperBound) / 2
        func off(_ voicing: [Int]) -> Double { abs(Double(voicing.reduce(0, +)) / Double(voicing.count) - middle) }
        return Array(found.sorted { (off($0), $0.lexicographic) < (off($1), $1.lexicographic) }.prefix(48))
    }

    private func placeCost(_ voicing: [Int]) -> Double {
        let middle = Double(register.lowerBound + register.upperBound) / 2
        let mean = Double(voicing.reduce(0, +)) / Double(max(1, voicing.count))
        var cost = 0.35 * abs(mean - middle)
        for (low, high) in zip(voicing, voicing.dropFirst()) where high - low <= 2 {
            cost += high - low == 1 ? 2.5 : 0.8
        }
        return cost
    }

    private func stepCost(_ a: [Int], _ b: [Int], bass: Int, bassStep: Int) -> Double {
        guard a.count == b.count else { return 20 }
        var cost = 0.0
        for (x, y) in zip(a, b) { cost += Double(abs(x - y)) }
        if let top = a.last, let newTop = b.last, abs(top - newTop) > 4 { cost += Double(abs(top - newTop) - 4) }
        guard !allowsParallels else { return cost }
        for i in a.indices {
            let step = b[i] - a[i]
            guard step != 0 else { continue }
            if bassStep == step, Self.isPerfect(a[i] - bass) { cost += 3 }
            for j in a.indices where j > i && b[j] - a[j] == step && Self.isPerfect(a[j] - a[i]) { cost += 8 }
        }
        return cost
    }

    static func isPerfect(_ interval: Int) -> Bool { abs(interval) % 12 == 0 || abs(interval) % 12 == 7 }
}

extension [Int] {
    /// A number that orders rows of MIDI keys.
    fileprivate var lexicographic: Int { reduce(0) { $0 &* 128 &+ $1 } }
}
