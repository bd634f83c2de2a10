// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// When a clip was taken, from its container's tags.
enum ClipTime {
    /// As `2024-07-01T12:34:56`, the camera's own clock where the clip tells it, otherwise UTC brought to `zone`.
    static func captureTime(_ tags: [String: String], _ zone: TimeZone) -> String? {
        // Apple writes the local time and its offset; the general tag counts in UTC.
        if let local = tags["com.apple.quicktime.creationdate"], let time = wallClock(local) { return time }
        guard let text = tags["creation_time"] else { return nil }
        let parts = Date.ISO8601FormatStyle(includingFractionalSeconds: text.contains("."))
        guard let date = try? parts.parse(text), date.timeIntervalSince1970 > 86_400 else { return nil }
        return Self.text(date, zone)
    }

    /// The first nineteen characters of `2024-07-01T12:34:56+0200`, when that is what they are.
    private static func wallClock(_ text: String) -> String? {
        let head = Array(text.utf8.prefix(19))
        let pattern = Array("dddd-dd-ddTdd:dd:dd".utf8)
        guard head.count == 19,
            zip(head, pattern).allSatisfy({ $1 == UInt8(ascii: "d") ? (48...57).contains($0) : $0 == $1 }),
            !text.hasPrefix("0000")
        else { return nil }
        return String(decoding: head, as: UTF8.self)
    }

    static func text(_ date: Date, _ zone: TimeZone) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let c = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        func two(_ n: Int?) -> String { (n ?? 0) < 10 ? "0\(n ?? 0)" : "\(n ?? 0)" }
        let year = String(c.year ?? 0)
        return String(repeating: "0", count: max(0, 4 - year.count)) + year
            + "-\(two(c.month))-\(two(c.day))T\(two(c.hour)):\(two(c.minute)):\(two(c.second))"
    }
}
