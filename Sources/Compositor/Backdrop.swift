// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import RenderPlanning

/// The soft ground behind a `blur` picture: the picture itself, enlarged to fill the canvas, blurred beyond recognition and
/// darkened a little, so that the eye stays on the sharp one.
///
/// It is made at an eighth of the canvas, blurred there (`SoftFocus`) and enlarged smoothly (`SoftPlane`).
final class Backdrop {
    private static let reduction = 8
    private let canvas: PixelSize
    private var small: Picture?
    private var focus = SoftFocus()
    private let luma = SoftPlane()
    private let blue = SoftPlane()
    private let red = SoftPlane()

    init(canvas: PixelSize) { self.canvas = canvas }

    /// Makes the ground from `whole`, the part of `picture` that is the shot's source.
    func take(_ picture: Picture, source: PixelSize, whole: PixelRect, with sampler: PictureSampler) {
        // The whole source, scaled to cover the canvas, at an eighth.
        let cover = max(
            Double(canvas.width) / Double(source.width), Double(canvas.height) / Double(source.height))
        func side(_ length: Int) -> Int {
            max(4, Int((Double(length) * cover / Double(Self.reduction)).rounded(.up)))
        }
        let layout = PictureLayout(width: side(source.width), height: side(source.height))
        let target: Picture
        if let small, small.layout == layout { target = small } else { target = Picture(layout: layout) }
        small = target
        sampler.draw(
            picture, part: whole, into: target,
            at: PixelRect(x: 0, y: 0, width: Double(layout.width), height: Double(layout.height)))
        let radius = max(2, canvas.shortSide / Self.reduction / 16)
        luma.take(target.y, radius: radius, black: 16, share: 188, with: &focus)
        blue.take(target.u, radius: max(1, radius / 2), black: 128, share: 228, with: &focus)
        red.take(target.v, radius: max(1, radius / 2), black: 128, share: 228, with: &focus)
    }

    /// Draws the part `view` (in pixels of the shot's source) over the whole of `target`.
    func draw(_ view: PixelRect, source: PixelSize, into target: Picture) {
        guard let small else { return }
        func axes(
            _ start: Double, _ length: Double, _ side: Int, _ smallSide: Int, _ targetSide: Int, chromaCentre: Double
        ) -> (luma: SoftPlane.Axis, chroma: SoftPlane.Axis) {
            let scale = Double(smallSide) / Double(side)
            let step = length * scale / Double(targetSide)
            /// The small picture's place (in its pixels from its corner) of one on the canvas.
            func place(_ x: Double) -> Double { start * scale + x * step }
            return (
                SoftPlane.Axis(origin: place(0.5) - 0.5, step: step),
                SoftPlane.Axis(origin: (place(chromaCentre) - chromaCentre) / 2, step: step)
            )
        }
        // Chroma lies on the left one of two luma samples, and between an upper and a lower one.
        let across = axes(view.x, view.width, source.width, small.width, target.width, chromaCentre: 0.5)
        let down = axes(view.y, view.height, source.height, small.height, target.height, chromaCentre: 1)
        luma.draw(into: target.mutableY, across: across.luma, down: down.luma)
        blue.draw(into: target.mutableU, across: across.chroma, down: down.chroma)
        red.draw(into: target.mutableV, across: across.chroma, down: down.chroma)
    }
}
