// SPDX-License-Identifier: GPL-3.0-or-later

/// Gives new ids, each once: a prefix and a number that counts up. The same source gives the same ids, so that an edit
/// made twice from the same draft is the same edit.
public struct IDSource: Hashable, Sendable {
    private var taken: Set<String> = []
    private var last: [String: Int] = [:]

    public init() {}

    /// Ids that the draft does not hold yet.
    public init(after draft: Draft) {
        for track in draft.tracks {
            taken.insert(track.id)
            for segment in track.segments { taken.insert(segment.id) }
        }
    }

    /// The next free id: `s1`, `s2`, …
    public mutating func next(_ prefix: String) -> String {
        var number = last[prefix] ?? 0
        var id: String
        repeat {
            number += 1
            id = "\(prefix)\(number)"
        } while taken.contains(id)
        last[prefix] = number
        taken.insert(id)
        return id
    }
}
