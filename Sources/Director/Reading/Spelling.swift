// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds the known word that a misspelt one was meant to be.
struct Spelling: Sendable {
    /// Known words by length.
    private let words: [[String]]
    private let letters: [[[UInt8]]]

    init(_ vocabulary: Set<String>) {
        let latin = vocabulary.filter { $0.utf8.count > 2 && $0.utf8.allSatisfy { $0 < 128 } }.sorted()
        let longest = latin.map(\.utf8.count).max() ?? 0
        var words = [[String]](repeating: [], count: longest + 1)
        for word in latin { words[word.utf8.count].append(word) }
        self.words = words
        letters = words.map { $0.map { Array($0.utf8) } }
    }

    /// The nearest known word, when it is near enough for the word's length and no other is as near; nil otherwise.
    ///
    /// Distance is Damerau's: letters put in, left out, changed, or changed over with their neighbour. Three letters allow
    /// only the last; up to six one; seven and more two. The first letter must be right, or changed over with the second.
    func correction(of word: String) -> String? {
        let typed = Array(word.utf8)
        guard typed.count >= 3, typed.count <= 24, typed.allSatisfy({ $0 >= 97 && $0 <= 122 }) else { return nil }
        let allowed = typed.count >= 7 ? 2 : 1
        var best: (distance: Int, word: String)?
        var isShared = false
        for length in max(3, typed.count - allowed)...(typed.count + allowed) where length < words.count {
            for (index, known) in letters[length].enumerated() {
                guard known[0] == typed[0] || (known[1] == typed[0] && known[0] == typed[1]) else { continue }
                if typed.count == 3 {
                    guard length == 3, Self.isTransposed(typed, known) else { continue }
                }
                guard
                    let distance = Self.distance(
                        typed, known, within: best.map { min($0.distance, allowed) } ?? allowed)
                else { continue }
                if let found = best, found.distance == distance {
                    // The same letters in another order are likelier than other letters.
                    // So are letters left out, and then letters put in.
                    let (rank, other) = (Self.rank(typed, known), Self.rank(typed, Array(found.word.utf8)))
                    if rank < other {
                        best = (distance, words[length][index])
                        isShared = false
                    } else if rank == other {
                        isShared = true
                    }
                } else {
                    best = (distance, words[length][index])
                    isShared = false
                }
            }
        }
        return isShared ? nil : best?.word
    }

    /// How likely it is that who typed the one meant the other, of words that are as near: 0 is likeliest.
    private static func rank(_ typed: [UInt8], _ known: [UInt8]) -> Int {
        if isTransposed(typed, known) { return 0 }
        if isPart(typed, of: known) { return 1 }
        return isPart(known, of: typed) ? 2 : 3
    }

    /// Whether the letters of one word stand in the other in their order.
    private static func isPart(_ word: [UInt8], of whole: [UInt8]) -> Bool {
        var place = 0
        for letter in whole where place < word.count && word[place] == letter { place += 1 }
        return place == word.count
    }

    private static func isTransposed(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count == b.count && a.sorted() == b.sorted()
    }

    /// Optimal string alignment distance up to `most`; nil beyond it.
    private static func distance(_ a: [UInt8], _ b: [UInt8], within most: Int) -> Int? {
        if abs(a.count - b.count) > most { return nil }
        var before = [Int](repeating: 0, count: b.count + 1)
        var last = Array(0...b.count)
        for i in 1...a.count {
            var row = [Int](repeating: i, count: b.count + 1)
            var least = i
            for j in 1...b.count {
                var cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1))
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] { cost = min(cost, before[j - 2] + 1) }
                row[j] = cost
                least = min(least, cost)
            }
            if least > most { return nil }
            before = last
            last = row
        }
        return last[b.count] <= most ? last[b.count] : nil
    }
}
