// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON

/// Why a model did not answer.
public enum ModelFailure: Error, Hashable, Sendable {
    case unreachable(String)
    case tookTooLong
    /// The server's status and what it said.
    case refused(status: Int, String)
    /// An answer that is none.
    case unreadable
}

/// Asks a model for the next message of a conversation.
struct ChatCompletions: Sendable {
    static let mostBytes = 4 << 20

    let endpoint: ModelEndpoint
    let client: HTTPClient

    /// - Parameter messages: in OpenAI's form, from the system's to the last.
    func answer(to messages: [JSONValue], tools: [JSONValue]) async throws -> ModelMessage {
        var body: [String: JSONValue] = [
            "model": .string(endpoint.model), "messages": .array(messages), "stream": .bool(endpoint.streams),
            "temperature": 0.2,
        ]
        if !tools.isEmpty {
            body["tools"] = .array(tools.map { ["type": "function", "function": $0] })
            body["tool_choice"] = "auto"
        }
        var request = HTTPClientRequest.json(.post, endpoint.url, Array(JSONValue.object(body).text().utf8))
        request.headers["Accept"] = endpoint.streams ? "text/event-stream, application/json" : "application/json"
        if let key = endpoint.key { request.headers["Authorization"] = "Bearer \(key)" }
        let most = Duration.seconds(endpoint.secondsPerAnswer)
        request.times = .init(connect: .seconds(10), idle: most, total: most)
        do {
            let response = try await client.send(request)
            return try await read(response)
        } catch let error as HTTPClientError {
            switch error {
            case .connectTimeout, .idleTimeout, .totalTimeout: throw ModelFailure.tookTooLong
            case .tooLarge: throw ModelFailure.unreadable
            default: throw ModelFailure.unreachable(error.message)
            }
        } catch is ServerSentEventParser.TooLong {
            throw ModelFailure.unreadable
        }
    }

    private func read(_ response: HTTPClientResponse) async throws -> ModelMessage {
        var message = ModelMessage()
        let status = response.status.rawValue
        let kind = response.headers["Content-Type"] ?? ""
        guard status == 200 else {
            let bytes = try await response.body.collect(upTo: 64 << 10)
            let said = (try? JSONValue(parsing: bytes)).flatMap {
                $0["error"]?["message"]?.string ?? $0["error"]?.string
            }
            throw ModelFailure.refused(status: status, String((said ?? "").prefix(300)))
        }
        if kind.contains("event-stream") {
            var count = 0
            for try await event in response.body.events(limit: 1 << 20) {
                count += event.data.utf8.count
                guard count < Self.mostBytes else { throw ModelFailure.unreadable }
                if event.data == "[DONE]" { break }
                // A line that is no JSON is passed over; the rest of the stream may be good.
                if let json = try? JSONValue(parsing: event.data) { message.take(json) }
            }
        } else {
            let bytes = try await response.body.collect(upTo: Self.mostBytes)
            guard let json = try? JSONValue(parsing: bytes) else { throw ModelFailure.unreadable }
            message.take(json)
        }
        if let failure = message.failure { throw ModelFailure.refused(status: status, String(failure.prefix(300))) }
        guard !message.isEmpty else { throw ModelFailure.unreadable }
        return message
    }
}
