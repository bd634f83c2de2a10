// SPDX-License-Identifier: GPL-3.0-or-later
import RenderPlanning
import Synchronization

/// How far a render is.
public struct RenderProgress: Hashable, Sendable {
    public enum Phase: String, Hashable, Sendable, Codable {
        case drawing, assembling, done
    }

    public var phase: Phase
    /// Of the whole film; frames that were in the cache count as done.
    public var framesDone: Int
    public var framesTotal: Int
    /// Frames that were drawn in this run.
    public var framesDrawn: Int

    /// 0…1; falls only when the film is rendered again at a lower quality to fit a size.
    public var fraction: Double {
        if phase == .done { return 1 }
        return framesTotal == 0 ? 0 : 0.99 * Double(framesDone) / Double(framesTotal)
    }
}

/// Counts frames over all workers.
final class ProgressMeter: Sendable {
    private let state: Mutex<RenderProgress>
    private let report: @Sendable (RenderProgress) -> Void

    init(_ plan: FilmPlan, report: @escaping @Sendable (RenderProgress) -> Void) {
        state = Mutex(
            RenderProgress(phase: .drawing, framesDone: 0, framesTotal: plan.frameCount, framesDrawn: 0))
        self.report = report
    }

    func frameDone() {
        change {
            $0.framesDone += 1
            $0.framesDrawn += 1
        }
    }

    func skipped(frames: Int) { change { $0.framesDone += frames } }
    /// Begins again, for another try at the same film.
    func restart() {
        change {
            $0.phase = .drawing
            $0.framesDone = 0
        }
    }

    func assembling() { change { $0.phase = .assembling } }
    func done() { change { $0.phase = .done } }

    private func change(_ body: (inout RenderProgress) -> Void) {
        let now = state.withLock { progress in
            body(&progress)
            return progress
        }
        report(now)
    }
}
