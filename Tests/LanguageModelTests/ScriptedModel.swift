// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Synchronization

/// A server that speaks chat completions and says what a test wrote down, one reply a request.
final class ScriptedModel: Sendable {
    enum Reply: Sendable {
        /// Events of a stream, as JSON text or whatever else is to be sent.
        case stream([String])
        case whole(String, status: Int = 200)
        /// The stream ends in the middle of an event.
        case cut(String)
        /// Never answers.
        case silence
    }

    private let script: Script
    private let server: HTTPServer
    let url: String

    /// The last reply is said again and again.
    init(_ replies: [Reply]) throws {
        let script = Script(replies)
        self.script = script
        server = try HTTPServer(HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))) { request in
            let body = try await request.body.collect(upTo: 4 << 20)
            let reply = script.take((try? JSONValue(parsing: body)) ?? .null)
            switch reply {
            case .stream(let events):
                return .stream(type: "text/event-stream") { writer in
                    for event in events { try await writer.write(Array("data: \(event)\n\n".utf8)) }
                }
            case .whole(let text, let status): return .json(Array(text.utf8), status: HTTPStatus(status))
            case .cut(let text):
                return .stream(type: "text/event-stream") { writer in try await writer.write(Array(text.utf8)) }
            case .silence:
                // Until the client gives up and the task is cancelled.
                return .stream(type: "text/event-stream") { _ in
                    let (never, _) = AsyncStream<Void>.makeStream()
                    for await _ in never {}
                }
            }
        }
        url = "http://127.0.0.1:\(server.port)/v1"
    }

    /// What was asked, in order.
    var requests: [JSONValue] { script.state.withLock { $0.requests } }

    private final class Script: Sendable {
        let state: Mutex<(replies: [Reply], requests: [JSONValue])>

        init(_ replies: [Reply]) { state = Mutex((replies, [])) }

        func take(_ request: JSONValue) -> Reply {
            state.withLock { state in
                state.requests.append(request)
                return state.replies.count > 1 ? state.replies.removeFirst() : state.replies[0]
            }
        }
    }
}
