// SPDX-License-Identifier: GPL-3.0-or-later

/// One event of a `text/event-stream` (WHATWG HTML, 9.2).
public struct ServerSentEvent: Sendable, Hashable {
    /// The kind; nil is `message`.
    public var event: String?
    public var data: String
    /// The last id that the stream has named; clients send it back as `Last-Event-ID`.
    public var id: String?
    /// How long to wait before connecting anew, in ms.
    public var retry: Int?

    public init(data: String, event: String? = nil, id: String? = nil, retry: Int? = nil) {
        self.data = data
        self.event = event
        self.id = id
        self.retry = retry
    }

    /// The event as lines, with the empty line that ends it. Each line of the data has a line of its own; line ends in
    /// the other fields, and NUL in an id, are dropped, so no text can start another field.
    public var bytes: [UInt8] {
        var lines: [UInt8] = []
        func add(_ name: String, _ value: some StringProtocol) {
            lines += name.utf8
            lines += value.utf8.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0 }
            lines.append(0x0A)
        }
        if let event { add("event: ", event) }
        if let id { add("id: ", id) }
        if let retry { add("retry: ", String(retry)) }
        // By bytes: "\r\n" is one character.
        for line in Self.lines(of: data) {
            lines += "data: ".utf8
            lines += line
            lines.append(0x0A)
        }
        lines.append(0x0A)
        return lines
    }

    /// A comment, which clients skip: it keeps the connection from looking dead.
    public static func comment(_ text: String) -> [UInt8] {
        [0x3A, 0x20] + text.utf8.filter { $0 != 0x0A && $0 != 0x0D } + [0x0A, 0x0A]
    }

    private static func lines(of text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var afterReturn = false
        for byte in text.utf8 {
            if byte == 0x0A, afterReturn {
                afterReturn = false
                continue
            }
            afterReturn = byte == 0x0D
            if byte == 0x0A || byte == 0x0D { lines.append([]) } else { lines[lines.count - 1].append(byte) }
        }
        return lines
    }
}
