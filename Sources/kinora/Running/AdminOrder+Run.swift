// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import FileStore
import Foundation
import HTTPWire
import JSON
import KinoraKit
import Studio
import StudioServer

extension AdminOrder {
    /// Asks the server that owns the folder, over its socket, or opens the folder where nobody owns it.
    func run(_ console: Console) throws -> ExitStatus {
        let path = StudioParts.dataPath(data, ProcessInfo.processInfo.environment)
        let (method, target, body) = call
        let answer: Answer
        do {
            let folder = try DataFolder(path: path)
            answer = try ask(method, target, body, in: folder)
            folder.release()
        } catch DataFolderError.owned {
            answer = try ask(method, target, body, at: StudioParts.socketPath(path))
        }
        guard answer.value["code"]?.integer == 0 else {
            console.fail(answer.value["message"]?.string ?? console.words.text("admin no answer"))
            return .failed
        }
        let data = answer.value["data"] ?? .null
        if json {
            console.result(data.text(.readable))
        } else {
            for line in Self.lines(of: data) { console.result(line) }
        }
        return .ok
    }

    private struct Answer: Sendable {
        let value: JSONValue
    }

    /// The call of the wire that does it.
    private var call: (HTTPMethod, target: String, body: JSONValue?) {
        let owner = account ?? AccountID.localOwner.rawValue
        let query = "?account=" + PercentEncoding.encode(owner)
        func named(_ name: String) -> String { "/admin/\(what.rawValue)/\(PercentEncoding.encode(name))" }
        if let name = removed ?? revoked { return (.delete, named(name) + query, nil) }
        if let name = restored { return (.post, named(name) + "/restore" + query, nil) }
        if let plan { return (.post, "/admin/plans", ["account": .string(owner), "plan": .string(plan)]) }
        if let granted {
            return (.post, "/admin/credits", ["account": .string(owner), "amount": .integer(Int64(granted))])
        }
        if makesToken { return (.post, "/admin/tokens", ["account": .string(owner)]) }
        return (.get, "/admin/\(what.rawValue)" + query, nil)
    }

    private func ask(
        _ method: HTTPMethod, _ target: String, _ body: JSONValue?, at socket: String
    ) throws -> Answer {
        var request = HTTPClientRequest(
            method, "http://localhost\(target)", body: body.map { Array($0.text().utf8) } ?? [])
        request.headers["Content-Type"] = "application/json"
        request.unixSocket = socket
        let sent = request
        return try Waiting().value {
            let bytes = try await HTTPClient(userAgent: "kinora").fetch(sent).body
            return Answer(value: try JSONValue(parsing: bytes))
        }
    }

    private func ask(
        _ method: HTTPMethod, _ target: String, _ body: JSONValue?, in folder: DataFolder
    ) throws -> Answer {
        let studio = try StudioParts.studio(in: folder, ProcessInfo.processInfo.environment)
        let service = StudioService(
            studio, signer: LinkSigner(key: try folder.secret(named: "links")),
            policy: AccessPolicy(boundTo: "localhost"), version: KinoraVersion.current)
        let routes = service.routes
        let request = HTTPRequest(
            method: method, target: target, headers: ["Host": "localhost"],
            body: HTTPBody(bytes: body.map { Array($0.text().utf8) } ?? []), remoteAddress: "unix")
        return try Waiting().value {
            let response =
                switch routes.answer(request) {
                case .now(let response): response
                case .later(let work): try await work()
                }
            guard case .bytes(let bytes) = response.body else { return Answer(value: .null) }
            return Answer(value: try JSONValue(parsing: bytes))
        }
    }

    /// Lists as columns under their names, anything else as a line each.
    static func lines(of data: JSONValue) -> [String] {
        guard let members = data.object else { return data == .null ? [] : [data.text()] }
        return members.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
            guard let rows = value.array else { return ["\(name): \(value.string ?? value.text())"] }
            return table(rows.compactMap(\.object))
        }
    }

    private static func table(_ rows: [[String: JSONValue]]) -> [String] {
        let names = Set(rows.flatMap(\.keys)).sorted()
        let cells = [names] + rows.map { row in names.map { row[$0].map { $0.string ?? $0.text() } ?? "" } }
        let widths = names.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return rows.isEmpty
            ? []
            : cells.map { line in
                zip(line, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
                    .joined(separator: "  ")
            }
    }
}
