// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Turns wishes into calls of edit operations: looks up what they point at, puts them in the order in which they make
/// sense, and folds what a first film can take into account from the start into `create`.
struct EditPlan {
    /// A wish that came to nothing, and why.
    enum Obstacle: Hashable {
        case reference(ReferenceResolver.Failure, wish: String)
        case refused(EditError)
        case needsFilm
    }

    private(set) var calls: [OperationCall] = []
    private(set) var obstacles: [Obstacle] = []
    /// Segments and texts that the wishes were about, for the conversation's memory.
    private(set) var spokenOf: [String] = []
    /// The draft after the calls so far.
    private(set) var draft: Draft
    private(set) var notes: [EditNote] = []
    /// The film as it was first laid out, before the wishes that came on top; nil where none was made.
    private(set) var laidOut: Draft?

    let context: EditContext
    var scene: Scene

    /// - Parameter scene: with the draft as it is.
    init(_ understanding: Understanding, _ scene: Scene, _ context: EditContext) {
        self.scene = scene
        self.context = context
        draft = scene.draft
        var wishes = understanding.wishes
        let creates = understanding.asksForFilm || !scene.hasFilm
        if creates, !context.media.contains(where: { [.image, .video].contains($0.kind) }) {
            Self.makeFilmOfType(&wishes)
        }
        if creates, let index = wishes.firstIndex(where: { $0.name == "type-film" }) {
            // Nothing but words: no pictures are laid out first.
            call("type-film", wishes.remove(at: index).arguments)
            self.scene.draft = draft
        } else if creates {
            guard create(&wishes) else { return }
            laidOut = draft
            self.scene.draft = draft
            self.scene.memory.segments = []
        }
        var resolver = ReferenceResolver(self.scene)
        for wish in Self.inOrder(wishes).prefix(Self.mostWishes) { carryOut(wish, &resolver) }
        // `just the pictures, no text`: a first film has none to take out.
        if creates {
            obstacles.removeAll { obstacle in
                guard case .refused(let error) = obstacle, case .none = error.reason else { return false }
                return error.operation?.hasPrefix("remove") ?? false
            }
        }
        settle(from: scene.draft)
    }

    /// Words, and nothing that could be shown under them: a film of type.
    private static func makeFilmOfType(_ wishes: inout [Wish]) {
        let lines = wishes.compactMap { $0.name == "add-text" ? $0["text"] : nil }
        guard !lines.isEmpty, !wishes.contains(where: { $0.name == "type-film" }) else { return }
        var film = Wish("type-film", ["lines": .array(lines)])
        film["length"] = wishes.last { $0.name == "length" && $0["length"] != nil }?["length"]
        wishes.removeAll { $0.name == "add-text" || $0.name == "length" }
        wishes.insert(film, at: 0)
    }

    /// A message with more wishes than this is no message.
    static let mostWishes = 60

    /// The calls were tried one by one; what they give together, as they will be applied, is what counts (a place that
    /// is freed and taken again gets another id).
    private mutating func settle(from start: Draft) {
        guard calls.count > 1, let outcome = try? start.applying(calls, in: context) else { return }
        draft = outcome.draft
        notes = outcome.notes
    }

    /// Steps of an edit: first which pictures there are and in what order, then how long, then how they look and what is
    /// written on them. Within a step as they were said.
    private static let steps: [String: Int] = [
        "canvas": 5, "fps": 6, "insert": 10, "replace": 11, "duplicate": 12, "remove": 13, "keep": 14, "keep-best": 15,
        "use-all": 16, "order": 20, "move": 21, "swap": 22, "trim": 25, "split": 26, "speed": 27, "play-reverse": 28,
        "remove-sound": 30, "music": 31, "voice-over": 32, "sound-effect": 58, "transition": 40, "pace": 45,
        "beats": 50, "length": 55,
        "rotate": 60, "flip": 61, "crop": 62, "fit": 63, "focus": 64, "motion": 65, "polish": 66, "grade": 67,
        "opacity": 68,
        "background": 69, "volume": 70, "mute": 71, "remove-text": 75, "change-text": 76, "captions": 80,
        "date-captions": 81,
        "add-text": 82, "move-text": 83, "style-text": 84, "time-text": 85, "logo": 88, "title-card": 89,
        "end-card": 90,
        "credits": 91, "background-pattern": 92,
        "fade-film": 95, "title-name": 96,
    ]

    private static func inOrder(_ wishes: [Wish]) -> [Wish] {
        wishes.enumerated().sorted {
            (steps[$0.element.name] ?? 50, $0.offset) < (steps[$1.element.name] ?? 50, $1.offset)
        }.map(\.element)
    }

    // MARK: Calls

    mutating func call(_ name: String, _ arguments: [String: JSONValue]) {
        do throws(EditError) {
            let call = try OperationCall(name, arguments)
            let outcome = try draft.applying([call], in: context)
            draft = outcome.draft
            notes += outcome.notes
            calls.append(call)
        } catch {
            obstacles.append(.refused(error))
        }
    }

    func strings(_ ids: [String]) -> JSONValue { .array(ids.map { .string($0) }) }

    // MARK: One wish

    private mutating func carryOut(_ wish: Wish, _ resolver: inout ReferenceResolver) {
        guard scene.hasFilm else {
            if !obstacles.contains(.needsFilm) { obstacles.append(.needsFilm) }
            return
        }
        do throws(ReferenceResolver.Failure) {
            try carryOut(wish, resolving: &resolver)
        } catch .notInFilm where wish.name == "keep" {
            bringBack(wish)
        } catch {
            obstacles.append(.reference(error, wish: wish.name))
        }
    }

    private mutating func carryOut(_ wish: Wish, resolving resolver: inout ReferenceResolver) throws(ReferenceResolver
        .Failure)
    {
        var arguments = wish.arguments
        var ids: [String]?
        switch wish.target {
        case .pictures(let reference, let kind)?:
            ids = try resolver.pictures(reference, kind: kind)
            spokenOf = ids ?? []
        case .texts(let reference)?:
            if let texts = try resolver.texts(reference) { arguments["texts"] = strings(texts) }
        case .joints(let reference)?:
            let after = try resolver.pictures(reference, kind: nil)
            let last = scene.draft.mainTrack?.segments.last?.id
            arguments["after"] = strings(after.filter { $0 != last })
        case .joint(let reference)?:
            // From the first of the pictures up to the last: every joint between them.
            let between = try resolver.pictures(reference, kind: nil)
            arguments["after"] = strings(between.count > 1 ? Array(between.dropLast()) : between)
        case nil: break
        }
        let second = try wish.second.map { (other) throws(ReferenceResolver.Failure) -> [String] in
            try resolver.pictures(other, kind: nil)
        }?.first
        switch wish.name {
        case "move":
            arguments["segments"] = strings(ids ?? [])
            if let second, let side = arguments.removeValue(forKey: "side") {
                arguments[side.string ?? "after"] = .string(second)
            }
            call("move", arguments)
        case "pace" where arguments["more"] != nil:
            let more = arguments.removeValue(forKey: "more")?.integer ?? 0
            for id in ids ?? [] {
                guard let now = draft.mainTrack?.segments.first(where: { $0.id == id })?.range.duration.milliseconds
                else { continue }
                call("pace", ["each": .integer(max(now + more, 200)), "segments": strings([id])])
            }
        case "background-pattern": call("background", arguments)
        case "swap":
            guard let first = ids?.first, let other = second ?? ids?.dropFirst().first else { throw .nothingMeant }
            call("swap", ["first": .string(first), "second": .string(other)])
        case "replace":
            guard let first = ids?.first, let media = wish.media.first else { throw .nothingMeant }
            call("replace", ["segment": .string(first), "media": .string(media)])
        case "insert":
            arguments["media"] = strings(wish.media)
            if let second, let at = place(of: second), let side = arguments.removeValue(forKey: "side") {
                arguments["at"] = .integer(Int64(side == "before" ? at : at + 1))
            }
            call("insert", arguments)
        case "duplicate":
            arguments["segments"] = strings(ids ?? [])
            if let second, let at = place(of: second), let side = arguments.removeValue(forKey: "side") {
                arguments["at"] = .integer(Int64(side == "before" ? at : at + 1))
            }
            call("duplicate", arguments)
        case "trim":
            guard let id = ids?.first else { throw .nothingMeant }
            arguments["segment"] = .string(id)
            if let last = arguments.removeValue(forKey: "last")?.integer { keepEnd(of: id, last, &arguments) }
            call("trim", arguments)
        case "sound-effect":
            // With a picture: when it comes on.
            if let id = ids?.first, let segment = draft.mainTrack?.segments.first(where: { $0.id == id }) {
                arguments["at"] = .integer(segment.range.start.milliseconds)
            }
            call("sound-effect", arguments)
        case "split":
            guard let at = splitPoint(wish, ids) else { throw .nothingMeant }
            call("split", ["at": .integer(at)])
        case "add-text":
            let isAnother = arguments.removeValue(forKey: "another") != nil
            guard let ids else { return addText(arguments, isAnother: isAnother) }
            for id in ids {
                arguments["on"] = .string(id)
                call("add-text", arguments)
            }
        case "transition":
            if let factor = arguments.removeValue(forKey: "factor")?.number {
                arguments["length"] = .integer(Int64((usualTransition * factor / 10).rounded()) * 10)
            }
            if arguments["type"] == "another" { arguments["type"] = .string(otherTransition) }
            call("transition", arguments)
        case "crop":
            for id in ids ?? scene.draft.mainTrack?.segments.map(\.id) ?? [] {
                guard let rect = cropRect(wish, id) else { continue }
                call("crop", ["rect": rect, "segments": strings([id])])
            }
        case "remove-text" where wish["find"] != nil:
            let words = wish["find"]?.string?.lowercased() ?? ""
            let found = scene.texts.filter { $0.text?.text.lowercased().contains(words) ?? false }.map(\.id)
            guard !found.isEmpty else { throw .unknown(wish["find"]?.string ?? "") }
            call("remove-text", ["texts": strings(found)])
        case "polish": polish(wish["style"]?.string ?? "")
        case "remove" where wish["overlays"] == true:
            let overlays = scene.draft.tracks.enumerated().filter {
                $0.offset != scene.draft.mainTrackIndex && $0.element.kind == .video
            }
            .flatMap(\.element.segments).map(\.id)
            guard !overlays.isEmpty else { throw .unknown("logo") }
            call("remove", ["segments": strings(overlays)])
        default:
            if let ids { arguments["segments"] = strings(ids) }
            call(wish.name, arguments)
        }
    }

    /// A title where one stands already would lie over it: that one gets the new words; `another title` comes after it.
    private mutating func addText(_ given: [String: JSONValue], isAnother: Bool) {
        var arguments = given
        let isPlain = given["role"] == "title" && given.keys.allSatisfy { ["text", "role"].contains($0) }
        if isPlain, let words = given["text"],
            let title = scene.texts.first(where: { text in
                text.range.start == .zero && text.text?.role == .title && text.text?.position == .center
            })
        {
            let isChanged = calls.contains { $0.name == "change-text" }
            guard isAnother || isChanged else {
                return call("change-text", ["texts": strings([title.id]), "text": words])
            }
            let end = title.range.end.milliseconds
            if end < scene.draft.duration.milliseconds { arguments["start"] = .integer(end) }
        }
        call("add-text", arguments)
    }

    /// `no, keep the market`, when it has gone: it comes in again, where it belongs by the order of the files.
    private mutating func bringBack(_ wish: Wish) {
        guard case .pictures(.assets(let ids), _)? = wish.target else { return }
        let order = Dictionary(
            context.media.enumerated().map { ($0.element.id, $0.offset) }, uniquingKeysWith: { first, _ in first })
        for id in scene.ids(ids, of: .image, .video) {
            let own = order[id] ?? 0
            let next = draft.mainTrack?.segments.firstIndex { segment in
                segment.picture?.assetID.flatMap { order[$0] }.map { $0 > own } ?? false
            }
            call("insert", ["media": strings([id]), "at": .integer(Int64(next.map { $0 + 1 } ?? -1))])
        }
    }
}
