// SPDX-License-Identifier: GPL-3.0-or-later

/// What a route's pattern captured of a path, decoded.
public struct PathParameters: Sendable, Hashable, ExpressibleByDictionaryLiteral {
    private var pairs: [Pair] = []

    private struct Pair: Sendable, Hashable {
        let name: String
        let value: String
    }

    public init() {}
    public init(dictionaryLiteral elements: (String, String)...) { for (name, value) in elements { add(name, value) } }

    public subscript(_ name: String) -> String? { pairs.first { $0.name == name }?.value }

    mutating func add(_ name: String, _ value: String) { pairs.append(Pair(name: name, value: value)) }
}
