// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Lets one thread at a time work on the same key; threads with other keys pass. `@unchecked Sendable`: the set is only
/// touched under the condition's lock.
final class KeyedGate<Key: Hashable & Sendable>: @unchecked Sendable {
    private let change = NSCondition()
    private var busy: Set<Key> = []

    /// Runs `body` while nobody else is in for `key`; waits for whoever is.
    func run<Result>(_ key: Key, _ body: () throws -> Result) rethrows -> Result {
        change.lock()
        while busy.contains(key) { change.wait() }
        busy.insert(key)
        change.unlock()
        defer {
            change.lock()
            busy.remove(key)
            change.broadcast()
            change.unlock()
        }
        return try body()
    }
}
