// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    static let titleTime: Int64 = 3000
    /// Names on the timeline are cut here.
    static let longestName = 60

    func pictureTrack(
        _ plan: ShotPlan, _ film: FilmSettings, _ ids: inout IDSource, _ notes: inout [EditNote]
    ) -> Track {
        var track = Track(id: ids.next("v"), kind: .video, name: "Video")
        var motion = MotionChoice(wish: wishes.motions)
        var transitions = TransitionChoice(wish: wishes.transitions, seed: wishes.seed)
        var whole: Set<String> = []
        var trimmed: Set<String> = []
        var animations: Set<String> = []
        for (index, facts) in plan.pictures.enumerated() {
            let range = plan.range(index)
            let duration = MediaTime(milliseconds: range.upperBound - range.lowerBound)
            let framing = Framing(
                of: facts, on: film.canvas, wish: wishes.fit, travels: wishes.movesFreely)
            var picture: PictureContent
            if facts.kind == .video {
                let length = (facts.duration?.ticks ?? 0) / MediaTime.ticksPerMillisecond
                let start = MediaTime(milliseconds: max(0, length - duration.milliseconds) / 2)
                picture = PictureContent(.video(facts.id, start: start))
                picture.volume = wishes.clipVolume.map { min(max($0, 0), 2) } ?? 1
                if length > duration.milliseconds + 500, trimmed.insert(facts.id).inserted {
                    notes.append(.clipTrimmed(name: facts.name, from: start, to: start + duration))
                }
            } else {
                picture = PictureContent(.image(facts.id))
                if facts.isAnimated, animations.insert(facts.id).inserted {
                    notes.append(.animationStands(name: facts.name))
                }
                picture.motion = motion.next(over: facts, framed: framing, on: film.canvas, for: duration)
            }
            picture.fit = framing.fit
            picture.focus = framing.focus
            picture.grade = wishes.grade ?? .none
            if framing.fit == .blur, wishes.fit == nil { whole.insert(facts.id) }
            if index < plan.joints.count, plan.joints[index] > 0 {
                picture.transition = Transition(
                    transitions.next(), duration: MediaTime(milliseconds: plan.joints[index]))
            }
            var segment = Segment(
                id: ids.next("s"),
                range: TimeRange(start: MediaTime(milliseconds: range.lowerBound), duration: duration),
                content: .picture(picture), name: String(facts.name.prefix(Self.longestName)))
            segment.setChosen(.fit, wishes.fit != nil)
            if facts.kind == .image {
                switch wishes.motions {
                case .kind, .still: segment.setChosen(.motion)
                case .amount, nil: break
                }
            }
            track.segments.append(segment)
        }
        if !whole.isEmpty { notes.append(.shownWhole(count: whole.count)) }
        return track
    }

    func musicTrack(
        _ song: MediaFacts, _ plan: ShotPlan, _ ids: inout IDSource, _ notes: inout [EditNote]
    ) -> Track {
        var sound = music(.asset(song.id, start: .zero), plan)
        let length = (song.duration?.ticks ?? 0) / MediaTime.ticksPerMillisecond
        sound.loops = length < plan.total
        if sound.loops, let played = song.duration { notes.append(.songLoops(name: song.name, length: played)) }
        sound.fadeIn = MediaTime(milliseconds: min(300, plan.total / 8))
        // A song that ends with the film has an ending of its own.
        let ownEnding = length == plan.total
        sound.fadeOut = MediaTime(
            milliseconds: min(ownEnding ? 500 : plan.total > 20_000 ? 2000 : 1500, plan.total / 4))
        return musicTrack(sound, named: song.name, plan.total, &ids)
    }

    /// Music made for the film: as long as it, and ended with it.
    func musicTrack(_ composed: ComposedMusic, _ plan: ShotPlan, _ ids: inout IDSource) -> Track {
        // It begins and ends by itself.
        let sound = music(.generated(composed.recipe), plan)
        return musicTrack(sound, named: composed.title, plan.total, &ids)
    }

    private func musicTrack(_ sound: SoundContent, named name: String, _ total: Int64, _ ids: inout IDSource) -> Track {
        let id = ids.next("a")
        var segment = Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: total)),
            content: .sound(sound), name: String(name.prefix(Self.longestName)))
        segment.isLoweredForVoice = hasVoice && wishes.musicVolume == nil
        return Track(id: id, kind: .audio, name: "Music", segments: [segment])
    }

    /// Music at its level: under a voice or clips that speak it steps back; alone it is at full level.
    private func music(_ source: SoundContent.Source, _ plan: ShotPlan) -> SoundContent {
        let speaks = plan.pictures.contains { $0.kind == .video && $0.hasSound } && wishes.clipVolume != 0
        var sound = SoundContent(source, role: .music)
        let usual = hasVoice ? Self.musicUnderVoice : speaks ? Self.musicUnderClips : 1
        sound.volume = min(max(wishes.musicVolume ?? usual, 0), 2)
        sound.ducks = speaks || hasVoice
        return sound
    }

    func titleTrack(
        _ title: String, over pictures: Track, _ film: FilmSettings, _ total: Int64, _ ids: inout IDSource
    ) -> Track {
        let length = min(Self.titleTime, total)
        let known = Dictionary(media.map { ($0.id, $0) }) { first, _ in first }
        let place = TitlePlace(
            film: film,
            heads: Self.heads(
                in: pictures.segments, during: .zero..<MediaTime(milliseconds: length), film.canvas, media: known,
                wishes: wishes))
        var text = TextContent(title, role: .title, position: place.position(for: title))
        if Self.isBright(pictures.segments, until: MediaTime(milliseconds: length), known) {
            text.style.stroke = Self.strokeOnBright
        }
        let fade = MediaTime(milliseconds: min(400, length / 4))
        if fade > .zero {
            text.entrance = TextAnimation(.fade, duration: fade)
            text.exit = TextAnimation(.fade, duration: fade)
        }
        return Track(
            id: ids.next("x"), kind: .text, name: "Titles",
            segments: [
                Segment(
                    id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: length)),
                    content: .text(text), name: String(title.prefix(Self.longestName)))
            ])
    }
}

extension AutoEdit {
    /// From this mean luma on, white letters with a soft shadow alone are hard to read.
    static let brightGround = 0.5
    /// A fine dark edge.
    static let strokeOnBright = TextStyle.Stroke(color: "#1C1C20", width: 2.5)

    /// Whether any of the pictures that begin before film time `end` is bright.
    static func isBright(_ segments: [Segment], until end: MediaTime, _ media: [String: MediaFacts]) -> Bool {
        segments.contains { segment in
            let facts = segment.picture?.assetID.flatMap { media[$0] }
            return segment.range.start < end && (facts?.meanLuma ?? 0) >= brightGround
        }
    }

    /// Where faces lie on the canvas in those of the main track's pictures that are on screen during `time` of the film.
    static func heads(
        in segments: [Segment], during time: Range<MediaTime>, _ canvas: PixelSize, media: [String: MediaFacts],
        wishes: EditWishes
    ) -> [UnitRect] {
        segments.filter { $0.range.start < time.upperBound && $0.range.end > time.lowerBound }.flatMap {
            segment -> [UnitRect] in
            guard let picture = segment.picture, let facts = picture.assetID.flatMap({ media[$0] }),
                picture.crop == nil, picture.turn == .none
            else { return [] }
            let framing = Framing(of: facts, on: canvas, wish: wishes.fit, travels: wishes.movesFreely)
            return FacePlaces(of: facts, in: picture, framed: framing, on: canvas).heads
        }
    }
}

/// The transition at each cut: one family, or the calm ones in turn.
struct TransitionChoice {
    private let wish: EditWishes.Transitions?
    private var random: SeededRandom
    private var last: Transition.Name?
    private let calm = TransitionCatalog.entries.filter(\.isCalm).map(\.name)

    init(wish: EditWishes.Transitions?, seed: UInt64) {
        self.wish = wish
        random = SeededRandom(seed: seed)
    }

    mutating func next() -> Transition.Name {
        switch wish {
        case .named(let name): return name
        case .cuts, nil: return .crossfade
        case .mixed:
            let name = calm.filter { $0 != last }.randomElement(using: &random) ?? .crossfade
            last = name
            return name
        }
    }
}
