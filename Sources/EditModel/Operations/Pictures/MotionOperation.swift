// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// The slow move over photos: one kind, none, or alternating as taste has it.
    static let motion = OperationDeclaration(
        "motion", .look,
        [
            OperationParameter("type", .choice(Motion.Kind.allCases.map(\.rawValue) + ["auto"]), required: true),
            OperationParameter("amount", .share),
            OperationParameter("segments", .segments),
        ], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let isNamed = arguments.has("segments")
        let paths = try bench.picturePaths(arguments)
        let kind = arguments.choice("type", Motion.Kind.self)
        var choice = MotionChoice(wish: kind.map { $0 == .none ? .still : .kind($0) })
        var touched = 0
        for path in paths {
            guard var segment = bench[path], var picture = segment.picture else { continue }
            // Clips move by themselves: only a clip that is named gets a move of ours.
            guard picture.isPhoto || (isNamed && picture.isClip) else { continue }
            touched += 1
            let facts = picture.assetID.flatMap { bench.media[$0] }
            let shown = facts?.shown(crop: picture.crop, turn: picture.turn)
            var framing = Framing(
                of: shown ?? MediaFacts(id: "", name: "", kind: .image, format: "", contentHash: ""),
                on: bench.draft.film.canvas, wish: picture.fit, travels: kind == nil)
            framing.fit = picture.fit
            if let shown {
                picture.motion = choice.next(
                    over: shown, framed: framing, on: bench.draft.film.canvas, for: segment.range.duration)
            } else {
                picture.motion = kind.map { $0 == .none ? .none : Motion($0) } ?? Motion(.zoomIn)
            }
            // What was asked for is seen, however short the shot or near the faces.
            if let kind, kind != .none, picture.motion.kind != kind { picture.motion = Motion(kind, amount: 0.02) }
            if let amount = arguments.number("amount"), picture.motion.kind != .none {
                picture.motion = amount == 0 ? .none : Motion(picture.motion.kind, amount: amount)
            }
            segment.picture = picture
            segment.setChosen(.motion, kind != nil)
            bench[path] = segment
        }
        if touched == 0 { throw EditError(.none(.photo), field: isNamed ? "segments" : nil) }
    }
}
