// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OperationDeclaration {
    static let framesPerSecond = OperationDeclaration(
        "fps", .film,
        [OperationParameter("fps", .number(1...DraftLimits.highestFrameRate, .framesPerSecond), required: true)],
        apply: { (bench: inout Workbench, arguments: OperationArguments) throws(EditError) in
            _ = try bench.film()
            if let rate = arguments.number("fps").flatMap({ FrameRate(framesPerSecond: $0) }) {
                bench.draft.film.frameRate = rate
            }
        })

    /// The film's own title, as players and file names show it; the words on screen are texts.
    static let titleName = OperationDeclaration(
        "title-name", .film, [OperationParameter("title", .text(most: AutoEdit.longestTitle), required: true)],
        apply: { (bench: inout Workbench, arguments: OperationArguments) throws(EditError) in
            bench.draft.film.title = arguments.text("title") ?? ""
        })

    /// What shows beside pictures that do not fill the canvas: a colour, or the picture itself, blurred.
    static let background = OperationDeclaration(
        "background", .look,
        [
            OperationParameter("color", .color),
            OperationParameter("blur", .flag),
            OperationParameter("segments", .segments),
        ], needsOneOf: ["color", "blur"], apply: applyBackground)

    @Sendable private static func applyBackground(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let blur = arguments.flag("blur") ?? false
        if blur, arguments.has("color") { throw EditError(.clash(with: "color"), field: "blur") }
        if let color = arguments.text("color") { bench.draft.film.background = color }
        let wanted: (from: Fit, to: Fit) = blur ? (.contain, .blur) : (.blur, .contain)
        for path in try bench.picturePaths(arguments) where bench[path]?.picture?.fit == wanted.from {
            bench[path]?.picture?.fit = wanted.to
        }
    }

    /// The whole film from black and to black, picture and sound.
    static let fadeFilm = OperationDeclaration(
        "fade-film", .film,
        [OperationParameter("in", .filmTime), OperationParameter("out", .filmTime)], needsOneOf: ["in", "out"],
        apply: applyFade)

    @Sendable private static func applyFade(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        if let fade = arguments.time("in") { bench.draft.film.fadeIn = fade }
        if let fade = arguments.time("out") { bench.draft.film.fadeOut = fade }
        bench.draft.clipFades()
    }

    /// Back to an empty draft.
    static let restart = OperationDeclaration(
        "restart", .history,
        apply: { (bench: inout Workbench, _: OperationArguments) throws(EditError) in bench.start(with: Draft()) })
}
