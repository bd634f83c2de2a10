// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import RenderPlanning

/// Draws a text over the film as it comes, stays and goes.
final class TextPainter {
    let overlay: TextOverlay
    private let canvas: PixelSize
    private let sampler: PictureSampler
    private let picture: Picture
    private var moved: Picture?
    /// Where the whole text lies in `moved`; nil when something else does.
    private var movedPlace: PixelRect?
    private var revealed: Picture?

    init(_ overlay: TextOverlay, canvas: PixelSize, sources: any ChunkSources, sampler: PictureSampler) throws {
        self.overlay = overlay
        self.canvas = canvas
        self.sampler = sampler
        picture = try sources.bitmap(of: overlay)
    }

    /// Whether the text looks the same at two frames of its segment.
    func isSame(_ a: Int, _ b: Int) -> Bool {
        pose(at: a) == pose(at: b) && shares(at: a) == shares(at: b)
    }

    func draw(frame: Int, into target: Picture) {
        let pose = pose(at: frame)
        if pose.opacity <= 0 { return }
        guard let shown = revealed(at: frame) else { return }
        // At odd places the colours of a drawn text would lie half a chroma sample off.
        func isEven(_ x: Double) -> Bool { x == (x / 2).rounded() * 2 }
        if pose.scale == 1, isEven(pose.x), isEven(pose.y) {
            return target.lay(shown, x: Int(pose.x), y: Int(pose.y), opacity: pose.opacity)
        }
        let width = Double(picture.width) * pose.scale, height = Double(picture.height) * pose.scale
        // Even places keep chroma where it was drawn.
        let left = Int((pose.x / 2).rounded(.down)) * 2, top = Int((pose.y / 2).rounded(.down)) * 2
        let layer = movedLayer()
        let place = PixelRect(x: pose.x - Double(left), y: pose.y - Double(top), width: width, height: height)
        if place != movedPlace || shown !== picture {
            layer.fill(BT709.black, alpha: 0)
            sampler.draw(shown, into: layer, at: place)
            movedPlace = shown === picture ? place : nil
        }
        target.lay(layer, x: left, y: top, opacity: pose.opacity)
    }

    func pose(at frame: Int) -> TextPose {
        TextPose(overlay, canvas: canvas, frame: frame)
    }

    /// How much of each revealed box is seen, in 1/256; nil when the whole text is.
    private func shares(at frame: Int) -> [Int]? {
        guard !overlay.reveals.isEmpty, overlay.entrance != nil || overlay.reveals.contains(where: { $0.end != nil })
        else { return nil }
        // Words come softly, and go softly where they do; letters come at once.
        let soft = overlay.entrance?.kind == .words ? 5 : 1
        let shares = overlay.reveals.map { reveal in
            let age = frame - reveal.frame + 1
            if let end = reveal.end {
                let left = end - frame
                guard age > 0, left > -2 else { return 0 }
                return Int((256 * min(Easing.smooth(Double(age) / 3), Easing.smooth(Double(left + 2) / 3))).rounded())
            }
            return age <= 0 ? 0 : Int((256 * Easing.smooth(Double(age) / Double(soft))).rounded())
        }
        return shares.allSatisfy { $0 >= 256 } ? nil : shares
    }

    /// The text with only those boxes that have come; nil when none has.
    private func revealed(at frame: Int) -> Picture? {
        guard let shares = shares(at: frame) else { return picture }
        guard shares.contains(where: { $0 > 0 }) else { return nil }
        let layer: Picture
        if let revealed { layer = revealed } else { layer = Picture(layout: picture.layout) }
        revealed = layer
        layer.fill(BT709.black, alpha: 0)
        // Where boxes overlap, the one that is seen best counts, so it comes last.
        let order = shares.indices.sorted { (shares[$0], $0) < (shares[$1], $1) }
        for index in order where shares[index] > 0 {
            layer.copyBox(overlay.reveals[index], of: picture, share: shares[index])
        }
        return layer
    }

    private func movedLayer() -> Picture {
        if let moved { return moved }
        let made = Picture(
            width: picture.width + picture.width / 16 + 4, height: picture.height + picture.height / 16 + 4,
            hasAlpha: true)
        moved = made
        return made
    }
}

extension Picture {
    /// Takes over a box of a picture of this size with alpha, at `share`/256 of its strength.
    fileprivate func copyBox(_ box: TextOverlay.Reveal, of other: Picture, share: Int) {
        func copy(_ from: Plane, _ to: MutablePlane, _ x0: Int, _ y0: Int, _ x1: Int, _ y1: Int, _ black: UInt8) {
            let left = max(x0, 0), right = min(x1, to.width), top = max(y0, 0), bottom = min(y1, to.height)
            guard left < right, top < bottom else { return }
            PlaneMath.scale(
                from.part(x: left, y: top, width: right - left, height: bottom - top), about: black, share: share,
                into: to.part(x: left, y: top, width: right - left, height: bottom - top))
        }
        let (x0, y0, x1, y1) = (box.x, box.y, box.x + box.width, box.y + box.height)
        copy(other.y, mutableY, x0, y0, x1, y1, 16)
        if let from = other.alpha, let to = mutableAlpha { copy(from, to, x0, y0, x1, y1, 0) }
        copy(other.u, mutableU, x0 >> 1, y0 >> 1, (x1 + 1) >> 1, (y1 + 1) >> 1, 128)
        copy(other.v, mutableV, x0 >> 1, y0 >> 1, (x1 + 1) >> 1, (y1 + 1) >> 1, 128)
    }
}
