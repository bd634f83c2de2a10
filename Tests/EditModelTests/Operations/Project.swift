// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

/// A project to edit in: media, beats, and the edits made so far.
struct Project {
    var context: EditContext
    var history = EditHistory()

    init(_ media: [MediaFacts], beats: [String: BeatGrid] = [:], language: String? = nil) {
        context = EditContext(media: media, beats: beats, seed: 7, language: language)
    }

    var draft: Draft { history.draft }
    var film: [Segment] { draft.mainTrack?.segments ?? [] }
    var names: [String] { film.map(\.name) }
    var total: Int64 { draft.duration.milliseconds }
    /// Starts of the pictures in milliseconds.
    var starts: [Int64] { film.map(\.range.start.milliseconds) }
    var lengths: [Int64] { film.map(\.range.duration.milliseconds) }
    /// From cut to cut.
    var widths: [Int64] {
        var widths: [Int64] = []
        var before: Int64 = 0
        for (index, segment) in film.enumerated() {
            let joint = index < film.count - 1 ? segment.picture?.transition?.duration.milliseconds ?? 0 : 0
            widths.append(segment.range.duration.milliseconds - before - (joint - joint / 2))
            before = joint / 2
        }
        return widths
    }
    var joints: [String] { film.dropLast().map { $0.picture?.transition?.name.rawValue ?? "none" } }
    var jointLengths: [Int64] { film.dropLast().map { $0.picture?.transition?.duration.milliseconds ?? 0 } }
    var texts: [Segment] {
        draft.tracks.filter { $0.kind == .text }.flatMap(\.segments).sorted { $0.range.start < $1.range.start }
    }
    var sounds: [Segment] { draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments) }
    var music: Segment? { sounds.first { $0.sound?.role == .music } }
    var voice: Segment? { sounds.first { $0.sound?.role == .voice } }

    /// Applies operations given as JSON, checks the rules, and returns the outcome.
    @discardableResult
    mutating func edit(
        _ text: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> EditOutcome {
        let calls = try OperationCall.list(json: JSONValue(parsing: text))
        let outcome = try history.apply(calls, in: context)
        let facts = Dictionary(context.media.map { ($0.id, $0) }) { first, _ in first }
        let problems = draft.ruleViolations(media: facts)
        #expect(problems.isEmpty, "\(text): \(problems.prefix(3))", sourceLocation: sourceLocation)
        let again = try Draft(parsing: Array(draft.json.text().utf8))
        #expect(again == draft, "the draft reads back as it was written", sourceLocation: sourceLocation)
        return outcome
    }

    /// The error that operations are refused with; the draft stays what it was.
    mutating func refused(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) -> EditError? {
        let before = draft
        do {
            let calls = try OperationCall.list(json: JSONValue(parsing: text))
            _ = try history.apply(calls, in: context)
            Issue.record("\(text) was not refused", sourceLocation: sourceLocation)
            return nil
        } catch {
            #expect(draft == before, sourceLocation: sourceLocation)
            return error as? EditError
        }
    }

    /// Range of a text or sound in milliseconds.
    static func range(_ segment: Segment?) -> [Int64] {
        guard let segment else { return [] }
        return [segment.range.start.milliseconds, segment.range.end.milliseconds]
    }
}

extension Project {
    static func photo(_ name: String, width: Int = 4000, height: Int = 3000, taken: String? = nil) -> MediaFacts {
        var facts = MediaFacts(
            id: "id-\(name)", name: "\(name).jpg", kind: .image, format: "jpeg", contentHash: "h\(name)",
            size: PixelSize(width: width, height: height))
        facts.captureTime = taken
        return facts
    }

    static func clip(_ name: String, seconds: Double, sound: Bool = true) -> MediaFacts {
        MediaFacts(
            id: "id-\(name)", name: "\(name).mp4", kind: .video, format: "mp4", contentHash: "h\(name)",
            size: PixelSize(width: 1920, height: 1080), duration: MediaTime(seconds: seconds), frameRate: 30,
            hasSound: sound)
    }

    static func sound(_ name: String, seconds: Double) -> MediaFacts {
        MediaFacts(
            id: "id-\(name)", name: "\(name).mp3", kind: .audio, format: "mp3", contentHash: "h\(name)",
            duration: MediaTime(seconds: seconds))
    }

    static func script(_ name: String, _ text: String, format: String = "txt") -> MediaFacts {
        var facts = MediaFacts(
            id: "id-\(name)", name: "\(name).\(format)", kind: .text, format: format, contentHash: "h")
        facts.text = text
        return facts
    }

    /// Photos a, b, c, … of four by three.
    static func photos(_ count: Int) -> [MediaFacts] {
        "abcdefghijklmnop".prefix(count).map { photo(String($0)) }
    }

    /// A film of `count` photos, three seconds each, cut hard.
    static func cuts(_ count: Int, _ more: [MediaFacts] = []) throws -> Project {
        var project = Project(photos(count) + more)
        try project.edit(#"{"op":"create","each":3000,"transition":"none","music":"none"}"#)
        return project
    }
}
