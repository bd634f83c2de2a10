// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import Foundation
package import MediaLibrary
import Renderer
package import Wording
import WorkerPool

/// Why a worker's task came to nothing, in words that a person understands.
package struct WorkFault: Error, Hashable, Sendable, Codable, CustomStringConvertible {
    package enum Cause: String, Hashable, Sendable, Codable {
        /// What was given does not do: trying again would not help.
        case material
        /// The disk is full.
        case noRoom
        /// Workers died of it, hung or grew; told of the file or the film that did it.
        case worker
        /// Nobody wants it any more.
        case stopped
        /// The service is ending, or no worker can be started.
        case unavailable
    }

    package var cause: Cause
    package var wording: Wording
    /// Of a file that cannot be used.
    package var refusal: Refusal?
    /// For whoever mends the program: what the worker wrote before it died.
    package var detail: String?

    package init(cause: Cause, wording: Wording, refusal: Refusal? = nil, detail: String? = nil) {
        self.cause = cause
        self.wording = wording
        self.refusal = refusal
        self.detail = detail
    }

    package var description: String {
        wording.text(in: FaultWords.english) + (detail.map { " (\($0))" } ?? "")
    }
}

extension WorkFault: Phrased {}

extension WorkFault {
    /// What an error in a worker means.
    init(_ error: any Error) {
        switch error {
        case let refusal as Refusal: self.init(cause: .material, wording: refusal.wording, refusal: refusal)
        case RenderError.stopped: self.init(cause: .stopped, wording: RenderError.stopped.wording)
        case let error as FileError where error.code == .noSpace:
            self.init(cause: .noRoom, wording: Wording("work noRoom"))
        case let error as any Phrased: self.init(cause: .material, wording: error.wording)
        case let error as any Worded:
            let text = error.text(in: FaultWords.english)
            self.init(cause: .material, wording: Wording("work refused", ["detail": .text(text)]))
        default:
            self.init(cause: .material, wording: Wording("work refused", ["detail": .text("\(error)")]))
        }
        // A film's writer tells of a full disk in words of its own.
        if cause == .material, detail == nil, "\(error)".contains(String(cString: strerror(ENOSPC))) {
            self = WorkFault(cause: .noRoom, wording: Wording("work noRoom"))
        }
    }

    /// What the pool's failure means.
    init(_ failure: WorkerFailure) {
        switch failure {
        case .refused(let bytes):
            if let fault = try? WorkCoding.value(WorkFault.self, bytes) {
                self = fault
            } else {
                self.init(
                    cause: .worker, wording: Wording("work crashed"),
                    detail: String(decoding: bytes.prefix(200), as: UTF8.self))
            }
        case .crashed: self.init(cause: .worker, wording: Wording("work crashed"), detail: failure.description)
        case .overdue(let time):
            let seconds = max(1, Int((time / .seconds(1)).rounded()))
            self.init(cause: .worker, wording: Wording("work overdue", ["seconds": "\(seconds)"]))
        case .overgrown(let bytes):
            self.init(cause: .worker, wording: Wording("work overgrown", ["megabytes": "\(bytes >> 20)"]))
        case .cancelled: self.init(cause: .stopped, wording: RenderError.stopped.wording)
        case .cannotStart:
            self.init(cause: .unavailable, wording: Wording("work unavailable"), detail: failure.description)
        case .closed: self.init(cause: .unavailable, wording: Wording("work unavailable"))
        }
    }
}
