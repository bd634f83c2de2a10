// SPDX-License-Identifier: GPL-3.0-or-later

/// Names one version of what stands at an address (RFC 9110, 8.8.3): `"abc"`, weak `W/"abc"`.
public enum EntityTag {
    /// Whether `tag` is in an `If-None-Match` or `If-Match` list; weak and strong count as the same.
    public static func matches(_ tag: String, in lines: [String]) -> Bool {
        lines.contains { line in
            line.trimmed == "*" || split(line).contains { opaque($0) == opaque(tag[...]) }
        }
    }

    /// Whether both are strong and the same.
    public static func isStrongMatch(_ a: String, _ b: String) -> Bool {
        !a.hasPrefix("W/") && !b.hasPrefix("W/") && a == b
    }

    /// A list of tags; commas inside quotes do not part them.
    private static func split(_ line: String) -> [Substring] {
        var quoted = false
        return line.split(whereSeparator: { character in
            if character == "\"" { quoted.toggle() }
            return character == "," && !quoted
        }).map(\.trimmed)
    }

    private static func opaque(_ tag: Substring) -> Substring { tag.hasPrefix("W/") ? tag.dropFirst(2) : tag }
}
