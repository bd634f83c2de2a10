// SPDX-License-Identifier: GPL-3.0-or-later
import CCurl
import Synchronization

/// One request on its way and its answer on the way back: between libcurl's thread and the task that waits.
final class Transfer: Sendable {
    struct Head: Sendable {
        var status: HTTPStatus
        var headers: HTTPHeaders
    }

    private struct State: Sendable {
        var head: Head?
        var headWaiter: CheckedContinuation<Head, any Error>?
        var parts = PartQueue()
        var partWaiter: CheckedContinuation<[UInt8]?, any Error>?
        var isPaused = false
        /// nil as long as more may come.
        var end: Result<Void, any Error>?
    }

    /// What waits in memory before the sender is held back.
    private static let bufferBytes = 256 << 10

    let request: HTTPClientRequest
    private let thread: TransferThread
    private let state = Mutex(State())

    init(_ request: HTTPClientRequest, thread: TransferThread) {
        self.request = request
        self.thread = thread
    }

    // MARK: The task that waits

    /// Hands the request to libcurl; returns with the head of the answer.
    func start() async throws -> Head {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.end == nil { state.headWaiter = continuation }
                    return state.end != nil
                }
                // Only a cancellation can have been quicker.
                if isOver { return continuation.resume(throwing: CancellationError()) }
                thread.add(self)
            }
        } onCancel: {
            cancel()
        }
    }

    func nextPart() async throws -> [UInt8]? {
        try Task.checkCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Next {
                    case part([UInt8]?)
                    case fail(any Error)
                    case wait
                }
                var goesOn = false
                let next: Next = state.withLock { state in
                    if let part = state.parts.next() {
                        goesOn = state.isPaused && state.parts.byteCount <= Self.bufferBytes / 2
                        if goesOn { state.isPaused = false }
                        return .part(part)
                    }
                    switch state.end {
                    case .success: return .part(nil)
                    case .failure(let error): return .fail(error)
                    case nil:
                        precondition(state.partWaiter == nil, "a body has one reader")
                        state.partWaiter = continuation
                        return .wait
                    }
                }
                if goesOn { thread.goOn(self) }
                switch next {
                case .part(let part): continuation.resume(returning: part)
                case .fail(let error): continuation.resume(throwing: error)
                case .wait: if Task.isCancelled { cancel() }
                }
            }
        } onCancel: {
            cancel()
        }
    }

    /// Ends the transfer, whatever it has come to.
    func cancel() {
        guard finish(.failure(CancellationError())) else { return }
        thread.remove(self)
    }

    // MARK: libcurl's thread

    /// The head of the answer is complete.
    func came(_ head: Head) {
        let waiter = state.withLock { state in
            defer { state.headWaiter = nil }
            state.head = head
            return state.headWaiter
        }
        waiter?.resume(returning: head)
    }

    /// Bytes of the body came. False if there is no room: they have to come again after `goOn`.
    func came(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let (isTaken, waiter) = state.withLock { state in
            guard state.parts.byteCount < Self.bufferBytes else {
                state.isPaused = true
                return (false, CheckedContinuation<[UInt8]?, any Error>?.none)
            }
            defer { state.partWaiter = nil }
            if state.partWaiter == nil { state.parts.append(Array(bytes)) }
            return (true, state.partWaiter)
        }
        waiter?.resume(returning: Array(bytes))
        return isTaken
    }

    /// Nothing is awaited from the other side: the reader is slow.
    var isPaused: Bool { state.withLock { $0.isPaused } }

    /// The transfer is over. False if it was already.
    @discardableResult
    func finish(_ end: Result<Void, any Error>) -> Bool {
        let (isFirst, head, part) = state.withLock { state in
            let isFirst = state.end == nil
            if isFirst { state.end = end }
            // Taken by whoever ends it; there are none afterwards.
            defer { (state.headWaiter, state.partWaiter) = (nil, nil) }
            return (isFirst, state.headWaiter, state.partWaiter)
        }
        switch end {
        case .success:
            head?.resume(throwing: HTTPClientError.brokenOff(host: "the server", reason: "no answer came"))
            part?.resume(returning: nil)
        case .failure(let error):
            head?.resume(throwing: error)
            part?.resume(throwing: error)
        }
        return isFirst
    }
}
