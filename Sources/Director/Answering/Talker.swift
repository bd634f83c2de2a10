// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Answers what is no edit: questions about the film and about what Kinora can do, thanks, what was not understood.
struct Talker {
    private let answerer: Answerer
    private let scene: Scene
    private let language: String
    private let context: EditContext
    /// The draft before the last revision.
    private let previous: Draft?

    init(_ answerer: Answerer, _ scene: Scene, _ language: String, _ conversation: Director.Conversation) {
        self.answerer = answerer
        self.scene = scene
        self.language = language
        context = conversation.context
        previous = conversation.previous
    }

    private var draft: Draft { scene.draft }

    func answer(_ speech: Understanding.Speech) -> String {
        switch speech {
        case .ask(let question): return answer(question)
        case .status: return status()
        case .thanks: return answerer.say("thanks")
        case .praise: return answerer.say("praise")
        case .hello: return answerer.say("hello")
        case .yes: return answerer.say("yes")
        case .no: return answerer.say("no")
        case .correction: return answerer.say("which one")
        case .impossible(let what):
            let key = "cannot.\(what)"
            return [answerer.say(answerer.has(key) ? key : "cannot"), answerer.say("nothing changed")].joined(
                separator: "\n")
        default: return ""
        }
    }

    func export() -> String {
        guard scene.hasFilm else { return answerer.say("needs film") }
        return answerer.say(
            "export",
            [
                "length": answerer.time(draft.duration),
                "canvas": "\(draft.film.canvas.width)×\(draft.film.canvas.height)",
            ])
    }

    private func status() -> String {
        scene.hasFilm ? draft.summary(in: .of(language: language)) : answerer.say("needs film")
    }

    private func answer(_ question: Understanding.Question) -> String {
        switch question {
        case .abilities: return answerer.say("abilities")
        case .kinds(let subject): return kinds(subject)
        case .how(let verb): return answerer.say(answerer.has("how.\(verb)") ? "how.\(verb)" : "abilities")
        case .longest(let name):
            guard let preset = PlatformPreset.named(name) else { return answerer.say("kinds platforms") }
            guard let longest = preset.longest else { return answerer.say("no limit", ["preset": preset.title]) }
            return answerer.say("longest", ["preset": preset.title, "most": answerer.time(longest)])
        default: break
        }
        guard scene.hasFilm else { return answerer.say(scene.media.isEmpty ? "needs media" : "needs film") }
        switch question {
        case .lastChange:
            let lines = previous.map { answerer.lines(draft.changes(from: $0, media: scene.media)) } ?? []
            return lines.isEmpty
                ? answerer.say("no last change") : ([answerer.say("last change")] + lines).joined(separator: "\n")
        case .fits(let name): return fits(name)
        case .length, .count, .music: return facts()
        case .look: return look()
        case .pace(let reference): return pace(reference)
        case .contains(let reference): return contains(reference)
        case .title:
            let texts = scene.texts.compactMap { $0.text?.text }
            return texts.isEmpty
                ? answerer.say("no texts")
                : answerer.say("texts", ["count": "\(texts.count)", "names": answerer.list(texts)])
        case .format:
            return answerer.say(
                "format",
                [
                    "canvas": "\(draft.film.canvas.width)×\(draft.film.canvas.height)",
                    "fps": answerer.value(.number(draft.film.frameRate.framesPerSecond)),
                ])
        default: return status()
        }
    }

    /// Length, pictures and music in one line: who asks for one of them often asks for the others too.
    private func facts() -> String {
        let segments = draft.mainTrack?.segments ?? []
        let photos = segments.count { if case .image? = $0.picture?.source { true } else { false } }
        let clips = segments.count { if case .video? = $0.picture?.source { true } else { false } }
        var parts: [String] = []
        if photos > 0 { parts.append(answerer.say("photos", ["count": "\(photos)"])) }
        if clips > 0 { parts.append(answerer.say("clips", ["count": "\(clips)"])) }
        let music = scene.sounds(.music).first
        let sound = music.map { answerer.say("facts music", ["name": $0.name]) } ?? answerer.say("facts no music")
        return answerer.say(
            "facts",
            [
                "length": answerer.time(draft.duration), "parts": parts.joined(separator: answerer.say("list comma")),
                "music": sound,
            ])
    }

    private func look() -> String {
        let looks = Set(draft.mainTrack?.segments.compactMap { $0.picture?.grade.look } ?? [])
        guard looks != [.none] else { return answerer.say("no look") }
        return answerer.say(
            "look", ["name": answerer.name(looks.first.flatMap { looks.count == 1 ? $0.rawValue : nil } ?? "mixed")])
    }

    /// How long the pictures stand that are named, or all on average.
    private func pace(_ reference: Reference?) -> String {
        let segments = draft.mainTrack?.segments ?? []
        var resolver = ReferenceResolver(scene)
        if let reference, let ids = try? resolver.pictures(reference, kind: nil),
            let segment = segments.first(where: { $0.id == ids.first })
        {
            return answerer.say(
                "pace of", ["name": segment.name, "length": answerer.time(segment.range.duration)])
        }
        let each = draft.duration.milliseconds / Int64(max(1, segments.count))
        return answerer.say(
            "pace", ["count": "\(segments.count)", "length": answerer.time(MediaTime(milliseconds: each))])
    }

    private func contains(_ reference: Reference) -> String {
        var resolver = ReferenceResolver(scene)
        let segments = draft.mainTrack?.segments ?? []
        if let ids = try? resolver.pictures(reference, kind: nil),
            let place = segments.firstIndex(where: { $0.id == ids.first })
        {
            return answerer.say("contains", ["name": segments[place].name, "place": "\(place + 1)"])
        }
        guard case .assets(let ids) = reference, let name = ids.first.flatMap({ scene.facts($0)?.name }) else {
            return status()
        }
        return answerer.say("contains not", ["name": name])
    }

    /// Whether the film has the shape that a platform shows best and is no longer than it takes.
    private func fits(_ name: String) -> String {
        guard let preset = PlatformPreset.named(name) else { return answerer.say("kinds platforms") }
        func text(_ size: PixelSize) -> String { "\(size.width)×\(size.height)" }
        let (canvas, wanted) = (draft.film.canvas, preset.canvas)
        var blanks = [
            "preset": answerer.name(name), "canvas": text(canvas), "wanted": text(wanted),
            "length": answerer.time(draft.duration),
        ]
        let suits = preset.canvases.contains { canvas.width * $0.height == canvas.height * $0.width }
        guard suits else { return answerer.say("fits not canvas", blanks) }
        if let longest = preset.longest, draft.duration > longest {
            blanks["most"] = answerer.time(longest)
            return answerer.say("fits not length", blanks)
        }
        return answerer.say("fits", blanks)
    }

    private func kinds(_ subject: String) -> String {
        let names: [String]
        switch subject {
        case "transitions": names = TransitionCatalog.entries.filter(\.isFavourite).map(\.name.rawValue)
        case "looks": names = Grade.Look.allCases.filter { $0 != .none }.map(\.rawValue)
        case "motion": names = Motion.Kind.allCases.filter { $0 != .none }.map(\.rawValue)
        case "platforms":
            return answerer.say(
                "kinds platforms",
                ["names": PlatformPreset.all.map(\.title).joined(separator: answerer.say("list comma"))])
        default: return answerer.say("kinds \(subject)")
        }
        return answerer.say(
            "kinds \(subject)", ["names": names.map(answerer.name).joined(separator: answerer.say("list comma"))])
    }

    /// What was understood of a message that came to nothing, and what one might say instead.
    func notUnderstood(_ understanding: Understanding, of message: String) -> [String] {
        if namesFilesAlone(message) {
            return [
                answerer.say("files here", ["names": answerer.short(message)]),
                scene.hasFilm ? answerer.suggestion(for: draft, in: context) : answerer.say("suggest first"),
            ]
        }
        let what = understanding.unknown.prefix(4).joined(separator: language == "zh" || language == "ja" ? "" : " ")
        var lines = [
            what.isEmpty
                ? answerer.say("not understood") : answerer.say("not understood words", ["words": answerer.short(what)])
        ]
        // Hardly a word was known: it may be another language.
        let count = message.prefix(600).split(whereSeparator: \.isWhitespace).count
        if understanding.unknown.count > 2, understanding.unknown.count * 5 >= count * 3 {
            lines.append(answerer.say("languages"))
        } else if scene.hasFilm {
            lines.append(answerer.suggestion(for: draft, in: context))
        } else {
            lines.append(answerer.say(scene.media.isEmpty ? "needs media" : "suggest first"))
        }
        return lines
    }

    /// Whether nothing stands in the message but names of files that are here, as when files are sent without a word.
    private func namesFilesAlone(_ message: String) -> Bool {
        var rest = message
        var isNamed = false
        for name in scene.media.map(\.name).sorted(by: { $0.count > $1.count }) {
            guard let range = rest.firstRange(of: name) else { continue }
            rest.replaceSubrange(range, with: " ")
            isNamed = true
        }
        return isNamed && rest.allSatisfy { $0.isWhitespace || $0.isPunctuation }
    }
}
