// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Glibc

/// What a worker gives up for good before its first task, beside the limits and the privileges that `WorkerChild` sets:
/// system calls (`CallFilter`) and the view of the file system (`FileView`), as far as the machine knows them.
package struct Sandbox: Sendable {
    /// Which system calls are left.
    package enum Calls: Hashable, Sendable {
        /// Those on a list; all others are refused.
        case listed
        /// All but those that a media worker never needs.
        case unlisted
    }

    /// The layers that a machine may have.
    package enum Layer: String, CaseIterable, Hashable, Sendable {
        /// A filter of system calls, seccomp.
        case calls
        /// A view of the file system, Landlock.
        case files
    }

    package var calls: Calls
    /// Folders and files that may be read, and in which files may be made and changed. What is not there is passed over.
    package var reads: [String]
    package var writes: [String]

    package init(calls: Calls, reads: [String], writes: [String]) {
        self.calls = calls
        self.reads = reads
        self.writes = writes
    }

    /// The layers of this machine.
    package static var layers: Set<Layer> {
        var layers: Set<Layer> = []
        if CallFilter.isThere { layers.insert(.calls) }
        if FileView.isThere { layers.insert(.files) }
        return layers
    }

    /// The name in the environment that lets workers run where the machine has no layer at all, set to `1`.
    package static let bareVariable = "KINORA_BARE_WORKERS"

    /// Enters what layers there are. Must be called by the only thread there is.
    ///
    /// - Parameter layers: those of this machine.
    /// - Throws: where a layer that is there cannot be entered, or there is none and `mayBeBare` is false.
    @discardableResult
    package func enter(layers: Set<Layer> = Sandbox.layers, mayBeBare: Bool) throws(SandboxFailure) -> Set<Layer> {
        guard !layers.isEmpty || mayBeBare else {
            throw SandboxFailure(
                "confine itself: the system has neither seccomp nor Landlock; "
                    + "\(Self.bareVariable)=1 lets it run all the same", ENOSYS)
        }
        if layers.contains(.files) {
            // Landlock holds for the thread that enters it.
            let threads = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count) ?? 1
            guard threads == 1 else { throw SandboxFailure("confine itself with \(threads) threads running", EBUSY) }
            try FileView(reads: reads, writes: writes).enter()
        }
        if layers.contains(.calls) { try CallFilter(calls).enter() }
        return layers
    }
}

/// What a worker could not give up, and why.
package struct SandboxFailure: Error, CustomStringConvertible {
    package let what: String
    package let cause: Int32

    init(_ what: String, _ cause: Int32) {
        self.what = what
        self.cause = cause
    }

    package var description: String { "could not \(what): \(String(cString: strerror(cause)))" }
}
