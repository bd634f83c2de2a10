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

    private let context: EditContext
    private var scene: Scene

    /// - Parameter scene: with the draft as it is.
    init(_ understanding: Understanding, _ scene: Scene, _ context: EditContext) {
        self.scene = scene
        self.context = context
        draft = scene.draft
        var wishes = understanding.wishes
        let creates = understanding.asksForFilm || !scene.hasFilm
        if creates, let index = wishes.firstIndex(where: { $0.name == "type-film" }) {
            // Nothing but words: no pictures are laid out first.
            call("type-film", wishes.remove(at: index).arguments)
            self.scene.draft = draft
        } else if creates {
            guard create(&wishes) else { return }
            self.scene.draft = draft
            self.scene.memory.segments = []
        }
        var resolver = ReferenceResolver(self.scene)
        for wish in Self.inOrder(wishes).prefix(Self.mostWishes) { carryOut(wish, &resolver) }
        settle(from: scene.draft)
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
        "add-text": 82, "move-text": 83, "style-text": 84, "time-text": 85, "logo": 88, "end-card": 90, "credits": 91,
        "fade-film": 95, "title-name": 96,
    ]

    private static func inOrder(_ wishes: [Wish]) -> [Wish] {
        wishes.enumerated().sorted {
            (steps[$0.element.name] ?? 50, $0.offset) < (steps[$1.element.name] ?? 50, $1.offset)
        }.map(\.element)
    }

    // MARK: Calls

    private mutating func call(_ name: String, _ arguments: [String: JSONValue]) {
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

    private func strings(_ ids: [String]) -> JSONValue { .array(ids.map { .string($0) }) }

    // MARK: A first film

    /// Makes the film, with what the wishes say of all of it; takes those wishes out. False where none can be made.
    private mutating func create(_ wishes: inout [Wish]) -> Bool {
        var arguments: [String: JSONValue] = ["order": "given"]
        var rest: [Wish] = []
        let selects = wishes.contains {
            ["keep", "remove", "insert", "trim", "duplicate", "keep-best"].contains($0.name)
        }
        for wish in wishes {
            if !fold(wish, into: &arguments) { rest.append(wish) }
            // A length that other wishes would undo is asked for again once they are done.
            if wish.name == "length", wish["length"] != nil, selects { rest.append(wish) }
        }
        let before = obstacles.count
        call("create", arguments)
        wishes = rest
        return obstacles.count == before
    }

    /// Whether `create` takes the wish into account.
    private func fold(_ wish: Wish, into arguments: inout [String: JSONValue]) -> Bool {
        switch (wish.name, wish.target) {
        case ("canvas", _):
            for key in ["preset", "ratio", "width", "height", "shortSide"] {
                if let value = wish[key] { arguments[key] = value }
            }
        case ("fps", _): arguments["fps"] = wish["fps"]
        case ("length", _):
            guard let length = wish["length"] else { return false }
            arguments["length"] = length
        case ("pace", nil):
            guard let each = wish["each"] else { return false }
            arguments["each"] = each
        case ("order", _):
            guard let by = wish["by"]?.string, ["name", "time", "given"].contains(by) else { return false }
            arguments["order"] = .string(by)
        case ("transition", nil):
            if let type = wish["type"], type != "auto", type != "another" { arguments["transition"] = type }
            if let length = wish["length"] { arguments["transitionLength"] = length }
            return wish["factor"] == nil
        case ("motion", nil):
            guard wish["amount"] == nil, wish["type"] != "auto" else { return wish["amount"] == nil }
            arguments["motion"] = wish["type"]
        case ("fit", nil): arguments["fit"] = wish["fit"]
        case ("grade", nil):
            guard wish.arguments.count == 1, let look = wish["look"] else { return false }
            arguments["look"] = look
        case ("use-all", _): arguments["keepAll"] = true
        case ("beats", _): arguments["beats"] = wish["on"] == true ? "on" : "off"
        case ("remove-sound", _):
            guard wish["role"] == "music" else { return true }
            arguments["music"] = "none"
        case ("music", _):
            if let media = wish["media"] {
                arguments["music"] = media
            } else if let compose = wish["compose"]?.object {
                arguments["music"] = "compose"
                if let style = compose["style"] { arguments["musicStyle"] = style }
                if let mood = compose["mood"] { arguments["musicMood"] = mood }
                if let bpm = compose["bpm"] { arguments["bpm"] = bpm }
            }
            if let volume = wish["volume"] { arguments["musicVolume"] = volume }
            return ["start", "fadeIn", "fadeOut", "loop", "duck"].allSatisfy { wish[$0] == nil }
        case ("voice-over", _):
            guard let media = wish["media"] else { return false }
            arguments["voice"] = media
        case ("captions", nil):
            guard let script = wish["script"]?.string, scene.facts(script) == nil else { return false }
            arguments["script"] = .string(script)
        default: return false
        }
        return true
    }

    // MARK: One wish

    private mutating func carryOut(_ wish: Wish, _ resolver: inout ReferenceResolver) {
        guard scene.hasFilm else {
            if !obstacles.contains(.needsFilm) { obstacles.append(.needsFilm) }
            return
        }
        do throws(ReferenceResolver.Failure) {
            try carryOut(wish, resolving: &resolver)
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
            guard let ids else { return call("add-text", arguments) }
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

    private func place(of id: String) -> Int? {
        draft.mainTrack?.segments.firstIndex { $0.id == id }.map { $0 + 1 }
    }

    /// The film's time at which to cut: in the middle of a picture, so far into it, or as said.
    private func splitPoint(_ wish: Wish, _ ids: [String]?) -> Int64? {
        let said = wish["at"]?.integer
        guard let id = ids?.first, let segment = draft.mainTrack?.segments.first(where: { $0.id == id }) else {
            return said
        }
        // What is shared with a neighbour belongs to the transition.
        let before = draft.mainTrack?.segments.last { $0.range.start < segment.range.start }
        let shared = before?.picture?.transition?.duration.milliseconds ?? 0
        let out = segment.picture?.transition?.duration.milliseconds ?? 0
        let start = segment.range.start.milliseconds
        let length = segment.range.duration.milliseconds
        guard let said else { return start + shared + (length - shared - out) / 2 }
        // A time that does not lie in it is the film's.
        return said < length ? start + said : said
    }

    private func keepEnd(of id: String, _ last: Int64, _ arguments: inout [String: JSONValue]) {
        guard let asset = scene.draft.mainTrack?.segments.first(where: { $0.id == id })?.picture?.assetID,
            let length = scene.facts(asset)?.duration?.milliseconds
        else { return }
        arguments["from"] = .integer(max(0, length - last))
        arguments["to"] = .integer(length)
    }

    /// Milliseconds that the film's transitions take now; the usual where it has none.
    private var usualTransition: Double {
        let lengths = scene.draft.mainTrack?.segments.compactMap { $0.picture?.transition?.duration.milliseconds } ?? []
        return lengths.isEmpty ? 600 : Double(lengths.reduce(0, +)) / Double(lengths.count)
    }

    /// A calm transition that the film does not have.
    private var otherTransition: String {
        let used = Set(scene.draft.mainTrack?.segments.compactMap { $0.picture?.transition?.name } ?? [])
        return TransitionCatalog.entries.first { $0.isCalm && !used.contains($0.name) }?.name.rawValue ?? "crossfade"
    }

    private func cropRect(_ wish: Wish, _ id: String) -> JSONValue? {
        if wish["none"] == true { return "none" }
        if let rect = wish["rect"] { return rect }
        guard let asset = scene.draft.mainTrack?.segments.first(where: { $0.id == id })?.picture?.assetID,
            let size = scene.facts(asset)?.size, size.width > 0, size.height > 0
        else { return nil }
        // The largest part of this shape in the middle.
        let parts = (wish["ratio"]?.string ?? "1:1").split(separator: ":").compactMap { Double($0) }
        guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
        let (width, height) = (Double(size.width), Double(size.height))
        let wide = min(width, height * parts[0] / parts[1])
        let high = min(height, width * parts[1] / parts[0])
        return [
            .number((1 - wide / width) / 2), .number((1 - high / height) / 2), .number(wide / width),
            .number(high / height),
        ]
    }

    // MARK: Taste

    /// "Make it better": what a film gains from without becoming another one.
    private mutating func polish(_ style: String) {
        let segments = draft.mainTrack?.segments ?? []
        let looks = Set(segments.compactMap { $0.picture?.grade.look })
        let look: String =
            switch style {
            case "professional", "cinematic": "cinematic"
            case "fun": "vivid"
            case "cozy": "warm"
            default: "vivid"
            }
        let before = draft
        if looks == [.none] {
            call("grade", ["look": .string(look)])
        } else {
            let plain = segments.filter { $0.picture?.grade.look == Grade.Look.none }.map(\.id)
            if !plain.isEmpty { call("grade", ["look": .string(look), "segments": strings(plain)]) }
        }
        if segments.count > 1, segments.dropLast().allSatisfy({ $0.picture?.transition == nil }), style != "fun" {
            call("transition", ["type": "crossfade"])
        }
        if segments.allSatisfy({ $0.picture?.motion.kind == Motion.Kind.none }) { call("motion", ["type": "auto"]) }
        if draft.film.fadeOut == .zero { call("fade-film", ["out": 500]) }
        if let music = scene.sounds(.music).last?.sound, music.fadeOut < MediaTime(milliseconds: 1000) {
            call("music", ["fadeOut": 1500])
        }
        // Where all that is there already, a little depth.
        if draft == before { call("grade", ["contrast": 0.08, "vignette": 0.15, "relative": true]) }
    }
}
