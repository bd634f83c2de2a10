// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// Captions instead of those there are: one a picture, spread over the film, or at their own times.
    static let captions = OperationDeclaration(
        "captions", .text,
        [
            OperationParameter("lines", .lines(most: AutoEdit.mostCaptions)),
            OperationParameter("script", .script),
            OperationParameter("spread", .choice(["auto", "picture", "time", "voice"]), usual: "auto"),
        ] + TextParameters.place, needsOneOf: ["lines", "script", "spread"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let film = try bench.film()
        let pictures = film.indices.filter { !film[$0].isCard }
        var cues: [TimedCaptions.Cue] = []
        var lines: [String] = []
        if let given = arguments.lines("lines") {
            lines = given.map { $0.split(whereSeparator: \.isNewline).joined(separator: "\n") }
        } else if let script = arguments.text("script") {
            let file = bench.media[script] ?? bench.context.media.first { $0.name == script }
            let text = file.map { $0.text ?? "" } ?? script
            cues = TimedCaptions(text).cues
            lines = cues.isEmpty ? Script(text).lines : []
        }
        let spread = arguments.text("spread") ?? "auto"
        if spread == "voice" {
            // What is read, while it is read.
            cues = bench.spokenCues
            guard !cues.isEmpty else { throw EditError(.none(.voice), field: "spread") }
            lines = []
        }
        let isEmpty = cues.isEmpty && !lines.contains { $0.contains { !$0.isWhitespace } }
        guard !isEmpty else {
            throw EditError(.none(.script), field: arguments.has("lines") ? "lines" : "script")
        }
        bench.removeCaptions()
        let total = bench.draft.duration.milliseconds
        var added: [(place: Range<Int64>, line: String, picture: String?, isFixed: Bool)] = []
        if !cues.isEmpty {
            for cue in cues.prefix(AutoEdit.mostCaptions) {
                added.append((cue.range.clamped(to: 0..<total), cue.text, nil, true))
            }
        } else if spread == "picture" || (spread == "auto" && lines.count == pictures.count) {
            for (place, line) in zip(pictures, lines) {
                added.append((bench.shownRange(of: place), line, film[place].id, false))
            }
        } else {
            let lines = lines.filter { $0.contains { !$0.isWhitespace } }
            let spread = CaptionSpread(reel: Reel(film))
            for (range, line) in zip(spread.ranges(of: lines, from: bench.openingTitleEnd), lines) {
                added.append((range, line, nil, false))
            }
        }
        var shown = 0
        for caption in added where !caption.place.isEmpty && caption.line.contains(where: { !$0.isWhitespace }) {
            var text = TextContent(caption.line, role: .caption, position: .bottom)
            text.position = TextParameters.position(arguments, present: text.position) ?? text.position
            let fade = MediaTime(milliseconds: min(200, Int64(caption.place.count) / 4))
            if fade > .zero {
                text.entrance = TextAnimation(.fade, duration: fade)
                text.exit = TextAnimation(.fade, duration: fade)
            }
            bench.addText(text, at: caption.place, boundTo: caption.picture, isFixed: caption.isFixed)
            shown += 1
        }
        let all = max(lines.filter { $0.contains { !$0.isWhitespace } }.count, cues.count)
        if shown < all { bench.note(.scriptCut(shown: shown, of: all)) }
    }

    /// The days on which photos were taken, over each.
    static let dateCaptions = OperationDeclaration(
        "date-captions", .text,
        [OperationParameter("format", .choice(of: DateStyle.self), usual: "date")] + TextParameters.place,
        apply: applyDates)

    @Sendable private static func applyDates(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let film = try bench.film()
        let style = arguments.choice("format", DateStyle.self) ?? .date
        let language = bench.draft.film.language ?? bench.context.language
        let dated = film.indices.compactMap { place -> (Int, String)? in
            guard let time = film[place].picture?.assetID.flatMap({ bench.media[$0]?.captureTime }),
                let date = CaptureDate(time)
            else { return nil }
            return (place, date.words(style, language: language))
        }
        guard !dated.isEmpty else { throw EditError(.none(.photo)) }
        bench.removeCaptions()
        for (place, words) in dated {
            var text = TextContent(words, role: .caption, position: .bottom)
            text.position = TextParameters.position(arguments, present: text.position) ?? text.position
            let shown = bench.shownRange(of: place)
            text.entrance = TextParameters.animation("fade", Int64(shown.count))
            text.exit = TextParameters.animation("fade", Int64(shown.count))
            bench.addText(text, at: shown, boundTo: film[place].id)
        }
        let photos = film.count { !$0.isCard }
        if dated.count < photos { bench.note(.undated(count: photos - dated.count)) }
    }
}

extension Workbench {
    /// What made voices say, each while it is said.
    fileprivate var spokenCues: [TimedCaptions.Cue] {
        draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments).compactMap { segment in
            guard let speech = segment.speech else { return nil }
            return TimedCaptions.Cue(range: segment.milliseconds, text: speech.text)
        }
        .sorted { $0.range.lowerBound < $1.range.lowerBound }
    }

    /// Takes captions and subtitles out.
    mutating func removeCaptions() {
        for track in draft.tracks.indices where draft.tracks[track].kind == .text {
            draft.tracks[track].segments.removeAll { $0.text?.isCaption ?? false }
        }
        dropEmptyTracks()
    }

    /// When the title at the film's beginning is over; 0 where there is none, or where it takes half the film.
    var openingTitleEnd: Int64 {
        let total = draft.duration.milliseconds
        let title = allTexts.compactMap { self[$0] }.first { $0.text?.role == .title && $0.range.start == .zero }
        let end = title?.milliseconds.upperBound ?? 0
        return end * 2 > total ? 0 : end
    }
}
