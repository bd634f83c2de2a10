// SPDX-License-Identifier: GPL-3.0-or-later

/// Sends the events of a stream to one client.
public struct EventStreamWriter: Sendable {
    let body: HTTPBodyWriter

    public init(_ body: HTTPBodyWriter) { self.body = body }

    public func send(_ event: ServerSentEvent) async throws { try await body.write(event.bytes) }

    /// An event of data alone.
    public func send(_ data: String) async throws { try await send(ServerSentEvent(data: data)) }

    /// A comment.
    public func comment(_ text: String) async throws { try await body.write(ServerSentEvent.comment(text)) }
}

extension HTTPResponse {
    /// A stream of server-sent events. It ends when `send` returns; until then a comment goes out each time `heartbeat` has
    /// passed, so that a client and what lies between know it is alive. When the client leaves, `send` is cancelled.
    public static func events<C: Clock<Duration>>(
        heartbeat: Duration = .seconds(15), clock: C = ContinuousClock(),
        _ send: @escaping @Sendable (EventStreamWriter) async throws -> Void
    ) -> HTTPResponse {
        let body = Body.stream(length: nil) { body in
            let writer = EventStreamWriter(body)
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await send(writer)
                    return true
                }
                group.addTask {
                    while true {
                        try await clock.sleep(for: heartbeat)
                        try await writer.comment("heartbeat")
                    }
                }
                // Both end by throwing or the events are over; whichever comes first ends the other.
                defer { group.cancelAll() }
                _ = try await group.next()
            }
        }
        return HTTPResponse(
            headers: [
                "Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-store",
                // Tells nginx not to hold events back.
                "X-Accel-Buffering": "no",
            ], body: body)
    }
}
