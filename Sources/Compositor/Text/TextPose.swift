// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import RenderPlanning

/// Where a text lies at one frame of its segment, how large and how strong it is.
struct TextPose: Hashable {
    /// Top left on the canvas.
    var x: Double
    var y: Double
    var scale = 1.0
    /// In 1/256.
    var opacity = 256

    init(_ overlay: TextOverlay, canvas: PixelSize, frame: Int) {
        x = Double(overlay.x)
        y = Double(overlay.y)
        let total = overlay.window.total
        var strength = 1.0
        if let entrance = overlay.entrance, entrance.frames > 0, frame < entrance.frames {
            let progress = Self.progress(frame, entrance)
            enter(entrance.kind, progress, overlay, canvas, &strength)
        } else if let exit = overlay.exit, exit.frames > 0, frame >= total - exit.frames {
            let progress = Self.progress(frame - (total - exit.frames), exit)
            leave(exit.kind, progress, overlay, canvas, &strength)
        }
        opacity = Int((256 * strength).rounded())
    }

    /// Frame `index` of a move: between its ends, so that neither repeats a neighbour's frame; a roll goes on at the same pace
    /// from its entrance to its exit.
    private static func progress(_ index: Int, _ move: TextMove) -> Double {
        move.kind == .roll
            ? (Double(index) + 0.5) / Double(move.frames) : Double(index + 1) / Double(move.frames + 1)
    }

    /// `progress` runs from just above 0 to just below 1.
    private mutating func enter(
        _ kind: TextAnimation.Kind, _ progress: Double, _ overlay: TextOverlay, _ canvas: PixelSize,
        _ strength: inout Double
    ) {
        switch kind {
        case .fade: strength = Easing.smooth(progress)
        case .slide:
            strength = Easing.smooth(min(1, progress * 1.6))
            y += (1 - Easing.outCubic(progress)) * Self.slide(canvas)
        case .pop:
            strength = Easing.smooth(min(1, progress * 3))
            resize(0.72 + 0.28 * Easing.outBack(progress), overlay)
        case .roll:
            // From below the canvas; at an even pace when it rolls on out of the picture.
            let continues = overlay.exit?.kind == .roll
            y += (1 - (continues ? progress : Easing.outCubic(progress))) * (Double(canvas.height) - y)
        case .typewriter, .words: break  // shown box by box
        }
    }

    private mutating func leave(
        _ kind: TextAnimation.Kind, _ progress: Double, _ overlay: TextOverlay, _ canvas: PixelSize,
        _ strength: inout Double
    ) {
        switch kind {
        case .fade, .typewriter, .words: strength = Easing.smooth(1 - progress)
        case .slide:
            strength = Easing.smooth(min(1, (1 - progress) * 1.6))
            y -= Easing.inCubic(progress) * Self.slide(canvas)
        case .pop:
            strength = Easing.smooth(min(1, (1 - progress) * 2))
            resize(0.72 + 0.28 * Easing.outBack(1 - progress), overlay)
        case .roll:
            let continues = overlay.entrance?.kind == .roll
            let way = continues ? progress : Easing.inCubic(progress)
            y -= way * (y + Double(overlay.size.height))
        }
    }

    /// About its middle.
    private mutating func resize(_ scale: Double, _ overlay: TextOverlay) {
        self.scale = scale
        x += Double(overlay.size.width) * (1 - scale) / 2
        y += Double(overlay.size.height) * (1 - scale) / 2
    }

    /// How far a sliding text travels.
    private static func slide(_ canvas: PixelSize) -> Double { Double(canvas.shortSide) * 0.06 }
}
