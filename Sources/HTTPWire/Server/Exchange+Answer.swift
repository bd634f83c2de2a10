// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Synchronization

/// A streamed answer: from the handler's task into a bounded queue, from there to the socket.
extension Exchange {
    /// libmicrohttpd wants bytes. The count, 0 for none yet (the connection is suspended then), nil for the end; throws when
    /// the answer breaks off.
    func read(into room: UnsafeMutableRawBufferPointer) throws(HTTPFailure) -> Int? {
        enum Next {
            case bytes(Int, [CheckedContinuation<Void, any Error>])
            case end
            case wait
            case fail
        }
        let next: Next = state.withLock { state in
            if state.abandoned != nil { return .fail }
            if state.outbound.byteCount > 0 {
                let count = state.outbound.fill(room)
                state.bytesOut += count
                guard state.outbound.byteCount <= core.configuration.bufferBytes / 2 else { return .bytes(count, []) }
                defer { state.writers = [:] }
                return .bytes(count, Array(state.writers.values))
            }
            if state.answerHasEnded { return state.answerFailed ? .fail : .end }
            guard !core.isStopping else { return .fail }
            state.suspend()
            return .wait
        }
        switch next {
        case .bytes(let count, let writers):
            for writer in writers { writer.resume() }
            return count
        case .end: return nil
        case .wait:
            link.watch()
            return 0
        case .fail: throw .clientLeft
        }
    }

    /// The handler writes on; returns when there is room for more.
    func write(_ bytes: [UInt8]) async throws {
        if Task.isCancelled { throw state.withLock { $0.abandoned as (any Error)? } ?? CancellationError() }
        let name = state.withLock { state in
            state.nextWriter += 1
            return state.nextWriter
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enum Next {
                    case fail(any Error)
                    case goOn
                    case wait
                }
                let next: Next = state.withLock { state in
                    guard state.connection != nil, state.abandoned == nil else { return .fail(HTTPFailure.clientLeft) }
                    state.outbound.append(bytes)
                    state.resume()
                    guard state.outbound.byteCount >= core.configuration.bufferBytes else { return .goOn }
                    state.writers[name] = continuation
                    return .wait
                }
                switch next {
                case .fail(let error): continuation.resume(throwing: error)
                case .goOn: continuation.resume()
                case .wait: if Task.isCancelled { cancelWriter(name) }
                }
            }
        } onCancel: {
            cancelWriter(name)
        }
    }

    private func cancelWriter(_ name: UInt64) {
        let (writer, failure) = state.withLock { ($0.writers.removeValue(forKey: name), $0.abandoned) }
        writer?.resume(throwing: failure as (any Error)? ?? CancellationError())
    }
}
