// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Child processes of this program that do what this process must not: kept warm, limited, replaced when they crash, hang or
/// grow too large. A task of which a worker dies is tried again in a fresh one. Safe from any thread; nothing of it waits on
/// Swift's own threads.
///
/// Close it before it goes: workers end with the pool's thread in any case.
package final class WorkerPool: Sendable {
    /// How the pool stands.
    package struct Standing: Hashable, Sendable {
        /// Process ids.
        package var workers: [Int32]
        package var busy: Int
        /// Tasks that wait for a worker.
        package var waiting: Int
        /// Workers started in place of others.
        package var restarts: Int
    }

    private let thread: PoolThread
    private let lastTask = Atomic<UInt64>(0)

    /// Starts all workers; returns before they are ready. Throws `cannotStart` where the system has no room for the pool
    /// itself.
    package init(_ lanes: [WorkerLane], program: WorkerProgram) throws(WorkerFailure) {
        guard let thread = PoolThread(lanes, program) else { throw .cannotStart("no descriptors are left") }
        self.thread = thread
    }

    deinit { thread.ask(.close({})) }

    /// Has a worker do a task, and waits for its answer. Cancelling the caller cancels the task.
    ///
    /// - Parameter progress: called on the pool's thread, and should be quick.
    package func run(
        _ task: WorkerTask, progress: @escaping @Sendable ([UInt8]) -> Void = { _ in }
    ) async throws(WorkerFailure) -> WorkerAnswer {
        let number = lastTask.add(1, ordering: .relaxed).newValue
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                thread.ask(.submit(number, task, progress) { continuation.resume(returning: $0) })
                // Where the caller was cancelled before the task was known, nothing else tells.
                if Task.isCancelled { thread.ask(.cancel(number)) }
            }
        } onCancel: {
            thread.ask(.cancel(number))
        }
        return try result.get()
    }

    /// Returns when all workers are ready for their first task, or the pool is closed.
    package func warm() async {
        await withCheckedContinuation { continuation in thread.ask(.warm { continuation.resume() }) }
    }

    /// Ends all workers; what they were doing fails with `closed`. Returns when they are gone.
    package func close() async {
        await withCheckedContinuation { continuation in thread.ask(.close { continuation.resume() }) }
    }

    package var standing: Standing {
        let seen = thread.seen
        return Standing(workers: seen.workers, busy: seen.busy, waiting: seen.waiting, restarts: seen.restarts)
    }
}
