// SPDX-License-Identifier: GPL-3.0-or-later

extension OperationDeclaration {
    /// Turns pictures clockwise from how they are shown.
    static let rotate = OperationDeclaration(
        "rotate", .look,
        [
            OperationParameter("degrees", .choiceOfDegrees, required: true),
            OperationParameter("segments", .segments),
        ], apply: applyRotate)

    @Sendable private static func applyRotate(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let degrees = Int(arguments.integer("degrees") ?? 0)
        guard degrees % 90 == 0 else {
            throw EditError(.wrongValue(wanted: .choiceOfDegrees, found: "\(degrees)"), field: "degrees")
        }
        for path in try bench.picturePaths(arguments) {
            guard var picture = bench[path]?.picture else { continue }
            // Turned first, then flipped: over one mirror a turn goes the other way.
            let step = picture.turn.flip == nil ? degrees : -degrees
            picture.turn.degrees = ((picture.turn.degrees + step) % 360 + 360) % 360
            bench.reframe(path, &picture)
        }
    }

    /// Mirrors pictures as they are shown, left to right or top to bottom; once more undoes it.
    static let flip = OperationDeclaration(
        "flip", .look,
        [
            OperationParameter("axis", .choice(of: Turn.Flip.self), required: true),
            OperationParameter("segments", .segments),
        ], apply: applyFlip)

    @Sendable private static func applyFlip(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let axis = arguments.choice("axis", Turn.Flip.self) ?? .horizontal
        for path in try bench.picturePaths(arguments) {
            guard var picture = bench[path]?.picture else { continue }
            switch picture.turn.flip {
            case nil: picture.turn.flip = axis
            case axis?: picture.turn.flip = nil
            default:
                // Both mirrors are half a turn.
                picture.turn.flip = nil
                picture.turn.degrees = (picture.turn.degrees + 180) % 360
            }
            bench[path]?.picture = picture
        }
    }

    /// A part of the source instead of all of it.
    static let crop = OperationDeclaration(
        "crop", .look,
        [
            OperationParameter("rect", .either([.rect, .choice(["none"])]), required: true),
            OperationParameter("segments", .segments),
        ], apply: applyCrop)

    @Sendable private static func applyCrop(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        for path in try bench.picturePaths(arguments) {
            guard var picture = bench[path]?.picture, picture.assetID != nil else { continue }
            let rect = arguments.rect("rect")
            picture.crop = rect == .whole ? nil : rect
            bench.reframe(path, &picture)
        }
    }
}

extension OperationParameter.Kind {
    /// Quarter turns either way.
    static let choiceOfDegrees = Self.integer(-270...270)
}

extension Workbench {
    /// Puts `picture` at `path` with the fit that suits what is shown of it now, unless a person chose one.
    mutating func reframe(_ path: SegmentPath, _ picture: inout PictureContent) {
        guard var segment = self[path] else { return }
        if let facts = picture.assetID.flatMap({ media[$0] }), !segment.isChosen(.fit),
            path.track == draft.mainTrackIndex
        {
            let shown = facts.shown(crop: picture.crop, turn: picture.turn)
            picture.fit =
                Framing(of: shown, on: draft.film.canvas, wish: nil, travels: picture.motion.isPan).fit
        }
        // A point of the whole picture says nothing of a part of it.
        if picture.crop != segment.picture?.crop || picture.turn != segment.picture?.turn, !segment.isChosen(.focus) {
            picture.focus = nil
        }
        segment.picture = picture
        self[path] = segment
    }
}
