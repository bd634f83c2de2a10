// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Glibc
import RenderPlanning

/// A film as MLT XML, as version 7 of `melt` reads it.
///
/// The main track's shots lie in turn on two playlists, so that neighbours overlap as they do in the draft; a `luma` goes from
/// one to the other. Pictures are placed by `affine`, sounds summed by `mix`, texts drawn by `dynamictext`.
struct MLTWriter {
    let film: HandOver
    let line: FrameLine
    private var draft: Draft { film.draft }
    private var canvas: PixelSize { draft.film.canvas }

    init(_ film: HandOver) {
        self.film = film
        line = FrameLine(film.draft)
    }

    var document: XMLElement {
        let length = max(1, line.length)
        let rate = draft.film.frameRate
        var parts = [
            XMLElement(
                "profile",
                [
                    "description": "Kinora", "width": "\(canvas.width)", "height": "\(canvas.height)",
                    "progressive": "1", "sample_aspect_num": "1", "sample_aspect_den": "1",
                    "display_aspect_num": "\(canvas.width)", "display_aspect_den": "\(canvas.height)",
                    "frame_rate_num": "\(rate.numerator)", "frame_rate_den": "\(rate.denominator)",
                    "colorspace": "709",
                ])
        ]
        var tractor = XMLElement("tractor", ["id": "film", "in": "0", "out": "\(length - 1)"])
        var joins: [XMLElement] = []
        var count = 0
        func add(_ playlist: XMLElement, _ producers: [XMLElement], isHidden: String? = nil) -> Int {
            parts += producers + [playlist]
            tractor.children.append(XMLElement("track", ["producer": playlist["id"], "hide": isHidden]))
            count += 1
            return count - 1
        }
        let ground = producer("ground", length, [("resource", draft.film.background), ("mlt_service", "color")])
        var base = XMLElement("playlist", ["id": "base"])
        base.children = [entry("ground", 0..<length)]
        _ = add(base, [ground])

        for (index, track) in draft.tracks.enumerated() where track.kind == .video {
            let shots = line.shots(of: track)
            let isMain = index == draft.mainTrackIndex
            let rows = isMain ? 2 : 1
            var numbers: [Int] = []
            for row in 0..<rows {
                let own = shots.enumerated().filter { $0.offset % rows == row }.map(\.element)
                let (playlist, producers) = pictures(own, of: track, isMain: isMain, "v\(index)-\(row)")
                numbers.append(add(playlist, producers))
                joins.append(mix(numbers[row]))
            }
            if isMain {
                for (place, shot) in shots.enumerated() {
                    guard let join = shot.join else { continue }
                    joins.append(luma(join, from: numbers[0], to: numbers[1], isBack: place % 2 == 1))
                }
            } else {
                joins.append(
                    transition(
                        "composite", 0, numbers[0], [("geometry", "0/0:100%x100%:100"), ("always_active", "1")]))
            }
        }
        for (index, track) in draft.tracks.enumerated() where track.kind == .audio {
            let (playlist, producers) = sounds(track, "a\(index)")
            let number = add(playlist, producers, isHidden: track.muted ? "both" : "video")
            joins.append(mix(number))
        }
        tractor.children += joins + texts + fades(length)
        return XMLElement(
            "mlt", ["LC_NUMERIC": "C", "version": "7.0.0", "title": film.name, "producer": "film"], parts + [tractor])
    }

    // MARK: Pictures

    private func pictures(
        _ shots: [FrameLine.Shot], of track: Track, isMain: Bool, _ id: String
    ) -> (XMLElement, [XMLElement]) {
        var playlist = XMLElement("playlist", ["id": id])
        var producers: [XMLElement] = []
        var end = 0
        for (index, shot) in shots.enumerated() {
            if shot.frames.lowerBound > end {
                playlist.children.append(XMLElement("blank", ["length": "\(shot.frames.lowerBound - end)"]))
            }
            let name = "\(id)-\(index)"
            let (producer, span) = source(of: shot, name, isMain: isMain, isMuted: track.muted)
            producers.append(producer)
            playlist.children.append(entry(name, span))
            end = shot.frames.upperBound
        }
        return (playlist, producers)
    }

    /// The producer of a shot, and which of its frames are played.
    private func source(
        of shot: FrameLine.Shot, _ id: String, isMain: Bool, isMuted: Bool
    ) -> (XMLElement, Range<Int>) {
        let count = shot.frames.count
        let picture = shot.picture
        switch picture.source {
        case .color(let color):
            return (producer(id, count, [("resource", color), ("mlt_service", "color")]), 0..<count)
        case .generated(_, let colors, _):
            let color = colors.first ?? draft.film.background
            return (producer(id, count, [("resource", color), ("mlt_service", "color")]), 0..<count)
        case .image(let asset):
            var producer = producer(id, count, [("resource", film.media[asset]?.path ?? asset), ("eof", "pause")])
            if let placing = placing(shot, 0..<count, isMain: isMain) { producer.children.append(placing) }
            return (producer, 0..<count)
        case .video(let asset, let start):
            let path = film.media[asset]?.path ?? asset
            let duration = film.media[asset]?.facts.duration ?? start + line.rate.time(ofFrame: count)
            var first = line.count(start)
            var properties = [("resource", path), ("mlt_service", "avformat")]
            var length = max(line.count(duration), first + count)
            if picture.speed != 1 || picture.reverse {
                let speed = picture.reverse ? -picture.speed : picture.speed
                let played = line.rate.time(ofFrame: count).scaled(by: picture.speed)
                let skipped = picture.reverse ? max(.zero, duration - start - played) : start
                first = line.count(skipped.scaled(by: 1 / picture.speed))
                length = max(line.count(duration.scaled(by: 1 / picture.speed)), first + count)
                properties = [
                    ("resource", "\(figure(speed)):\(path)"), ("mlt_service", "timewarp"),
                    ("warp_speed", figure(speed)), ("warp_resource", path),
                ]
            }
            let isHeard = film.media[asset]?.facts.hasSound == true && !picture.muted && !isMuted
            if !isHeard { properties += [("audio_index", "-1")] }
            var producer = producer(id, length, properties)
            let span = first..<(first + count)
            if let placing = placing(shot, span, isMain: isMain) { producer.children.append(placing) }
            if isHeard {
                producer.children += volume(
                    picture.volume, fadeIn: shot.arrival?.frames.count ?? 0, fadeOut: shot.join?.frames.count ?? 0, span
                )
            }
            return (producer, span)
        }
    }

    private func placing(_ shot: FrameLine.Shot, _ span: Range<Int>, isMain: Bool) -> XMLElement? {
        guard let way = PictureWay(shot, in: film, turns: false, crops: false) else { return nil }
        func rect(_ rect: PixelRect) -> String {
            [rect.x, rect.y, rect.width, rect.height, shot.picture.opacity].map(figure).joined(separator: " ")
        }
        var keys = "0=\(rect(way.first))"
        if way.isMoving, span.count > 1 { keys += ";\(span.count - 1)=\(rect(way.last))" }
        let ground = isMain ? draft.film.background : "#00000000"
        return filter(
            "affine", span,
            [
                ("background", "color:\(ground)"), ("transition.rect", keys), ("transition.distort", "1"),
                ("transition.fill", "1"),
            ])
    }

    /// A dissolve; from the first playlist to the second, or back.
    private func luma(_ join: FrameLine.Join, from a: Int, to b: Int, isBack: Bool) -> XMLElement {
        var luma = transition("luma", a, b, [("softness", "0"), ("reverse", isBack ? "1" : "0")])
        luma.set("in", "\(join.frames.lowerBound)")
        luma.set("out", "\(join.frames.upperBound - 1)")
        return luma
    }

    // MARK: Sound

    private func sounds(_ track: Track, _ id: String) -> (XMLElement, [XMLElement]) {
        var playlist = XMLElement("playlist", ["id": id])
        var producers: [XMLElement] = []
        var end = 0
        for (index, piece) in line.pieces(of: track, in: film).enumerated() {
            guard let media = piece.media, piece.frames.lowerBound >= end else { continue }
            if piece.frames.lowerBound > end {
                playlist.children.append(XMLElement("blank", ["length": "\(piece.frames.lowerBound - end)"]))
            }
            let name = "\(id)-\(index)"
            let first = line.count(piece.start)
            let span = first..<(first + piece.frames.count)
            let length = max(span.upperBound, media.facts.duration.map(line.count) ?? 0)
            var producer = producer(
                name, length,
                [("resource", media.path), ("mlt_service", "avformat"), ("video_index", "-1")])
            let fades = piece.fades(line)
            producer.children += volume(piece.sound.volume, fadeIn: fades.fadeIn, fadeOut: fades.fadeOut, span)
            producers.append(producer)
            playlist.children.append(entry(name, span))
            end = piece.frames.upperBound
        }
        return (playlist, producers)
    }

    /// The loudness of a span with its fades, in decibels from key to key.
    private func volume(_ volume: Double, fadeIn: Int, fadeOut: Int, _ span: Range<Int>) -> [XMLElement] {
        guard volume != 1 || fadeIn > 0 || fadeOut > 0 else { return [] }
        func decibels(_ share: Double) -> String { figure(max(-70, 20 * log10(max(volume * share, 1e-6)))) }
        var keys: [(Int, Double)] = [(0, fadeIn > 0 ? 0 : 1)]
        // Even amplitude is no straight line in decibels: eighths of it are.
        if fadeIn > 0 { keys += (1...8).map { (fadeIn * $0 / 8, Double($0) / 8) } }
        if fadeOut > 0 {
            let start = span.count - fadeOut
            keys += (0...8).map { (min(start + fadeOut * $0 / 8, span.count - 1), 1 - Double($0) / 8) }
        }
        var level: [Int: String] = [:]
        for (frame, share) in keys { level[frame] = decibels(share) }
        let text = level.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
        return [filter("volume", span, [("level", text)])]
    }

    private func mix(_ track: Int) -> XMLElement {
        transition("mix", 0, track, [("always_active", "1"), ("sum", "1")])
    }

    // MARK: Texts and the whole film

    private var texts: [XMLElement] {
        draft.tracks.filter { $0.kind == .text && !$0.muted }.flatMap(\.segments).compactMap { segment in
            let frames = line.frames(segment.range)
            guard let text = segment.text, !frames.isEmpty else { return nil }
            return self.text(text, frames)
        }
    }

    private func text(_ content: TextContent, _ frames: Range<Int>) -> XMLElement {
        let look = TextLook(content, canvas: canvas)
        let width = Double(canvas.width), height = Double(canvas.height)
        let band = height * 0.5
        func place(_ opacity: Int) -> String {
            [width * (look.center.x - 0.5) + width * 0.05, look.center.y * height - band / 2, width * 0.9, band]
                .map(figure).joined(separator: " ") + " \(opacity)"
        }
        var keys: [Int: String] = [0: place(content.entrance == nil ? 1 : 0)]
        if let entrance = content.entrance { keys[min(line.count(entrance.duration), frames.count - 1)] = place(1) }
        if let exit = content.exit {
            let start = max(0, frames.count - 1 - line.count(exit.duration))
            if keys[start] == nil { keys[start] = place(1) }
            keys[frames.count - 1] = place(0)
        }
        let geometry = keys.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
        // Between two # stands a word that is filled in.
        let words = look.text.replacing("\\", with: "\\\\").replacing("#", with: "\\#")
        var properties = [
            ("argument", words), ("geometry", keys.count == 1 ? place(1) : geometry), ("family", look.family),
            ("size", figure(look.size.rounded())), ("weight", look.isBold ? "700" : "400"),
            ("style", look.isItalic ? "italic" : "normal"), ("fgcolour", look.color), ("bgcolour", "#00000000"),
            ("halign", look.alignment.rawValue == "center" ? "centre" : look.alignment.rawValue), ("valign", "middle"),
        ]
        if let stroke = look.stroke {
            properties += [
                ("olcolour", stroke.color),
                ("outline", figure((stroke.width * Double(canvas.shortSide) / 1080).rounded())),
            ]
        }
        if let plate = look.plate {
            let alpha = String(Int((plate.opacity * 255).rounded()), radix: 16)
            properties.removeAll { $0.0 == "bgcolour" }
            properties += [
                ("bgcolour", "#\(alpha.count < 2 ? "0" : "")\(alpha)\(plate.color.dropFirst())"), ("pad", "12"),
            ]
        }
        return filter("dynamictext", frames, properties)
    }

    /// Of the whole film from and to black, picture and sound.
    private func fades(_ length: Int) -> [XMLElement] {
        let film = draft.film
        let (fadeIn, fadeOut) = (line.count(film.fadeIn), line.count(film.fadeOut))
        guard fadeIn > 0 || fadeOut > 0 else { return [] }
        var keys: [Int: String] = [0: fadeIn > 0 ? "0" : "1"]
        if fadeIn > 0 { keys[min(fadeIn, length - 1)] = "1" }
        if fadeOut > 0 {
            keys[max(fadeIn, length - 1 - fadeOut)] = "1"
            keys[length - 1] = "0"
        }
        let level = keys.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
        return [filter("brightness", 0..<length, [("level", level)])]
            + volume(1, fadeIn: fadeIn, fadeOut: fadeOut, 0..<length)
    }

    // MARK: Elements

    private func producer(_ id: String, _ length: Int, _ properties: [(String, String)]) -> XMLElement {
        XMLElement(
            "producer", ["id": id, "in": "0", "out": "\(max(1, length) - 1)"],
            [property("length", "\(max(1, length))")] + properties.map { property($0.0, $0.1) })
    }

    private func entry(_ producer: String, _ span: Range<Int>) -> XMLElement {
        XMLElement(
            "entry", ["producer": producer, "in": "\(span.lowerBound)", "out": "\(span.upperBound - 1)"])
    }

    private func filter(_ service: String, _ span: Range<Int>, _ properties: [(String, String)]) -> XMLElement {
        XMLElement(
            "filter", ["in": "\(span.lowerBound)", "out": "\(span.upperBound - 1)"],
            [property("mlt_service", service)] + properties.map { property($0.0, $0.1) })
    }

    private func transition(_ service: String, _ a: Int, _ b: Int, _ properties: [(String, String)]) -> XMLElement {
        XMLElement(
            "transition", [:],
            [property("mlt_service", service), property("a_track", "\(a)"), property("b_track", "\(b)")]
                + properties.map { property($0.0, $0.1) })
    }

    private func property(_ name: String, _ value: String) -> XMLElement {
        XMLElement("property", ["name": name], text: value)
    }
}
