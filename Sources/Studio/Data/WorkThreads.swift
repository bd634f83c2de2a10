// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Threads for work that blocks: disks, codecs, analysis. Swift's own pool must not wait for those.
///
/// At most so many pieces of work run at once; the rest wait in the order in which they came. Work that began is not
/// broken off.
package struct WorkThreads: Sendable {
    private let queue: OperationQueue

    package init(_ name: String, atOnce: Int) {
        queue = OperationQueue()
        queue.name = name
        queue.maxConcurrentOperationCount = max(1, atOnce)
    }

    /// What `work` gives, done on one of the threads.
    package func run<Answer: Sendable>(_ work: @escaping @Sendable () -> Answer) async -> Answer {
        await withCheckedContinuation { continuation in
            queue.addOperation { continuation.resume(returning: work()) }
        }
    }

    /// What `work` gives or throws, done on one of the threads.
    package func attempt<Answer: Sendable>(_ work: @escaping @Sendable () throws -> Answer) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            queue.addOperation { continuation.resume(with: Result { try work() }) }
        }
    }
}
