// SPDX-License-Identifier: GPL-3.0-or-later

extension OperationDeclaration {
    /// How pictures fill the canvas; later layouts keep it.
    static let fit = OperationDeclaration(
        "fit", .look,
        [
            OperationParameter("fit", .either([.choice(of: Fit.self), .choice(["auto"])]), required: true),
            OperationParameter("segments", .segments),
        ], apply: applyFit)

    @Sendable private static func applyFit(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let fit = arguments.choice("fit", Fit.self)
        for path in try bench.picturePaths(arguments) {
            guard var segment = bench[path], var picture = segment.picture else { continue }
            let framing = picture.assetID.flatMap { bench.media[$0] }.map {
                Framing(
                    of: $0.shown(crop: picture.crop, turn: picture.turn), on: bench.draft.film.canvas, wish: fit,
                    travels: picture.motion.isPan)
            }
            picture.fit = fit ?? framing?.fit ?? .cover
            if let framing, picture.crop == nil, picture.turn == .none, !segment.isChosen(.focus),
                let focus = framing.focus
            {
                picture.focus = focus
            }
            if let most = framing?.mostZoom, picture.motion.kind == .zoomIn || picture.motion.kind == .zoomOut {
                picture.motion.amount = min(picture.motion.amount, most)
            }
            segment.picture = picture
            segment.setChosen(.fit, fit != nil)
            bench[path] = segment
        }
    }

    /// The centre of interest, round which a picture is cropped and zoomed.
    static let focus = OperationDeclaration(
        "focus", .look,
        [
            OperationParameter("x", .share, required: true),
            OperationParameter("y", .share, required: true),
            OperationParameter("segments", .segments),
        ], apply: applyFocus)

    @Sendable private static func applyFocus(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let point = UnitPoint(x: arguments.number("x") ?? 0.5, y: arguments.number("y") ?? 0.5)
        for path in try bench.picturePaths(arguments) {
            guard var segment = bench[path] else { continue }
            segment.picture?.focus = point
            segment.setChosen(.focus)
            bench[path] = segment
        }
    }
}
