// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Asks running work to end soon; looked at for every frame. Safe from any thread and from a signal handler's thread.
public final class StopSignal: Sendable {
    private let flag = Atomic<Bool>(false)

    public init() {}

    public func stop() { flag.store(true, ordering: .relaxed) }

    public var isStopped: Bool { flag.load(ordering: .relaxed) }

    /// Throws `RenderError.stopped` once `stop()` has been called.
    func check() throws(RenderError) {
        if isStopped { throw RenderError.stopped }
    }
}
