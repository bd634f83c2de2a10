// SPDX-License-Identifier: GPL-3.0-or-later
/// The one of `names` that `given` was most likely meant to be, or nil when none is close.
///
/// Close is: the same but for case, `-` and `_`; else at most one slip (a letter left out, added, replaced, or two neighbours
/// swapped) for every three letters; else a beginning of one name only. Of names equally close the first wins.
public func nearestName(to given: String, among names: [String]) -> String? {
    func plain(_ name: String) -> [Character] { Array(name.lowercased()).filter { $0 != "-" && $0 != "_" } }
    let wanted = plain(given)
    guard !wanted.isEmpty else { return nil }
    var best: (name: String, slips: Int)?
    for name in names {
        let slips = slipsBetween(wanted, plain(name))
        if slips <= max(1, wanted.count / 3), slips < wanted.count, slips < best?.slips ?? .max { best = (name, slips) }
    }
    if let best { return best.name }
    let longer = names.filter { plain($0).starts(with: wanted) }
    return longer.count == 1 || wanted.count > 2 ? longer.first : nil
}

/// Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`.
func slipsBetween(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
        var row = [i + 1]
        for j in 0..<b.count {
            var slips = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { slips = min(slips, beforeLast[j - 1] + 1) }
            row.append(slips)
        }
        (beforeLast, last) = (last, row)
    }
    return last[b.count]
}
