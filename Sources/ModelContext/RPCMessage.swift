// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// What a request is called by whoever sent it: a text or a whole number (JSON-RPC 2.0; null is not allowed here).
package enum RequestID: Hashable, Sendable {
    case text(String)
    case number(Int64)

    /// Nil for what cannot be one.
    package init?(_ json: JSONValue?) {
        switch json {
        case .string(let text)?: self = .text(text)
        case .integer(let number)?: self = .number(number)
        default: return nil
        }
    }

    package var json: JSONValue {
        switch self {
        case .text(let text): .string(text)
        case .number(let number): .integer(number)
        }
    }
}

/// One message of JSON-RPC 2.0.
package enum RPCMessage: Hashable, Sendable {
    case request(RequestID, method: String, [String: JSONValue])
    case notification(method: String, [String: JSONValue])
    /// An answer to something that was asked from here; nothing is.
    case response(RequestID)
    /// No message; what is wrong with it, and the id where there was one to read.
    case invalid(RequestID?, RPCError)

    package init(_ json: JSONValue) {
        guard let members = json.object else {
            self = .invalid(nil, .invalidRequest("a message is an object, not \(json.kind)"))
            return
        }
        let id = RequestID(members["id"])
        guard members["jsonrpc"] == "2.0" else {
            self = .invalid(id, .invalidRequest("a message says \"jsonrpc\":\"2.0\""))
            return
        }
        guard let method = members["method"] else {
            if let id, members["result"] != nil || members["error"] != nil {
                self = .response(id)
            } else {
                self = .invalid(id, .invalidRequest("the message has no method"))
            }
            return
        }
        guard let method = method.string else {
            self = .invalid(id, .invalidRequest("the method is a text, not \(method.kind)"))
            return
        }
        let params: [String: JSONValue]
        switch members["params"] {
        case nil, .null?: params = [:]
        case .object(let members)?: params = members
        case let other?:
            self = .invalid(id, .invalidParams("params is an object, not \(other.kind)"))
            return
        }
        if let id {
            self = .request(id, method: method, params)
        } else if members["id"] == nil {
            self = .notification(method: method, params)
        } else {
            self = .invalid(nil, .invalidRequest("the id is a text or a whole number"))
        }
    }

    package static func result(_ id: RequestID, _ result: [String: JSONValue]) -> JSONValue {
        ["jsonrpc": "2.0", "id": id.json, "result": .object(result)]
    }

    static func notification(_ method: String, _ params: [String: JSONValue]) -> JSONValue {
        ["jsonrpc": "2.0", "method": .string(method), "params": .object(params)]
    }
}

/// Why a request is not answered with a result: a number of JSON-RPC or of the protocol, and words.
package struct RPCError: Error, Hashable, Sendable {
    package var code: Int
    package var message: String
    package var data: JSONValue?

    package init(code: Int, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    static func parse(_ problem: String) -> RPCError { RPCError(code: -32700, "This is no message: \(problem).") }
    package static func invalidRequest(_ problem: String) -> RPCError {
        RPCError(code: -32600, "This is no request: \(problem).")
    }
    static func noMethod(_ name: String) -> RPCError {
        RPCError(code: methodNotFound, "There is no method \(name) here.", data: ["method": .string(name)])
    }
    package static func invalidParams(_ problem: String, data: JSONValue? = nil) -> RPCError {
        RPCError(code: -32602, problem.prefix(1).uppercased() + problem.dropFirst() + ".", data: data)
    }
    package static let ours = RPCError(code: -32603, "Something went wrong here; try again, or look at the log.")
    /// Its code is that of the revision that asked.
    package static func noResource(_ uri: String) -> RPCError {
        RPCError(
            code: resourceNotFound,
            "There is no resource \(uri); resources/list and resources/templates/list show them.",
            data: ["uri": .string(uri)])
    }
    static func unsupported(_ revision: String, of supported: [ContextRevision]) -> RPCError {
        RPCError(
            code: unsupportedRevision,
            "Unsupported protocol version \(revision); spoken here: "
                + supported.map(\.rawValue).joined(separator: ", ") + ".",
            data: [
                "supported": .array(supported.map { .string($0.rawValue) }), "requested": .string(revision),
            ])
    }
    static func headerMismatch(_ problem: String) -> RPCError {
        RPCError(code: -32020, "Header mismatch: \(problem).")
    }

    static let methodNotFound = -32601
    static let unsupportedRevision = -32022
    /// Up to 2025-11-25; later it is an invalid parameter.
    static let resourceNotFound = -32002

    /// As an answer; without an id where none could be read.
    package func json(_ id: RequestID?) -> JSONValue {
        var error: [String: JSONValue] = ["code": .integer(Int64(code)), "message": .string(message)]
        error["data"] = data
        return ["jsonrpc": "2.0", "id": id?.json ?? .null, "error": .object(error)]
    }
}
