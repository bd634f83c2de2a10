// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a task came to nothing.
package enum WorkerFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// How a process ended.
    package enum Ending: Hashable, Sendable, CustomStringConvertible {
        case status(Int32)
        case signal(Int32)

        package var description: String {
            switch self {
            case .status(let status): "ended with status \(status)"
            case .signal(let signal): "was ended by signal \(signal)"
            }
        }
    }

    /// The worker did the task and says why it cannot be done; in its own form.
    case refused([UInt8])
    /// The worker died of it, each time it was tried; what it wrote last on its standard error.
    case crashed(Ending, words: String)
    /// It took longer than it may, or gave no sign of life for so long.
    case overdue(after: Duration)
    /// The worker took more memory than it may.
    case overgrown(bytes: Int)
    /// Whoever wanted it left.
    case cancelled
    /// No worker can be started.
    case cannotStart(String)
    /// The pool is closed.
    case closed

    package var description: String {
        switch self {
        case .refused(let bytes): "the worker refused the task: \(String(decoding: bytes.prefix(500), as: UTF8.self))"
        case .crashed(let ending, let words): "the worker \(ending)\(words.isEmpty ? "" : ": \(words)")"
        case .overdue(let time): "the worker took longer than \(time)"
        case .overgrown(let bytes): "the worker took \(bytes >> 20) MiB of memory"
        case .cancelled: "the task was cancelled"
        case .cannotStart(let why): "no worker can be started: \(why)"
        case .closed: "the workers are being stopped"
        }
    }
}
