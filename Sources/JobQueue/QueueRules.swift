// SPDX-License-Identifier: GPL-3.0-or-later

/// How long workers may be silent, how much one account gets at once, and when what failed is tried again.
package struct QueueRules: Hashable, Sendable {
    /// From a claim or a beat until the lease runs out.
    package var lease: Duration = .seconds(30)
    /// Tasks of one account that are worked on at once.
    package var mostInFlight = 2
    /// Before the second try; each further one waits four times as long.
    package var firstDelay: Duration = .seconds(2)
    package var longestDelay: Duration = .seconds(300)

    package init() {}

    /// Nothing that the queue itself decides lies farther ahead: a task whose moment does was given it by a clock that has since
    /// been put right.
    package var farthest: Duration { longestDelay * 2 }

    /// Whether a task that is to run at `moment` may.
    package func isDue(_ moment: Moment, at now: Moment) -> Bool { moment <= now || moment > now + farthest }

    /// Time from the `count`th mishap (1 is the first) to the next try.
    package func delay(after count: Int) -> Duration {
        var delay = firstDelay
        var left = count - 1
        while left > 0, delay < longestDelay {
            delay *= 4
            left -= 1
        }
        return min(delay, longestDelay)
    }
}
