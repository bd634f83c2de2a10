// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
public import EditTime
import FileStore
import Foundation
public import PixelBuffers
public import RenderPlanning

extension FilmRenderer {
    /// The frame of `plan` that is on at `time`: the first for times before it, the last for later ones.
    public func frame(of plan: FilmPlan, at time: MediaTime) throws -> Picture {
        try FilmStage(plan, self).frame(at: time)
    }

    /// Writes all frames of `plan` uncompressed as YUV4MPEG2 (`C420mpeg2`, limited range), drawn in order on one thread.
    public func renderRaw(
        _ plan: FilmPlan, to path: String, stop: StopSignal, progress: @escaping @Sendable (RenderProgress) -> Void
    ) throws {
        let meter = ProgressMeter(plan, report: progress)
        let sources = OpenSources(shared: RenderSources(files: files, cache: cache), plan: plan)
        let file = try AtomicFile(replacing: path)
        let rate = "\(plan.frameRate.numerator):\(plan.frameRate.denominator)"
        try file.write(
            Array("YUV4MPEG2 W\(plan.canvas.width) H\(plan.canvas.height) F\(rate) Ip A1:1 C420mpeg2\n".utf8))
        for chunk in plan.chunks {
            try ChunkRenderer.draw(chunk, sources: sources, stop: stop) { picture in
                try file.write(Array("FRAME\n".utf8))
                for plane in [picture.y, picture.u, picture.v] {
                    for y in 0..<plane.height {
                        try file.write(UnsafeRawBufferPointer(start: plane.row(y), count: plane.width))
                    }
                }
                meter.frameDone()
            }
        }
        try file.commit(durable: false)
        meter.done()
    }
}
