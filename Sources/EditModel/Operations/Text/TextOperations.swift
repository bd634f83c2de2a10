// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension OperationDeclaration {
    /// Other words, or some words for others.
    static let changeText = OperationDeclaration(
        "change-text", .text,
        [
            OperationParameter("texts", .segments),
            OperationParameter("text", .words),
            OperationParameter("find", .words),
            OperationParameter("replace", .words),
        ], needsOneOf: ["text", "find"], apply: applyChange)

    @Sendable private static func applyChange(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        if let find = arguments.text("find"), !arguments.has("text") {
            guard !find.isEmpty else { throw EditError(.wordsNotFound(find), field: "find") }
            let all = try bench.texts(arguments) ?? bench.allTexts
            guard !all.isEmpty else { throw EditError(.none(.text)) }
            var isFound = false
            for path in all {
                guard let old = bench[path]?.text?.text,
                    let new = old.replacingWords(find, arguments.text("replace") ?? "")
                else { continue }
                isFound = true
                bench.setWords(path, new)
            }
            if !isFound { throw EditError(.wordsNotFound(find), field: "find") }
            bench.dropEmptyTexts()
            return
        }
        let words = arguments.text("text") ?? ""
        guard words.contains(where: { !$0.isWhitespace }) else {
            throw EditError(.wrongValue(wanted: .words, found: "\"\""), field: "text")
        }
        for path in try bench.textsMeant(arguments, orAll: false) { bench.setWords(path, words) }
    }

    /// Texts to another place of the picture.
    static let moveText = OperationDeclaration(
        "move-text", .text, [OperationParameter("texts", .segments)] + TextParameters.place,
        needsOneOf: ["position", "x", "y"], apply: applyMove)

    @Sendable private static func applyMove(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        for path in try bench.textsMeant(arguments, orAll: true) {
            guard let text = bench[path]?.text,
                let position = TextParameters.position(arguments, present: text.position)
            else { continue }
            bench[path]?.text?.position = position
        }
    }

    /// How texts look, come and go. What is not named stays.
    static let styleText = OperationDeclaration(
        "style-text", .text,
        [OperationParameter("texts", .segments), OperationParameter("scale", .number(0.1...10, .factor))]
            + TextParameters.style(named: "name"),
        needsOneOf: ["scale"] + TextParameters.style(named: "name").map(\.name), apply: applyStyle)

    @Sendable private static func applyStyle(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let paths = try bench.texts(arguments) ?? bench.allTexts
        guard !paths.isEmpty else { throw EditError(.none(.text)) }
        for path in paths {
            guard let segment = bench[path], var text = segment.text else { continue }
            TextParameters.restyle(&text, arguments, styleName: "name", length: Int64(segment.milliseconds.count))
            if let scale = arguments.number("scale") {
                let size = (text.style.size ?? text.role.usualSize(on: bench.draft.film.canvas)) * scale
                text.style.size = (min(max(size, 8), 600) * 10).rounded() / 10
            }
            bench[path]?.text = text
        }
    }

    /// When texts are on.
    static let timeText = OperationDeclaration(
        "time-text", .text,
        [
            OperationParameter("texts", .segments),
            OperationParameter("start", .filmTime),
            OperationParameter("length", .length),
            OperationParameter("whole", .flag),
        ], needsOneOf: ["start", "length", "whole"], apply: applyTime)

    @Sendable private static func applyTime(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let total = bench.draft.duration.milliseconds
        for path in try bench.textsMeant(arguments, orAll: false) {
            guard var segment = bench[path], var text = segment.text else { continue }
            let old = segment.milliseconds
            var place = old
            if arguments.flag("whole") ?? false {
                place = 0..<total
                segment.isFixed = false
            } else {
                let start = arguments.milliseconds("start") ?? old.lowerBound
                guard start < total else {
                    throw EditError(
                        .outside(from: .zero, to: MediaTime(milliseconds: max(0, total - 1))), field: "start")
                }
                place = start..<min(total, start + (arguments.milliseconds("length") ?? Int64(old.count)))
                segment.isFixed = true
            }
            segment.boundTo = nil
            text.refit(from: Int64(old.count), to: Int64(place.count))
            segment.text = text
            segment.milliseconds = place
            bench[path] = segment
        }
        bench.draft.untangle(&bench.ids)
    }

    /// Takes texts out: those named, those of a role, or all.
    static let removeText = OperationDeclaration(
        "remove-text", .text,
        [
            OperationParameter("texts", .segments),
            OperationParameter("role", .choice(of: TextContent.Role.self)),
            OperationParameter("all", .flag),
        ], apply: applyRemove)

    @Sendable private static func applyRemove(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        let paths: [SegmentPath]
        if let named = try bench.texts(arguments) {
            paths = named
        } else if let role = arguments.choice("role", TextContent.Role.self) {
            paths = bench.allTexts.filter { bench[$0]?.text?.role == role }
        } else {
            paths = bench.allTexts
        }
        guard !paths.isEmpty else { throw EditError(.none(.text), field: arguments.has("role") ? "role" : nil) }
        try bench.remove(paths)
    }
}

extension TextContent.Role {
    /// Pixels on a canvas whose short side is 1080, where a text has no size of its own (as `TitlePlan` of Titles has it).
    func usualSize(on canvas: PixelSize) -> Double {
        switch self {
        case .title: return canvas.height > canvas.width ? 120 : 104
        case .caption: return 56
        case .subtitle: return 54
        case .credit: return 60
        }
    }
}

extension Workbench {
    fileprivate mutating func setWords(_ path: SegmentPath, _ words: String) {
        guard var segment = self[path], let old = segment.text?.text else { return }
        segment.text?.text = words
        // Times of words that are no longer said.
        segment.text?.words = []
        segment.name = String(words.prefix(AutoEdit.longestName))
        self[path] = segment
        if draft.film.title == old { draft.film.title = String(words.prefix(AutoEdit.longestTitle)) }
    }

    fileprivate mutating func dropEmptyTexts() {
        for track in draft.tracks.indices where draft.tracks[track].kind == .text {
            draft.tracks[track].segments.removeAll { $0.text?.text.allSatisfy(\.isWhitespace) ?? false }
        }
        dropEmptyTracks()
    }
}

extension String {
    /// With every `old` made `new`, whatever its case; nil where it is not found.
    func replacingWords(_ old: String, _ new: String) -> String? {
        let lower = Array(self).map { $0.lowercased() }
        let sought = Array(old).map { $0.lowercased() }
        let characters = Array(self)
        guard !sought.isEmpty, characters.count >= sought.count else { return nil }
        var result = ""
        var index = 0
        var isFound = false
        while index < characters.count {
            if index + sought.count <= characters.count, Array(lower[index..<index + sought.count]) == sought {
                result += new
                index += sought.count
                isFound = true
            } else {
                result.append(characters[index])
                index += 1
            }
        }
        return isFound ? result : nil
    }
}
