// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Synchronization

/// The request's body: from the socket into a bounded queue, from there to the handler.
extension Exchange {
    /// Body bytes arrived. False closes the connection.
    func take(_ part: UnsafeRawBufferPointer) -> Bool {
        enum Next {
            case goOn
            case wait
            case close
            case answer(PreparedResponse)
        }
        var reader: (CheckedContinuation<[UInt8]?, any Error>, [UInt8])?
        let limit = core.configuration.bodyBytes
        let room = core.configuration.bufferBytes
        let next: Next = state.withLock { state in
            if state.abandoned != nil { return .close }
            state.bytesIn += part.count
            if state.bytesIn > limit {
                state.bodyFailure = .bodyTooLarge(limit: limit)
                return .answer(core.refusal(.bodyTooLarge(limit: limit), request))
            }
            if let answer = state.answer {
                // Nobody reads on. A short rest is let pass to keep the connection; a long one is not waited for.
                let rest = request?.body.length.map { $0 - state.bytesIn } ?? Int.max
                return rest <= room || answer.closingMessage == nil ? .goOn : .answer(answer)
            }
            if let waiting = state.reader {
                state.reader = nil
                reader = (waiting, Array(part))
                return .goOn
            }
            state.inbound.append(Array(part))
            guard state.inbound.byteCount >= room else { return .goOn }
            guard !core.isStopping else { return .close }
            state.suspend()
            // Under the lock: the reader that resumes sets a new deadline there.
            link.expect(.nothing)
            return .wait
        }
        if let (reader, bytes) = reader { reader.resume(returning: bytes) }
        switch next {
        case .goOn: return link.expect(.body)
        case .wait:
            link.watch()
            return true
        case .close: return false
        case .answer(let answer):
            if let failure = state.withLock({ $0.bodyFailure }) { failReader(failure) }
            status = answer.status.rawValue
            phase = .answered
            if let message = answer.closingMessage {
                link.sendLast(message)
                wasSentLast = true
            }
            return false
        }
    }

    /// All of the body has come.
    func bodyEnded() {
        link.expect(.nothing)
        let reader = state.withLock { state in
            state.bodyHasEnded = true
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(returning: nil)
    }

    /// No more of the body will come.
    func bodyFailed(_ failure: HTTPFailure) {
        state.withLock { $0.bodyFailure = failure }
        failReader(failure)
    }

    func failReader(_ failure: HTTPFailure) {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(throwing: failure)
    }

    /// The handler reads on.
    ///
    /// What ended the request is told before the cancellation that it brings.
    func nextBodyPart() async throws -> [UInt8]? {
        if Task.isCancelled { throw state.withLock { $0.failure as (any Error)? } ?? CancellationError() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Next {
                    case part([UInt8]?)
                    case fail(any Error)
                    case wait
                }
                let next: Next = state.withLock { state in
                    if let part = state.inbound.next() {
                        // Where all has come, the connection rests for the answer, and nothing is awaited of the client.
                        let isHalfEmpty = state.inbound.byteCount <= core.configuration.bufferBytes / 2
                        if state.isSuspended, !state.bodyHasEnded, isHalfEmpty {
                            link.expect(.body)
                            state.resume()
                        }
                        return .part(part)
                    }
                    if let failure = state.bodyFailure { return .fail(failure) }
                    if state.bodyHasEnded { return .part(nil) }
                    if let failure = state.abandoned { return .fail(failure) }
                    guard state.connection != nil else { return .fail(HTTPFailure.clientLeft) }
                    precondition(state.reader == nil, "a request's body has one reader")
                    state.reader = continuation
                    state.bodyIsWanted = true
                    state.resume()
                    return .wait
                }
                switch next {
                case .part(let part): continuation.resume(returning: part)
                case .fail(let error): continuation.resume(throwing: error)
                // Cancelled before the continuation lay there for the handler below to find.
                case .wait: if Task.isCancelled { cancelReader() }
                }
            }
        } onCancel: {
            cancelReader()
        }
    }

    private func cancelReader() {
        let (reader, failure) = state.withLock { state in
            defer { state.reader = nil }
            return (state.reader, state.failure)
        }
        reader?.resume(throwing: failure as (any Error)? ?? CancellationError())
    }
}
