// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of the access log as JSON: `{"time":"2026-11-21T15:44:19.123Z","id":…}` and a line feed.
///
/// There is no header in it but the bounded user agent, and nothing of the query: links carry their signatures there, and some
/// clients their tokens.
enum AccessLine {
    static let pathBytes = 1024
    static let agentBytes = 200

    static func write(_ access: HTTPAccess, to line: inout [UInt8]) {
        line += #"{"time":""#.utf8
        time(access.beganSeconds, to: &line)
        text(#"","id":"#, access.id, to: &line)
        text(#","method":"#, bounded(access.method, 32), to: &line)
        text(#","path":"#, bounded(access.path, pathBytes), to: &line)
        if let route = access.route { text(#","route":"#, route, to: &line) }
        number(#","status":"#, access.status, to: &line)
        number(#","bytes":"#, access.bytesOut, to: &line)
        number(#","bytes_in":"#, access.bytesIn, to: &line)
        number(#","duration_us":"#, Int(clamping: access.duration.nanoseconds / 1000), to: &line)
        text(#","address":"#, access.remoteAddress, to: &line)
        if let agent = access.userAgent { text(#","agent":"#, bounded(agent, agentBytes), to: &line) }
        if access.outcome != .sent { text(#","outcome":"#, access.outcome.rawValue, to: &line) }
        line += [0x7D, 0x0A]
    }

    /// The line that says how many lines are missing here.
    static func writeDropped(_ count: Int, at seconds: Double, to line: inout [UInt8]) {
        line += #"{"time":""#.utf8
        time(seconds, to: &line)
        line += "\",\"dropped\":\(count)}\n".utf8
    }

    /// At most so many bytes, cut between characters.
    private static func bounded(_ text: String, _ most: Int) -> Substring {
        guard text.utf8.count > most else { return text[...] }
        return text[..<text.utf8.index(text.startIndex, offsetBy: most)]
    }

    private static func number(_ name: String, _ value: Int, to line: inout [UInt8]) {
        line += name.utf8
        line += String(value).utf8
    }

    private static func text(_ name: String, _ value: some StringProtocol, to line: inout [UInt8]) {
        line += name.utf8
        line.append(0x22)
        for byte in value.utf8 {
            switch byte {
            case 0x22, 0x5C: line += [0x5C, byte]
            case 0..<0x20, 0x7F: line += "\\u00\(byte < 16 ? "0" : "")\(String(byte, radix: 16))".utf8
            default: line.append(byte)
            }
        }
        line.append(0x22)
    }

    /// RFC 3339 with milliseconds, in UTC.
    private static func time(_ seconds: Double, to line: inout [UInt8]) {
        let milliseconds = Int((seconds * 1000).rounded(.down))
        let whole = Int((Double(milliseconds) / 1000).rounded(.down))
        let (year, month, date) = HTTPDate.civil(Int((Double(whole) / 86400).rounded(.down)))
        let clock = ((whole % 86400) + 86400) % 86400
        line += String(year).utf8
        for (mark, number) in [
            (0x2D, month), (0x2D, date), (0x54, clock / 3600), (0x3A, clock / 60 % 60), (0x3A, clock % 60),
        ] as [(UInt8, Int)] {
            line += [mark, UInt8(0x30 + number / 10), UInt8(0x30 + number % 10)]
        }
        let rest = milliseconds - whole * 1000
        line += [0x2E, UInt8(0x30 + rest / 100), UInt8(0x30 + rest / 10 % 10), UInt8(0x30 + rest % 10), 0x5A]
    }
}
