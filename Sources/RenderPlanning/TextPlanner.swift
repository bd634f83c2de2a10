// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Resolves a drawn text's coming and going into frames.
struct TextPlanner {
    let text: TextContent
    let drawn: DrawnText
    let rate: FrameRate

    /// The plate, where it lies apart, the letters over it, and over them the word that is being said, lit.
    ///
    /// A text that only stands there says nothing of its coming and going, nor of how long it stands: so a text that
    /// lies over the whole film does not tie every chunk to the film's length.
    func overlays(_ window: FrameWindow) -> [TextOverlay] {
        let moves = moves(window.total)
        var letters = TextOverlay(
            bitmap: drawn.bitmap, size: drawn.size, x: drawn.x, y: drawn.y, window: window, entrance: moves.entrance,
            exit: moves.exit, reveals: reveals(text.entrance?.kind, moves.entrance?.frames ?? 0))
        if let rest = rest(window.total) {
            if window.first < rest.lowerBound {
                letters.exit = nil
                letters.window.total = rest.lowerBound
            } else if window.first < rest.upperBound {
                (letters.entrance, letters.exit) = (nil, nil)
                letters.window = .still
            } else {
                letters.entrance = nil
                letters.window = FrameWindow(
                    first: window.first - rest.upperBound, total: window.total - rest.upperBound)
            }
        }
        let all = [letters] + [lit(window, moves)].compactMap(\.self)
        guard let plate = drawn.plate else { return all }
        let arrival = TextMove(
            .fade, frames: min(rate.frame(at: MediaTime(milliseconds: 200)), window.total / 2))
        let ground = TextOverlay(
            bitmap: plate, size: drawn.size, x: drawn.x, y: drawn.y, window: window, entrance: arrival,
            exit: moves.exit)
        return [ground] + all
    }

    /// Each word in its other colour while it is said: up to the next one, where that follows at once.
    private func lit(_ window: FrameWindow, _ moves: (entrance: TextMove?, exit: TextMove?)) -> TextOverlay? {
        guard let bitmap = drawn.lit, !text.words.isEmpty, text.words.count == drawn.words.count else { return nil }
        let pause = MediaTime(milliseconds: 300)
        var reveals: [TextOverlay.Reveal] = []
        for (index, word) in text.words.enumerated() {
            var end = word.range.end
            if index + 1 < text.words.count {
                let next = text.words[index + 1].range.start
                end = next > end + pause ? end : next
            }
            let first = rate.frame(at: word.range.start)
            reveals += drawn.words[index].map {
                TextOverlay.Reveal(
                    x: $0.x, y: $0.y, width: $0.width, height: $0.height, frame: first,
                    end: max(rate.frame(at: end), first + 1))
            }
        }
        var overlay = TextOverlay(
            bitmap: bitmap, size: drawn.size, x: drawn.x, y: drawn.y, window: window, entrance: moves.entrance,
            exit: moves.exit, reveals: reveals)
        // Letters that come one by one are there when they are said.
        if moves.entrance?.kind == .typewriter { overlay.entrance = nil }
        return overlay
    }

    /// Frames of the segment, of `total`, at which the text begins and ceases to stand still.
    func edges(total: Int) -> [Int] { rest(total).map { [$0.lowerBound, $0.upperBound] } ?? [] }

    private func moves(_ total: Int) -> (entrance: TextMove?, exit: TextMove?) {
        func move(_ animation: TextAnimation?, atLeast least: Int = 0) -> TextMove? {
            guard let animation else { return nil }
            let frames = max(min(rate.frame(at: animation.duration), total / 2), least)
            return frames > 0 ? TextMove(animation.kind, frames: frames) : nil
        }
        // Words that come as they are said take their times from there, whatever length the entrance has.
        let isTimed = text.entrance?.kind == .words && !text.words.isEmpty
        return (move(text.entrance, atLeast: isTimed ? 1 : 0), move(text.exit))
    }

    /// Frames at which the text stands still. Nil where it comes part by part, where what it does at one end hangs on the
    /// other (a roll), and where there is no such frame.
    private func rest(_ total: Int) -> Range<Int>? {
        let (entrance, exit) = moves(total)
        switch text.entrance?.kind {
        case .typewriter, .words, .roll: return nil
        case .fade, .slide, .pop, nil: break
        }
        guard exit?.kind != .roll else { return nil }
        let rest = (entrance?.frames ?? 0)..<total - (exit?.frames ?? 0)
        return rest.isEmpty ? nil : rest
    }

    /// Characters or words one after the other over the entrance; words at the times they are said where those are known.
    private func reveals(_ kind: TextAnimation.Kind?, _ frames: Int) -> [TextOverlay.Reveal] {
        let parts: [[DrawnText.Box]]
        switch kind {
        case .typewriter: parts = drawn.characters
        case .words: parts = drawn.words
        case .fade, .slide, .pop, .roll, nil: return []
        }
        return parts.enumerated().flatMap { index, boxes in
            let frame: Int
            if kind == .words, text.words.count == parts.count {
                frame = rate.frame(at: text.words[index].range.start)
            } else {
                frame = frames * index / parts.count
            }
            return boxes.map {
                TextOverlay.Reveal(x: $0.x, y: $0.y, width: $0.width, height: $0.height, frame: frame)
            }
        }
    }
}

extension String {
    /// Whether drawing it leaves any ink: a letter, a figure, a mark or a picture, not only spaces and joiners.
    var hasVisibleCharacters: Bool {
        unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .spaceSeparator, .surrogate, .unassigned,
                .privateUse, .nonspacingMark, .enclosingMark, .spacingMark:
                return false
            default: return true
            }
        }
    }
}
