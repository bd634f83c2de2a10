// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// A part of a clip: from and to in the clip's own time, or so much cut away at its start and end. Nothing else of the
    /// clip is shown until it is trimmed anew. The film's length follows.
    static let trim = OperationDeclaration(
        "trim", .clips,
        [
            OperationParameter("segment", .segment, required: true),
            OperationParameter("from", .filmTime),
            OperationParameter("to", .length),
            OperationParameter("start", .filmTime),
            OperationParameter("end", .filmTime),
        ], needsOneOf: ["from", "to", "start", "end"], apply: applyTrim)

    @Sendable private static func applyTrim(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let places = try bench.places(of: arguments.references("segment") ?? [], "segment")
        var reel = try bench.reel()
        guard let place = places.first, let picture = reel.shots[place].segment.picture,
            case .video(let id, let begins) = picture.source
        else {
            throw EditError(
                .notOfKind(name: places.first.map { reel.shots[$0].segment.name } ?? "", wanted: .clip),
                field: "segment")
        }
        let name = reel.shots[place].segment.name
        let played = reel.shots[place].segment.range.duration.scaled(by: picture.speed).milliseconds
        let shown = begins.milliseconds..<begins.milliseconds + max(1, played)
        let whole =
            bench.media[id]?.duration.map { max(1, $0.ticks / MediaTime.ticksPerMillisecond) } ?? shown.upperBound
        var from = arguments.milliseconds("from") ?? shown.lowerBound
        var to = arguments.milliseconds("to") ?? (arguments.has("from") ? whole : shown.upperBound)
        if arguments.has("to"), !arguments.has("from") { from = min(from, max(0, to - 1)) }
        if let cut = arguments.milliseconds("start") { from += cut }
        if let cut = arguments.milliseconds("end") { to -= cut }
        let least = max(1, Int64((Double(bench.frame) * picture.speed).rounded(.up)))
        let field = ["from", "start", "to", "end"].first(where: arguments.has)
        guard from >= 0, from + least <= whole, to - from >= least else {
            throw EditError(
                .outside(from: .zero, to: MediaTime(milliseconds: whole)), field: field)
        }
        if to > whole {
            bench.note(.clipEndsAt(name: name, end: MediaTime(milliseconds: whole)))
            to = whole
        }
        reel.shots[place].segment.span = from..<to
        reel.shots[place].segment.picture?.source = .video(id, start: MediaTime(milliseconds: from))
        reel.shots[place].lead = 0
        let length = max(1, Int64((Double(to - from) / picture.speed).rounded(.down)))
        let overlap = reel.overlap(place)
        reel.shots[place].width = max(1, length - overlap.before - overlap.after)
        bench.lay(reel, snaps: false)
    }

    /// Cuts the picture that is on at a film time in two. The second goes on where the first ends, in what a clip shows
    /// and in how the view moves.
    ///
    ///     |–––––– A ––––––|  →  |–– A ––|–– A' ––|
    static let split = OperationDeclaration(
        "split", .clips, [OperationParameter("at", .filmTime, required: true)], apply: applySplit)

    @Sendable private static func applySplit(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let at = arguments.milliseconds("at") ?? 0
        var reel = try bench.reel()
        guard reel.shots.count < ShotPlan.mostPictures else {
            throw EditError(.tooMany(most: ShotPlan.mostPictures), field: "at")
        }
        let cuts = reel.cuts
        guard let place = reel.shots.indices.first(where: { cuts[$0] <= at && at < cuts[$0 + 1] }) else {
            throw EditError(.outside(from: .zero, to: bench.draft.duration), field: "at")
        }
        let left = at - cuts[place]
        let right = cuts[place + 1] - at
        // A cut within a transition, or a frame from another, is none.
        let overlap = reel.overlap(place)
        guard left >= max(bench.frame, overlap.before), right >= max(bench.frame, overlap.after) else {
            throw EditError(
                .outside(
                    from: MediaTime(milliseconds: cuts[place] + max(bench.frame, overlap.before)),
                    to: MediaTime(milliseconds: cuts[place + 1] - max(bench.frame, overlap.after))), field: "at")
        }
        var first = reel.shots[place]
        var second = first
        second.segment.id = bench.ids.next("s")
        first.width = left
        second.width = right
        first.setJoint(nil)
        second.lead = 0
        if let picture = first.segment.picture, case .video(let id, let start) = picture.source {
            let step = Int64((Double(left + overlap.before) * picture.speed).rounded())
            if picture.reverse {
                // Played backwards, the first half shows the source's later part.
                let rest = Int64((Double(right + overlap.after) * picture.speed).rounded())
                first.segment.picture?.source = .video(id, start: start + MediaTime(milliseconds: rest))
            } else {
                second.segment.picture?.source = .video(id, start: start + MediaTime(milliseconds: step))
            }
        }
        if let motion = first.segment.picture?.motion {
            let rate = bench.draft.film.frameRate.framesPerSecond / 1000
            let frames = Int((Double(left + overlap.before) * rate).rounded())
            let all = Int((Double(left + right + overlap.before + overlap.after) * rate).rounded())
            let (before, after) = motion.split(after: frames, of: all)
            first.segment.picture?.motion = before
            second.segment.picture?.motion = after
        }
        reel.shots.replaceSubrange(place...place, with: [first, second])
        bench.lay(reel, snaps: false)
    }
}
