// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Synchronization

/// The end of a request: everybody who waits is told, and the log.
extension Exchange {
    /// What the log is made of.
    private struct Last {
        let bytesIn, bytesOut: Int
        let route: String?
        /// Why nothing more could come, if that was known before the end.
        let abandoned: HTTPFailure?
    }

    /// Who has to be told.
    private struct Waiting {
        let reader: CheckedContinuation<[UInt8]?, any Error>?
        let writers: [UInt64: CheckedContinuation<Void, any Error>]
        let failure: HTTPFailure?
        let task: Task<Void, Never>?
    }

    /// libmicrohttpd says that the request is over, well or badly.
    func ended(_ code: MHD_RequestTerminationCode) {
        let isWell = code == .REQUEST_TERMINATED_COMPLETED_OK
        let (last, waiting) = state.withLock { state in
            let last = Last(
                bytesIn: state.bytesIn, bytesOut: state.bytesOut, route: state.route, abandoned: state.abandoned)
            let waiting =
                isWell && state.reader == nil && state.writers.isEmpty
                ? nil
                : Waiting(reader: state.reader, writers: state.writers, failure: state.bodyFailure, task: state.task)
            state.connection = nil
            if !isWell, state.abandoned == nil { state.abandoned = .clientLeft }
            (state.reader, state.writers) = (nil, [:])
            // What makes the answer may hold the request, and with it this.
            (state.answer, state.task) = (nil, nil)
            (state.inbound, state.outbound) = (PartQueue(), PartQueue())
            return (last, waiting)
        }
        if let waiting {
            if !isWell { waiting.task?.cancel() }
            waiting.reader?.resume(throwing: waiting.failure ?? last.abandoned ?? .clientLeft)
            for writer in waiting.writers.values { writer.resume(throwing: HTTPFailure.clientLeft) }
        }
        if core.configuration.log != nil || core.configuration.metrics != nil {
            let record = record(outcome(code, last), last)
            core.configuration.metrics?.record(record)
            core.configuration.log?(record)
        }
        (request, immediate, fixed) = (nil, nil, nil)
        if isWell { link.expect(.request) }
        if isCounted { core.end() }
    }

    private func outcome(_ code: MHD_RequestTerminationCode, _ last: Last) -> HTTPAccess.Outcome {
        if code == .REQUEST_TERMINATED_COMPLETED_OK || wasSentLast { return .sent }
        if link.expired != nil || code == .REQUEST_TERMINATED_TIMEOUT_REACHED { return .timedOut }
        // What was known first counts: a writer fails because its client has left, too.
        if last.abandoned == .clientLeft { return .clientLeft }
        let isOurs = code == .REQUEST_TERMINATED_DAEMON_SHUTDOWN || code == .REQUEST_TERMINATED_WITH_ERROR
        return isOurs || last.abandoned != nil ? .brokenOff : .clientLeft
    }

    private func record(_ outcome: HTTPAccess.Outcome, _ last: Last) -> HTTPAccess {
        let isWhole = outcome == .sent && request?.method != .head
        let nanoseconds = monotonicNanoseconds() - began
        return HTTPAccess(
            id: request?.id ?? "", method: request?.method.rawValue ?? "",
            path: request?.path ?? HTTPRequest.split(target).0, route: last.route, status: status,
            bytesIn: last.bytesIn, bytesOut: isWhole ? declaredBytesOut ?? last.bytesOut : last.bytesOut,
            duration: .nanoseconds(Int64(clamping: nanoseconds)),
            beganSeconds: wallSeconds() - Double(nanoseconds) / 1e9,
            remoteAddress: request?.remoteAddress ?? link.remoteAddress, userAgent: request?.headers["User-Agent"],
            outcome: outcome)
    }
}
