// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import JSON
import Synchronization
import TestSockets

/// A server that speaks the wire and misbehaves as it is told: real sockets, a session with a draft, and for each call what
/// it is to answer instead of the usual.
final class HostileStudio: Sendable {
    typealias Request = SocketServer.Request
    typealias Step = SocketServer.Step

    /// What a call is answered with.
    enum Answer: Sendable {
        case usual
        case json(JSONValue, status: Int = 200, headers: [String: String] = [:])
        case text(String, status: Int, type: String = "text/html")
        /// Events of a turn; the draft is `then` afterwards.
        case events([String], then: JSONValue? = nil, ends: Ending = .whole)
        case steps([Step])
    }

    enum Ending: Sendable {
        case whole
        /// In the middle of an event, without the end of the transfer.
        case cut
        /// Nothing more is said until the test opens it.
        case held(DispatchSemaphore)
    }

    struct State: Sendable {
        var script: [String: [Answer]] = [:]
        var requests: [Request] = []
        var draft: JSONValue = HostileStudio.film()
        var revision = 1
        var sessions: Set<String> = []
        var tokens: Set<String> = []
        var film: [UInt8] = HostileStudio.bytes
        var polls = 0
    }

    let state = Mutex(State())
    private let server: SocketServer
    var port: Int { server.port }
    var url: String { "http://127.0.0.1:\(server.port)" }

    init() throws {
        let answering = Mutex<(@Sendable (Request) -> [Step])?>(nil)
        let box = Box(answering: answering)
        server = try SocketServer { request in box.answer(request) }
        box.set { [weak self] request in self?.answer(request) ?? [] }
    }

    private final class Box: Sendable {
        private let answering: Mutex<(@Sendable (Request) -> [Step])?>
        init(answering: consuming Mutex<(@Sendable (Request) -> [Step])?>) { self.answering = answering }
        func set(_ answer: @escaping @Sendable (Request) -> [Step]) { answering.withLock { $0 = answer } }
        func answer(_ request: Request) -> [Step] { answering.withLock { $0 }?(request) ?? [] }
    }

    func stop() { server.stop() }

    /// From now on this call (`run_sse`, `state`, `upload`, `token`, `session`, `credits`, `export`, `poll`, `film`, `claim`)
    /// is answered so, one after the other; then as usual.
    func answers(_ call: String, _ answers: Answer...) { state.withLock { $0.script[call, default: []] += answers } }

    /// Requests of one call, in order.
    func requests(_ call: String) -> [Request] { state.withLock { $0.requests }.filter { Self.name(of: $0) == call } }

    /// What was said, in order.
    var messages: [String] {
        requests("run_sse").compactMap { request in
            (try? JSONValue(parsing: request.body))?["new_message"]?["parts"]?.array?.first?["text"]?.string
        }
    }

    static func name(of request: Request) -> String {
        let path = request.target.prefix { $0 != "?" }
        for (part, name) in [
            ("/health", "health"), ("/anonymous-token", "token"), ("/claim-token", "claim"),
            ("with-session", "session"),
            ("/api/state/", "state"), ("/upload-video/", "upload"), ("/run_sse", "run_sse"), ("/credits/", "credits"),
            ("/film", "film"),
        ] where path.contains(part) {
            return name
        }
        if path.contains("/render/proxy/lambda") { return request.method == "POST" ? "export" : "poll" }
        return String(path)
    }

    private func answer(_ request: Request) -> [Step] {
        let name = Self.name(of: request)
        let answer = state.withLock { state -> Answer in
            state.requests.append(request)
            guard let next = state.script[name]?.first else { return .usual }
            state.script[name]?.removeFirst()
            return next
        }
        switch answer {
        case .usual: return usual(name, request)
        case .json(let value, let status, let headers):
            return [.send(Self.reply(status, "application/json", Array(value.text().utf8), headers))]
        case .text(let text, let status, let type): return [.send(Self.reply(status, type, Array(text.utf8)))]
        case .steps(let steps): return steps
        case .events(let events, let draft, let ending):
            return Self.stream(events, ending) { if let draft { self.change(to: draft) } }
        }
    }

    func change(to draft: JSONValue) {
        state.withLock { state in
            state.draft = draft
            state.revision += 1
        }
    }

    private func usual(_ name: String, _ request: Request) -> [Step] {
        let json = state.withLock { state -> JSONValue in
            switch name {
            case "token":
                let token = "nmv_usr_\(state.tokens.count + 1)"
                state.tokens.insert(token)
                return Self.fine(["token": .string(token), "user_id": "usr_7", "expires_at": "2030-01-01T00:00:00Z"])
            case "session":
                let id = "ses_\(state.sessions.count + 1)"
                state.sessions.insert(id)
                return Self.fine(["session_id": .string(id), "task_id": "task_1", "user_id": "usr_7"])
            case "state":
                return Self.fine([
                    "session_id": "ses_1", "revision": .integer(Int64(state.revision)),
                    "state": ["draft": state.draft, "video_infos": [["filename": "a.jpg"]]],
                ])
            case "credits": return Self.fine(["available": 90, "frozen": 10, "total": 100])
            case "claim": return Self.fine(["claim_token": "clm_1", "expires_in": 600])
            case "upload":
                let count = String(decoding: request.body, as: UTF8.self).components(separatedBy: "filename=").count - 1
                return Self.fine([
                    "files": .array(
                        (0..<max(1, count)).map { ["filename": .string("f\($0).jpg"), "file_type": "image"] })
                ])
            case "export": return ["success": true, "id": "render_1", "status": "pending", "progress": 0]
            case "poll":
                state.polls += 1
                return [
                    "success": true, "status": "completed", "progress": 100,
                    "output": [
                        "url": .string("http://\(request.headers["host"] ?? "")/film"),
                        "size": .integer(Int64(state.film.count)),
                    ],
                ]
            default: return ["status": "ok"]
            }
        }
        switch name {
        case "run_sse": return Self.stream([Self.said("Done.")], .whole) {}
        case "film":
            let film = state.withLock { $0.film }
            return [.send(Self.reply(200, "video/mp4", film, ["ETag": "\"film\""]))]
        default: return [.send(Self.reply(200, "application/json", Array(json.text().utf8)))]
        }
    }

    // MARK: Bytes

    static let bytes: [UInt8] = Array("....ftypisom, as far as anybody looks".utf8)

    static func fine(_ data: JSONValue) -> JSONValue { ["code": 0, "message": "ok", "data": data] }

    static func refused(_ code: Int, _ status: Int, _ data: JSONValue = .null, _ words: String = "no") -> Answer {
        .json(["code": .integer(Int64(code)), "message": .string(words), "data": data], status: status)
    }

    static func reply(
        _ status: Int, _ type: String, _ body: [UInt8], _ headers: [String: String] = [:], length: Int? = nil
    ) -> [UInt8] {
        var head = "HTTP/1.1 \(status) Said\r\nContent-Type: \(type)\r\nContent-Length: \(length ?? body.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        return Array((head + "Connection: close\r\n\r\n").utf8) + body
    }

    private static func stream(_ events: [String], _ ending: Ending, _ change: () -> Void) -> [Step] {
        change()
        func chunk(_ text: String) -> [UInt8] {
            let bytes = Array(text.utf8)
            return Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + [13, 10]
        }
        let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
        var steps: [Step] = [.send(Array(head.utf8))] + events.map { .send(chunk($0)) }
        switch ending {
        case .whole: steps.append(.send(Array("0\r\n\r\n".utf8)))
        case .cut: steps += [.send(chunk("data: {\"content\":{\"parts\":[{\"te"))]
        case .held(let gate): steps += [.wait(gate), .send(Array("0\r\n\r\n".utf8))]
        }
        return steps
    }

    /// A text event.
    static func said(_ text: String, partial: Bool = false) -> String {
        var event: [String: JSONValue] = [
            "author": "nemo_agent", "content": ["role": "model", "parts": [["text": .string(text)]]],
        ]
        if partial { event["partial"] = true }
        return "data: \(JSONValue.object(event).text())\n\n"
    }

    /// A draft of the wire.
    static func film(
        seconds: Int64 = 9, pictures: [String] = ["a.jpg", "b.jpg", "c.jpg"], music: Double? = nil, title: String? = nil
    ) -> JSONValue {
        let each = seconds * 1000 / Int64(max(1, pictures.count))
        var tracks: [JSONValue] = [
            [
                "tt": 0,
                "sg": .array(
                    pictures.enumerated().map { index, name in
                        [
                            "id": .string("s_\(name)"), "s": .integer(Int64(index) * each), "d": .integer(each),
                            "m": ["name": .string(name)],
                        ]
                    }),
            ]
        ]
        if let music {
            tracks.append([
                "tt": 1,
                "sg": [
                    ["id": "m1", "s": 0, "d": .integer(seconds * 1000), "vol": .number(music), "m": ["name": "Lo-fi"]]
                ],
            ])
        }
        if let title {
            tracks.append(["tt": 7, "sg": [["id": "x1", "s": 0, "d": 3000, "text": .string(title)]]])
        }
        return ["d": .integer(seconds * 1000), "t": .array(tracks)]
    }
}
