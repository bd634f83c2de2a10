// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// Finds the segments that a reference means.
struct ReferenceResolver {
    /// Why nothing was found.
    enum Failure: Error, Hashable {
        /// There is no such place: what was asked for, and how many there are.
        case noSuchPlace(Int, of: Int)
        /// A file that is not in the film, by name.
        case notInFilm(String)
        /// Words that name nothing.
        case unknown(String)
        /// "That one", and nothing was spoken of.
        case nothingMeant
        case noneOfKind(MediaKind)
    }

    private let scene: Scene
    private let film: [Segment]
    /// Ids that the message has spoken of so far: what "the others" leaves out.
    private(set) var mentioned: Set<String> = []
    /// Those that it spoke of last.
    private var latest: [String] = []

    init(_ scene: Scene) {
        self.scene = scene
        film = scene.draft.mainTrack?.segments ?? []
    }

    /// Ids of the pictures that `reference` means, in film order.
    mutating func pictures(_ reference: Reference, kind: MediaKind?) throws(Failure) -> [String] {
        let ids = try find(reference, kind)
        mentioned.formUnion(ids)
        latest = ids
        return ids
    }

    private func candidates(_ kind: MediaKind?) -> [Segment] {
        guard let kind else { return film }
        let some = film.filter { segment in
            switch segment.picture?.source {
            case .image?: return kind == .image
            case .video?: return kind == .video
            default: return false
            }
        }
        return some
    }

    private func find(_ reference: Reference, _ kind: MediaKind?) throws(Failure) -> [String] {
        // "Photo 2" counts photos only where there are clips too.
        let list = candidates(kind)
        if list.isEmpty { throw kind.map { .noneOfKind($0) } ?? .nothingMeant }
        switch reference {
        case .places(let places):
            return try inOrder(places.map { (place) throws(Failure) -> String in try id(at: place, list) })
        case .first(let count):
            guard count <= list.count else { throw .noSuchPlace(count, of: list.count) }
            return list.prefix(count).map(\.id)
        case .last(let count):
            guard count <= list.count else { throw .noSuchPlace(count, of: list.count) }
            return list.suffix(count).map(\.id)
        case .middle(let count):
            // Of an even number none is in the middle alone.
            guard count < list.count, (list.count - count).isMultiple(of: 2) else { throw .nothingMeant }
            let start = (list.count - count) / 2
            return list[start..<start + count].map(\.id)
        case .through(let first, let last):
            _ = try id(at: first, list)
            _ = try id(at: last, list)
            let from = place(first, list.count)
            let to = place(last, list.count)
            return list[min(from, to)...max(from, to)].map(\.id)
        case .assets(let ids):
            let found = film.filter { segment in segment.picture?.assetID.map { ids.contains($0) } ?? false }
            if found.isEmpty { throw .notInFilm(ids.first.flatMap { scene.facts($0)?.name } ?? "") }
            return found.map(\.id)
        case .all: return list.map(\.id)
        case .others:
            let rest = list.filter { !mentioned.contains($0.id) }
            return rest.isEmpty ? list.map(\.id) : rest.map(\.id)
        case .allBut(let left):
            let out = try find(left, kind)
            return list.map(\.id).filter { !out.contains($0) }
        case .both(let left, let right):
            let found = try find(left, kind) + find(right, kind)
            return list.map(\.id).filter { found.contains($0) }
        case .alternate(let first):
            return list.enumerated().filter { $0.offset % 2 == (first - 1) % 2 }.map(\.element.id)
        case .it:
            // What this message spoke of comes before what the last one did.
            let known = (latest.isEmpty ? scene.memory.segments : latest).filter { id in list.contains { $0.id == id } }
            if !known.isEmpty { return known }
            if list.count == 1 || kind == .video { return list.map(\.id) }
            throw .nothingMeant
        case .theOther:
            let known = Set(scene.memory.segments)
            let rest = list.filter { !known.contains($0.id) }
            guard !known.isEmpty, let other = rest.first, rest.count == 1 || list.count <= 3 else {
                throw .nothingMeant
            }
            return [other.id]
        case .neighbour(let step):
            let known = latest.isEmpty ? scene.memory.segments : latest
            guard let at = list.firstIndex(where: { known.contains($0.id) }) else {
                throw .nothingMeant
            }
            guard list.indices.contains(at + step) else { throw .noSuchPlace(at + step + 1, of: list.count) }
            return [list[at + step].id]
        case .unknown(let words): throw .unknown(words)
        }
    }

    private func inOrder(_ ids: [String]) -> [String] {
        var seen: Set<String> = []
        return ids.filter { seen.insert($0).inserted }
    }

    private func place(_ place: Int, _ count: Int) -> Int { place > 0 ? place - 1 : count + place }

    private func id(at place: Int, _ list: [Segment]) throws(Failure) -> String {
        let index = self.place(place, list.count)
        guard list.indices.contains(index) else { throw .noSuchPlace(place, of: list.count) }
        return list[index].id
    }

    /// Ids of the texts that are meant; nil = as the operation takes it when none is named.
    func texts(_ reference: Reference?) throws(Failure) -> [String]? {
        let all = scene.texts
        switch reference {
        case nil:
            let known = scene.memory.texts.filter { id in all.contains { $0.id == id } }
            return known.isEmpty ? nil : known
        case .assets(let roles)?:
            let found = all.filter { segment in
                guard let role = segment.text?.role.rawValue else { return false }
                return roles.contains(role) || (roles.contains("caption") && role == "subtitle")
            }
            return found.isEmpty ? nil : found.map(\.id)
        case .places(let places)?:
            return try places.map { (place) throws(Failure) -> String in try id(at: place, all) }
        case .first(let count)?: return all.prefix(count).map(\.id)
        case .last(let count)?: return all.suffix(count).map(\.id)
        case .it?:
            let known = scene.memory.texts.filter { id in all.contains { $0.id == id } }
            return known.isEmpty ? (all.count == 1 ? all.map(\.id) : nil) : known
        case .all?: return all.map(\.id)
        case .unknown(let words)?:
            let found = all.filter { $0.text?.text.lowercased() == words.lowercased() }
            if found.isEmpty { throw .unknown(words) }
            return found.map(\.id)
        default: return nil
        }
    }
}
