// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

/// Where a segment lies in a draft: the index of its track, and its own on it.
struct SegmentPath: Hashable, Comparable {
    var track: Int
    var place: Int

    static func < (a: SegmentPath, b: SegmentPath) -> Bool { (a.track, a.place) < (b.track, b.place) }
}

extension Workbench {
    subscript(path: SegmentPath) -> Segment? {
        get { draft.tracks[safe: path.track]?.segments[safe: path.place] }
        set {
            guard let newValue, self[path] != nil else { return }
            draft.tracks[path.track].segments[path.place] = newValue
        }
    }

    /// Every segment's path by id.
    var paths: [String: SegmentPath] {
        var paths: [String: SegmentPath] = [:]
        for (track, row) in draft.tracks.enumerated() {
            for (place, segment) in row.segments.enumerated() {
                paths[segment.id] = SegmentPath(track: track, place: place)
            }
        }
        return paths
    }

    /// The segments that `references` name, on whatever track, each once; numbers are places on the main track.
    func find(_ references: [JSONValue], _ field: String) throws(EditError) -> [SegmentPath] {
        let main = draft.mainTrackIndex ?? 0
        let count = draft.mainTrack?.segments.count ?? 0
        let paths = paths
        var found: [SegmentPath] = []
        var seen: Set<SegmentPath> = []
        for (index, reference) in references.enumerated() {
            let field = references.count == 1 ? field : "\(field)[\(index)]"
            let path: SegmentPath
            if let id = reference.string {
                guard let known = paths[id] else { throw EditError(.noSuchSegment(id), field: field) }
                path = known
            } else {
                let place = Int(reference.integer ?? 0)
                guard count > 0 else { throw EditError(.noFilm) }
                guard place != 0, abs(place) <= count else {
                    throw EditError(.noSuchPlace(place, of: count), field: field)
                }
                path = SegmentPath(track: main, place: place > 0 ? place - 1 : count + place)
            }
            if seen.insert(path).inserted { found.append(path) }
        }
        return found
    }

    /// Places on the main track of the pictures that `name` names, in the order named; all but the cards where it is
    /// left out.
    func pictures(_ arguments: OperationArguments, _ name: String = "segments") throws(EditError) -> [Int] {
        let film = try film()
        guard let references = arguments.references(name) else {
            let all = film.indices.filter { !film[$0].isCard }
            return all.isEmpty ? Array(film.indices) : all
        }
        return try places(of: references, name)
    }

    func places(of references: [JSONValue], _ name: String) throws(EditError) -> [Int] {
        var places: [Int] = []
        for path in try find(references, name) {
            guard path.track == draft.mainTrackIndex else {
                throw EditError(.notOfKind(name: self[path]?.name ?? "", wanted: .picture), field: name)
            }
            places.append(path.place)
        }
        return places
    }

    /// The pictures that `segments` names, on any video track; all of the main track but the cards without it.
    func picturePaths(_ arguments: OperationArguments) throws(EditError) -> [SegmentPath] {
        guard let references = arguments.references("segments") else {
            let main = draft.mainTrackIndex ?? 0
            return try pictures(arguments).map { SegmentPath(track: main, place: $0) }
        }
        let found = try find(references, "segments")
        for path in found where self[path]?.picture == nil {
            throw EditError(.notOfKind(name: self[path]?.name ?? "", wanted: .picture), field: "segments")
        }
        return found
    }

    /// The clips of the main track that `segments` names; all clips without it. Throws where there are none.
    func clips(_ arguments: OperationArguments) throws(EditError) -> [Int] {
        let film = try film()
        let named = arguments.has("segments")
        var places: [Int] = []
        for place in try pictures(arguments) {
            if film[place].picture?.isClip == true {
                places.append(place)
            } else if named {
                throw EditError(.notOfKind(name: film[place].name, wanted: .clip), field: "segments")
            }
        }
        if places.isEmpty { throw EditError(.none(.clip)) }
        return places
    }

    /// The texts that `name` names.
    func texts(_ arguments: OperationArguments, _ name: String = "texts") throws(EditError) -> [SegmentPath]? {
        guard let references = arguments.references(name) else { return nil }
        let found = try find(references, name)
        for path in found where self[path]?.text == nil {
            throw EditError(.notOfKind(name: self[path]?.name ?? "", wanted: .text), field: name)
        }
        return found
    }

    /// Every text of the draft, in order of time.
    var allTexts: [SegmentPath] {
        var all: [SegmentPath] = []
        for (track, row) in draft.tracks.enumerated() where row.kind == .text {
            for place in row.segments.indices { all.append(SegmentPath(track: track, place: place)) }
        }
        return all.sorted {
            (self[$0]?.range.start ?? .zero, $0) < (self[$1]?.range.start ?? .zero, $1)
        }
    }

    /// The texts named, or those that an operation means when it names none: the title, else the only text, else all
    /// where `orAll`.
    func textsMeant(_ arguments: OperationArguments, orAll: Bool) throws(EditError) -> [SegmentPath] {
        if let named = try texts(arguments) { return named }
        let all = allTexts
        guard !all.isEmpty else { throw EditError(.none(.text)) }
        if let title = all.first(where: { self[$0]?.text?.role == .title }) { return [title] }
        if all.count == 1 || orAll { return all }
        throw EditError(.missing, field: "texts")
    }

    /// The facts of an asset by id, or by a name that only one has.
    func asset(_ id: String, _ field: String) throws(EditError) -> MediaFacts {
        if let facts = media[id] { return facts }
        let named = context.media.filter { $0.name == id }
        guard named.count == 1 else { throw EditError(.noSuchAsset(id), field: field) }
        return named[0]
    }

    func assets(_ arguments: OperationArguments, _ name: String) throws(EditError) -> [MediaFacts]? {
        guard let references = arguments.references(name) else { return nil }
        var found: [MediaFacts] = []
        for (index, reference) in references.enumerated() {
            let field = references.count == 1 ? name : "\(name)[\(index)]"
            found.append(try asset(reference.string ?? "", field))
        }
        return found
    }

    /// The assets that `name` names, each a photo or clip that can be shown.
    func shownAssets(_ arguments: OperationArguments, _ name: String) throws(EditError) -> [MediaFacts] {
        let all = try assets(arguments, name) ?? []
        for facts in all where !facts.canBeShown {
            throw EditError(.notOfKind(name: facts.name, wanted: .picture), field: name)
        }
        return all
    }

    /// The asset `name` names, which has to have sound.
    func heardAsset(_ id: String, _ field: String) throws(EditError) -> MediaFacts {
        let facts = try asset(id, field)
        let isHeard = (facts.kind == .audio || facts.hasSound) && (facts.duration.map { $0.milliseconds > 0 } ?? true)
        guard isHeard else { throw EditError(.notOfKind(name: facts.name, wanted: .sound), field: field) }
        return facts
    }
}

extension PictureContent {
    var isClip: Bool {
        if case .video = source { return true }
        return false
    }

    var isPhoto: Bool {
        if case .image = source { return true }
        return false
    }
}

extension MediaFacts {
    /// Whether it is a photo, or a clip of a millisecond at least.
    var canBeShown: Bool {
        guard let size, size.width > 0, size.height > 0 else { return false }
        return kind == .image || (kind == .video && (duration ?? .zero).milliseconds > 0)
    }
}
