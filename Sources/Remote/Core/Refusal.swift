// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// What a server says no with, in whichever of the published forms it came.
package struct Refusal: Error, Hashable, Sendable {
    /// A number of `CodeTable` where the server gave one, else the HTTP status.
    package var code: Int
    package var status: Int
    /// The server's own words; may be empty. Never shown without ours before them.
    package var message: String
    /// Limits, formats, pages to go to.
    package var data: JSONValue = .null
    /// From `Retry-After`, or the data of the reply.
    package var retryAfterSeconds: Double?

    package init(
        code: Int, status: Int, message: String = "", data: JSONValue = .null, retryAfterSeconds: Double? = nil
    ) {
        self.code = code
        self.status = status
        self.message = message
        self.data = data
        self.retryAfterSeconds = retryAfterSeconds
    }
}

/// An answer of the wire, read leniently: a value, or why there is none.
///
/// The forms: `{"code":0,"message","data"}`, `{"success":false,"code","error"}`, `{"detail"}`, and whatever a proxy in
/// between writes, of which only the status counts.
enum Reply: Hashable, Sendable {
    case fine(JSONValue)
    case refused(Refusal)

    /// - Parameter retryAfter: the header of that name.
    init(status: Int, retryAfter: String? = nil, body: [UInt8]) {
        let json = try? JSONValue(parsing: body)
        let code = json.flatMap { Self.code(of: $0) }
        let isFine = (200..<300).contains(status) && json?["success"] != false && code.map(Self.isFine) ?? true
        guard isFine else {
            let data = json?["data"] ?? .null
            let seconds = retryAfter.flatMap { Double($0) } ?? data["retry_after"]?.number
            self = .refused(
                Refusal(
                    code: code.flatMap { Self.isFine($0) ? nil : $0 } ?? status, status: status,
                    message: json.map(Self.message) ?? "", data: data, retryAfterSeconds: seconds))
            return
        }
        self = .fine(json ?? .null)
    }

    private static func isFine(_ code: Int) -> Bool { code == 0 || (200..<300).contains(code) }

    /// A number, or one written as a text.
    private static func code(of json: JSONValue) -> Int? {
        json["code"]?.integer.flatMap { Int(exactly: $0) } ?? json["code"]?.string.flatMap { Int($0) }
    }

    private static func message(of json: JSONValue) -> String {
        for key in ["message", "error", "detail", "msg"] {
            if let text = json[key]?.string, !text.isEmpty { return text }
            if let text = json[key]?["message"]?.string { return text }
        }
        return ""
    }
}
