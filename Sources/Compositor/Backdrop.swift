// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import RenderPlanning

/// The soft ground behind a `blur` picture: the picture itself, enlarged to fill the canvas, blurred beyond recognition and
/// darkened a little, so that the eye stays on the sharp one.
///
/// It is made at an eighth of the canvas, where three box blurs of 16-bit sums come close to a Gaussian, rounded with
/// noise instead of in steps (no bands in skies), and enlarged by the sampler.
final class Backdrop {
    private static let reduction = 8
    private let canvas: PixelSize
    private var small: Picture?
    private var planes: [[UInt16]] = [[], []]

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
        soften(target.mutableY, radius: radius, black: 16, share: 188, noise: 1)
        soften(target.mutableU, radius: max(1, radius / 2), black: 128, share: 236, noise: 2)
        soften(target.mutableV, radius: max(1, radius / 2), black: 128, share: 236, noise: 3)
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

    /// Three box blurs each way with eight bits of fraction, then `share`/256 of the distance from black.
    private func soften(_ plane: MutablePlane, radius: Int, black: Int, share: Int, noise: UInt32) {
        let (width, height) = (plane.width, plane.height)
        let count = width * height
        for index in 0..<2 where planes[index].count < count { planes[index] = [UInt16](repeating: 0, count: count) }
        planes[0].withUnsafeMutableBufferPointer { first in
            guard let a = first.baseAddress else { return }
            planes[1].withUnsafeMutableBufferPointer { second in
                guard let b = second.baseAddress else { return }
                for y in 0..<height {
                    for x in 0..<width { a[y * width + x] = UInt16(plane.row(y)[x]) << 8 }
                }
                for _ in 0..<3 {
                    for y in 0..<height {
                        Self.box(a + y * width, step: 1, into: b + y * width, count: width, radius: radius)
                    }
                    for x in 0..<width { Self.box(b + x, step: width, into: a + x, count: height, radius: radius) }
                }
                for y in 0..<height {
                    for x in 0..<width {
                        let value = black << 16 + (Int(a[y * width + x]) - black << 8) * share
                        let dither = Int(Noise.hash(UInt32(x), UInt32(y), noise) >> 16)
                        plane.row(y)[x] = UInt8(truncatingIfNeeded: (value + dither) >> 16)
                    }
                }
            }
        }
    }

    /// Means of `2 · radius + 1` neighbours along a line; the ends repeat.
    private static func box(
        _ from: UnsafePointer<UInt16>, step: Int, into to: UnsafeMutablePointer<UInt16>, count: Int, radius: Int
    ) {
        let size = UInt32(2 * radius + 1)
        var sum = UInt32(from[0]) * UInt32(radius)
        for i in 0...radius { sum += UInt32(from[min(i, count - 1) * step]) }
        for i in 0..<count {
            to[i * step] = UInt16(truncatingIfNeeded: (sum + size / 2) / size)
            sum += UInt32(from[min(i + radius + 1, count - 1) * step])
            sum -= UInt32(from[max(i - radius, 0) * step])
        }
    }
}
