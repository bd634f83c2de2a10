// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import HandOver
import JSON

/// Films of all kinds of things, the same for the same seed.
struct RandomFilm {
    private var random: SeededRandom

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    private mutating func number(_ range: ClosedRange<Int64>) -> Int64 { Int64.random(in: range, using: &random) }
    private mutating func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &random) < share }
    private mutating func one<Value>(of values: [Value]) -> Value {
        values[Int.random(in: 0..<values.count, using: &random)]
    }
    private func ms(_ value: Int64) -> MediaTime { MediaTime(milliseconds: value) }

    mutating func film() -> HandOver {
        var draft = Draft()
        draft.film.title = one(of: ["", "Summer", "]]> & \"'<x>", "夏天\n#1", "\u{1}"])
        draft.film.frameRate = one(of: [
            FrameRate(30), FrameRate(25), FrameRate(24000, over: 1001), FrameRate(30000, over: 1001), FrameRate(60),
        ])
        draft.film.canvas = one(of: [
            PixelSize(width: 1920, height: 1080), PixelSize(width: 1080, height: 1920),
            PixelSize(width: 64, height: 64),
        ])
        let main = shots(Int(number(1...12)))
        draft.tracks = [Track(id: "v1", kind: .video, name: "Video", segments: main)]
        let end = draft.duration.milliseconds
        draft.film.fadeIn = ms(chance(0.5) ? min(500, end / 4) : 0)
        draft.film.fadeOut = ms(chance(0.5) ? min(700, end / 4) : 0)
        if chance(0.4) { draft.tracks.append(overlays(end)) }
        var made: [String: HandOverMedia] = [:]
        for index in 0..<number(0...3) { draft.tracks.append(sounds("a\(index)", end, &made)) }
        for index in 0..<number(0...2) { draft.tracks.append(texts("x\(index)", end)) }
        return HandOver(draft, media: Self.media, made: made)
    }

    private mutating func picture(_ length: Int64) -> PictureContent {
        var picture = PictureContent(.image(one(of: ["A", "B"])))
        switch number(0...5) {
        case 0: picture = PictureContent(.color("#102030"))
        case 1: picture = PictureContent(.generated(pattern: "waves", colors: ["#000000", "#FFFFFF"], seed: 4))
        case 2, 3:
            picture.speed = one(of: [1, 1, 0.5, 2, 1.37])
            let most = 20_000 - Int64((Double(length) * picture.speed).rounded(.up))
            picture.source = .video("C", start: ms(max(0, number(0...max(0, most)))))
            picture.reverse = chance(0.2)
            picture.volume = one(of: [1, 0.5, 0])
            picture.muted = chance(0.2)
        default: break
        }
        picture.fit = one(of: Fit.allCases)
        if chance(0.5) { picture.motion = Motion(one(of: Motion.Kind.allCases), amount: 0.15) }
        if picture.motion.kind == .none { picture.motion = .none }
        if chance(0.3) { picture.grade.look = .warm }
        if chance(0.2) { picture.turn = Turn(degrees: one(of: [0, 90, 180, 270]), flip: one(of: [nil, .horizontal])) }
        if chance(0.2) { picture.crop = UnitRect(x: 0.25, y: 0.25, width: 0.5, height: 0.5) }
        return picture
    }

    private mutating func shots(_ count: Int) -> [Segment] {
        let lengths = (0..<count).map { _ in number(400...6000) }
        var segments: [Segment] = []
        var at: Int64 = 0
        for (index, length) in lengths.enumerated() {
            var picture = picture(length)
            let range = TimeRange(start: ms(at), duration: ms(length))
            at += length
            if index + 1 < count, chance(0.6) {
                let most = min(length, lengths[index + 1]) / 2
                let duration = number(1...most)
                let name = one(of: TransitionCatalog.entries.map(\.name))
                picture.transition = Transition(name, duration: ms(duration))
                at -= duration
            }
            segments.append(Segment(id: "s\(index)", range: range, content: .picture(picture), name: "shot \(index)"))
        }
        return segments
    }

    private mutating func spans(_ end: Int64) -> [TimeRange] {
        var ranges: [TimeRange] = []
        var at = number(0...end / 2)
        while at < end, ranges.count < 5 {
            let length = min(number(1...4000), end - at)
            ranges.append(TimeRange(start: ms(at), duration: ms(length)))
            at += length + number(0...2000)
        }
        return ranges
    }

    private mutating func overlays(_ end: Int64) -> Track {
        let segments = spans(end).enumerated().map { index, range in
            var content = picture(range.duration.milliseconds)
            content.rect = UnitRect(x: 0.7, y: 0.1, width: 0.2, height: 0.2)
            return Segment(id: "l\(index)", range: range, content: .picture(content), name: "")
        }
        return Track(id: "v2", kind: .video, name: "Logo", segments: segments)
    }

    private mutating func sounds(_ id: String, _ end: Int64, _ made: inout [String: HandOverMedia]) -> Track {
        var segments: [Segment] = []
        for (index, range) in spans(end).enumerated() {
            let own = "\(id)-\(index)"
            var sound = SoundContent(.asset("S", start: ms(number(0...400))), role: one(of: SoundContent.Role.allCases))
            if chance(0.3) {
                sound.source = .generated(["kind": "voice", "text": "Hi"])
                if chance(0.7) {
                    made[own] = HandOverMedia(
                        path: "/media/\(own).wav",
                        facts: MediaFacts(
                            id: own, name: "\(own).wav", kind: .audio, format: "wav", contentHash: own,
                            duration: ms(number(100...4000))))
                }
            } else {
                sound.loops = chance(0.5)
            }
            sound.volume = one(of: [1, 0.35, 2, 0])
            sound.fadeIn = ms(number(0...600))
            sound.fadeOut = ms(number(0...600))
            sound.ducks = chance(0.5)
            segments.append(Segment(id: own, range: range, content: .sound(sound), name: "sound \(index)"))
        }
        return Track(id: id, kind: .audio, name: "Sound", segments: segments)
    }

    private mutating func texts(_ id: String, _ end: Int64) -> Track {
        var segments: [Segment] = []
        for (index, range) in spans(end).enumerated() {
            var text = TextContent(
                one(of: ["Hello", "", "a\nb", "秋天 #1#", "\\ \"<&>", "👩‍👩‍👧"]), role: one(of: TextContent.Role.allCases),
                position: one(of: [.top, .center, .bottom, .lowerThird, .at(UnitPoint(x: 0.2, y: 0.9))]))
            if chance(0.5) { text.entrance = TextAnimation(.fade, duration: ms(400)) }
            if chance(0.3) { text.exit = TextAnimation(.slide, duration: ms(5000)) }
            if chance(0.3) { text.style.plate = TextStyle.Plate(color: "#000000", opacity: 0.02) }
            segments.append(Segment(id: "\(id)-\(index)", range: range, content: .text(text), name: ""))
        }
        return Track(id: id, kind: .text, name: "", segments: segments)
    }

    /// The song is longer than any span that does not loop.
    static let media: [String: HandOverMedia] = {
        var media = HandOverSamples.media
        media["C"]?.facts.duration = MediaTime(milliseconds: 90_000)
        return media
    }()
}

/// xorshift64*.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}
