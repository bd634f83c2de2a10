// SPDX-License-Identifier: GPL-3.0-or-later
import Studio
import Synchronization

/// How many requests an account may make: so many at once, and so many a second after that (a token bucket each).
final class RequestLimiter: Sendable {
    private struct Bucket {
        var left: Double
        var seen: Double
    }

    private static let mostRemembered = 10_000
    private let atOnce: Double
    private let perSecond: Double
    private let buckets = Mutex<[AccountID: Bucket]>([:])

    init(atOnce: Double, perSecond: Double) {
        self.atOnce = atOnce
        self.perSecond = perSecond
    }

    /// Nil where the request may be made; else the seconds until one may.
    func wait(_ account: AccountID, now: Double) -> Double? {
        buckets.withLock { buckets in
            if buckets.count >= Self.mostRemembered {
                // Those that are full again need not be known.
                buckets = buckets.filter { $0.value.left + (now - $0.value.seen) * perSecond < atOnce }
            }
            var bucket = buckets[account] ?? Bucket(left: atOnce, seen: now)
            bucket.left = min(atOnce, bucket.left + max(0, now - bucket.seen) * perSecond)
            bucket.seen = now
            defer { buckets[account] = bucket }
            guard bucket.left >= 1 else { return (1 - bucket.left) / perSecond }
            bucket.left -= 1
            return nil
        }
    }
}
