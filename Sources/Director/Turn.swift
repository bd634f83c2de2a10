// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// One message on its way to an answer.
struct Turn {
    private let message: String
    private let conversation: Director.Conversation
    private let languages: Languages
    private let language: String
    /// What stands behind the language in the tag of the answer: `-Hant`, or nothing.
    private let script: String
    private let answerer: Answerer
    private var memory: Memory

    init(_ message: String, _ conversation: Director.Conversation, _ languages: Languages) {
        self.message = message
        self.conversation = conversation
        self.languages = languages
        language = languages.language(of: message, session: conversation.language)
        let isOther = languages.pack(language)?.isInOtherScript(message, tag: conversation.language) ?? false
        script = isOther ? Languages.otherScript : ""
        answerer = languages.answerer(language + script)
        memory = conversation.memory
    }

    private func scene(_ draft: Draft) -> Scene {
        Scene(draft: draft, media: conversation.context.media, memory: conversation.memory)
    }

    private func understand(_ message: String, _ scene: Scene) -> Understanding {
        guard let reader = languages.reader(language) else { return Understanding() }
        let names = MediaNames(
            scene.media, variants: languages.pack(language)?.variants ?? [:],
            clitics: languages.pack(language)?.clitics ?? Clitics())
        return Understanding.of(reader.read(message, media: names, language: language), in: scene)
    }

    private func answer(_ action: Director.Action, _ lines: [String]) -> Director.Answer {
        Director.Answer(
            action: action, reply: lines.filter { !$0.isEmpty }.joined(separator: "\n"), language: language + script,
            memory: memory)
    }

    mutating func answer() -> Director.Answer {
        if languages.isForeign(message, media: conversation.context.media) {
            return answer(.nothing, [answerer.say("languages")])
        }
        let scene = scene(conversation.draft)
        var understanding = understand(message, scene)
        let limit = understanding.wishes.compactMap { $0.name == "size-limit" ? $0["bytes"]?.integer : nil }.last
        understanding.wishes.removeAll { $0.name == "size-limit" }
        if let limit { memory.sizeLimit = limit }
        if let topic = understanding.topic { memory.topic = topic }
        // `undo, undo`
        let steps = understanding.speeches.compactMap { if case .undo(let count) = $0 { count } else { nil } }
        let back = understanding.speeches.compactMap { if case .redo(let count) = $0 { count } else { nil } }
        if steps.count + back.count > 1, steps.count + back.count == understanding.speeches.count {
            // `undo two steps, then redo one` is one step back.
            let net = min(steps.reduce(0, +), 1000) - min(back.reduce(0, +), 1000)
            understanding.speeches = [net >= 0 ? .undo(max(1, net)) : .redo(-net)]
        }
        for speech in understanding.speeches {
            if let answer = answerHistory(speech, understanding) { return answer }
        }
        if let named = nameVersion(understanding) { return named }
        if let completed = completed(understanding, scene) { return completed }
        if let amended = amend(understanding) { return amended }
        if let again = repeated(understanding, scene) { return again }
        if understanding.wishes.isEmpty, !understanding.asksForFilm || !hasMaterial {
            return answerWithoutEdit(understanding, scene)
        }
        return edit(understanding, scene)
    }

    private var hasMaterial: Bool {
        conversation.context.media.contains { $0.kind == .image || $0.kind == .video || $0.kind == .text }
    }

    // MARK: Edits

    private mutating func edit(_ understanding: Understanding, _ scene: Scene) -> Director.Answer {
        if !scene.hasFilm, !hasMaterial, !understanding.has("captions"), !understanding.has("type-film"),
            !understanding.has("add-text")
        {
            return answer(.nothing, [answerer.say("needs media")])
        }
        // `delete all photos`, where there is no film to take them out of.
        let isOnlyRemoval = understanding.wishes.allSatisfy {
            $0.name == "remove" && $0.target == .pictures(.all, kind: nil)
        }
        if !scene.hasFilm, !understanding.asksForFilm, isOnlyRemoval, !understanding.wishes.isEmpty {
            return answer(.nothing, [answerer.say("needs film")])
        }
        let plan = EditPlan(understanding, scene, conversation.context)
        let isNew = understanding.asksForFilm || !scene.hasFilm
        var lines: [String] = []
        guard !plan.calls.isEmpty, plan.draft != conversation.draft || plan.calls.contains(where: \.isOfHistory) else {
            lines = Self.once(plan.obstacles.map(answerer.line))
            lines += understanding.missing.map { answerer.say("no such picture", ["words": answerer.short($0)]) }
            if lines.isEmpty { lines = [answerer.say("already so")] }
            if let question = plan.obstacles.compactMap(\.question).first { memory.question = question }
            return answer(.nothing, Array(lines.prefix(3)) + [answerer.say("nothing changed")])
        }
        let changes = plan.draft.changes(from: conversation.draft, media: conversation.context.media)
        lines = isNew ? answerer.created(plan.draft, plan.notes) : answerer.lines(changes) + answerer.notes(plan.notes)
        lines = Array(lines.prefix(5))
        // What the line about a new film does not tell.
        if let first = plan.laidOut {
            lines += plan.draft.changes(from: first).filter { Self.extras.contains($0.subject) }.map(answerer.line)
                .filter { !$0.isEmpty }.prefix(Answerer.mostChanges)
        }
        lines += Self.once(plan.obstacles.map(answerer.line)).prefix(2)
        lines += understanding.leftOver.prefix(1).map { answerer.say("left undone", ["words": answerer.short($0)]) }
        lines += understanding.needs.prefix(1).map { answerer.say("needs \($0)") }
        lines += understanding.missing.prefix(1).map { answerer.say("no such picture", ["words": answerer.short($0)]) }
        for speech in understanding.speeches.prefix(1) {
            if case .impossible(let what) = speech { lines.append(answerer.say("cannot.\(what)")) }
            if case .draw = speech { lines.append(answerer.say("draw alone")) }
        }
        if let limit = memory.sizeLimit, limit != conversation.memory.sizeLimit { lines.append(sizeLine(limit)) }
        if isNew { lines.append(answerer.suggestion(for: plan.draft, in: conversation.context)) }
        memory.segments = plan.spokenOf.isEmpty ? memory.segments : plan.spokenOf
        if lines.isEmpty { lines = [answerer.say("done")] }
        let texts = changes.contains { [.textAdded, .textChanged, .textStyle, .textMoved].contains($0.subject) }
        if texts { memory.texts = newTexts(plan.draft) }
        memory.lastMessage = message
        memory.question = nil
        memory.steppedBack = nil
        let outcome = EditOutcome(draft: plan.draft, notes: plan.notes, changes: changes)
        return answer(.edit(plan.calls, outcome), lines)
    }

    /// Changes on top of a new film that are no part of what is said of it.
    private static let extras: Set<EditChange.Subject> = [
        .removed, .replaced, .trim, .speed, .reverse, .turn, .crop, .focus, .adjustment, .opacity, .background, .fadeIn,
        .fadeOut, .filmTitle, .clipVolume, .clipSound, .musicStart, .musicFades, .effects, .overlayAdded,
    ]

    /// Each line once, in their order.
    private static func once(_ lines: [String]) -> [String] {
        var seen: Set<String> = []
        return lines.filter { seen.insert($0).inserted }
    }

    private func sizeLine(_ bytes: Int64) -> String {
        answerer.say("size limit", ["size": "\(bytes / 1_000_000) MB"])
    }

    /// Texts that this turn put in or changed.
    private func newTexts(_ draft: Draft) -> [String] {
        let before = Dictionary(
            conversation.draft.tracks.flatMap(\.segments).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        return draft.tracks.filter { $0.kind == .text }.flatMap(\.segments).filter { segment in
            before[segment.id]?.content != segment.content
        }.map(\.id)
    }

    /// `No, the other one`: the last wish again, with another picture.
    private mutating func amend(_ understanding: Understanding) -> Director.Answer? {
        guard
            case .correction(let reference)? = understanding.speeches.first(where: {
                if case .correction = $0 { true } else { false }
            }),
            let previous = conversation.previous, !memory.lastMessage.isEmpty
        else { return nil }
        var scene = scene(previous)
        scene.memory.segments = conversation.memory.segments
        var again = understand(memory.lastMessage, scene)
        guard let index = again.wishes.firstIndex(where: { if case .pictures? = $0.target { true } else { false } }),
            case .pictures(_, let kind)? = again.wishes[index].target
        else { return nil }
        again.wishes[index].target = .pictures(reference, kind: kind)
        let plan = EditPlan(again, scene, conversation.context)
        guard !plan.calls.isEmpty, plan.draft != conversation.draft else {
            return answer(.nothing, plan.obstacles.map(answerer.line) + [answerer.say("nothing changed")])
        }
        memory.segments = plan.spokenOf
        let changes = plan.draft.changes(from: conversation.draft, media: conversation.context.media)
        return answer(
            .amend(plan.calls, EditOutcome(draft: plan.draft, notes: plan.notes, changes: changes)),
            answerer.lines(changes))
    }

    /// `The first one too`: the last wish again, for another picture as well.
    private mutating func repeated(_ understanding: Understanding, _ scene: Scene) -> Director.Answer? {
        guard understanding.wishes.isEmpty, !memory.lastMessage.isEmpty else { return nil }
        if understanding.speeches.contains(.more) {
            let last = memory.lastMessage
            var again = understand(last, scene)
            again.asksForFilm = false
            again.wishes.removeAll { !$0.isRelative }
            guard !again.wishes.isEmpty else { return nil }
            let answer = edit(again, scene)
            memory.lastMessage = last
            return answer
        }
        for case .same(let reference) in understanding.speeches {
            let last = memory.lastMessage
            var again = understand(last, scene)
            again.asksForFilm = false
            again.wishes = again.wishes.compactMap { wish in
                guard case .pictures(_, let kind)? = wish.target else { return nil }
                var wish = wish
                wish.target = .pictures(reference, kind: kind)
                return wish
            }
            guard !again.wishes.isEmpty else { return nil }
            let answer = edit(again, scene)
            memory.lastMessage = last
            return answer
        }
        return nil
    }

    // MARK: History

    private mutating func answerHistory(_ speech: Understanding.Speech, _ understanding: Understanding) -> Director
        .Answer?
    {
        switch speech {
        case .undo(let count):
            memory.steppedBack = true
            return answer(.undo(count), [])
        case .redo(let count): return answer(.redo(count), [])
        case .bringBack where memory.steppedBack == true: return answer(.redo(1), [])
        case .bringBack:
            memory.steppedBack = true
            return answer(.undo(1), [])
        case .restart where understanding.wishes.isEmpty && !understanding.asksForFilm: return answer(.restart, [])
        case .goBack(let name, let revision): return answer(.goBack(name: name, revision: revision), [])
        default: return nil
        }
    }

    /// `Our Summer`, after "What should it say?": the words that were asked for.
    private mutating func completed(_ understanding: Understanding, _ scene: Scene) -> Director.Answer? {
        guard conversation.memory.question == Self.words else { return nil }
        memory.question = nil
        let words = message.trimmed
        let isShort = words.count <= 80 && !words.contains("?") && !words.contains("？")
        let isWish =
            understanding.wishes.contains { $0.name != "add-text" } || !understanding.speeches.isEmpty
            || understanding.asksForFilm
        guard isShort, !words.isEmpty, !isWish, !understanding.has("add-text"), understanding.needs.isEmpty,
            scene.hasFilm
        else { return nil }
        var completed = Understanding()
        completed.add(Wish("add-text", ["text": .string(words), "role": "title"]), topic: .texts)
        return edit(completed, scene)
    }

    /// The question which words a text is to show.
    private static let words = "words"

    /// Names of versions that are remembered.
    private static let mostVersions = 100

    private mutating func nameVersion(_ understanding: Understanding) -> Director.Answer? {
        guard understanding.wishes.count == 1, let wish = understanding.wishes.first, wish.name == "name-version",
            let name = wish["name"]?.string
        else { return nil }
        memory.versions = ((memory.versions ?? []).filter { $0 != name } + [name]).suffix(Self.mostVersions)
        return answer(.nameVersion(name), [answerer.say("version named", ["name": name])])
    }

    // MARK: Answers that change nothing

    private mutating func answerWithoutEdit(_ understanding: Understanding, _ scene: Scene) -> Director.Answer {
        let talker = Talker(answerer, scene, language, conversation)
        var lines: [String] = []
        var action = Director.Action.nothing
        for speech in understanding.speeches {
            switch speech {
            case .export:
                action = scene.hasFilm ? .export : .nothing
                lines.append(talker.export())
            case .balance: action = .balance
            case .draw(let words, let place):
                action = .draw(Director.PictureWish(description: words, place: place))
                lines += [answerer.say("cannot.generate-picture"), answerer.say("needs pictures")]
            default: lines.append(talker.answer(speech))
            }
        }
        lines += understanding.needs.prefix(2).map { answerer.say("needs \($0)") }
        if understanding.needs.contains(Self.words) { memory.question = Self.words }
        lines += understanding.missing.prefix(2).map { answerer.say("no such picture", ["words": answerer.short($0)]) }
        if let limit = memory.sizeLimit, limit != conversation.memory.sizeLimit { lines.append(sizeLine(limit)) }
        lines.removeAll(where: \.isEmpty)
        if lines.isEmpty, understanding.asksForFilm { lines = [answerer.say("needs media")] }
        if lines.isEmpty, action == .nothing { lines = talker.notUnderstood(understanding, of: message) }
        return answer(action, lines)
    }
}

extension OperationCall {
    var isOfHistory: Bool { declaration?.isOfHistory ?? false }
}

extension EditPlan.Obstacle {
    /// What the person was asked, where the answer to an obstacle is a question.
    var question: String? {
        if case .reference(.nothingMeant, let wish) = self { return wish }
        return nil
    }
}
