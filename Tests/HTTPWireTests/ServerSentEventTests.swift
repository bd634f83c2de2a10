// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization
import Testing

@testable import HTTPWire

@Suite struct ServerSentEventTests {
    private func read(_ pieces: [[UInt8]]) throws -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return try pieces.flatMap { try parser.feed($0) }
    }

    static let stream =
        "\u{FEFF}data: one\n\nevent: turn\r\ndata: two\r\ndata:  lines\r\nid: 7\r\n\r\n: heartbeat\n\n"
        + "data:three\rretry: 500\r\rdata\n\ndata:\n\nid\n\nignored: x\nretry: 5x\ndata: 你好 {\"a\":1}\n\ndata: unfinished\n"
    static let wanted = [
        ServerSentEvent(data: "one"), ServerSentEvent(data: "two\n lines", event: "turn", id: "7"),
        ServerSentEvent(data: "three", id: "7", retry: 500), ServerSentEvent(data: "", id: "7"),
        ServerSentEvent(data: "", id: "7"), ServerSentEvent(data: "你好 {\"a\":1}", id: ""),
    ]

    @Test func `a stream is read however it is cut`() throws {
        let bytes = Array(Self.stream.utf8)
        #expect(try read([bytes]) == Self.wanted)
        #expect(try read(bytes.map { [$0] }) == Self.wanted)
        for cut in 0...bytes.count { #expect(try read([Array(bytes[..<cut]), Array(bytes[cut...])]) == Self.wanted) }
    }

    @Test(arguments: [
        ServerSentEvent(data: "plain"), ServerSentEvent(data: ""), ServerSentEvent(data: "a\nb\r\nc\rd\n"),
        ServerSentEvent(data: "\n\ndata: x\n\n"), ServerSentEvent(data: "你好", event: "revision", id: "12", retry: 3000),
        ServerSentEvent(data: " leading"), ServerSentEvent(data: ":colon"),
    ])
    func `what is written is read back`(event: ServerSentEvent) throws {
        var wanted = event
        wanted.data = event.data.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
        #expect(try read([event.bytes]) == [wanted])
    }

    @Test func `no text can start another event or field`() throws {
        let event = ServerSentEvent(data: "x", event: "a\ndata: y\n\n", id: "1\r\nevent: z")
        #expect(try read([event.bytes]) == [ServerSentEvent(data: "x", event: "adata: y", id: "1event: z")])
        #expect(try read([ServerSentEvent.comment("a\n\ndata: x\n\n")]).isEmpty)
    }

    @Test func `an id holds until the next, comments are counted`() throws {
        var parser = ServerSentEventParser()
        _ = try parser.feed(Array("id: 5\n\n: a\n:b\n\ndata: x\n\n".utf8))
        #expect(parser.lastID == "5" && parser.commentCount == 2)
    }

    @Test func `lines and data that are too long are refused`() throws {
        var parser = ServerSentEventParser(limit: 100)
        #expect(throws: ServerSentEventParser.TooLong(limit: 100)) {
            try parser.feed([UInt8](repeating: 0x61, count: 101))
        }
        var other = ServerSentEventParser(limit: 100)
        #expect(throws: ServerSentEventParser.TooLong(limit: 100)) {
            try other.feed(Array(String(repeating: "data: 1234567890\n", count: 20).utf8))
        }
    }

    @Test func `heartbeats come by the clock while nothing else does`() async throws {
        let clock = HandClock()
        let mayEnd = Signal()
        let handler: HTTPHandler = { _ in
            .events(heartbeat: .seconds(15), clock: clock) { events in
                try await events.send(ServerSentEvent(data: "first", id: "1"))
                await mayEnd.wait()
                try await events.send("last")
            }
        }
        try await withServer(handler: handler) { server in
            let client = try RawClient(port: server.port)
            try await client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try await client.through("data: first\n\n").hasSuffix("id: 1\ndata: first\n\n"))
            for _ in 0..<3 {
                await clock.advanceWhenAwaited(by: .seconds(15))
                #expect(try await client.through(": heartbeat\n\n").contains(": heartbeat"))
            }
            mayEnd.fire()
            #expect(try await client.through("0\r\n\r\n").contains("data: last\n\n"))
        }
    }
}

/// A clock that goes when it is told to.
final class HandClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private struct State: Sendable {
        var now = Instant(offset: .zero)
        var sleeper: (until: Instant, continuation: CheckedContinuation<Void, any Error>)?
        var watcher: CheckedContinuation<Void, Never>?
    }
    private let state = Mutex(State())

    var now: Instant { state.withLock { $0.now } }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watcher = state.withLock { state in
                    state.sleeper = (deadline, continuation)
                    defer { state.watcher = nil }
                    return state.watcher
                }
                watcher?.resume()
                if Task.isCancelled { wake(throwing: CancellationError()) }
            }
        } onCancel: {
            wake(throwing: CancellationError())
        }
    }

    private func wake(throwing error: any Error) {
        let sleeper = state.withLock { state in
            defer { state.sleeper = nil }
            return state.sleeper
        }
        sleeper?.continuation.resume(throwing: error)
    }

    /// Waits until somebody sleeps, then lets the time pass.
    func advanceWhenAwaited(by duration: Duration) async {
        await withCheckedContinuation { continuation in
            let isAwaited = state.withLock { state in
                if state.sleeper == nil { state.watcher = continuation }
                return state.sleeper != nil
            }
            if isAwaited { continuation.resume() }
        }
        let sleeper = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            state.now = state.now.advanced(by: duration)
            guard let sleeper = state.sleeper, sleeper.until <= state.now else { return nil }
            state.sleeper = nil
            return sleeper.continuation
        }
        sleeper?.resume()
    }
}
