// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// Does blocking work for each item on threads of its own, never on Swift's cooperative pool, and waits for all of it.
///
/// Answers come in the order of the items.
package func parallelMap<Item: Sendable, Answer: Sendable>(
    _ items: [Item], threads: Int, _ work: @escaping @Sendable (Item) -> Answer
) -> [Answer] {
    let answers = Mutex<[Answer?]>([Answer?](repeating: nil, count: items.count))
    let next = Atomic<Int>(0)
    let finished = DispatchGroup()
    @Sendable func drain() {
        while true {
            let index = next.add(1, ordering: .relaxed).oldValue
            guard index < items.count else { return }
            let answer = work(items[index])
            answers.withLock { $0[index] = answer }
        }
    }
    withExtendedLifetime(finished) {
        for _ in 0..<max(0, min(threads, items.count) - 1) {
            finished.enter()
            let thread = Thread {
                drain()
                finished.leave()
            }
            thread.stackSize = 8 << 20
            thread.start()
        }
        drain()
        finished.wait()
    }
    return answers.withLock { $0.compactMap(\.self) }
}
