// SPDX-License-Identifier: GPL-3.0-or-later

extension Paragraph {
    /// As few lines as go into `width` em, each filled before the next is begun. A word that is wider than a line is broken
    /// between characters when `breakingWords`; otherwise the answer is nil.
    func filled(width: Double, breakingWords: Bool) -> [Range<Int>]? {
        guard !characters.isEmpty else { return [0..<0] }
        let limit = width + 1e-9
        var lines: [Range<Int>] = []
        var start = 0
        while start < characters.count {
            var lastBreak: Int?
            var end = start
            while end < characters.count {
                if end > start, characters[end].mayBegin { lastBreak = end }
                if !characters[end].isSpace, starts[end + 1] - starts[start] > limit { break }
                end += 1
            }
            if end == characters.count {
                lines.append(start..<end)
                break
            }
            if let lastBreak {
                lines.append(start..<lastBreak)
                start = lastBreak
            } else if breakingWords {
                let cut = max(end, start + 1)
                lines.append(start..<cut)
                start = cut
            } else {
                return nil
            }
        }
        return lines
    }

    /// The same text in `count` lines that are as even as can be and part where a reader would; nil when that cannot be in `width`.
    ///
    /// Least squares of the distance from the even width, over all ways to break (dynamic programming, as in Knuth and
    /// Plass but for the whole paragraph's even width), with small fees: for ending on a short word ("of", "the"), for parting
    /// a Chinese or Japanese word or a particle from its word, for a last line of one short word or one character; and a small
    /// credit for ending at punctuation.
    func balanced(width: Double, count: Int) -> [Range<Int>]? {
        guard count > 1 else { return self.width(0..<characters.count) <= width + 1e-9 ? [0..<characters.count] : nil }
        let places = [0] + characters.indices.filter { characters[$0].mayBegin } + [characters.count]
        guard places.count > count, places.count <= 400 else { return nil }
        let even = self.width(0..<characters.count) / Double(count)
        guard even > 0 else { return nil }
        let unreachable = Double.infinity
        // cost[k][p]: the least cost of k lines that end at place p.
        var cost = [[Double]](repeating: [Double](repeating: unreachable, count: places.count), count: count + 1)
        var from = [[Int]](repeating: [Int](repeating: 0, count: places.count), count: count + 1)
        cost[0][0] = 0
        for k in 1...count {
            for p in k..<places.count {
                for q in stride(from: p - 1, through: k - 1, by: -1) {
                    let range = places[q]..<places[p]
                    let lineWidth = self.width(range)
                    if lineWidth > width + 1e-9 { break }
                    guard cost[k - 1][q] < unreachable else { continue }
                    let slack = (lineWidth - even) / even
                    var sum = cost[k - 1][q] + slack * slack
                    if p < places.count - 1 { sum += fee(endingAt: places[p]) }
                    if p == places.count - 1, lineWidth < 0.35 * even || isOrphan(range) { sum += 0.5 }
                    if sum < cost[k][p] {
                        cost[k][p] = sum
                        from[k][p] = q
                    }
                }
            }
        }
        guard cost[count][places.count - 1] < unreachable else { return nil }
        var lines: [Range<Int>] = []
        var p = places.count - 1
        for k in stride(from: count, to: 0, by: -1) {
            lines.append(places[from[k][p]]..<places[p])
            p = from[k][p]
        }
        return lines.reversed()
    }

    private func fee(endingAt place: Int) -> Double {
        let end = visible(0..<place).upperBound
        guard end > 0 else { return 0 }
        if "。，、！？：；…".contains(characters[end - 1].text) { return -0.25 }
        if ",.;:!?—–،؛".contains(characters[end - 1].text) { return -0.05 }
        if characters[end - 1].isUnspaced { return end < place ? -0.1 : unspacedFee(at: place) }
        var length = 0
        while end - 1 - length >= 0, !characters[end - 1 - length].isSpace, length < 5 { length += 1 }
        return length <= 3 ? 0.08 : 0
    }

    /// For a line that ends before character `place` where no space or punctuation is.
    private func unspacedFee(at place: Int) -> Double {
        guard characters[place].isUnspaced else { return 0 }
        guard characters[place].beginsWord else { return 0.45 }
        var end = place + 1
        while end < characters.count, !characters[end].beginsWord { end += 1 }
        var start = place - 1
        while start > 0, !characters[start].beginsWord { start -= 1 }
        let (before, after) = (string(start..<place), string(place..<end))
        var fee = 0.0
        if WordStarts.trailing.contains(after) { fee += 0.3 }
        if WordStarts.leading.contains(before) { fee += 0.25 }
        if WordStarts.trailing.contains(before) { fee -= 0.04 }
        return fee
    }

    /// One character alone, but for marks that hang on it.
    private func isOrphan(_ range: Range<Int>) -> Bool {
        let letters = characters[visible(range)].filter {
            $0.text.unicodeScalars.first?.properties.isAlphabetic ?? false
        }
        return letters.count == 1 && letters.allSatisfy(\.isUnspaced)
    }
}
