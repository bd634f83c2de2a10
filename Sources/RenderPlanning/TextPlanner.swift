// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Resolves a drawn text's coming and going into frames.
struct TextPlanner {
    let text: TextContent
    let drawn: DrawnText
    let rate: FrameRate

    /// The plate, where it lies apart, and the letters over it.
    func overlays(_ window: FrameWindow) -> [TextOverlay] {
        let half = window.total / 2
        let entrance = text.entrance.map { TextMove($0.kind, frames: min(rate.frame(at: $0.duration), half)) }
        let exit = text.exit.map { TextMove($0.kind, frames: min(rate.frame(at: $0.duration), half)) }
            .flatMap { $0.frames > 0 ? $0 : nil }
        var overlays = [
            TextOverlay(
                bitmap: drawn.bitmap, size: drawn.size, x: drawn.x, y: drawn.y, window: window,
                entrance: entrance.flatMap { $0.frames > 0 ? $0 : nil }, exit: exit, reveals: reveals(entrance))
        ]
        if let plate = drawn.plate {
            let arrival = TextMove(.fade, frames: min(rate.frame(at: MediaTime(milliseconds: 200)), half))
            overlays.insert(
                TextOverlay(
                    bitmap: plate, size: drawn.size, x: drawn.x, y: drawn.y, window: window, entrance: arrival,
                    exit: exit), at: 0)
        }
        return overlays
    }

    /// Characters or words one after the other over the entrance; words at the times they are said where those are known.
    private func reveals(_ entrance: TextMove?) -> [TextOverlay.Reveal] {
        guard let entrance else { return [] }
        let parts: [[DrawnText.Box]]
        switch entrance.kind {
        case .typewriter: parts = drawn.characters
        case .words: parts = drawn.words
        case .fade, .slide, .pop, .roll: return []
        }
        return parts.enumerated().flatMap { index, boxes in
            let frame: Int
            if entrance.kind == .words, text.words.count == parts.count {
                frame = rate.frame(at: text.words[index].range.start)
            } else {
                frame = entrance.frames * index / parts.count
            }
            return boxes.map {
                TextOverlay.Reveal(x: $0.x, y: $0.y, width: $0.width, height: $0.height, frame: frame)
            }
        }
    }
}
