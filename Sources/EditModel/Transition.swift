// SPDX-License-Identifier: GPL-3.0-or-later
public import EditTime

/// How one segment of the main track goes over into the next: the two overlap by `duration`.
public struct Transition: Hashable, Sendable {
    /// A hyphenated word of `TransitionCatalog`, for instance `crossfade` or `wipe-left`.
    public struct Name: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        public init(_ rawValue: String) { self.rawValue = rawValue }
        public var description: String { rawValue }

        public static let crossfade = Name("crossfade")
        public static let fadeBlack = Name("fade-black")
        public static let fadeWhite = Name("fade-white")
    }

    public var name: Name
    public var duration: MediaTime
    /// Asset id of a grey picture, for `luma-key`.
    public var map: String?

    public init(_ name: Name, duration: MediaTime, map: String? = nil) {
        self.name = name
        self.duration = duration
        self.map = map
    }
}

/// How a text comes or goes.
public struct TextAnimation: Hashable, Sendable {
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        case fade, slide, pop, typewriter, words, roll
    }

    public var kind: Kind
    public var duration: MediaTime

    public init(_ kind: Kind, duration: MediaTime) {
        self.kind = kind
        self.duration = duration
    }
}
