// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// The film laid out for another platform or canvas: fit, motion and texts follow, cuts and sound stay.
    static let canvas = OperationDeclaration(
        "canvas", .film,
        [
            OperationParameter("preset", .name(.preset)),
            OperationParameter("width", .side),
            OperationParameter("height", .side),
            OperationParameter("ratio", .ratio),
            OperationParameter("shortSide", .side),
        ], needsOneOf: ["preset", "width", "height", "ratio", "shortSide"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        let asked = arguments.text("preset").flatMap(PlatformPreset.named)
        let canvas = try Self.canvas(arguments, preset: asked, present: bench.draft.film.canvas)
        // Another shape of the same platform is still that platform's, if it takes it.
        let own = bench.draft.film.preset.flatMap(PlatformPreset.named)
        let preset = asked ?? (canvas.flatMap { size in own.flatMap { $0.canvases.contains(size) ? $0 : nil } })
        do {
            let proposal = try AutoEdit.relaidOut(bench.draft, to: preset, canvas: canvas, media: bench.media)
            bench.draft = proposal.draft
            for note in proposal.notes { bench.note(note) }
        } catch {
            throw EditError(.planner(error), field: ["width", "ratio", "preset"].first(where: arguments.has))
        }
    }

    /// The canvas that width and height, a shape, or a platform and a shape name; nil leaves it to the platform.
    static func canvas(
        _ arguments: OperationArguments, preset: PlatformPreset?, present: PixelSize?
    ) throws(EditError) -> PixelSize? {
        let width = arguments.integer("width").map(Int.init)
        let height = arguments.integer("height").map(Int.init)
        let short = arguments.integer("shortSide").map(Int.init)
        if let width, let height { return PixelSize(width: width / 2 * 2, height: height / 2 * 2) }
        if width != nil || height != nil {
            throw EditError(.missing, field: width == nil ? "width" : "height")
        }
        if let ratio = arguments.text("ratio").flatMap(EditWishes.Aspect.init) {
            if short == nil,
                let own = preset?.canvases.first(where: { $0.width * ratio.height == $0.height * ratio.width })
            {
                return own
            }
            let side = short ?? preset?.canvas.shortSide ?? 1080
            guard let canvas = PixelSize(aspect: ratio.width, to: ratio.height, shortSide: side), canvas.isCanvas else {
                throw EditError(.planner(.noSuchAspect(ratio)), field: "ratio")
            }
            return canvas
        }
        guard let short, let shape = preset?.canvas ?? present else { return nil }
        return PixelSize(aspect: shape.width, to: shape.height, shortSide: short)
    }
}

extension OperationParameter.Kind {
    /// Pixels of a canvas' side.
    static let side = Self.integer(Int64(DraftLimits.shortestSide)...Int64(DraftLimits.longestSide))
}
