// SPDX-License-Identifier: GPL-3.0-or-later

/// A point in time, in whole milliseconds since 1970, UTC. Whoever calls the queue brings it; the queue has no clock.
package struct Moment: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    package let milliseconds: Int64

    package init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// - Parameter seconds: since 1970; cut to milliseconds.
    package init(seconds: Double) { milliseconds = Int64((seconds * 1000).rounded(.down)) }

    /// Seconds since 1970.
    package var seconds: Double { Double(milliseconds) / 1000 }

    package static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

    package static func + (moment: Moment, duration: Duration) -> Moment {
        let (seconds, attoseconds) = duration.components
        return Moment(milliseconds: moment.milliseconds + seconds * 1000 + attoseconds / 1_000_000_000_000_000)
    }

    package var description: String { "\(milliseconds) ms" }
}
