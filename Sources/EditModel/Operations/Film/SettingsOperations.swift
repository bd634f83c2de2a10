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
            OperationParameter("pattern", .name(.pattern)),
            OperationParameter("segments", .segments),
        ], needsOneOf: ["color", "blur", "pattern"], apply: applyBackground)

    @Sendable private static func applyBackground(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let blur = arguments.flag("blur") ?? false
        if blur, arguments.has("color") { throw EditError(.clash(with: "color"), field: "blur") }
        if let pattern = arguments.text("pattern").flatMap(PatternCatalog.named) {
            if arguments.has("blur") { throw EditError(.clash(with: "pattern"), field: "blur") }
            return try bench.layBehindWords(pattern, arguments)
        }
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

extension Workbench {
    /// A moving background on all cards of a colour or a background, or on those named; their words keep to be legible.
    fileprivate mutating func layBehindWords(
        _ pattern: PatternCatalog.Entry, _ arguments: OperationArguments
    ) throws(EditError) {
        let main = draft.mainTrackIndex ?? 0
        let all = try film().indices.map { SegmentPath(track: main, place: $0) }
        let paths = (arguments.has("segments") ? try picturePaths(arguments) : all)
            .filter { self[$0]?.picture?.assetID == nil }
        guard !paths.isEmpty else { throw EditError(.none(.card), field: "pattern") }
        let colors = arguments.text("color").map { [$0] } ?? pattern.palette(seed: Int64(context.seed & 0xFFFF))
        for (index, path) in paths.enumerated() {
            let seed = Int64((context.seed &+ UInt64(index)) & 0xFFFF_FFFF)
            let ground = PictureContent.Source.generated(pattern: pattern.name, colors: colors, seed: seed)
            self[path]?.picture?.source = ground
            guard let id = self[path]?.id else { continue }
            for track in draft.tracks.indices where draft.tracks[track].kind == .text {
                for place in draft.tracks[track].segments.indices
                where draft.tracks[track].segments[place].boundTo == id {
                    draft.tracks[track].segments[place].text?.suit(ground)
                }
            }
        }
    }
}
