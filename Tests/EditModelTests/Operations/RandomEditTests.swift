// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

/// Random runs of operations with random parameters over random media: whatever is applied keeps the rules.
@Suite struct RandomEditTests {
    @Test(arguments: 0..<20) func afterAnyRunOfOperationsTheRulesHold(block: Int) throws {
        for seed in block * 15..<(block + 1) * 15 {
            var random = RandomMedia(seed: seed)
            let media = Self.media(&random)
            let facts = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
            let beats = Dictionary(
                media.filter { $0.kind == .audio }.compactMap { song in random.beats(of: song).map { (song.id, $0) } }
            ) { first, _ in first }
            let context = EditContext(media: media, beats: beats, seed: UInt64(seed))
            var history = EditHistory()
            var applied = 0
            for step in 0..<25 {
                var calls = (0..<(random.chance(0.2) ? 2 : 1)).compactMap { _ in
                    Self.call(&random, history.draft, media, first: step == 0)
                }
                // Wishes that cannot be met together are refused; then a film without any.
                if history.draft.mainTrack == nil, step > 0 { calls = [try OperationCall("create")] }
                let before = history
                do {
                    let outcome = try history.apply(calls, in: context)
                    applied += 1
                    let text = calls.map { $0.json.text() }.joined()
                    let problems = history.draft.ruleViolations(media: facts)
                    #expect(problems.isEmpty, "seed \(seed), step \(step), \(text): \(problems.prefix(3))")
                    if history.draft.duration != before.draft.duration {
                        #expect(outcome.changes.contains { $0.subject == .length }, "\(text)")
                    }
                    #expect(
                        Self.lengthIsAsAsked(calls, before.draft, history.draft),
                        "seed \(seed), step \(step), \(text): \(before.draft.duration) → \(history.draft.duration)")
                    #expect(Self.lengthsAddUp(history.draft), "seed \(seed), step \(step), \(text)")
                    if !calls.contains(where: { $0.declaration?.isOfHistory == true }) {
                        try Self.undoGivesTheSameBytes(history, before, context, text)
                    }
                } catch let error as EditError {
                    if case .brokenRules = error.reason {
                        Issue.record("seed \(seed), step \(step): \(calls.map { $0.json.text() }): \(error)")
                    }
                    #expect(history == before)
                }
            }
            #expect(applied > 5, "seed \(seed) applied \(applied)")
        }
    }

    @Test func theSameCallsGiveTheSameDraft() throws {
        var random = RandomMedia(seed: 99)
        let media = Self.media(&random)
        let context = EditContext(media: media, seed: 4)
        var calls: [OperationCall] = []
        var history = EditHistory()
        for step in 0..<40 {
            let drawn = step == 0 ? try OperationCall("create") : Self.call(&random, history.draft, media, first: false)
            guard let call = drawn else { continue }
            if (try? history.apply([call], in: context)) != nil { calls.append(call) }
        }
        var again = EditHistory()
        for call in calls { _ = try again.apply([call], in: context) }
        #expect(again.draft.json.text() == history.draft.json.text())
        #expect(calls.count > 10)
    }

    private static func undoGivesTheSameBytes(
        _ after: EditHistory, _ before: EditHistory, _ context: EditContext, _ text: String
    ) throws {
        guard after.draft != before.draft else { return }
        var history = after
        _ = try history.apply([OperationCall("undo")], in: context)
        #expect(history.draft.json.text() == before.draft.json.text(), "\(text)")
        _ = try history.apply([OperationCall("redo")], in: context)
        #expect(history.draft.json.text() == after.draft.json.text(), "\(text)")
    }

    /// Edits that are not about the film's length leave it, and `length` makes it what was asked; where there is a photo
    /// that can fill what clips cannot.
    private static func lengthIsAsAsked(_ calls: [OperationCall], _ before: Draft, _ after: Draft) -> Bool {
        guard calls.count == 1, let call = calls.first, before.mainTrack != nil, after.mainTrack != nil else {
            return true
        }
        let hasPhoto = [before, after].allSatisfy { draft in
            draft.mainTrack?.segments.contains { segment in
                guard !segment.isCard, case .image? = segment.picture?.source else { return false }
                return true
            } ?? false
        }
        if call.name == "length", let asked = call.json["length"]?.integer {
            return after.duration.milliseconds == asked
        }
        // What is read aloud makes a film longer where it takes longer.
        if call.name == "voice-over" { return after.duration >= before.duration || !hasPhoto }
        let keeping: Set = [
            "canvas", "fps", "fade-film", "title-name", "logo", "order", "move", "swap", "replace", "transition",
            "play-reverse", "motion", "fit", "focus", "crop", "rotate", "flip", "grade", "opacity", "background",
            "music", "volume", "mute", "sound-effect", "remove-sound", "beats", "add-text", "change-text",
            "move-text", "style-text", "time-text", "remove-text", "captions", "date-captions",
        ]
        return !keeping.contains(call.name) || !hasPhoto || after.duration == before.duration
    }

    /// Segments' lengths less transitions are the film, to the millisecond.
    private static func lengthsAddUp(_ draft: Draft) -> Bool {
        guard let film = draft.mainTrack?.segments, !film.isEmpty else { return true }
        let segments = film.reduce(Int64(0)) { $0 + $1.range.duration.milliseconds }
        let overlaps = film.dropLast().reduce(Int64(0)) {
            $0 + ($1.picture?.transition?.duration.milliseconds ?? 0)
        }
        return segments - overlaps == draft.duration.milliseconds
    }

    private static func media(_ random: inout RandomMedia) -> [MediaFacts] {
        var media = (0..<random.one(of: [1, 2, 3, 5, 9])).map { random.photo($0) }
        media += (0..<random.one(of: [0, 0, 1, 2, 4])).map { random.clip($0) }
        media += (0..<random.one(of: [0, 1, 2])).map { random.song($0) }
        if random.chance(0.4) {
            media.append(Project.script("script", "One fine day. We went out. And came back again!"))
        }
        return media
    }

    /// A call whose values fit their declarations, taken at random; nil where none could be made.
    private static func call(
        _ random: inout RandomMedia, _ draft: Draft, _ media: [MediaFacts], first: Bool
    ) -> OperationCall? {
        var values = RandomValues(random: random, draft: draft, media: media)
        defer { random = values.random }
        let choices = OperationTable.entries.filter { !["restart", "type-film", "create"].contains($0.name) }
        let entry: OperationDeclaration
        if first || values.random.chance(0.03) {
            guard let create = OperationTable.named("create") else { return nil }
            entry = create
        } else {
            entry = values.random.one(of: choices)
        }
        return values.call(of: entry)
    }
}

/// Values of parameters drawn at random: mostly good ones.
struct RandomValues {
    var random: RandomMedia
    let draft: Draft
    let media: [MediaFacts]

    mutating func call(of entry: OperationDeclaration) -> OperationCall? {
        var members: [String: JSONValue] = [:]
        let needed = entry.needsOneOf.isEmpty ? nil : random.one(of: entry.needsOneOf)
        for parameter in entry.parameters {
            let share = entry.name == "create" ? 0.15 : 0.35
            guard parameter.isRequired || parameter.name == needed || random.chance(share) else { continue }
            members[parameter.name] = value(parameter.kind)
        }
        return try? OperationCall(entry.name, members)
    }

    mutating func value(_ kind: OperationParameter.Kind) -> JSONValue {
        switch kind {
        case .time(let range):
            let time: Int64 = random.one(of: [0, 1, 33, 100, 400, 999, 2000, 5001, 12_345, 60_000])
            return .integer(min(max(time, range.lowerBound), range.upperBound))
        case .number(let range, _):
            let number = random.one(of: [-0.5, 0, 0.1, 0.25, 0.5, 0.7, 1, 1.5, 2, 4, 30, 60])
            return .number(min(max(number, range.lowerBound), range.upperBound))
        case .integer(let range):
            let number: Int64 = random.one(of: [-90, -3, -1, 1, 2, 3, 5, 90, 640, 1080])
            return .integer(min(max(number, range.lowerBound), range.upperBound))
        case .choice(let names): return .string(random.one(of: names))
        case .name(let table): return .string(random.one(of: table.names))
        case .text:
            return .string(random.one(of: ["Hi", "夏天的海边", "One. Two. Three.", String(repeating: "long ", count: 12)]))
        case .color: return "#AB12EF"
        case .ratio: return .string(random.one(of: ["9:16", "16:9", "1:1", "4:5", "portrait"]))
        case .flag: return .bool(random.chance(0.6))
        case .segment: return reference()
        case .segments: return .array((0..<random.one(of: [1, 1, 2, 3])).map { _ in reference() })
        case .asset: return .string(random.one(of: media).id)
        case .assets: return .array((0..<random.one(of: [1, 2, 3])).map { _ in .string(random.one(of: media).id) })
        case .rect: return random.one(of: [[0, 0, 1, 1], [0.25, 0.1, 0.5, 0.5], [0, 0.5, 0.2, 0.5]])
        case .lines: return .array((0..<random.one(of: [1, 2, 3, 5, 9])).map { .string("Line \($0) of some words") })
        case .object(let parameters):
            var members: [String: JSONValue] = [:]
            for parameter in parameters where random.chance(0.5) { members[parameter.name] = value(parameter.kind) }
            return .object(members)
        case .either(let kinds): return value(random.one(of: kinds))
        }
    }

    private mutating func reference() -> JSONValue {
        let film = draft.mainTrack?.segments ?? []
        let all = draft.tracks.flatMap(\.segments)
        if all.isEmpty || random.chance(0.05) { return .integer(random.one(of: [1, -1, 7])) }
        if !film.isEmpty, random.chance(0.7) {
            return .integer(Int64(Int.random(in: 1...film.count, using: &random.random)))
        }
        return .string(random.one(of: all).id)
    }
}
