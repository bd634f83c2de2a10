// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// Further photos and clips; each stands as long as the others do. The film gets longer.
    static let insert = OperationDeclaration(
        "insert", .pictures,
        [
            OperationParameter("media", .assets, required: true),
            OperationParameter("at", .place, usual: -1),
            OperationParameter("length", .length),
        ], apply: applyInsert)

    @Sendable private static func applyInsert(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let pictures = try bench.shownAssets(arguments, "media")
        let reel = try bench.reel()
        let count = reel.shots.count
        let at = Int(arguments.integer("at") ?? -1)
        guard at != 0, at <= count + 1, -at <= count + 1 else {
            throw EditError(.noSuchPlace(at, of: count), field: "at")
        }
        let place = at > 0 ? at - 1 : at == -1 ? reel.endOfPictures : max(0, reel.endOfPictures + 1 + at)
        try bench.insert(pictures, at: place, length: arguments.milliseconds("length"), "media")
    }

    /// Every photo and clip of the project that is not in the film is put in.
    static let useAll = OperationDeclaration("use-all", .pictures, apply: applyUseAll)

    @Sendable private static func applyUseAll(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let film = try bench.film()
        let shown = Set(film.compactMap { $0.picture?.assetID })
            .union(bench.draft.tracks.flatMap(\.segments).compactMap { $0.picture?.assetID })
        let missing = bench.context.media.filter { $0.canBeShown && !shown.contains($0.id) }
        guard !missing.isEmpty else { return }
        // Where the film is in order of names they go where their names belong, else behind the others.
        let names = film.filter { !$0.isCard }.map(\.name)
        let isByName = NaturalOrder.sorted(names, by: { $0 }) == names
        try bench.insert(
            NaturalOrder.sorted(missing, by: \.name), at: Reel(film).endOfPictures, length: nil, "media")
        if isByName {
            var reel = try bench.reel()
            let end = reel.endOfPictures
            let order = NaturalOrder.sorted(Array(0..<end)) { reel.shots[$0].segment.name }
            reel.reorder(order + Array(end..<reel.shots.count))
            bench.lay(reel)
        }
    }
}

extension Workbench {
    /// Shots of `pictures`, laid out as the film is and joined as it is, before place `place`.
    mutating func insert(
        _ pictures: [MediaFacts], at place: Int, length: Int64?, _ field: String
    ) throws(EditError) {
        var reel = try reel()
        let usual = reel.usualWidth ?? ShotPlan.photo
        var motion = MotionChoice(wish: usualMotion(reel))
        let grade = usualGrade(reel)
        var shots: [Reel.Shot] = []
        for facts in pictures {
            let width: Int64
            if facts.kind == .video, let most = facts.duration.map({ max(1, $0.ticks / MediaTime.ticksPerMillisecond) })
            {
                width = length ?? min(most, max(usual, 5000))
                if width > most { note(.clipsAtTheirEnd(count: 1)) }
            } else {
                width = length ?? usual
            }
            shots.append(
                Reel.Shot(segment: newSegment(of: facts, width: width, &motion, grade), width: width, joint: nil))
        }
        reel.insert(shots, at: place)
        try checkLength(reel, field)
        lay(reel)
    }

    /// A segment of a photo or clip as this film shows them.
    mutating func newSegment(
        of facts: MediaFacts, width: Int64, _ motion: inout MotionChoice, _ grade: Grade
    ) -> Segment {
        let framing = Framing(of: facts, on: draft.film.canvas, wish: usualFit, travels: motion.isFree)
        var picture: PictureContent
        if facts.kind == .video {
            let most = max(1, (facts.duration?.ticks ?? 0) / MediaTime.ticksPerMillisecond)
            picture = PictureContent(.video(facts.id, start: MediaTime(milliseconds: max(0, most - width) / 2)))
        } else {
            picture = PictureContent(.image(facts.id))
            picture.motion = motion.next(
                over: facts, framed: framing, on: draft.film.canvas, for: MediaTime(milliseconds: width))
        }
        picture.fit = framing.fit
        picture.focus = framing.focus
        picture.grade = grade
        return Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: width)),
            content: .picture(picture), name: String(facts.name.prefix(AutoEdit.longestName)))
    }

    /// The fit that a person chose for all pictures of the film.
    private var usualFit: Fit? {
        let pictures = draft.mainTrack?.segments.filter { !$0.isCard } ?? []
        guard let fit = pictures.first?.picture?.fit,
            pictures.allSatisfy({ $0.isChosen(.fit) && $0.picture?.fit == fit })
        else { return nil }
        return fit
    }

    /// Photos stand still where all others do.
    func usualMotion(_ reel: Reel) -> EditWishes.Motions? {
        let photos = reel.shots.compactMap(\.segment.picture).filter(\.isPhoto)
        return !photos.isEmpty && photos.allSatisfy { $0.motion == .none } ? .still : nil
    }

    /// The grade that all pictures have; none where they differ.
    func usualGrade(_ reel: Reel) -> Grade {
        let pictures = reel.shots.filter { !$0.segment.isCard }.compactMap(\.segment.picture)
        guard let grade = pictures.first?.grade, pictures.allSatisfy({ $0.grade == grade }) else { return .none }
        return grade
    }
}
