// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON
import Wording

extension TextContent {
    init(_ s: inout FieldReader) throws(DraftError) {
        guard let words = try s.text("text") else { throw s.missing("text", .words) }
        guard words.count <= DraftLimits.longestText else {
            throw DraftError(
                field: s.field("text"), .textTooLong,
                ["count": "\(words.count)", "most": "\(DraftLimits.longestText)"])
        }
        let role = try s.choice("role", Role.self) ?? .title
        self.init(words, role: role, position: role == .title ? .center : .bottom)
        position = try readPosition(&s) ?? position
        style = try s.nested("style") { (t) throws(DraftError) in try TextStyle(&t) } ?? style
        entrance = try s.nested("in") { (a) throws(DraftError) in try TextAnimation(&a) } ?? nil
        exit = try s.nested("out") { (a) throws(DraftError) in try TextAnimation(&a) } ?? nil
        self.words = try readWords(&s)
    }
}

private func readPosition(_ s: inout FieldReader) throws(DraftError) -> TextContent.Position? {
    if let point = try s.point("at") {
        _ = s.take("pos")
        return .at(point)
    }
    guard let name = try s.text("pos") else { return nil }
    guard let position = TextContent.Position(named: name) else {
        throw DraftError(field: s.field("pos"), .notPosition, ["value": .text(String(name.prefix(40)))])
    }
    return position
}

extension TextContent.Position {
    public init?(named name: String) {
        switch name {
        case "top": self = .top
        case "center": self = .center
        case "bottom": self = .bottom
        case "lower-third": self = .lowerThird
        default: return nil
        }
    }

    /// Its word in the JSON; nil for a point.
    public var name: String? {
        switch self {
        case .top: return "top"
        case .center: return "center"
        case .bottom: return "bottom"
        case .lowerThird: return "lower-third"
        case .at: return nil
        }
    }
}

private func readWords(_ s: inout FieldReader) throws(DraftError) -> [TextContent.Word] {
    guard let value = s.take("words") else { return [] }
    let field = s.field("words")
    guard let list = value.array, list.count <= DraftLimits.longestText else {
        throw DraftError(field: field, .notWords)
    }
    var words: [TextContent.Word] = []
    for (index, element) in list.enumerated() {
        let limit = DraftLimits.longest.milliseconds
        guard let parts = element.array, parts.count == 3, let text = parts[0].string, let start = parts[1].integer,
            let end = parts[2].integer, start >= 0, start <= end, end <= limit
        else { throw DraftError(field: "\(field)[\(index)]", .notWord) }
        let range = TimeRange(MediaTime(milliseconds: start), until: MediaTime(milliseconds: end))
        words.append(TextContent.Word(text: text, range: range))
    }
    return words
}

extension TextAnimation {
    /// Nil for `none`.
    init?(_ a: inout FieldReader) throws(DraftError) {
        guard let word = try a.text("type") else {
            throw a.missing("type", .animation)
        }
        let duration = try a.time("d") ?? MediaTime(milliseconds: 400)
        if word == "none" { return nil }
        guard let kind = Kind(rawValue: word) else {
            let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw DraftError(
                field: a.field("type"), .notOneOf,
                ["names": .text(names), "value": .text("“\(word.prefix(40))”")])
        }
        self.init(kind, duration: duration)
    }
}

extension TextStyle {
    init(_ t: inout FieldReader) throws(DraftError) {
        self.init()
        name = try t.text("name")
        font = try t.text("font")
        size = try t.number("size", in: 4...1000)
        spacing = try t.number("spacing", in: -100...200)
        letterCase = try t.choice("case", LetterCase.self)
        color = try t.color("color")
        bold = try t.bool("bold")
        italic = try t.bool("italic")
        alignment = try t.choice("align", Alignment.self)
        shadow = try t.bool("shadow")
        stroke = try t.nested("stroke") { (s) throws(DraftError) in
            Stroke(color: try s.color("color") ?? "#000000", width: try s.number("width", in: 0...100) ?? 2)
        }
        plate = try t.nested("plate") { (p) throws(DraftError) in
            Plate(color: try p.color("color") ?? "#000000", opacity: try p.number("opacity", in: 0...1) ?? 0.5)
        }
    }
}
