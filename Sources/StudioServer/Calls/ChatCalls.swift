// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let run = Body.json(RunRequest.schema, most: RunRequest.mostBytes)
    private static let refused: [WireFailure.Kind] = [
        .noSuchSession, .badRequest, .wrongType, .tooLarge, .tooMany, .outOfCredits, .conflict, .noRoom, .unreachable,
    ]

    /// What is said.
    static let ofChat: [Call] = [
        Call(
            .post, "/run_sse", "runStreaming", .chat,
            "One turn of the conversation, as a stream of events; it goes on when the client leaves", access: .session,
            body: run, reply: .media(["text/event-stream"]), refusals: refused
        ) { try await $0.runStreaming($1) },
        Call(
            .post, "/run", "run", .chat, "One turn of the conversation, as a list of events", access: .session,
            form: .detail, body: run, reply: .json(.list(.component("Event"))), refusals: refused + [.unprocessable]
        ) { try await $0.run($1) },
    ]
}

extension StudioService {
    /// What is wrong before the turn has its place is told in the envelope; from there on in the stream.
    func runStreaming(_ asking: Asking) async throws -> HTTPResponse {
        let run = try RunRequest(asking.body)
        let turn = try await begin(run, asking)
        return events(of: turn, streams: run.streams, asking.request.id, clock)
    }

    func run(_ asking: Asking) async throws -> HTTPResponse {
        let turn = try await begin(try RunRequest(asking.body), asking)
        let done: TurnDone
        do {
            done = try await turn.done
        } catch {
            failed(error, asking.request.id)
            throw WireFailure(.ours, Self.notCarriedOut(error))
        }
        return .json(.array((ADKEvent.edits(done) + [.answer(done.turn)]).map(\.json)))
    }

    private func begin(_ run: RunRequest, _ asking: Asking) async throws -> Studio.TurnUnderWay {
        let (account, id) = try asking.project(named: run.sessionID, ofAgentUser: run.userID)
        let taken = try await take(run.attachments, into: id, of: account)
        let isSilent = !run.message.contains { !$0.isWhitespace }
        let message = isSilent ? taken.joined(separator: ", ") : run.message
        do {
            return try await studio.say(message, in: id, of: account, noting: run.stateDelta)
        } catch let error as StudioError {
            guard case .outOfCredits = error else { throw error }
            var failure = WireFailure(error)
            failure.data = .object((failure.data.object ?? [:]).merging(pages(account, asking)) { own, _ in own })
            throw failure
        }
    }

    /// Takes in what comes with a message, and gives its names. Where one is not taken, the message is not carried out:
    /// the others are there when it is sent again.
    private func take(
        _ attachments: [RunRequest.Attachment], into id: ProjectID, of account: AccountID
    ) async throws -> [String] {
        guard !attachments.isEmpty else { return [] }
        let batch = try await studio.beginUpload(into: id, of: account)
        for attachment in attachments {
            switch attachment {
            case .bytes(let name, let bytes):
                try await batch.begin(named: name)
                try await batch.write(bytes)
                try await batch.end()
            case .link(let link): try await fetch([link], into: batch)
            }
        }
        return try accepted(try await batch.finish())
    }

    private static func notCarriedOut(_ error: any Error) -> String {
        "The message could not be carried out: \(error)"
    }

    private func events(
        of turn: Studio.TurnUnderWay, streams: Bool, _ requestID: String, _ clock: some Clock<Duration>
    ) -> HTTPResponse {
        let failed = failed
        return .events(heartbeat: heartbeat, clock: clock) { stream in
            let done: TurnDone
            do {
                done = try await turn.done
            } catch {
                failed(error, requestID)
                let message: JSONValue = ["error": .string(Self.notCarriedOut(error))]
                return try await stream.send(message.text())
            }
            for event in ADKEvent.edits(done) { try await stream.send(event.json.text()) }
            if streams {
                for (index, fragment) in Self.fragments(of: done.turn.answer).enumerated() {
                    try await stream.send(ADKEvent.fragment(fragment, number: index + 1, of: done.turn).json.text())
                }
            }
            try await stream.send(ADKEvent.answer(done.turn).json.text())
        }
    }

    /// The answer line by line, line ends with the line before.
    static func fragments(of text: String) -> [String] {
        var fragments: [String] = []
        var rest = text[...]
        while let end = rest.firstIndex(where: \.isNewline) {
            fragments.append(String(rest[...end]))
            rest = rest[rest.index(after: end)...]
        }
        if !rest.isEmpty { fragments.append(String(rest)) }
        return fragments
    }
}

extension Asking {
    /// The project that an agent's client means. Its users are labels of its own; only what looks like the id of an
    /// account has to be the asker's.
    func project(
        named name: String, ofAgentUser user: String?
    ) throws(WireFailure) -> (account: AccountID, id: ProjectID) {
        let isAccount = user?.hasPrefix("usr_") ?? false
        return try project(named: name, user: isAccount ? user ?? "me" : "me")
    }
}
