// SPDX-License-Identifier: GPL-3.0-or-later
public import Director
import EditModel
import EditTime
public import HTTPWire
import JSON

/// A director with a language model before it: the model proposes edit operations, which pass the same checks as
/// everybody's; where it fails, stalls or talks nonsense the built-in director answers, with a word about it.
///
/// Names of files, titles and captions reach the model as data in JSON, cut short and without control characters; texts
/// of scripts do not reach it at all. Whatever it is talked into, it can do no more than edit this film, which undo
/// takes back.
public struct ModelDirector: Sendable {
    /// Answers of the model in one turn; a model that has not come to an end by then goes in circles.
    static let mostRounds = 6
    /// Calls in one turn.
    static let mostCalls = 60
    /// Malformed or refused calls in one turn before the built-in director takes over.
    static let mostMistakes = 4
    /// Turns of the conversation so far that the model is told.
    static let mostHistory = 12

    private let director: Director
    private let completions: ChatCompletions
    private let clock: any Clock<Duration>

    public init(
        _ director: Director, endpoint: ModelEndpoint, client: HTTPClient,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.director = director
        completions = ChatCompletions(endpoint: endpoint, client: client)
        self.clock = clock
    }

    /// What was said before, oldest first.
    public struct Said: Hashable, Sendable {
        public var isPerson: Bool
        public var text: String

        public init(isPerson: Bool, text: String) {
            self.isPerson = isPerson
            self.text = text
        }
    }

    /// What to do about `message`, and what to say. Never throws for what the model does; only `CancellationError`.
    public func respond(
        to message: String, in conversation: Director.Conversation, after said: [Said] = []
    ) async throws -> Director.Answer {
        let builtIn = director.respond(to: message, in: conversation)
        // Steps through the history, exports and the like are understood for sure and need no model.
        switch builtIn.action {
        case .undo, .redo, .restart, .goBack, .nameVersion, .export, .balance, .draw: return builtIn
        case .nothing, .edit, .amend: break
        }
        do {
            var turn = ModelTurn(message, conversation, said, director, language: builtIn.language)
            return try await run(&turn, builtIn: builtIn.action)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            var answer = builtIn
            answer.reply =
                director.withoutModel(reason: Self.reason(error), language: builtIn.language) + "\n" + answer.reply
            return answer
        }
    }

    private static func reason(_ error: any Error) -> String {
        if let confusion = error as? ModelTurn.Confusion { return confusion == .onlyTalk ? "talked" : "confused" }
        return (error as? ModelFailure)?.reason ?? "unreachable"
    }

    private func run(_ turn: inout ModelTurn, builtIn: Director.Action) async throws -> Director.Answer {
        let tools = OperationTable.toolDefinitions(language: nil)
        let deadline = ContinuousClock.now + .seconds(completions.endpoint.secondsPerTurn)
        for _ in 0..<Self.mostRounds {
            guard ContinuousClock.now < deadline else { throw ModelFailure.tookTooLong }
            let message = try await completions.answer(to: turn.messages, tools: tools)
            let calls = message.toolCalls
            if calls.isEmpty { return try turn.finish(saying: message.text, builtIn: builtIn) }
            try turn.take(calls, saying: message.text)
        }
        throw ModelTurn.Confusion.endless
    }
}
