// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// A text at a time, over a picture, at the end or all the time.
    static let addText = OperationDeclaration(
        "add-text", .text,
        [
            OperationParameter("text", .words, required: true),
            OperationParameter("role", .choice(of: TextContent.Role.self), usual: "title"),
            OperationParameter("start", .filmTime),
            OperationParameter("length", .length),
            OperationParameter("whole", .flag, usual: false),
            OperationParameter("on", .segment),
            OperationParameter("end", .flag, usual: false),
        ] + TextParameters.place + TextParameters.style(named: "style"), apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        let words = arguments.text("text") ?? ""
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw EditError(.wrongValue(wanted: .words, found: "\"\""), field: "text")
        }
        let role = arguments.choice("role", TextContent.Role.self) ?? .title
        let (place, picture) = try bench.textPlace(arguments)
        var text = TextContent(words, role: role, position: role == .title ? .center : .bottom)
        let length = Int64(place.count)
        text.entrance = TextParameters.animation("fade", length)
        text.exit = TextParameters.animation("fade", length)
        text.position = TextParameters.position(arguments, present: text.position) ?? text.position
        if text.position == .lowerThird, words.contains("\n"), role == .title, !arguments.has("style") {
            // A name, and below it who that is.
            text.style.name = "lower-third"
        }
        if text.style.name != nil || arguments.text("style")?.isEmpty == false {
            // It comes and goes as its style does.
            (text.entrance, text.exit) = (nil, nil)
        }
        TextParameters.restyle(&text, arguments, styleName: "style", length: length)
        bench.addText(text, at: place, boundTo: picture, isFixed: arguments.has("start"))
        if role == .title, bench.draft.film.title.isEmpty, place.lowerBound == 0 {
            bench.draft.film.title = String(words.prefix(AutoEdit.longestTitle))
        }
    }
}

extension Workbench {
    /// When a new text is on, and the picture it goes with.
    fileprivate func textPlace(_ arguments: OperationArguments) throws(EditError) -> (Range<Int64>, String?) {
        let film = try film()
        let total = draft.duration.milliseconds
        let usual = AutoEdit.titleTime
        if arguments.flag("whole") ?? false { return (0..<total, nil) }
        if let references = arguments.references("on") {
            guard let place = try places(of: references, "on").first else { throw EditError(.missing, field: "on") }
            let (shown, id) = (shownRange(of: place), film[place].id)
            let start = min(shown.lowerBound + (arguments.milliseconds("start") ?? 0), shown.upperBound - 1)
            let length = arguments.milliseconds("length") ?? Int64(shown.upperBound - start)
            return (start..<min(max(shown.upperBound, start + 1), start + length), id)
        }
        let length = arguments.milliseconds("length")
        if arguments.flag("end") ?? false {
            return (max(0, total - (length ?? usual))..<total, nil)
        }
        let start = arguments.milliseconds("start") ?? 0
        guard start < total else {
            throw EditError(.outside(from: .zero, to: MediaTime(milliseconds: max(0, total - 1))), field: "start")
        }
        return (start..<min(total, start + (length ?? usual)), nil)
    }

    /// When picture `place` is on without another: from where the transition in is over to where the one out begins.
    func shownRange(of place: Int) -> Range<Int64> {
        guard let film = draft.mainTrack?.segments, let segment = film[safe: place] else { return 0..<1 }
        let whole = segment.milliseconds
        let before = place > 0 ? film[place - 1].picture?.transition?.duration.milliseconds ?? 0 : 0
        let after = segment.picture?.transition?.duration.milliseconds ?? 0
        let start = whole.lowerBound + before
        return start < whole.upperBound - after ? start..<whole.upperBound - after : whole
    }

    /// Puts `text` on a text track that is free then, or on a new one above the others.
    mutating func addText(
        _ text: TextContent, at place: Range<Int64>, boundTo picture: String? = nil, isFixed: Bool = false,
        track name: String? = nil
    ) {
        var segment = Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: .zero), content: .text(text),
            name: String(text.text.prefix(AutoEdit.longestName)))
        segment.milliseconds = place
        segment.boundTo = picture
        segment.isFixed = isFixed && picture == nil
        let name = name ?? (text.isCaption ? "Captions" : text.role == .credit ? "Credits" : "Titles")
        for index in draft.tracks.indices where draft.tracks[index].kind == .text && draft.tracks[index].name == name {
            if draft.tracks[index].insertIfFree(segment) { return }
        }
        draft.tracks.append(Track(id: ids.next("x"), kind: .text, name: name, segments: [segment]))
    }
}
