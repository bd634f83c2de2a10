// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning

/// Draws the frames of one shot; what it opens and makes is kept for the chunk.
final class ShotPainter {
    let shot: Shot
    private let canvas: PixelSize
    private let rate: FrameRate
    private let sources: any ChunkSources
    private let sampler: PictureSampler
    private let geometry: ShotGeometry?
    private let background: (y: UInt8, u: UInt8, v: UInt8)
    private var photo: Picture?
    private var backdrop: Backdrop?
    private var turned: Picture?
    private var layer: Picture?
    private var gradedFrame: Picture?
    private let finish: Finish
    private var pattern: (any MovingPattern)?

    init(_ shot: Shot, canvas: PixelSize, rate: FrameRate, sources: any ChunkSources, sampler: PictureSampler) throws {
        self.shot = shot
        self.canvas = canvas
        self.rate = rate
        self.sources = sources
        self.sampler = sampler
        geometry = ShotGeometry(shot, canvas: canvas)
        var ground = shot.background
        if case .color(let colour) = shot.source { ground = colour }
        background = try Self.colour(ground)
        if case .generated(let name, let colors, let seed) = shot.source {
            guard let kind = MovingPatterns.table[name] else { throw CompositorError.unknownPattern(name) }
            let dice = PatternDice(seed: UInt32(truncatingIfNeeded: seed ^ seed >> 32))
            pattern = kind.init(PatternSetup(canvas: canvas, ramp: try ColourRamp(colors), dice: dice))
        }
        finish = try Finish(shot, canvas: canvas, sources: sources)
    }

    static func colour(_ text: String) throws -> (y: UInt8, u: UInt8, v: UInt8) {
        guard let colour = RGBColor(text) else { throw CompositorError.unknownColour(text) }
        return BT709.yuv(r: colour.red, g: colour.green, b: colour.blue)
    }

    /// Whether all frames of the segment look the same.
    var isStill: Bool {
        switch shot.source {
        case .photo: geometry?.isMoving != true
        case .color: true
        case .clip, .generated: false
        }
    }

    /// Whether `draw` can mix a frame into what is there without a picture of its own in between.
    func canBlend(frame: Int) throws -> Bool {
        guard let geometry, geometry.fit == .cover, finish.isNothing else { return false }
        if case .clip = shot.source { return true }
        return try picture(frame).layout.hasAlpha == false
    }

    /// Draws frame `frame` of the segment over the whole of `target`. A target with alpha stays clear where the shot has
    /// nothing (beside a `contain` picture, in transparent parts of a logo).
    func draw(frame: Int, into target: Picture, blend: Int = 256) throws {
        try drawPicture(frame: frame, into: target, blend: blend)
        finish.apply(to: target, frame: frame)
    }

    private func drawPicture(frame: Int, into target: Picture, blend: Int) throws {
        if pattern != nil {
            pattern?.draw(phase: PatternClock.phase(frame: frame, rate: rate), frame: frame, into: target)
            target.mutableAlpha?.fill(255)
            return
        }
        guard let geometry else { return target.fill(background) }
        var picture = try picture(frame)
        // A clip that fills the canvas is graded there; another before it lies beside anything.
        if finish.colours != nil, !finish.gradesCanvas(target) { picture = graded(picture) }
        let view = geometry.view(frame: frame, of: shot.window.total)
        let part = part(view.source, of: picture)
        if let behind = view.backdrop {
            backdrop(of: picture).draw(behind, source: geometry.source, into: target)
        } else if target.layout.hasAlpha {
            target.fill(BT709.black, alpha: 0)
        } else if geometry.fit != .cover || picture.layout.hasAlpha {
            target.fill(background)
        }
        if picture.layout.hasAlpha, !target.layout.hasAlpha {
            let layer = scratchLayer(for: target)
            layer.fill(BT709.black, alpha: 0)
            sampler.draw(picture, part: part, into: layer, at: view.target)
            target.lay(layer, x: 0, y: 0)
        } else {
            sampler.draw(picture, part: part, into: target, at: view.target, blend: blend)
        }
    }

    /// A rectangle of the shot's (cropped, turned) source in pixels of the opened picture.
    private func part(_ rect: PixelRect, of picture: Picture) -> PixelRect {
        guard let geometry else { return rect }
        guard case .clip(let clip) = shot.source else {
            // Prepared photos are cropped already.
            let across = Double(picture.width) / Double(geometry.source.width)
            let down = Double(picture.height) / Double(geometry.source.height)
            return PixelRect(
                x: rect.x * across, y: rect.y * down, width: rect.width * across, height: rect.height * down)
        }
        // The turned frame, uncropped, and where the crop lies in it.
        let size = shot.turn.applied(to: clip.size)
        let across = Double(picture.width) / Double(size.width), down = Double(picture.height) / Double(size.height)
        let box = shot.turn.applied(to: PixelBox(of: shot.crop, in: clip.size), in: clip.size)
        return PixelRect(
            x: (rect.x + Double(box.x)) * across, y: (rect.y + Double(box.y)) * down, width: rect.width * across,
            height: rect.height * down)
    }

    /// The opened source at a frame, upright and turned.
    private func picture(_ frame: Int) throws -> Picture {
        if let photo { return photo }
        switch shot.source {
        case .clip(let clip):
            return upright(
                try sources.frame(of: clip, at: clip.time(ofFrame: frame, of: shot.window.total, at: rate)), clip)
        case .photo, .color, .generated:
            guard let wanted = PreparedPhoto(shot, canvas: canvas) else {
                preconditionFailure("only pictures are opened")
            }
            let opened = try sources.photo(wanted)
            photo = opened
            return opened
        }
    }

    private func upright(_ frame: Picture, _ clip: ClipSource) -> Picture {
        // The stream's own mirror comes before its rotation: mirroring left to right, then turning by r, is turning by r,
        // then mirroring along the axis that left to right has become.
        let own = ((clip.rotation % 360) + 360) % 360
        let degrees = (own + shot.turn.degrees) % 360
        var (mirrorX, mirrorY) = (shot.turn.flip == .horizontal, shot.turn.flip == .vertical)
        if clip.isMirrored { if degrees % 180 == 0 { mirrorX.toggle() } else { mirrorY.toggle() } }
        if degrees == 0, !mirrorX, !mirrorY { return frame }
        let layout = Picture.layout(frame.layout, turnedBy: degrees)
        let target: Picture
        if let turned, turned.layout == layout { target = turned } else { target = Picture(layout: layout) }
        turned = target
        frame.turn(into: target, degrees: degrees, mirrorX: mirrorX, mirrorY: mirrorY)
        return target
    }

    private func backdrop(of picture: Picture) -> Backdrop {
        if let backdrop, photo != nil { return backdrop }
        let made = backdrop ?? Backdrop(canvas: canvas)
        if let geometry { made.take(picture, source: geometry.source, whole: whole(of: picture), with: sampler) }
        backdrop = made
        return made
    }

    /// The cropped source as a part of the opened picture.
    private func whole(of picture: Picture) -> PixelRect {
        guard let geometry else { return PixelRect(x: 0, y: 0, width: 1, height: 1) }
        return part(PixelRect(geometry.source), of: picture)
    }

    private func graded(_ picture: Picture) -> Picture {
        guard let colours = finish.colours, !picture.layout.hasAlpha else { return picture }
        let target: Picture
        if let gradedFrame, gradedFrame.layout == picture.layout {
            target = gradedFrame
        } else {
            target = Picture(layout: picture.layout)
        }
        gradedFrame = target
        colours.apply(picture, into: target)
        return target
    }

    private func scratchLayer(for target: Picture) -> Picture {
        if let layer, layer.width == target.width, layer.height == target.height { return layer }
        let made = Picture(width: target.width, height: target.height, hasAlpha: true)
        layer = made
        return made
    }
}
