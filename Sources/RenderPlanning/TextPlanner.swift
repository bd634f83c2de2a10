// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Resolves a drawn text's coming and going into frames.
struct TextPlanner {
    let text: TextContent
    let drawn: DrawnText
    let rate: FrameRate

    func overlay(_ window: FrameWindow) -> TextOverlay {
        let half = window.total / 2
        let entrance = text.entrance.map { TextMove($0.kind, frames: min(rate.frame(at: $0.duration), half)) }
        let exit = text.exit.map { TextMove($0.kind, frames: min(rate.frame(at: $0.duration), half)) }
        return TextOverlay(
            bitmap: drawn.bitmap, size: drawn.size, x: drawn.x, y: drawn.y, window: window,
            entrance: entrance.flatMap { $0.frames > 0 ? $0 : nil }, exit: exit.flatMap { $0.frames > 0 ? $0 : nil },
            reveals: reveals(entrance))
    }

    /// Characters or words one after the other over the entrance; words at the times they are said where those are known.
    private func reveals(_ entrance: TextMove?) -> [TextOverlay.Reveal] {
        guard let entrance else { return [] }
        let boxes: [DrawnText.Box]
        switch entrance.kind {
        case .typewriter: boxes = drawn.characters
        case .words: boxes = drawn.words
        case .fade, .slide, .pop, .roll: return []
        }
        return boxes.enumerated().map { index, box in
            let frame: Int
            if entrance.kind == .words, text.words.count == boxes.count {
                frame = rate.frame(at: text.words[index].range.start)
            } else {
                frame = entrance.frames * index / boxes.count
            }
            return TextOverlay.Reveal(x: box.x, y: box.y, width: box.width, height: box.height, frame: frame)
        }
    }
}
