// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// Asks running work to end soon; looked at for every frame. Safe from any thread and from a signal handler's thread.
public final class StopSignal: Sendable {
    private let flag = Atomic<Bool>(false)
    private let parent: StopSignal?

    public init() { parent = nil }

    /// A signal that is also stopped when `parent` is, but not the other way round: for the parts of one piece of work.
    init(within parent: StopSignal) { self.parent = parent }

    public func stop() { flag.store(true, ordering: .relaxed) }

    public var isStopped: Bool { flag.load(ordering: .relaxed) || (parent?.isStopped ?? false) }

    /// Throws `RenderError.stopped` once `stop()` has been called.
    func check() throws(RenderError) {
        if isStopped { throw RenderError.stopped }
    }
}
