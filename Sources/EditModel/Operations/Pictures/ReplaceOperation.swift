// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// Another photo or clip in a picture's place, for the same time.
    static let replace = OperationDeclaration(
        "replace", .pictures,
        [
            OperationParameter("segment", .segment, required: true),
            OperationParameter("media", .asset, required: true),
        ], apply: applyReplace)

    @Sendable private static func applyReplace(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let facts = try bench.shownAssets(arguments, "media")
        guard let facts = facts.first,
            let path = try bench.find(arguments.references("segment") ?? [], "segment").first,
            let old = bench[path], let was = old.picture
        else { throw EditError(.notOfKind(name: "", wanted: .picture), field: "segment") }
        guard path.track == bench.draft.mainTrackIndex else {
            // On a later track: the picture only, in the same place.
            var picture = was
            switch facts.kind {
            case .image: picture.source = .image(facts.id)
            default: throw EditError(.notOfKind(name: facts.name, wanted: .photo), field: "media")
            }
            bench[path]?.picture = picture
            bench[path]?.name = String(facts.name.prefix(AutoEdit.longestName))
            return
        }
        var reel = try bench.reel()
        let total = reel.total
        var motion = MotionChoice(wish: was.motion == .none && was.isPhoto ? .still : nil)
        var new = bench.newSegment(of: facts, width: reel.shots[path.place].width, &motion, was.grade)
        new.id = old.id
        new.extra = old.extra
        new.span = nil
        if var picture = new.picture {
            if old.isChosen(.fit) { picture.fit = was.fit }
            if old.isChosen(.motion), picture.isPhoto { picture.motion = was.motion }
            new.setChosen(.focus, false)
            picture.opacity = was.opacity
            new.picture = picture
        }
        if let room = SourceRoom(new, media: bench.media), room.most < reel.shots[path.place].width {
            bench.note(.clipsAtTheirEnd(count: 1))
        }
        reel.shots[path.place].segment = new
        bench.lay(reel, .kept(total))
    }

    /// A picture once more, behind itself or at a place; text of its own is not repeated.
    static let duplicate = OperationDeclaration(
        "duplicate", .pictures,
        [
            OperationParameter("segments", .segments, required: true),
            OperationParameter("at", .place),
        ], apply: applyDuplicate)

    @Sendable private static func applyDuplicate(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let places = try bench.pictures(arguments)
        var reel = try bench.reel()
        let count = reel.shots.count
        var copies: [Reel.Shot] = []
        for place in places {
            var copy = reel.shots[place]
            copy.segment.id = bench.ids.next("s")
            copies.append(copy)
        }
        if let at = arguments.integer("at").map(Int.init) {
            guard at != 0, at <= count + 1, -at <= count + 1 else {
                throw EditError(.noSuchPlace(at, of: count), field: "at")
            }
            reel.insert(copies, at: at > 0 ? at - 1 : at == -1 ? reel.endOfPictures : max(0, count + 1 + at))
        } else {
            // Behind the last one named.
            reel.insert(copies, at: (places.max() ?? count - 1) + 1)
        }
        try bench.checkLength(reel, "segments")
        bench.lay(reel)
    }
}
