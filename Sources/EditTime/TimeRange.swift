// SPDX-License-Identifier: GPL-3.0-or-later

/// A half-open span of time `start ..< end`; whose time it is (film, segment, source) is said where one is declared.
public struct TimeRange: Hashable, Sendable, Codable {
    public var start: MediaTime
    public var duration: MediaTime

    public init(start: MediaTime, duration: MediaTime) {
        self.start = start
        self.duration = duration
    }

    public init(_ start: MediaTime, until end: MediaTime) {
        self.init(start: start, duration: end - start)
    }

    public var end: MediaTime { start + duration }
    public var isEmpty: Bool { duration <= .zero }

    public func contains(_ time: MediaTime) -> Bool { start <= time && time < end }

    public func overlaps(_ other: TimeRange) -> Bool { start < other.end && other.start < end }

    /// What both cover, or nil where they only touch or lie apart.
    public func intersection(_ other: TimeRange) -> TimeRange? {
        let range = TimeRange(max(start, other.start), until: min(end, other.end))
        return range.isEmpty ? nil : range
    }
}
