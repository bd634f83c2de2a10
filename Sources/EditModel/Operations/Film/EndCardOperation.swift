// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// A card with words behind the last picture.
    static let endCard = OperationDeclaration(
        "end-card", .film,
        [
            OperationParameter("text", .words, required: true),
            OperationParameter("length", .length, usual: 3000),
            OperationParameter("color", .color, usual: "#000000"),
            OperationParameter("pattern", .name(.pattern)),
            OperationParameter("style", .text(most: 60)),
        ], apply: applyCard)

    /// A card with words before the first picture.
    static let titleCard = OperationDeclaration(
        "title-card", .film,
        [
            OperationParameter("text", .words, required: true),
            OperationParameter("length", .length, usual: 3000),
            OperationParameter("color", .color, usual: "#000000"),
            OperationParameter("pattern", .name(.pattern)),
            OperationParameter("style", .text(most: 60)),
        ], apply: applyTitleCard)

    @Sendable private static func applyCard(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        try bench.appendCard(
            try cardText(arguments), ground: bench.cardGround(arguments),
            length: arguments.milliseconds("length") ?? 3000, rolls: false)
    }

    @Sendable private static func applyTitleCard(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        try bench.openWithCard(
            try cardText(arguments), ground: bench.cardGround(arguments),
            length: arguments.milliseconds("length") ?? 3000)
    }

    private static func cardText(_ arguments: OperationArguments) throws(EditError) -> TextContent {
        let words = arguments.text("text") ?? ""
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw EditError(.wrongValue(wanted: .words, found: "\"\""), field: "text")
        }
        var text = TextContent(words, role: .title, position: .center)
        text.style.name = arguments.text("style").flatMap { $0.isEmpty ? nil : $0 }
        return text
    }

    /// Names that roll up the screen at the end.
    static let credits = OperationDeclaration(
        "credits", .film,
        [
            OperationParameter("lines", .lines(most: 500), required: true),
            OperationParameter("length", .length),
            OperationParameter("color", .color, usual: "#000000"),
            OperationParameter("pattern", .name(.pattern)),
        ], apply: applyCredits)

    @Sendable private static func applyCredits(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let lines = arguments.lines("lines") ?? []
        let words = lines.joined(separator: "\n")
        guard words.contains(where: { !$0.isWhitespace }), words.count <= DraftLimits.longestText else {
            throw EditError(.wrongValue(wanted: .lines(most: 500), found: "[]"), field: "lines")
        }
        let length = arguments.milliseconds("length") ?? min(60_000, 3000 + Int64(lines.count) * 700)
        try bench.appendCard(
            TextContent(words, role: .credit, position: .center), ground: bench.cardGround(arguments), length: length,
            rolls: true)
    }
}

extension Workbench {
    /// What a card shows behind its words: a colour, or a moving background, in shades of the colour where one is given.
    fileprivate func cardGround(_ arguments: OperationArguments) -> PictureContent.Source {
        let color = arguments.text("color")
        guard let pattern = arguments.text("pattern").flatMap(PatternCatalog.named) else {
            return .color(color ?? "#000000")
        }
        return .generated(
            pattern: pattern.name, colors: color.map { [$0] } ?? pattern.palette(seed: Int64(context.seed & 0xFFFF)),
            seed: Int64(context.seed & 0xFFFF_FFFF))
    }

    fileprivate mutating func card(
        _ text: TextContent, _ ground: PictureContent.Source, _ length: Int64
    ) throws(EditError) -> Segment {
        guard length >= frame else {
            throw EditError(.tooShort(least: draft.film.frameRate.time(ofFrame: 1)), field: "length")
        }
        var card = Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: length)),
            content: .picture(PictureContent(ground)), name: String(text.text.prefix(AutoEdit.longestName)))
        card.isCard = true
        return card
    }

    /// A card at the film's start, joined as its pictures are.
    fileprivate mutating func openWithCard(
        _ text: TextContent, ground: PictureContent.Source, length: Int64
    ) throws(EditError) {
        var reel = try reel()
        let card = try card(text, ground, length)
        reel.insert([Reel.Shot(segment: card, width: length, joint: nil)], at: 0)
        try checkLength(reel, "length")
        lay(reel)
        let shown = shownRange(of: 0)
        var text = text
        text.suit(ground)
        if text.style.name == nil {
            text.entrance = TextParameters.animation("fade", Int64(shown.count))
            text.exit = text.entrance
        }
        addText(text, at: shown, boundTo: card.id)
        if draft.film.title.isEmpty { draft.film.title = String(text.text.prefix(AutoEdit.longestTitle)) }
    }

    /// A card at the film's end, with a text of its own.
    fileprivate mutating func appendCard(
        _ text: TextContent, ground: PictureContent.Source, length: Int64, rolls: Bool
    ) throws(EditError) {
        var reel = try reel()
        let card = try card(text, ground, length)
        reel.insert([Reel.Shot(segment: card, width: length, joint: nil)], at: reel.shots.count)
        try checkLength(reel, "length")
        // What ended with the film ends where its pictures end, not over the card.
        let end = draft.duration.milliseconds
        let closing = draft.tracks.enumerated().filter { $0.element.kind == .text }.flatMap { track, row in
            row.segments.indices.filter {
                row.segments[$0].milliseconds.upperBound >= end && row.segments[$0].boundTo == nil
            }
            .map { SegmentPath(track: track, place: $0) }
        }
        var marked: Set<String> = []
        for path in closing where self[path]?.isFixed == false {
            if let id = self[path]?.id { marked.insert(id) }
            self[path]?.isFixed = true
        }
        lay(reel)
        for track in draft.tracks.indices where draft.tracks[track].kind == .text {
            for place in draft.tracks[track].segments.indices
            where marked.contains(draft.tracks[track].segments[place].id) {
                draft.tracks[track].segments[place].isFixed = false
            }
        }
        let shown = shownRange(of: reel.shots.count - 1)
        var text = text
        text.suit(ground)
        if rolls {
            text.entrance = TextAnimation(.roll, duration: MediaTime(milliseconds: Int64(shown.count)))
        } else if text.style.name == nil {
            text.entrance = TextParameters.animation("fade", Int64(shown.count))
        }
        addText(text, at: shown, boundTo: card.id)
    }
}

extension TextContent {
    private static let dark = "#1E1B26"

    /// Takes a dark colour on a light ground, and leaves it again on a dark one; a colour that a person chose stays.
    mutating func suit(_ ground: PictureContent.Source) {
        var isLight = false
        switch ground {
        case .generated(let pattern, let colors, let seed):
            guard let entry = PatternCatalog.named(pattern) else { return }
            isLight = entry.isLight(colors.isEmpty ? entry.palette(seed: seed) : colors)
        case .color(let color): isLight = RGBColor(color)?.isLight ?? false
        case .image, .video: return
        }
        if isLight, style.color == nil {
            style.color = Self.dark
            style.shadow = false
        } else if !isLight, style.color == Self.dark {
            style.color = nil
            style.shadow = nil
        }
    }
}
