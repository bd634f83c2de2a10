// SPDX-License-Identifier: GPL-3.0-or-later
internal import EditTime
internal import RenderPlanning

/// What lies beside each clip of a plan: whom it crosses over with, and whether it goes on without a seam.
struct ClipEdges {
    /// Of one clip.
    struct Shape {
        var crossesIn = false
        var crossesOut = false
        var continuesBefore = false
        var continuesAfter = false

        /// A cut inside a sound is a step that clicks; it is drawn out over 3 ms.
        static let cut = FilmSound.frames(0.003)

        func fades(_ clip: SoundClip, length: Int, startsInside: Bool, endsInside: Bool) -> FadeShape {
            var rise = FilmSound.frame(at: clip.fadeIn)
            var fall = FilmSound.frame(at: clip.fadeOut)
            if rise <= 0 { rise = startsInside && !continuesBefore ? Self.cut : 0 }
            if fall <= 0 { fall = endsInside && !continuesAfter ? Self.cut : 0 }
            return FadeShape(
                length: length, fadeIn: rise, fadeOut: fall, curveIn: crossesIn ? .equalPower : .smooth,
                curveOut: crossesOut ? .equalPower : .smooth)
        }
    }

    private var shapes: [Shape]

    func shape(of index: Int) -> Shape { shapes[index] }

    init(_ clips: [SoundClip]) {
        shapes = .init(repeating: Shape(), count: clips.count)
        let order = clips.indices.sorted { clips[$0].range.start < clips[$1].range.start }
        for (place, index) in order.enumerated() {
            let clip = clips[index]
            for other in order[(place + 1)...] {
                let next = clips[other]
                if next.range.start > clip.range.end { break }
                guard next.role == clip.role else { continue }
                if Self.crosses(clip, next) {
                    shapes[index].crossesOut = true
                    shapes[other].crossesIn = true
                }
                if Self.continues(clip, next) {
                    shapes[index].continuesAfter = true
                    shapes[other].continuesBefore = true
                }
            }
        }
    }

    /// The fade out of `a` and the fade in of `b` cover (nearly) the same span.
    private static func crosses(_ a: SoundClip, _ b: SoundClip) -> Bool {
        let fall = TimeRange(a.range.end - a.fadeOut, until: a.range.end)
        let rise = TimeRange(start: b.range.start, duration: b.fadeIn)
        guard let both = fall.intersection(rise) else { return false }
        let longer = max(fall.duration, rise.duration)
        return both.duration.seconds >= 0.8 * longer.seconds
    }

    /// `b` plays on exactly where `a` stops: a clip that was split.
    private static func continues(_ a: SoundClip, _ b: SoundClip) -> Bool {
        let plain = a.speed == 1 && b.speed == 1 && !a.reverse && !b.reverse && !a.loops && !b.loops
        return plain && a.source == b.source && a.volume == b.volume
            && FilmSound.frame(at: a.range.end) == FilmSound.frame(at: b.range.start)
            && FilmSound.frame(at: a.sourceStart + a.range.duration) == FilmSound.frame(at: b.sourceStart)
    }
}
