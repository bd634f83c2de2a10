// SPDX-License-Identifier: GPL-3.0-or-later
package import Wording

extension RemoteTimeline {
    /// What is different from an earlier state, a message each, the weightiest first: told where a server changes the film
    /// and says nothing. Empty where nothing that this reading sees has changed.
    ///
    /// - Parameter most: messages; the rest is left out.
    package func changes(from old: RemoteTimeline, most: Int = 6) -> [Wording] {
        var changes: [Wording] = []
        if old.lengthMilliseconds != lengthMilliseconds {
            changes.append(
                Wording(
                    "remote change length",
                    [
                        "from": .text(Self.seconds(old.lengthMilliseconds)),
                        "to": .text(Self.seconds(lengthMilliseconds)),
                    ]))
        }
        if let width, let height, let before = old.width, let beforeHeight = old.height,
            (width, height) != (before, beforeHeight)
        {
            changes.append(
                Wording(
                    "remote change size",
                    ["from": .text("\(before)×\(beforeHeight)"), "to": .text("\(width)×\(height)")]))
        }
        for kind in [Kind.video, .music, .voice, .title, .caption, .subtitle, .credit, .overlay, .effect] {
            changes += self.changes(of: kind, from: old)
        }
        return Array(changes.prefix(most))
    }

    private func changes(of kind: Kind, from old: RemoteTimeline) -> [Wording] {
        let (before, after) = (old.segments(kind), segments(kind))
        let label = Wording.Value.words(Wording("remote track \(kind.rawValue)"))
        func told(_ what: String, _ list: [Segment]) -> Wording? {
            guard let first = list.first else { return nil }
            let names = list.prefix(4).map { Self.shortened($0.name) }.filter { !$0.isEmpty }
            return Wording(
                "remote change \(what)",
                [
                    "track": label, "count": .text("\(list.count)"),
                    "names": .text(
                        names.isEmpty ? "\(first.id)" : names.joined(separator: ", ") + (list.count > 4 ? " …" : "")),
                ])
        }
        let known = Dictionary(before.map { ($0.id, $0) }) { first, _ in first }
        let ids = Set(after.map(\.id))
        var changes: [Wording] = []
        changes += [told("added", after.filter { known[$0.id] == nil })].compactMap(\.self)
        changes += [told("removed", before.filter { !ids.contains($0.id) })].compactMap(\.self)
        let both = after.compactMap { now in known[now.id].map { (was: $0, now: now) } }
        if both.map(\.was.id) != before.filter({ ids.contains($0.id) }).map(\.id) {
            changes.append(Wording("remote change order", ["track": label]))
        }
        changes += [
            told("timing", both.filter { $0.was.lengthMilliseconds != $0.now.lengthMilliseconds }.map(\.now)),
            told("name", both.filter { $0.was.name != $0.now.name }.map(\.now)),
            told("transition", both.filter { $0.was.transition != $0.now.transition }.map(\.now)),
        ].compactMap(\.self)
        if let pair = both.first(where: { $0.was.level != $0.now.level }) {
            changes.append(
                Wording(
                    "remote change level",
                    [
                        "track": label, "from": .text("\(Int((pair.was.level * 100).rounded()))"),
                        "to": .text("\(Int((pair.now.level * 100).rounded()))"),
                    ]))
        }
        return changes
    }

    private func segments(_ kind: Kind) -> [Segment] { tracks.filter { $0.kind == kind }.flatMap(\.segments) }
}
