// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import EditTime
public import Foundation
import JSON

/// Turns what a person says into edits and an answer, in the language it was said in, without a language model.
///
/// Pure: the same message in the same conversation gives the same answer. Safe from any thread; reading the words of a
/// language takes some milliseconds the first time.
public struct Director: Sendable {
    /// What a message is said into.
    public struct Conversation: Sendable {
        public var draft: Draft
        /// The draft before the last revision, for "no, the other one"; nil where there is none.
        public var previous: Draft?
        /// Media, beats and seed.
        public var context: EditContext
        /// The session's language as a tag (`zh-CN`); a message in another one is answered in that.
        public var language: String?
        public var memory: Memory

        public init(
            draft: Draft = Draft(), previous: Draft? = nil, context: EditContext, language: String? = nil,
            memory: Memory = Memory()
        ) {
            self.draft = draft
            self.previous = previous
            self.context = context
            self.language = language
            self.memory = memory
        }
    }

    /// What is to be done about a message.
    public enum Action: Hashable, Sendable {
        case nothing
        /// Apply these as one revision; the outcome is what that gives.
        case edit([OperationCall], EditOutcome)
        /// Undo the last revision, then apply these to what was there before it.
        case amend([OperationCall], EditOutcome)
        case undo(Int)
        case redo(Int)
        case restart
        /// Back to the version of this name, or to the film as it was after so many revisions (1 = the first film).
        case goBack(name: String?, revision: Int?)
        case nameVersion(String)
        /// The person wants the finished film.
        case export
        case balance
        /// Fetch a picture that shows this from a picture model, where there is one, and put it into the film; the reply
        /// is for where there is none.
        case draw(PictureWish)
    }

    /// A picture that nobody has given.
    public struct PictureWish: Hashable, Sendable {
        /// What it is to show, as it was said.
        public var description: String
        /// 1 = to the front of the film, -1 = to its end.
        public var place: Int

        public init(description: String, place: Int = -1) {
            self.description = description
            self.place = place
        }
    }

    /// What a message came to.
    public struct Answer: Sendable {
        public var action: Action
        /// One to four short lines. For steps through the history it is empty: `told(_:from:to:)` says what came of them.
        public var reply: String
        /// ISO 639-1 code of the reply.
        public var language: String
        public var memory: Memory

        public init(action: Action, reply: String, language: String, memory: Memory) {
            self.action = action
            self.reply = reply
            self.language = language
            self.memory = memory
        }
    }

    let languages: Languages

    /// - Parameter folder: where the languages' words are; nil = the program's own.
    public init(languages folder: URL? = nil) throws {
        languages = try Languages(folder: folder ?? Languages.ownFolder)
    }

    /// What to do about `message`, and what to say.
    public func respond(to message: String, in conversation: Conversation) -> Answer {
        var turn = Turn(message, conversation, languages)
        return turn.answer()
    }

    /// What a step through the history changed, in words.
    public func told(
        _ action: Action, from before: Draft, to after: Draft, media: [MediaFacts] = [], language: String
    ) -> String {
        let answerer = languages.answerer(language)
        if before == after {
            switch action {
            case .redo: return answerer.say("nothing to redo")
            case .goBack(nil, _): return answerer.say("already so")
            case .goBack(let name, _): return answerer.say("no such version", ["name": name ?? ""])
            default: return answerer.say("nothing to undo")
            }
        }
        let key: String =
            switch action {
            case .redo: "redone"
            case .restart: "restarted"
            case .goBack: "went back"
            default: "undone"
            }
        let isEmpty = after.mainTrack?.segments.isEmpty ?? true
        if isEmpty { return answerer.say("\(key) to nothing") }
        return ([answerer.say(key)] + answerer.lines(after.changes(from: before, media: media))).joined(separator: "\n")
    }

    /// The reply of an answer that makes a film, for whoever renders it only now: `draft`, which may have been changed since,
    /// as a plan, and no suggestions of what to say next.
    public func planned(_ answer: Answer, as draft: Draft) -> String {
        guard case .edit(_, let outcome) = answer.action else { return answer.reply }
        let answerer = languages.answerer(answer.language)
        let ready = answerer.made(outcome.draft, as: "created")
        let suggestion = answerer.say("suggest", ["first": "\n"]).prefix { !$0.isNewline }
        return answer.reply.split(separator: "\n").filter { suggestion.isEmpty || !$0.hasPrefix(suggestion) }
            .map { $0 == ready ? answerer.made(draft, as: "planned") : String($0) }.joined(separator: "\n")
    }

    /// That there is no version of that name.
    public func noSuchVersion(_ name: String, language: String) -> String {
        languages.answerer(language).say("no such version", ["name": name])
    }
}

extension Director.Action {
    /// The operations that carry it out on a history, to be applied as one run; nil where there is nothing to do.
    public var calls: [OperationCall]? {
        func history(_ name: String, _ arguments: [String: JSONValue] = [:]) -> [OperationCall]? {
            (try? OperationCall(name, arguments)).map { [$0] }
        }
        switch self {
        case .nothing, .export, .balance, .draw: return nil
        case .edit(let calls, _): return calls
        case .amend(let calls, _): return history("undo").map { $0 + calls }
        case .undo(let count): return history("undo", ["count": .integer(Int64(count))])
        case .redo(let count): return history("redo", ["count": .integer(Int64(count))])
        case .restart: return history("restart")
        case .goBack(let name?, _): return history("go-back", ["version": .string(name)])
        case .goBack(nil, let revision): return history("go-back", ["revision": .integer(Int64(revision ?? 1))])
        case .nameVersion(let name): return history("name-version", ["name": .string(name)])
        }
    }
}
