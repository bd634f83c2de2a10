// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    /// As asked; else the platform's, in the shape that most pictures have if it takes that; else that shape's own.
    static func canvas(
        for pictures: [MediaFacts], wishes: EditWishes, preset: PlatformPreset?
    ) throws(AutoEditError) -> PixelSize {
        if let canvas = wishes.canvas {
            guard canvas.isCanvas else { throw .noSuchCanvas(canvas) }
            return canvas
        }
        if let aspect = wishes.aspect {
            let (width, height) = (aspect.width, aspect.height)
            if wishes.shortSide == nil, let preset,
                let own = preset.canvases.first(where: { $0.width * height == $0.height * width })
            {
                return own
            }
            let short = wishes.shortSide ?? preset?.canvas.shortSide ?? 1080
            guard let canvas = PixelSize(aspect: width, to: height, shortSide: short), canvas.isCanvas else {
                throw .noSuchAspect(aspect)
            }
            return canvas
        }
        let shape = usualShape(of: pictures)
        let usual = preset.map { $0.canvas(of: shape) ?? $0.canvas } ?? shape.canvas
        guard let short = wishes.shortSide else { return usual }
        guard let canvas = PixelSize(aspect: usual.width, to: usual.height, shortSide: short), canvas.isCanvas else {
            throw .noSuchCanvas(PixelSize(width: short, height: short))
        }
        return canvas
    }

    /// The shape most pictures have; landscape where no shape is ahead.
    static func usualShape(of pictures: [MediaFacts]) -> CanvasShape {
        var counts: [CanvasShape: Int] = [:]
        for size in pictures.compactMap(\.size) where size.height > 0 { counts[CanvasShape(of: size), default: 0] += 1 }
        let order: [CanvasShape] = [.landscape, .portrait, .square]
        var best = CanvasShape.landscape
        for shape in order where counts[shape, default: 0] > counts[best, default: 0] { best = shape }
        return best
    }

    /// As asked; else as the platform has it; else 30, or what the clips have where clips are most of the film.
    static func frameRate(
        for pictures: [MediaFacts], wishes: EditWishes, preset: PlatformPreset?, notes: inout [EditNote]
    ) throws(AutoEditError) -> FrameRate {
        if let rate = wishes.frameRate {
            let perSecond = rate.framesPerSecond
            guard perSecond >= 1, perSecond <= DraftLimits.highestFrameRate else { throw .noSuchFrameRate(rate) }
            return rate
        }
        let clips = pictures.filter { $0.kind == .video }
        guard clips.count * 2 >= pictures.count, let source = usualRate(of: clips) else {
            return preset?.frameRates.usual ?? FrameRate(30)
        }
        if source.framesPerSecond <= 30 { return source }
        // Twice the usual rate costs twice the time and bytes: where the platform shows the source's own rate it is kept.
        if let preset, preset.frameRates.usual == nil { return source }
        return FrameRate(source.numerator, over: source.denominator * 2)
    }

    /// Of the usual rates the one that most clips have, within 2 %; nil where they have another.
    private static func usualRate(of clips: [MediaFacts]) -> FrameRate? {
        let usual = [
            FrameRate(24000, over: 1001), FrameRate(24), FrameRate(25), FrameRate(30000, over: 1001), FrameRate(30),
            FrameRate(50), FrameRate(60000, over: 1001), FrameRate(60),
        ]
        var counts: [FrameRate: Int] = [:]
        for rate in clips.compactMap(\.frameRate) where rate.isFinite {
            let nearest = usual.min { abs($0.framesPerSecond - rate) < abs($1.framesPerSecond - rate) }
            guard let nearest, abs(nearest.framesPerSecond / rate - 1) < 0.02 else { continue }
            counts[nearest, default: 0] += 1
        }
        return usual.reversed().max { counts[$0, default: 0] < counts[$1, default: 0] }.flatMap {
            counts[$0] == nil ? nil : $0
        }
    }

    /// What of `draft` the platform does not take, or advises against.
    static func platformNotes(for draft: Draft, _ preset: PlatformPreset) -> [EditNote] {
        var notes: [EditNote] = []
        let limits = [preset.longestAdvised, preset.longest].compactMap(\.self)
        if let most = limits.min(), draft.duration > most {
            notes.append(.longerThan(preset: preset.name, length: draft.duration, most: most))
        }
        let perSecond = draft.film.frameRate.framesPerSecond
        if perSecond > preset.frameRates.highest.framesPerSecond + 0.001
            || perSecond < preset.frameRates.lowest.framesPerSecond - 0.001
        {
            notes.append(.frameRateOutside(preset: preset.name, frameRate: draft.film.frameRate))
        }
        return notes
    }
}
