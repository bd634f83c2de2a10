// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import FilmWork
import Foundation
import HTTPWire
import JSON
import KinoraKit
import Studio
import Synchronization
import TestMedia
import Testing

@testable import StudioServer

/// A server on a free port over a folder of its own.
struct TestServer {
    let folder: URL
    let data: DataFolder
    let studio: Studio
    let server: HTTPServer
    let failures = Failures()

    /// What the service told of its own faults.
    final class Failures: Sendable {
        let told = Mutex<[String]>([])
    }

    init(
        in folder: URL? = nil, responder: any Responder = Namer(), limits: StudioLimits = StudioLimits(),
        allowing origins: [String] = [], clock: any Clock<Duration> = ContinuousClock(),
        links: LinkedFiles = LinkedFiles(), terms: ServiceTerms? = nil, surroundings: Surroundings = .system,
        exports: (any ExportUseCases)? = nil, previews: (any PreviewUseCases)? = nil
    ) throws {
        self.folder = try folder ?? TestMedia.scratchFolder().appendingPathComponent("data")
        let kit = try FilmKit(cache: FilmKit.throwawayCache(), jobs: 2)
        data = try DataFolder(path: self.folder.path)
        studio = Studio(
            Studio.Stores(data, surroundings),
            examiner: KitExaminer(kit, threads: WorkThreads("examine", atOnce: 2)), responder: responder,
            surroundings: surroundings, limits: limits, terms: terms)
        let failures = failures
        server = try StudioService(
            studio, exports: exports, previews: previews, signer: LinkSigner(key: try data.secret(named: "links")),
            policy: AccessPolicy(boundTo: "127.0.0.1", allowing: origins), version: "1.2.3",
            heartbeat: .seconds(10), clock: clock, linkedFiles: links,
            failed: { error, _ in failures.told.withLock { $0.append("\(error)") } }
        ).start(.tcp(host: "127.0.0.1", port: 0))
    }

    func call(
        _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) async throws -> WireClient.Reply {
        try await WireClient.call(server.port, method, path, headers, body)
    }

    func call(_ method: String, _ path: String, _ headers: [String: String] = [:], json: JSONValue) async throws
        -> WireClient.Reply
    {
        try await call(
            method, path, headers.merging(["Content-Type": "application/json"]) { a, _ in a }, Array(json.text().utf8))
    }

    static let skill = ["X-Skill-Source": "tests", "X-Skill-Version": "1.0.0", "X-Skill-Platform": "unknown"]

    /// The header of a new client of a service for others.
    func hostedClient(_ name: String) async throws -> [String: String] {
        let reply = try await call("POST", "/api/auth/anonymous-token", ["X-Client-Id": name])
        return ["Authorization": "Bearer \(try #require(try reply.data["token"]?.string))"]
    }

    /// A new session of that client.
    func session(_ headers: [String: String]) async throws -> String {
        let reply = try await call("POST", "/api/tasks/me/with-session/nemo_agent", headers, json: [:])
        return try #require(try reply.data["session_id"]?.string)
    }

    /// A new session's id.
    func session(language: String = "en") async throws -> String {
        let reply = try await call(
            "POST", "/api/tasks/me/with-session/nemo_agent", json: ["task_name": "case", "language": .string(language)])
        return try #require(try reply.data["session_id"]?.string)
    }

    func upload(_ session: String, _ files: [(name: String, bytes: [UInt8])]) async throws -> WireClient.Reply {
        var body: [UInt8] = []
        for file in files {
            body += Array(
                ("--xYzZY\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(file.name)\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n").utf8)
            body += file.bytes + [13, 10]
        }
        body += Array("--xYzZY--\r\n".utf8)
        return try await call(
            "POST", "/api/upload-video/nemo_agent/me/\(session)",
            ["Content-Type": "multipart/form-data; boundary=xYzZY"],
            body)
    }

    func say(
        _ text: String, in session: String, _ headers: [String: String] = [:], more: [String: JSONValue] = [:]
    ) async throws -> WireClient.Reply {
        try await call(
            "POST", "/run_sse", headers.merging(["Accept": "text/event-stream"]) { a, _ in a },
            json: Self.run(text, session, more))
    }

    static func run(_ text: String, _ session: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        var body: [String: JSONValue] = [
            "app_name": "nemo_agent", "user_id": "me", "session_id": .string(session),
            "new_message": ["parts": [["text": .string(text)]]],
        ]
        body.merge(more) { _, own in own }
        return .object(body)
    }

    func state(_ session: String) async throws -> JSONValue {
        try await call("GET", "/api/state/nemo_agent/me/\(session)/latest").data
    }

    func stop() async {
        await server.stop(grace: .seconds(1))
        await studio.finish()
        data.release()
    }
}

/// Names the film after the message. Waits at its gate, where it has one.
struct Namer: Responder {
    var gate: Gate?
    struct Failed: Error {}

    func answer(_ message: String, in project: Project) async throws -> Answer {
        await gate?.pass()
        if message == "fail" { throw Failed() }
        if message.hasPrefix("what") { return Answer(history: project.history, memory: project.memory, text: "words") }
        return try named(message, project)
    }
}

/// Lets through as many as it was told to.
actor Gate {
    private var open = 0
    private var arrived = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var watching: [(count: Int, CheckedContinuation<Void, Never>)] = []

    func pass() async {
        arrived += 1
        for watcher in watching where watcher.count <= arrived { watcher.1.resume() }
        watching.removeAll { $0.count <= arrived }
        if open > 0 { open -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    func letThrough(_ count: Int = 1) {
        for _ in 0..<count {
            if waiting.isEmpty { open += 1 } else { waiting.removeFirst().resume() }
        }
    }

    /// Returns when so many have come to the gate.
    func arrivals(_ count: Int) async {
        if arrived < count { await withCheckedContinuation { watching.append((count, $0)) } }
    }
}

/// A clock that goes on only when it is told to.
final class ManualClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (a: Instant, b: Instant) -> Bool { a.offset < b.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var nextName = 0
        var sleepers: [Int: (until: Instant, CheckedContinuation<Void, any Error>)] = [:]
        var watchers: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    var now: Instant { state.withLock { $0.now } }
    let minimumResolution = Duration.zero

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let name = state.withLock { state in
            state.nextName += 1
            return state.nextName
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let watchers = state.withLock { state in
                    state.sleepers[name] = (deadline, continuation)
                    defer { state.watchers = [] }
                    return state.watchers
                }
                for watcher in watchers { watcher.resume() }
                if Task.isCancelled { wake(name) }
            }
        } onCancel: {
            wake(name)
        }
    }

    private func wake(_ name: Int) {
        state.withLock { $0.sleepers.removeValue(forKey: name) }?.1.resume(throwing: CancellationError())
    }

    /// Returns when somebody sleeps.
    func sleeper() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.sleepers.isEmpty { state.watchers.append(continuation) }
                return !state.sleepers.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }

    func advance(by duration: Duration) {
        let due = state.withLock { state in
            state.now = state.now.advanced(by: duration)
            let due = state.sleepers.filter { $0.value.until <= state.now }
            for name in due.keys { state.sleepers[name] = nil }
            return due.values.map(\.1)
        }
        for sleeper in due { sleeper.resume() }
    }
}

enum SampleFile {
    static func photo(_ color: String = "orange") throws -> [UInt8] {
        [UInt8](
            try Data(
                contentsOf: TestMedia.ffmpeg(
                    "photo.jpg", ["-f", "lavfi", "-i", "color=\(color):size=320x240", "-frames:v", "1"])))
    }

    static func clip() throws -> [UInt8] {
        [UInt8](
            try Data(
                contentsOf: TestMedia.ffmpeg(
                    "clip.mp4",
                    ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-preset", "ultrafast"])))
    }
}

/// An edit that names the film after the message; its answer has two lines.
func named(_ message: String, _ project: Project) throws -> Answer {
    var history = project.history
    _ = try history.apply([OperationCall("title-name", ["title": .string(message)])], in: EditContext())
    return Answer(history: history, memory: project.memory, text: "named \(message)\nnow")
}
