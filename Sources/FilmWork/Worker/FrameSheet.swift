// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import KinoraKit
import PixelBuffers
import Renderer
import StillImages

/// Frames of a film side by side.
enum FrameSheet {
    /// Pixels between two frames; even, for the colours' half resolution.
    private static let gap = 4
    private static let grey: (y: UInt8, u: UInt8, v: UInt8) = (60, 128, 128)

    /// Frames in reading order, in rows of the task's columns, without a margin.
    static func picture(of task: SheetTask, stage: FilmStage) throws -> Picture {
        var sheet: Picture?
        for (index, time) in task.times.enumerated() {
            let frame = try StillImages.reduced(stage.frame(at: time), to: task.size)
            let step = (x: (frame.width + 1) / 2 * 2 + gap, y: (frame.height + 1) / 2 * 2 + gap)
            let columns = min(task.columns, task.times.count)
            let rows = (task.times.count + columns - 1) / columns
            let whole =
                sheet
                ?? {
                    let empty = Picture(width: columns * step.x - gap, height: rows * step.y - gap)
                    empty.fill(grey)
                    return empty
                }()
            sheet = whole
            let (x, y) = (index % columns * step.x, index / columns * step.y)
            let half = (width: frame.layout.chromaWidth, height: frame.layout.chromaHeight)
            whole.mutableY.part(x: x, y: y, width: frame.width, height: frame.height).copy(from: frame.y)
            whole.mutableU.part(x: x / 2, y: y / 2, width: half.width, height: half.height).copy(from: frame.u)
            whole.mutableV.part(x: x / 2, y: y / 2, width: half.width, height: half.height).copy(from: frame.v)
        }
        return sheet ?? Picture(width: 16, height: 16)
    }
}
