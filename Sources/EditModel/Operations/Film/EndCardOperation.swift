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
            OperationParameter("style", .text(most: 60)),
        ], apply: applyCard)

    @Sendable private static func applyCard(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let words = arguments.text("text") ?? ""
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw EditError(.wrongValue(wanted: .words, found: "\"\""), field: "text")
        }
        var text = TextContent(words, role: .title, position: .center)
        text.style.name = arguments.text("style").flatMap { $0.isEmpty ? nil : $0 }
        try bench.appendCard(
            text, color: arguments.text("color") ?? "#000000", length: arguments.milliseconds("length") ?? 3000,
            rolls: false)
    }

    /// Names that roll up the screen at the end.
    static let credits = OperationDeclaration(
        "credits", .film,
        [
            OperationParameter("lines", .lines(most: 500), required: true),
            OperationParameter("length", .length),
            OperationParameter("color", .color, usual: "#000000"),
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
            TextContent(words, role: .credit, position: .center), color: arguments.text("color") ?? "#000000",
            length: length, rolls: true)
    }
}

extension Workbench {
    /// A card of one colour at the film's end, with a text of its own.
    fileprivate mutating func appendCard(
        _ text: TextContent, color: String, length: Int64, rolls: Bool
    ) throws(EditError) {
        var reel = try reel()
        guard length >= frame else {
            throw EditError(.tooShort(least: draft.film.frameRate.time(ofFrame: 1)), field: "length")
        }
        var card = Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: length)),
            content: .picture(PictureContent(.color(color))), name: String(text.text.prefix(AutoEdit.longestName)))
        card.isCard = true
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
        if rolls {
            text.entrance = TextAnimation(.roll, duration: MediaTime(milliseconds: Int64(shown.count)))
        } else {
            text.entrance = TextParameters.animation("fade", Int64(shown.count))
        }
        addText(text, at: shown, boundTo: card.id)
    }
}
