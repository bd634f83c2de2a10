// SPDX-License-Identifier: GPL-3.0-or-later

/// The shape of a path: `/api/state/{user}/{sid}/latest`. `{name}` takes one part that is not empty, `{name...}` at the end the
/// rest, which may be empty; anything else is taken as it stands, after decoding.
public struct PathPattern: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    enum Part: Sendable, Hashable {
        case literal(String)
        case capture(String)
        case rest(String)
    }

    let parts: [Part]
    public let description: String

    public init(_ text: String) {
        description = text
        parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
            guard part.hasPrefix("{"), part.hasSuffix("}") else { return .literal(String(part)) }
            let name = part.dropFirst().dropLast()
            return name.hasSuffix("...") ? .rest(String(name.dropLast(3))) : .capture(String(name))
        }
    }

    public init(stringLiteral text: String) { self.init(text) }

    /// The names that are captured, in order.
    public var captures: [String] {
        parts.compactMap {
            switch $0 {
            case .literal: nil
            case .capture(let name), .rest(let name): name
            }
        }
    }

    /// The parts of a path as it came, decoded; nil if one cannot be decoded, is `.` or `..`, or has a slash, a backslash or a
    /// control character behind its escapes, so that what was captured is always one harmless name.
    static func split(_ path: some StringProtocol) -> [String]? {
        guard path.utf8.first == UInt8(ascii: "/") else { return nil }
        var parts: [String] = []
        for part in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let text = PercentEncoding.decode(part), text != ".", text != "..",
                !text.utf8.contains(where: { $0 == 0x2F || $0 == 0x5C || $0 < 0x20 || $0 == 0x7F })
            else { return nil }
            parts.append(text)
        }
        return parts
    }

    /// What the parts of a path give for the captures; nil if the path has another shape.
    func match(_ path: [String]) -> PathParameters? {
        var parameters = PathParameters()
        for (index, part) in parts.enumerated() {
            if case .rest(let name) = part {
                guard index <= path.count else { return nil }
                parameters.add(name, path[index...].joined(separator: "/"))
                return parameters
            }
            guard index < path.count else { return nil }
            switch part {
            case .literal(let text): guard text == path[index] else { return nil }
            case .capture(let name):
                guard !path[index].isEmpty else { return nil }
                parameters.add(name, path[index])
            case .rest: return nil
            }
        }
        return path.count == parts.count ? parameters : nil
    }

    /// Whether `self` is to be tried before `other`: literal before captured before rest, from the left.
    func precedes(_ other: PathPattern) -> Bool {
        for (a, b) in zip(parts, other.parts) where a.rank != b.rank { return a.rank < b.rank }
        return false
    }
}

extension PathPattern.Part {
    fileprivate var rank: Int {
        switch self {
        case .literal: 0
        case .capture: 1
        case .rest: 2
        }
    }
}
