// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

/// Threads of the renderer's own: codecs block, so they never run on Swift's cooperative pool.
enum WorkerThreads {
    /// Runs `body(0)` … `body(count − 1)` at once, each on its own thread, and waits for all of them.
    ///
    /// The first error is kept and thrown; `onFailure` is called then, so that the others can be told to stop.
    static func run(
        _ count: Int, onFailure: @escaping @Sendable () -> Void,
        _ body: @escaping @Sendable (Int) throws -> Void
    ) throws {
        let failure = Mutex<(any Error)?>(nil)
        let group = DispatchGroup()
        for index in 0..<count {
            group.enter()
            let thread = Thread {
                defer { group.leave() }
                do {
                    try body(index)
                } catch {
                    let isFirst = failure.withLock { first in
                        if first != nil { return false }
                        first = error
                        return true
                    }
                    if isFirst { onFailure() }
                }
            }
            thread.name = "kinora-\(index)"
            thread.stackSize = 8 << 20
            thread.start()
        }
        group.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
