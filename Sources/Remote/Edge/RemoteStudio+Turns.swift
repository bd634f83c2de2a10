// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
package import Wording

/// What came of something that was said.
package struct RemoteTurn: Hashable, Sendable {
    /// The server's answer without what was meant for a screen; may be empty.
    package var text: String
    /// What the server meant by talk of buttons and panels.
    package var calls: [ScreenTalk.Call] = []
    /// What is different in the film; looked up only where the server said nothing of use.
    package var changes: [Wording] = []
    /// The film afterwards, where it was looked up.
    package var timeline: RemoteTimeline?
    /// Whether the stream broke off before its end.
    package var brokeOff = false
}

extension RemoteStudio {
    /// Says something in a session and waits for what comes of it.
    ///
    /// A stream that breaks off, or ends without words, is made up for by asking the state until something has changed.
    package func say(_ message: String, in note: SessionNote) async throws -> RemoteTurn {
        guard message.contains(where: { !$0.isWhitespace }) else { throw RemoteFault.emptyMessage }
        let before = try await state(of: note)
        var (reader, brokeOff) = try await whileTelling { try await self.run(message, note) }
        if let failure = reader.failure { throw RemoteFault.turnFailed(failure) }
        var talk = ScreenTalk(reader.text)
        var turn = RemoteTurn(text: talk.shown, calls: talk.calls, brokeOff: brokeOff && !reader.hasWholeText)

        // A thing that the person would do by hand is said instead, once.
        let edits = talk.calls.compactMap { if case .edit(let words) = $0 { words } else { nil } }
        if !edits.isEmpty {
            let wish =
                "There is no screen here: please do this yourself, for me, and tell me what changed. "
                + edits.joined(separator: " ")
            (reader, brokeOff) = try await whileTelling { try await self.run(wish, note) }
            talk = ScreenTalk(reader.text)
            turn.text = [turn.text, talk.shown].filter { !$0.isEmpty }.joined(separator: "\n\n")
            turn.calls = (turn.calls + talk.calls).filter { if case .edit = $0 { false } else { true } }
        }
        if turn.text.isEmpty || turn.brokeOff {
            tell(.lookingUp)
            let after = try await settled(
                note, before, looks: turn.brokeOff ? pace.looksAfterCut : pace.looksAfterSilence)
            turn.changes = after.timeline.changes(from: before.timeline)
            turn.timeline = after.timeline
        } else if turn.calls.contains(.status) {
            turn.timeline = try await state(of: note).timeline
        }
        return turn
    }

    /// The stream of one turn, read to its end; whether it broke off.
    private func run(_ message: String, _ note: SessionNote) async throws -> (TurnReader, Bool) {
        let body: JSONValue = [
            "app_name": "nemo_agent", "user_id": "me", "session_id": .string(note.session),
            "new_message": ["role": "user", "parts": [["text": .string(message)]]],
        ]
        let answer = try await begin {
            var request = self.request(.post, "/run_sse", json: body)
            request.headers["Accept"] = "text/event-stream, application/json"
            request.times = .init(connect: .seconds(10), idle: self.pace.silence, total: .seconds(16 * 60))
            return request
        }
        var reader = TurnReader()
        switch answer {
        case .json(let json):
            // All events at once.
            for event in json.array ?? [json] { reader.take(event) }
            return (reader, false)
        case .stream(let response):
            do {
                for try await event in response.body.events(limit: 4 << 20) {
                    if event.data == "[DONE]" { break }
                    reader.take(event.data)
                    if reader.failure != nil { break }
                }
                return (reader, false)
            } catch let error as HTTPClientError {
                guard error.mayPass else { throw RemoteFault.unreachable(server: server, reason: error.message) }
                return (reader, true)
            } catch is ServerSentEventParser.TooLong {
                return (reader, true)
            }
        }
    }

    /// The state when it has changed and then stays as it is, or after so many looks.
    private func settled(_ note: SessionNote, _ before: State, looks: Int) async throws -> State {
        var last = before
        var pause = pace.firstPause
        for look in 1...max(1, looks) {
            let now: State
            do {
                now = try await state(of: note)
            } catch let fault as RemoteFault {
                // The server may be starting again; a turn outlives that.
                guard case .unreachable = fault, look < looks else { throw fault }
                try await pace.sleep(pause)
                pause = min(pause * 2, pace.longestPause)
                continue
            }
            let hasChanged = now.draft != before.draft || now.files != before.files || now.revision != before.revision
            if hasChanged, now == last { return now }
            last = now
            if look < looks { try await pace.sleep(pause) }
            pause = min(pause * 2, pace.longestPause)
        }
        return last
    }

    /// Does something, and tells every now and then that it goes on.
    func whileTelling<Value: Sendable>(_ work: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let pace = pace
        let ticker = Task {
            var minutes = 0.0
            while !Task.isCancelled {
                try await pace.sleep(pace.word)
                try Task.checkCancellation()
                minutes += pace.word / .seconds(60)
                self.tell(.stillWorking(minutes: Int(minutes.rounded())))
            }
        }
        defer { ticker.cancel() }
        return try await work()
    }
}
