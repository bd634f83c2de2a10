// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import TestSockets
import Testing

/// A client on a real socket that sends exactly what it is told.
final class WireClient: Sendable {
    typealias Broken = SocketClient.Broken

    struct Reply: Sendable {
        var status: Int
        /// Names in lower case.
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
        var json: JSONValue { get throws { try JSONValue(parsing: body) } }
        /// The envelope's number.
        var code: Int64? { get throws { try json["code"]?.integer } }
        /// The envelope's data.
        var data: JSONValue { get throws { try #require(try json["data"]) } }
        /// Events of a stream, comments left out.
        var events: [JSONValue] {
            get throws {
                try text.split(separator: "\n").filter { $0.hasPrefix("data: ") }
                    .map { try JSONValue(parsing: String($0.dropFirst(6))) }
            }
        }
    }

    private let socket: SocketClient

    init(port: Int) throws { socket = try SocketClient(port: port) }

    func send(_ bytes: [UInt8]) async throws { try await socket.send(bytes) }

    /// Bytes up to and with `end`, or all up to the end of the connection.
    func read(until end: String? = nil) async throws -> [UInt8] {
        if let end { return try await socket.through(Array(end.utf8)) }
        return try await socket.rest()
    }

    /// Goes away without another word.
    func leave() { socket.hangUp() }

    /// One request on a connection of its own.
    static func call(
        _ port: Int, _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) async throws -> Reply {
        let client = try WireClient(port: port)
        try await client.send(request(port, method, path, headers, body))
        return try reply(try await client.read())
    }

    static func request(
        _ port: Int, _ method: String, _ path: String, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) -> [UInt8] {
        var all = ["Host": "127.0.0.1:\(port)", "Connection": "close", "Content-Length": "\(body.count)"]
        all.merge(headers) { _, own in own }
        let lines = all.sorted { $0.key < $1.key }.filter { !$0.value.isEmpty }.map { "\($0.key): \($0.value)\r\n" }
        return Array("\(method) \(path) HTTP/1.1\r\n\(lines.joined())\r\n".utf8) + body
    }

    static func reply(_ bytes: [UInt8]) throws -> Reply {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) else {
            throw Broken("no reply in \(text.prefix(200))")
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n")
        let status = try #require(head.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        var headers: [String: String] = [:]
        for line in head.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? parts[1].drop { $0 == " " }.description : ""
        }
        var body = Array(bytes[(end + 4)...])
        if headers["transfer-encoding"] == "chunked" { body = unchunked(body) }
        return Reply(status: status, headers: headers, body: body)
    }

    private static func unchunked(_ bytes: [UInt8]) -> [UInt8] {
        var rest = bytes[...]
        var whole: [UInt8] = []
        while let line = rest.firstIndex(of: 13),
            let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16), size > 0
        {
            let start = line + 2
            whole += rest[start..<min(start + size, rest.endIndex)]
            rest = rest[min(start + size + 2, rest.endIndex)...]
        }
        return whole
    }
}
