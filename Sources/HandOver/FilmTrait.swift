// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Something that a draft can have and that a format may or may not have a place for. Every one that a draft has is either
/// carried or told of: nothing is lost in silence.
public enum FilmTrait: String, CaseIterable, Hashable, Sendable {
    // The film
    case canvas, filmFades, loudness, background
    // Pictures
    case pictures, overlays, shortShots, colours, patterns
    case framing, blurredGround, crop, turn, motion, grade, opacity, place
    case speed, reverse, clipSound, mutedTracks
    case transitions, transitionKinds
    // Sounds
    case sounds, madeSounds, unmadeSounds, volume, soundFades, loops, ducking
    // Texts
    case titles, captions, textStyle, textPlace, textMoves, wordTimes
}

/// How much of a trait arrives.
public enum Carriage: String, CaseIterable, Hashable, Sendable, Comparable {
    /// As it is.
    case whole
    /// Something close to it.
    case nearly
    /// Only for reading it back here.
    case kept
    /// Nothing.
    case not

    public static func < (a: Carriage, b: Carriage) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}

/// What of a film does not arrive as it is.
public struct HandOverLoss: Hashable, Sendable {
    public var trait: FilmTrait
    public var carriage: Carriage
    /// Of the segments or tracks it stands on, in the film's order; empty of what is the whole film's.
    public var names: [String]
}

extension HandOver {
    /// What does not arrive as it is, in the order of the traits.
    public func losses(_ format: HandOverFormat) -> [HandOverLoss] {
        let found = traits(for: format)
        return FilmTrait.allCases.compactMap { trait in
            guard let names = found[trait] else { return nil }
            let carriage = format.carriage(of: trait)
            return carriage == .whole ? nil : HandOverLoss(trait: trait, carriage: carriage, names: names)
        }
    }

    /// What the film has, and where.
    func traits(for format: HandOverFormat) -> [FilmTrait: [String]] {
        var found: [FilmTrait: [String]] = [.canvas: []]
        func add(_ trait: FilmTrait, _ name: String, if isThere: Bool = true) {
            if isThere { found[trait, default: []].append(name) }
        }
        let film = draft.film
        if film.fadeIn > .zero || film.fadeOut > .zero { found[.filmFades] = [] }
        if film.loudness != FilmSettings().loudness { found[.loudness] = [] }
        let main = draft.mainTrackIndex
        let rate = film.frameRate
        for (index, track) in draft.tracks.enumerated() {
            if track.muted { add(.mutedTracks, track.name.isEmpty ? track.id : track.name) }
            for (place, segment) in track.segments.enumerated() {
                let name = segment.shownName
                switch segment.content {
                case .picture(let picture):
                    add(.pictures, name)
                    add(.overlays, name, if: index != main)
                    let frames = rate.frame(at: segment.range.end) - rate.frame(at: segment.range.start)
                    add(.shortShots, name, if: frames < 1)
                    let hasNext = place + 1 < track.segments.count
                    traits(of: picture, hasNext: hasNext, format).forEach { add($0, name) }
                case .sound(let sound):
                    add(.sounds, name)
                    traits(of: sound, segment, format).forEach { add($0, name) }
                case .text(let text):
                    traits(of: text).forEach { add($0, name) }
                }
            }
        }
        let usesBackground = draft.tracks.flatMap(\.segments).contains { $0.picture?.fit == .contain }
        if usesBackground, film.background.uppercased() != "#000000" { found[.background] = [] }
        return found
    }

    private func traits(of picture: PictureContent, hasNext: Bool, _ format: HandOverFormat) -> [FilmTrait] {
        var traits: [FilmTrait] = []
        func add(_ trait: FilmTrait, if isThere: Bool) {
            if isThere { traits.append(trait) }
        }
        let facts = picture.assetID.flatMap { media[$0]?.facts }
        switch picture.source {
        case .image, .video:
            let isSameShape = facts?.size.map { abs($0.aspect / draft.film.canvas.aspect - 1) < 0.005 } ?? false
            add(.framing, if: !isSameShape && picture.rect == nil)
            add(.blurredGround, if: !isSameShape && picture.fit == .blur && picture.rect == nil)
        case .color: traits.append(.colours)
        case .generated: traits.append(.patterns)
        }
        add(.crop, if: picture.crop != nil)
        add(.turn, if: picture.turn != .none)
        add(.motion, if: picture.motion != .none)
        add(.grade, if: picture.grade != .none)
        add(.opacity, if: picture.opacity != 1)
        add(.place, if: picture.rect != nil)
        if case .video = picture.source {
            add(.speed, if: picture.speed != 1)
            add(.reverse, if: picture.reverse)
            add(.clipSound, if: (facts?.hasSound ?? false) && !picture.muted && picture.volume > 0)
        }
        if let transition = picture.transition, hasNext {
            traits.append(.transitions)
            add(.transitionKinds, if: !format.knows(transition))
        }
        return traits
    }

    private func traits(
        of sound: SoundContent, _ segment: Segment, _ format: HandOverFormat
    ) -> [FilmTrait] {
        var traits: [FilmTrait] = []
        if case .generated = sound.source {
            // Nothing is made for a format that holds no media.
            traits.append(format.hasMedia && made[segment.id] == nil ? .unmadeSounds : .madeSounds)
        }
        if sound.volume != 1 { traits.append(.volume) }
        if sound.fadeIn > .zero || sound.fadeOut > .zero { traits.append(.soundFades) }
        if sound.loops { traits.append(.loops) }
        if sound.ducks { traits.append(.ducking) }
        return traits
    }

    private func traits(of text: TextContent) -> [FilmTrait] {
        var traits: [FilmTrait] = [text.isCaption ? .captions : .titles, .textPlace]
        if text.style != TextStyle() || !text.isCaption { traits.append(.textStyle) }
        if text.entrance != nil || text.exit != nil { traits.append(.textMoves) }
        if !text.words.isEmpty { traits.append(.wordTimes) }
        return traits
    }
}

extension Segment {
    /// What a person calls it, or its id.
    var shownName: String {
        if !name.isEmpty { return name }
        return text?.text ?? id
    }
}
