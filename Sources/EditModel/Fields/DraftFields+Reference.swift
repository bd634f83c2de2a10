// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension DraftFields {
    /// The reference page of the draft's fields, in Markdown.
    public static var reference: String {
        var page = """
            # The draft

            The draft is the edit as JSON: the one description of a film that people, agents and the director change and the
            renderer plays. A draft file holds one; the server keeps one of each project and changes it by
            [operations](operations.md). Keys that nobody knows are kept and written back. At most \(DraftLimits.mostBytes) bytes.

            ```json
            \(example)
            ```

            Times are whole milliseconds. An edge at time `s` is frame round(`s` · `fps`); shares of a picture or of the canvas go from
            0 at the left or top to 1 at the right or bottom.

            """
        for section in sections { page += section.reference }
        page += "\n## What always holds\n\n"
        for rule in rules { page += "- \(rule)\n" }
        return page
    }

    /// A film of a photo, a clip, composed music and a title.
    static let example = """
        {"v":1,"d":6000,
         "m":{"title":"Summer","width":1080,"height":1920,"fps":30,"preset":"tiktok","fadeOut":500},
         "assets":{"A":{"path":"photos/beach.jpg"},"B":{"path":"clips/surf.mp4"}},
         "t":[
          {"id":"v1","tt":0,"m":{"name":"Video"},"sg":[
            {"id":"s1","s":0,"d":3400,"mt":"image","src":"A","motion":{"type":"zoom-in","amount":0.15},
             "tr":{"type":"crossfade","d":400},"m":{"name":"beach.jpg"}},
            {"id":"s2","s":3000,"d":3000,"mt":"video","src":"B","ss":2000,"m":{"name":"surf.mp4"}}]},
          {"id":"a1","tt":1,"m":{"name":"Music"},"sg":[
            {"id":"s3","s":0,"d":6000,"gen":{"kind":"music","style":"lofi","bpm":84,"seed":7},"vol":0.35,"fo":1500}]},
          {"id":"x1","tt":7,"m":{"name":"Titles"},"sg":[
            {"id":"s4","s":0,"d":3000,"text":"Urban Dreams","style":{"size":96,"bold":true},"in":{"type":"fade"}}]}]}
        """

    private static var rules: [String] {
        [
            "Ids of tracks and of segments are unique and stay the same across edits.",
            "Segments of one track do not overlap, but for neighbours of the main track, by exactly their transition.",
            "The main track begins at 0 and has no gap; its last segment has no transition.",
            "A transition is at most half as long as either of its neighbours.",
            "Nothing reads past the end of its source, unless it loops.",
            "What lies over or under the film ends with it; the film's fades are together at most as long as it.",
            "At most \(DraftLimits.mostTracks) tracks, \(DraftLimits.mostSegments) segments, \(DraftLimits.longest.milliseconds / 3_600_000) hours.",
        ]
    }
}

extension DraftSection {
    fileprivate var reference: String {
        var text = "\n## \(title)\n"
        text += path.isEmpty ? line : "`\(path)` – \(line)"
        text += "\n\n| Field | Values | When missing | Meaning |\n|---|---|---|---|\n"
        for field in fields { text += field.reference }
        return text
    }
}

extension DraftField {
    fileprivate var reference: String { "| `\(key)` | \(values.text) | \(missing) | \(line) |\n" }

    private var missing: String {
        switch need {
        case .always: return "must be there"
        case .with(let key, let values):
            return "must be there with `\(key)` \(values.map { "`\($0)`" }.joined(separator: " or "))"
        case .without(let key): return "must be there, or `\(key)`"
        case .never: return usual.map { "`\($0.text())`" } ?? absence
        }
    }
}

extension DraftField.Values {
    fileprivate var text: String {
        switch self {
        case .whole(let range):
            return range.upperBound == .max
                ? "a whole number, \(range.lowerBound) or more"
                : range.lowerBound == range.upperBound
                    ? "\(range.lowerBound)" : "a whole number, \(range.lowerBound) … \(range.upperBound)"
        case .number(let range): return "a number, \(Self.plain(range.lowerBound)) … \(Self.plain(range.upperBound))"
        case .oneOf(let numbers): return numbers.map { "`\($0)`" }.joined(separator: " ")
        case .time(let least): return "milliseconds, \(least) … \(DraftLimits.longest.milliseconds)"
        case .words(let words): return words.map { "`\($0)`" }.joined(separator: " ")
        case .text(let most): return most.map { "a text of at most \($0) characters" } ?? "a text"
        case .id: return "a text, not empty"
        case .flag: return "`true` `false`"
        case .color: return "`#RRGGBB`"
        case .colors: return "a list of at most 8 `#RRGGBB`"
        case .point: return "`[x,y]`, each 0 … 1"
        case .rect: return "`[x,y,width,height]`, each 0 … 1"
        case .spokenWords: return "`[[text,start,end],…]`, milliseconds"
        case .recipe, .object: return "an object"
        case .list(let most): return most.map { "a list of at most \($0) objects" } ?? "a list of objects"
        case .named: return "an object of objects"
        }
    }

    private static func plain(_ number: Double) -> String { JSONValue.number(number).text() }
}
