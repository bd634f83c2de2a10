// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Glibc
import RenderPlanning

/// A film as Final Cut Pro XML 1.10 (Apple, "FCPXML Reference" and its document type definition).
///
/// The main track is the spine; later tracks, sounds and texts hang on the shot under which they begin, in lanes of their own.
/// Pictures are fitted, then scaled and moved about their centre, as values in per cent of the canvas's height.
struct FCPXMLWriter {
    static let dissolve = "FxPlug:4731E73A-8DAC-4113-9A30-AE85B1761265"
    static let title = ".../Titles.localized/Bumper:Opener.localized/Basic Title.localized/Basic Title.moti"

    let film: HandOver
    let line: FrameLine
    private var draft: Draft { film.draft }

    init(_ film: HandOver) {
        self.film = film
        line = FrameLine(film.draft)
    }

    var document: XMLElement {
        var resources = Resources(film)
        let shots = draft.mainTrack.map(line.shots) ?? []
        var spine = XMLElement("spine")
        let hanging = connected(&resources)
        for (index, shot) in shots.enumerated() {
            var element = item(shot, on: draft.mainTrack, &resources)
            let isLast = index == shots.count - 1
            let own = hanging.filter { (shot.cut.contains($0.first) || isLast && $0.first >= shot.cut.upperBound) }
            for thing in own {
                var child = thing.element
                child.set("lane", "\(thing.lane)")
                child.set("offset", time(localStart(of: shot) + thing.first - shot.cut.lowerBound))
                element.children.append(child)
            }
            spine.children.append(element)
            if let join = shot.join {
                spine.children.append(transition(join, &resources))
            }
        }
        let sequence = XMLElement(
            "sequence",
            [
                "format": "r1", "duration": time(line.length), "tcStart": "0s", "tcFormat": "NDF",
                "audioLayout": "stereo", "audioRate": "48k",
            ], [spine])
        let project = XMLElement("project", ["name": film.name], [sequence])
        let event = XMLElement("event", ["name": film.name], [project])
        return XMLElement(
            "fcpxml", ["version": "1.10"],
            [XMLElement("resources", [:], resources.elements), XMLElement("library", [:], [event])])
    }

    /// `3003/30000s`: whole frames.
    private func time(_ frames: Int) -> String { Resources.time(frames, line.rate) }

    /// Where a shot's own time begins, in frames: a clip's is its source's, as it is played.
    private func localStart(of shot: FrameLine.Shot) -> Int {
        guard case .video(let id, _) = shot.picture.source else { return shot.head }
        let source = line.source(of: shot, at: shot.cut.lowerBound)
        guard shot.picture.speed != 1 || shot.picture.reverse else { return line.count(source) }
        let length = film.media[id]?.facts.duration ?? source
        let way = shot.picture.reverse ? length - source : source
        return max(0, line.count(way.scaled(by: 1 / shot.picture.speed)))
    }

    // MARK: Pictures

    private func item(_ shot: FrameLine.Shot, on track: Track?, _ resources: inout Resources) -> XMLElement {
        let picture = shot.picture
        let span: KeyValuePairs<String, String?> = [
            "offset": time(shot.cut.lowerBound), "name": shot.segment.shownName, "start": time(localStart(of: shot)),
            "duration": time(shot.cut.count),
        ]
        func element(_ name: String, ref: String) -> XMLElement {
            var element = XMLElement(name, ["ref": ref])
            for (key, value) in span { element.set(key, value ?? "") }
            if track?.muted == true { element.set("enabled", "0") }
            return element
        }
        switch picture.source {
        case .image(let id):
            guard let ref = resources.asset(film.media[id], isStill: true) else { break }
            var video = element("video", ref: ref)
            video.children = placing(shot)
            return video
        case .video(let id, _):
            guard let media = film.media[id], let ref = resources.asset(media, isStill: false) else { break }
            var clip = element("asset-clip", ref: ref)
            if media.facts.hasSound {
                clip.set("audioRole", "dialogue")
                if picture.muted || picture.volume == 0 { clip.set("srcEnable", "video") }
            }
            clip.children = retime(picture, media) + placing(shot)
            if media.facts.hasSound, !picture.muted, picture.volume != 1, picture.volume > 0 {
                clip.children.append(volume(picture.volume, 0, 0))
            }
            return clip
        case .color, .generated: break
        }
        var gap = XMLElement("gap", [:])
        for (key, value) in span { gap.set(key, value ?? "") }
        return gap
    }

    private func retime(_ picture: PictureContent, _ media: HandOverMedia) -> [XMLElement] {
        guard picture.speed != 1 || picture.reverse, let length = media.facts.duration else { return [] }
        let whole = time(max(1, line.count(length)))
        let played = time(max(1, line.count(length.scaled(by: 1 / picture.speed))))
        func point(_ time: String, _ value: String) -> XMLElement {
            XMLElement("timept", ["time": time, "value": value, "interp": "linear"])
        }
        return [
            XMLElement(
                "timeMap", [:],
                picture.reverse
                    ? [point("0s", whole), point(played, "0s")] : [point("0s", "0s"), point(played, whole)])
        ]
    }

    /// How the picture is fitted and placed, and how it moves.
    private func placing(_ shot: FrameLine.Shot) -> [XMLElement] {
        var elements = [XMLElement("adjust-conform", ["type": "fit"])]
        if let way = PictureWay(shot, in: film, turns: true, crops: false) {
            let first = values(way.placing(way.first), way.turn), last = values(way.placing(way.last), way.turn)
            var transform = XMLElement("adjust-transform", ["position": first.position, "scale": first.scale])
            if way.turn.degrees != 0 { transform.set("rotation", "\(-way.turn.degrees)") }
            if way.isMoving {
                let start = localStart(of: shot)
                let times = [start - shot.head, start - shot.head + shot.frames.count - 1].map { time(max(0, $0)) }
                transform.children = [
                    keys("position", times, [first.position, last.position]),
                    keys("scale", times, [first.scale, last.scale]),
                ]
            }
            elements.append(transform)
        }
        if shot.picture.opacity != 1 {
            elements.append(XMLElement("adjust-blend", ["amount": figure(shot.picture.opacity)]))
        }
        return elements
    }

    private func values(_ placing: PictureWay.Placing, _ turn: Turn) -> (position: String, scale: String) {
        let unit = 100 / Double(draft.film.canvas.height)
        let scale = (
            x: turn.flip == .horizontal ? -placing.scale : placing.scale,
            y: turn.flip == .vertical ? -placing.scale : placing.scale
        )
        return ("\(figure(placing.x * unit)) \(figure(-placing.y * unit))", "\(figure(scale.x)) \(figure(scale.y))")
    }

    private func keys(_ name: String, _ times: [String], _ values: [String]) -> XMLElement {
        let keyframes = zip(times, values).map { XMLElement("keyframe", ["time": $0, "value": $1]) }
        return XMLElement("param", ["name": name], [XMLElement("keyframeAnimation", [:], keyframes)])
    }

    private func transition(_ join: FrameLine.Join, _ resources: inout Resources) -> XMLElement {
        let ref = resources.effect("Cross Dissolve", Self.dissolve)
        return XMLElement(
            "transition",
            [
                "name": "Cross Dissolve", "offset": time(join.frames.lowerBound), "duration": time(join.frames.count),
            ], [XMLElement("filter-video", ["ref": ref, "name": "Cross Dissolve"])])
    }

    // MARK: What hangs on the shots

    private struct Hanging {
        let element: XMLElement
        let first: Int
        let lane: Int
    }

    private func connected(_ resources: inout Resources) -> [Hanging] {
        var hanging: [Hanging] = []
        var (above, below) = (0, 0)
        for (index, track) in draft.tracks.enumerated() where index != draft.mainTrackIndex {
            switch track.kind {
            case .video:
                above += 1
                for shot in line.shots(of: track) {
                    hanging.append(
                        Hanging(element: item(shot, on: track, &resources), first: shot.cut.lowerBound, lane: above))
                }
            case .text:
                above += 1
                for segment in track.segments {
                    guard let text = segment.text else { continue }
                    let frames = line.frames(segment.range)
                    guard !frames.isEmpty else { continue }
                    let element = title(text, frames, isMuted: track.muted, &resources)
                    hanging.append(Hanging(element: element, first: frames.lowerBound, lane: above))
                }
            case .audio:
                below -= 1
                for piece in line.pieces(of: track, in: film) {
                    guard let element = sound(piece, isMuted: track.muted, &resources) else { continue }
                    hanging.append(Hanging(element: element, first: piece.frames.lowerBound, lane: below))
                }
            }
        }
        return hanging
    }

    private func sound(_ piece: FrameLine.Piece, isMuted: Bool, _ resources: inout Resources) -> XMLElement? {
        guard let ref = resources.asset(piece.media, isStill: false) else { return nil }
        let role =
            switch piece.sound.role {
            case .music: "music"
            case .voice: "dialogue"
            case .effect: "effects"
            }
        var clip = XMLElement(
            "asset-clip",
            [
                "ref": ref, "name": piece.segment.shownName, "start": time(line.count(piece.start)),
                "duration": time(piece.frames.count), "audioRole": role,
            ])
        if piece.media?.facts.kind == .video { clip.set("srcEnable", "audio") }
        if isMuted { clip.set("enabled", "0") }
        let fades = piece.fades(line)
        if piece.sound.volume != 1 || fades.fadeIn > 0 || fades.fadeOut > 0 {
            clip.children = [volume(piece.sound.volume, fades.fadeIn, fades.fadeOut)]
        }
        return clip
    }

    private func volume(_ volume: Double, _ fadeIn: Int, _ fadeOut: Int) -> XMLElement {
        let decibels = volume > 0 ? (200 * log10(volume)).rounded() / 10 : -96
        var element = XMLElement("adjust-volume", ["amount": figure(decibels) + "dB"])
        var fades: [XMLElement] = []
        if fadeIn > 0 { fades.append(XMLElement("fadeIn", ["type": "linear", "duration": time(fadeIn)])) }
        if fadeOut > 0 { fades.append(XMLElement("fadeOut", ["type": "linear", "duration": time(fadeOut)])) }
        if !fades.isEmpty { element.children = [XMLElement("param", ["name": "amount"], fades)] }
        return element
    }

    private func title(
        _ content: TextContent, _ frames: Range<Int>, isMuted: Bool, _ resources: inout Resources
    ) -> XMLElement {
        let look = TextLook(content, canvas: draft.film.canvas)
        let ref = resources.effect("Basic Title", Self.title)
        let style = resources.nextStyle()
        let name = String(look.text.prefix { !$0.isNewline }.prefix(60))
        var title = XMLElement(
            "title", ["ref": ref, "name": name, "start": "3600s", "duration": time(frames.count)])
        if isMuted { title.set("enabled", "0") }
        var text = XMLElement("text", [:], [XMLElement("text-style", ["ref": style], text: look.text)])
        text.isOneRow = true
        var face = XMLElement(
            "text-style",
            [
                "font": look.family, "fontSize": figure(look.size.rounded()), "fontColor": color(look.color),
                "bold": look.isBold ? "1" : nil, "italic": look.isItalic ? "1" : nil,
                "alignment": look.alignment.rawValue,
            ])
        if let stroke = look.stroke {
            face.set("strokeColor", color(stroke.color))
            face.set("strokeWidth", figure(stroke.width * Double(draft.film.canvas.shortSide) / 1080))
        }
        if let plate = look.plate { face.set("backgroundColor", color(plate.color, plate.opacity)) }
        let width = Double(draft.film.canvas.width), height = Double(draft.film.canvas.height)
        let x = (look.center.x - 0.5) * width * 100 / height, y = (0.5 - look.center.y) * 100
        title.children = [
            text, XMLElement("text-style-def", ["id": style], [face]),
            XMLElement("adjust-transform", ["position": "\(figure(x)) \(figure(y))"]),
        ]
        return title
    }

    private func color(_ text: String, _ alpha: Double = 1) -> String {
        let value = RGBColor(text) ?? RGBColor(red: 255, green: 255, blue: 255)
        let parts = [value.red, value.green, value.blue].map { (Double($0) / 255 * 10_000).rounded() / 10_000 }
        return (parts + [alpha]).map { figure($0) }.joined(separator: " ")
    }
}

/// The formats, files and effects that a document's items refer to, each once.
private struct Resources {
    private(set) var elements: [XMLElement]
    private var ids: [String: String] = [:]
    private var styles = 0
    private let rate: FrameRate

    init(_ film: HandOver) {
        rate = film.draft.film.frameRate
        let canvas = film.draft.film.canvas
        elements = [
            XMLElement(
                "format",
                [
                    "id": "r1", "frameDuration": "\(rate.denominator)/\(rate.numerator)s", "width": "\(canvas.width)",
                    "height": "\(canvas.height)", "colorSpace": "1-1-1 (Rec. 709)",
                ])
        ]
    }

    static func time(_ frames: Int, _ rate: FrameRate) -> String {
        let ticks = frames * Int(rate.denominator)
        if ticks % Int(rate.numerator) == 0 { return "\(ticks / Int(rate.numerator))s" }
        return "\(ticks)/\(rate.numerator)s"
    }

    private mutating func id(_ key: String, _ make: (String) -> XMLElement) -> String {
        if let known = ids[key] { return known }
        let id = "r\(elements.count + 1)"
        ids[key] = id
        elements.append(make(id))
        return id
    }

    mutating func nextStyle() -> String {
        styles += 1
        return "ts\(styles)"
    }

    mutating func effect(_ name: String, _ uid: String) -> String {
        id("effect \(uid)") { XMLElement("effect", ["id": $0, "name": name, "uid": uid]) }
    }

    private mutating func format(_ size: PixelSize, _ frames: FrameRate?) -> String {
        id("format \(size.width) \(size.height) \(frames.map { "\($0.numerator) \($0.denominator)" } ?? "still")") {
            XMLElement(
                "format",
                [
                    "id": $0, "name": frames == nil ? "FFVideoFormatRateUndefined" : nil,
                    "frameDuration": frames.map { "\($0.denominator)/\($0.numerator)s" }, "width": "\(size.width)",
                    "height": "\(size.height)",
                ])
        }
    }

    /// Nil where the file is not known.
    mutating func asset(_ media: HandOverMedia?, isStill: Bool) -> String? {
        guard let media else { return nil }
        let facts = media.facts
        var shape: String?
        if facts.kind != .audio, let size = facts.size {
            shape = format(
                size, isStill ? nil : facts.frameRate.flatMap { FrameRate(framesPerSecond: $0) } ?? rate)
        }
        let length = isStill ? "0s" : facts.duration.map { Self.time(rate.frame(at: $0), rate) }
        let hasSound = facts.kind == .audio || facts.hasSound
        return id("asset \(media.path)") {
            XMLElement(
                "asset",
                [
                    "id": $0, "name": facts.name, "start": "0s", "duration": length,
                    "hasVideo": facts.kind == .audio ? nil : "1", "format": shape,
                    "videoSources": facts.kind == .audio ? nil : "1", "hasAudio": hasSound ? "1" : nil,
                    "audioSources": hasSound ? "1" : nil, "audioChannels": hasSound ? "2" : nil,
                ], [XMLElement("media-rep", ["kind": "original-media", "src": media.url])])
        }
    }
}
