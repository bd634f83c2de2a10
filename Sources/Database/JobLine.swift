// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Synchronization

/// Work that waits for the threads that do it, first come, first served.
final class JobLine<Job: Sendable>: Sendable {
    private struct State {
        var jobs: [Job] = []
        /// Those before are taken already.
        var first = 0
        var isClosed = false

        mutating func take(atMost count: Int) -> [Job] {
            let end = min(jobs.count, first + count)
            let taken = Array(jobs[first..<end])
            first = end
            if first == jobs.count || first > 1024 {
                jobs.removeFirst(first)
                first = 0
            }
            return taken
        }
    }

    private let state = Mutex(State())
    /// One signal a job, and one when the line is closed, which each thread hands on to the next.
    private let signals = DispatchSemaphore(value: 0)

    /// False once the line is closed: the job is not taken.
    func add(_ job: Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed else { return false }
            state.jobs.append(job)
            return true
        }
        if isTaken { signals.signal() }
        return isTaken
    }

    /// At least one job, waiting for it where there is none; none once the line is closed and all are taken.
    func take(atMost count: Int) -> [Job] {
        while true {
            signals.wait()
            let (jobs, isOver) = state.withLock { state in
                let jobs = state.take(atMost: count)
                return (jobs, jobs.isEmpty && state.isClosed)
            }
            if isOver { signals.signal() }
            if isOver || !jobs.isEmpty { return jobs }
            // Somebody took several at once: this signal was for one of those.
        }
    }

    /// Takes no more; what is in the line will be done.
    func close() {
        let wasOpen = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if wasOpen { signals.signal() }
    }
}
