// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
public import PixelBuffers
public import RenderPlanning

/// Draws the frames of one chunk. Made for one chunk and used by one thread; after the first frames of a span it allocates
/// nothing more. The bytes are a function of the chunk and its sources alone.
public final class FrameComposer {
    /// Whether a drawn frame differs from the one before.
    public enum Change: Hashable, Sendable {
        case drawn
        /// The frame looks exactly like the one drawn last into the same picture, which was left as it is.
        case unchanged
    }

    /// Part of a chunk's identity: another number wherever any drawing gives other bytes than before.
    public static let version = 5

    public let chunk: ChunkSpec
    public let frameCount: Int
    private let sources: any ChunkSources
    private let sampler: PictureSampler
    private let tools: TransitionTools
    private var painters: [PainterKey: ShotPainter] = [:]
    private var texts: [TextOverlay: TextPainter] = [:]
    private var lastFrame = 0
    private weak var lastTarget: Picture?
    private var layers: [Int: Picture] = [:]

    /// A shot wherever it is cut into spans: its window is told apart by its length only.
    private struct PainterKey: Hashable {
        let shot: Shot
        let width: Int
        let height: Int

        init(_ shot: Shot, _ canvas: PixelSize) {
            var whole = shot
            whole.window.first = 0
            self.shot = whole
            width = canvas.width
            height = canvas.height
        }
    }

    public convenience init(_ chunk: ChunkSpec, sources: any ChunkSources) {
        self.init(chunk, sources: sources, variant: .best)
    }

    init(_ chunk: ChunkSpec, sources: any ChunkSources, variant: PlaneSampler.Variant) {
        self.chunk = chunk
        self.sources = sources
        frameCount = chunk.frameCount
        sampler = PictureSampler(variant: variant)
        tools = TransitionTools(sampler: sampler)
    }

    /// Draws frame `index` of the chunk over all of `target`, a picture of the canvas's size without alpha.
    ///
    /// When `target` is the picture drawn last, untouched since, and the frame looks the same as that one, nothing is done.
    /// Throws `CompositorError`, and whatever the sources throw.
    @discardableResult
    public func draw(_ index: Int, into target: Picture) throws -> Change {
        guard target.width == chunk.canvas.width, target.height == chunk.canvas.height, !target.layout.hasAlpha else {
            throw CompositorError.wrongTarget(
                width: target.width, height: target.height, canvasWidth: chunk.canvas.width,
                canvasHeight: chunk.canvas.height)
        }
        let (span, frame) = try locate(index)
        if lastTarget === target, try isSame(lastFrame, index) {
            lastFrame = index
            return .unchanged
        }
        lastTarget = nil
        try drawMain(span.main, frame, into: target)
        for (position, overlay) in span.overlays.enumerated() {
            try draw(overlay, frame, position, into: target)
        }
        if let fade = span.fade {
            let share = Self.share(of: fade, frame)
            if share < 256 { target.mix(target, with: BT709.black, share: share) }
        }
        (lastFrame, lastTarget) = (index, target)
        return .drawn
    }

    private func locate(_ index: Int) throws -> (span: Span, frame: Int) {
        var frame = index
        if index >= 0 {
            for span in chunk.spans {
                if frame < span.frames { return (span, frame) }
                frame -= span.frames
            }
        }
        throw CompositorError.noSuchFrame(index, count: frameCount)
    }

    static func share(of fade: FilmFade, _ frame: Int) -> Int {
        let step = fade.window.first + frame + 1
        let progress = TransitionProgress(min(max(step, 0), fade.window.total + 1), of: fade.window.total + 1)
        return fade.rises ? progress.blend : 256 - progress.blend
    }

    private func isSame(_ a: Int, _ b: Int) throws -> Bool {
        if a == b { return true }
        let (first, i) = try locate(a), (second, j) = try locate(b)
        guard case .shot(let shot) = first.main, case .shot(let other) = second.main,
            PainterKey(shot, chunk.canvas) == PainterKey(other, chunk.canvas), shot.grade.grain == 0,
            try painter(shot, chunk.canvas).isStill
        else { return false }
        guard first.fade.map({ Self.share(of: $0, i) }) ?? 256 == second.fade.map({ Self.share(of: $0, j) }) ?? 256
        else { return false }
        guard first.overlays.count == second.overlays.count else { return false }
        for (before, after) in zip(first.overlays, second.overlays) {
            guard try isSame(before, i, after, j) else { return false }
        }
        return true
    }

    private func isSame(_ a: Overlay, _ i: Int, _ b: Overlay, _ j: Int) throws -> Bool {
        switch (a, b) {
        case (.text(var one), .text(var two)):
            let (x, y) = (one.window.first + i, two.window.first + j)
            one.window.first = 0
            two.window.first = 0
            return try one == two && text(one).isSame(x, y)
        case (.picture(let one, let rect, let opacity), .picture(let two, let other, let strength)):
            let size = rect.pixels(on: chunk.canvas).size
            return try rect == other && opacity == strength && PainterKey(one, size) == PainterKey(two, size)
                && one.grade.grain == 0 && painter(one, size).isStill
        default: return false
        }
    }

    private func painter(_ shot: Shot, _ canvas: PixelSize) throws -> ShotPainter {
        let key = PainterKey(shot, canvas)
        if let known = painters[key] { return known }
        let made = try ShotPainter(
            shot, canvas: canvas, rate: chunk.frameRate, sources: sources, sampler: sampler)
        painters[key] = made
        return made
    }

    private func text(_ overlay: TextOverlay) throws -> TextPainter {
        var key = overlay
        key.window.first = 0
        if let known = texts[key] { return known }
        let made = try TextPainter(key, canvas: chunk.canvas, sources: sources, sampler: sampler)
        texts[key] = made
        return made
    }

    private func drawMain(_ main: MainLayer, _ frame: Int, into target: Picture) throws {
        switch main {
        case .shot(let shot):
            try painter(shot, chunk.canvas).draw(frame: shot.window.first + frame, into: target)
        case .joint(let joint):
            try draw(joint, frame, into: target)
        }
    }

    private func draw(_ joint: Joint, _ frame: Int, into target: Picture) throws {
        guard let effect = TransitionEffects.table[joint.transition] else {
            throw CompositorError.unknownTransition(joint.transition.rawValue)
        }
        let progress = TransitionProgress(joint.window.first + frame + 1, of: joint.window.total + 1)
        let from = try painter(joint.from, chunk.canvas), to = try painter(joint.to, chunk.canvas)
        let leaving = joint.from.window.first + frame, coming = joint.to.window.first + frame
        if effect is Crossfade, try to.canBlend(frame: coming) {
            try from.draw(frame: leaving, into: target)
            try to.draw(frame: coming, into: target, blend: progress.blend)
            return
        }
        let first = layer(-1, PictureLayout(width: target.width, height: target.height))
        let second = layer(-2, first.layout)
        try from.draw(frame: leaving, into: first)
        try to.draw(frame: coming, into: second)
        tools.grey = try joint.map.map { try sources.map($0) }
        effect.draw(from: first, to: second, at: progress, into: target, with: tools)
    }

    private func draw(_ overlay: Overlay, _ frame: Int, _ position: Int, into target: Picture) throws {
        switch overlay {
        case .text(let text):
            try self.text(text).draw(frame: text.window.first + frame, into: target)
        case .picture(let shot, let rect, let opacity):
            let box = rect.pixels(on: chunk.canvas)
            // With an even place, so that the colours lie where the luma does.
            let (x, y) = (box.x & ~1, box.y & ~1)
            let layer = layer(position, PictureLayout(width: box.width, height: box.height, hasAlpha: true))
            try painter(shot, box.size).draw(frame: shot.window.first + frame, into: layer)
            target.lay(layer, x: x, y: y, opacity: Int((256 * min(max(opacity, 0), 1)).rounded()))
        }
    }

    private func layer(_ index: Int, _ layout: PictureLayout) -> Picture {
        if let known = layers[index], known.layout == layout { return known }
        let made = Picture(layout: layout)
        layers[index] = made
        return made
    }
}
