// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// Takes pictures, texts or sounds out. The film gets shorter by the pictures' times.
    static let remove = OperationDeclaration(
        "remove", .pictures, [OperationParameter("segments", .segments, required: true)], apply: applyRemove)

    @Sendable private static func applyRemove(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        try bench.remove(try bench.find(arguments.references("segments") ?? [], "segments"))
    }

    /// Only these pictures stay.
    static let keep = OperationDeclaration(
        "keep", .pictures, [OperationParameter("segments", .segments, required: true)], apply: applyKeep)

    @Sendable private static func applyKeep(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let kept = Set(try bench.pictures(arguments))
        let film = try bench.film()
        guard !kept.isEmpty else { throw EditError(.lastPicture, field: "segments") }
        let main = bench.draft.mainTrackIndex ?? 0
        try bench.remove(
            film.indices.filter { !kept.contains($0) && !film[$0].isCard }
                .map { SegmentPath(track: main, place: $0) })
    }

    /// The best photos stay: near-duplicates and blurred ones go first, then the film is thinned evenly.
    static let keepBest = OperationDeclaration(
        "keep-best", .pictures,
        [OperationParameter("count", .integer(1...Int64(ShotPlan.mostPictures)), required: true)], apply: applyKeepBest)

    @Sendable private static func applyKeepBest(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let film = try bench.film()
        let photos = film.indices.filter { film[$0].picture?.isPhoto == true && !film[$0].isCard }
        guard !photos.isEmpty else { throw EditError(.none(.photo)) }
        // Clips count, and stay.
        let others = film.indices.count { film[$0].picture?.isClip == true }
        let wanted = max(1, Int(arguments.integer("count") ?? 1) - others)
        let facts = photos.map { index in
            film[index].picture?.assetID.flatMap { bench.media[$0] }
                ?? MediaFacts(id: film[index].id, name: film[index].name, kind: .image, format: "", contentHash: "")
        }
        let leftOut = PhotoSelection(of: facts, keeping: wanted).leftOut
        guard !leftOut.isEmpty else { return }
        let main = bench.draft.mainTrackIndex ?? 0
        try bench.remove(leftOut.keys.sorted().map { SegmentPath(track: main, place: photos[$0]) })
        bench.note(
            .picturesLeftOut(
                leftOut.keys.sorted().map { index in
                    EditNote.LeftOut(
                        id: facts[index].id, name: facts[index].name, reason: leftOut[index] ?? .noRoom)
                }, kept: film.count - leftOut.count))
    }
}

extension Workbench {
    /// Takes out what lies at `paths`; texts that go with a picture go with it.
    mutating func remove(_ paths: [SegmentPath]) throws(EditError) {
        let main = draft.mainTrackIndex
        let pictures = Set(paths.filter { $0.track == main }.map(\.place))
        var others: [Int: Set<Int>] = [:]
        for path in paths where path.track != main { others[path.track, default: []].insert(path.place) }
        for (track, places) in others {
            let kept = draft.tracks[track].segments.enumerated().filter { !places.contains($0.offset) }
            draft.tracks[track].segments = kept.map(\.element)
        }
        if !pictures.isEmpty {
            var reel = try reel()
            let left = reel.shots.indices.filter { !pictures.contains($0) }
            guard left.contains(where: { !reel.shots[$0].segment.isCard }) || left.count == reel.shots.count else {
                throw EditError(.lastPicture, field: "segments")
            }
            reel.remove(pictures)
            lay(reel)
        } else {
            dropEmptyTracks()
        }
        restoreMusicLevel()
    }

    /// Tracks with nothing left go, but for the main one.
    mutating func dropEmptyTracks() {
        let main = draft.mainTrackIndex
        draft.tracks = draft.tracks.enumerated().filter { $0.offset == main || !$0.element.segments.isEmpty }
            .map(\.element)
    }
}
