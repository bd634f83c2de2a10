// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Tells any number of listeners that something happened. Who is busy meanwhile hears it once.
package final class Hinting: Sendable {
    private struct Listeners {
        var last = 0
        var all: [Int: AsyncStream<Void>.Continuation] = [:]
    }

    private let listeners = Mutex(Listeners())

    package init() {}

    deinit { for listener in listeners.withLock({ $0.all.values }) { listener.finish() } }

    package func tell() {
        for listener in listeners.withLock({ Array($0.all.values) }) { listener.yield() }
    }

    /// A stream that hears what is told from now on, until it is let go of; then `ended` is called.
    package func stream(_ ended: @escaping @Sendable () -> Void = {}) -> AsyncStream<Void> {
        let (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = listeners.withLock { listeners in
            listeners.last += 1
            listeners.all[listeners.last] = continuation
            return listeners.last
        }
        continuation.onTermination = { [weak self] _ in
            self?.listeners.withLock { $0.all[number] = nil }
            ended()
        }
        return stream
    }
}
