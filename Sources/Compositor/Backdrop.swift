// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import RenderPlanning

/// The soft ground behind a `blur` picture: the picture itself, enlarged to fill the canvas, blurred beyond recognition and
/// darkened a little, so that the eye stays on the sharp one.
///
/// It is made at an eighth of the canvas, blurred there (`SoftFocus`) and enlarged by the sampler.
final class Backdrop {
    private static let reduction = 8
    private let canvas: PixelSize
    private var small: Picture?
    private var focus = SoftFocus()

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
        focus.apply(to: target.mutableY, radius: radius, black: 16, share: 188, noise: 1)
        focus.apply(to: target.mutableU, radius: max(1, radius / 2), black: 128, share: 236, noise: 2)
        focus.apply(to: target.mutableV, radius: max(1, radius / 2), black: 128, share: 236, noise: 3)
    }

    /// Draws the part `view` (in pixels of the shot's source) over the whole of `target`.
    func draw(_ view: PixelRect, source: PixelSize, into target: Picture, with sampler: PictureSampler) {
        guard let small else { return }
        let across = Double(small.width) / Double(source.width), down = Double(small.height) / Double(source.height)
        sampler.draw(
            small,
            part: PixelRect(
                x: view.x * across, y: view.y * down, width: view.width * across, height: view.height * down),
            into: target, at: PixelRect(x: 0, y: 0, width: Double(target.width), height: Double(target.height)))
    }
}
