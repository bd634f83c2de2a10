// SPDX-License-Identifier: GPL-3.0-or-later
import Director
import EditModel
import EditTime
import JSON

/// One turn with a model: what it is told, what its calls have made of the draft so far. Pure; the asking is
/// `ModelDirector`'s.
struct ModelTurn {
    /// Why the model is given up on.
    enum Confusion: Error, Hashable {
        case endless
        case repeating
        case tooManyMistakes
        case tooManyCalls
        /// It wrote calls as text, or nothing.
        case noCalls
        /// It said something and changed nothing, where the built-in director knows what to do.
        case onlyTalk
    }

    private(set) var messages: [JSONValue]
    private(set) var draft: Draft
    private(set) var calls: [OperationCall] = []

    private let conversation: Director.Conversation
    private let director: Director
    private let language: String
    private let message: String
    private var notes: [EditNote] = []
    private var mistakes = 0
    private var total = 0
    private var seen: [String: Int] = [:]

    init(
        _ message: String, _ conversation: Director.Conversation, _ said: [ModelDirector.Said], _ director: Director,
        language: String
    ) {
        self.message = message
        self.conversation = conversation
        self.director = director
        self.language = language
        draft = conversation.draft
        messages = [["role": "system", "content": .string(ModelPrompt.system(language: language))]]
        for turn in said.suffix(ModelDirector.mostHistory) {
            messages.append([
                "role": turn.isPerson ? "user" : "assistant", "content": .string(String(turn.text.prefix(2000))),
            ])
        }
        messages.append(["role": "system", "content": .string(ModelPrompt.facts(conversation))])
        messages.append(["role": "user", "content": .string(String(message.prefix(20_000)))])
    }

    /// Carries out a round of calls and writes their results into the conversation. Throws where the model is to be given
    /// up on.
    mutating func take(_ round: [ToolCall], saying text: String) throws(Confusion) {
        messages.append([
            "role": "assistant", "content": text.isEmpty ? .null : .string(text),
            "tool_calls": .array(
                round.map { call in
                    [
                        "id": .string(call.id), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                    ]
                }),
        ])
        for call in round {
            total += 1
            guard total <= ModelDirector.mostCalls else { throw .tooManyCalls }
            let key = "\(call.name) \(call.arguments)"
            seen[key, default: 0] += 1
            if seen[key, default: 0] > 3 { throw .repeating }
            let result = carryOut(call)
            messages.append(["role": "tool", "tool_call_id": .string(call.id), "content": .string(result.text())])
            if mistakes > ModelDirector.mostMistakes { throw .tooManyMistakes }
        }
    }

    /// What the model is told of a call: the changes it made, or why it was refused.
    private mutating func carryOut(_ call: ToolCall) -> JSONValue {
        func refused(_ why: String) -> JSONValue {
            mistakes += 1
            return ["ok": false, "error": .string(why)]
        }
        guard let arguments = try? JSONValue(parsing: call.arguments.isEmpty ? "{}" : call.arguments),
            let members = arguments.object
        else { return refused("the arguments are not a JSON object") }
        do throws(EditError) {
            let operation = try OperationCall(call.name.replacing("_", with: "-"), members)
            if operation.declaration?.group == .history {
                return refused("steps through the history are made by the person's own words, not by calls")
            }
            let outcome = try draft.applying([operation], in: conversation.context)
            draft = outcome.draft
            notes += outcome.notes
            calls.append(operation)
            return ["ok": true, "changes": .array(outcome.changes.map(\.json))]
        } catch {
            return refused(error.description)
        }
    }

    /// The model is done: its edits with our words for them; what it says itself only where it changed nothing.
    ///
    /// Whatever it claims, the person is told when nothing came of a wish.
    ///
    /// - Parameter builtIn: what the built-in director would do; it is done where the model neither calls nor asks back.
    func finish(saying text: String, builtIn: Director.Action) throws(Confusion) -> Director.Answer {
        guard draft != conversation.draft else {
            let plain = ModelSpeech.shown(text)
            // Calls written as text are a model that cannot call.
            guard plain.contains(where: \.isLetter), !Self.looksLikeCalls(text) else { throw .noCalls }
            let asks = { (words: String) in words.contains("?") || words.contains("？") }
            if case .edit = builtIn, !asks(plain) { throw .onlyTalk }
            // None of its calls went through, and it says "Done".
            if mistakes > 0, !asks(plain) { throw .tooManyMistakes }
            var memory = conversation.memory
            memory.question = nil
            var reply = plain
            if total > 0 || !asks(message), !asks(plain) {
                reply += "\n" + director.nothingChanged(language: language)
            }
            return Director.Answer(action: .nothing, reply: reply, language: language, memory: memory)
        }
        return director.answer(
            toEdit: calls, notes: notes, giving: draft, message: message, in: conversation, language: language)
    }

    private static func looksLikeCalls(_ text: String) -> Bool {
        text.contains("\"op\"") || text.contains("\"arguments\"") || text.contains("<tool_call")
            || text.contains("\"function\"") || text.contains("<function=")
    }
}
