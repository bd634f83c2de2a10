// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Studio

extension StudioService {
    /// `POST /run_sse`: one turn. What is wrong before the turn has its place is told in the envelope; from there on in
    /// the stream. The turn goes on when the client leaves.
    func run(_ request: HTTPRequest) async throws -> HTTPResponse {
        let account = try await account(of: request)
        let run = try RunRequest(try await json(request, upTo: studio.limits.messageBytes * 6 + (64 << 10)))
        guard run.userID.map({ ["me", "", account.rawValue].contains($0) }) ?? true, let id = ProjectID(run.sessionID)
        else { throw WireFailure.noSuchSession }
        let turn = try await studio.say(run.message, in: id, of: account)
        return events(of: turn, streams: run.streams, request.id, clock)
    }

    private func events(
        of turn: Studio.TurnUnderWay, streams: Bool, _ requestID: String, _ clock: some Clock<Duration>
    ) -> HTTPResponse {
        let surroundings = studio.surroundings
        let failed = failed
        @Sendable func event(_ text: String) -> ADKEvent {
            ADKEvent(
                id: surroundings.randomText(12), invocationID: turn.id, timestampSeconds: surroundings.now(), text: text
            )
        }
        return .events(heartbeat: heartbeat, clock: clock) { stream in
            let done: ConversationTurn
            do {
                done = try await turn.done
            } catch {
                failed(error, requestID)
                let message: JSONValue = ["error": .string("The message could not be carried out: \(error)")]
                return try await stream.send(message.text())
            }
            if streams {
                for fragment in Self.fragments(of: done.answer) {
                    var part = event(fragment)
                    part.isPartial = true
                    try await stream.send(part.json.text())
                }
            }
            var whole = event(done.answer)
            whole.completesTurn = true
            whole.stateDelta = ["revision": .integer(Int64(done.revisionAfter))]
            try await stream.send(whole.json.text())
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
