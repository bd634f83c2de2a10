// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// A film as an OpenTimelineIO timeline: fields and schema versions as version 0.18 of its library writes them.
///
/// Times are frames at the film's rate. Photos, clips and sounds are clips with external references, colours and patterns
/// generators, texts markers on the stack, beats markers on the music. Sound of clips has a track of its own. Everything else
/// of the draft is kept under `kinora` in the metadata, so that `OTIOReader` gives the same draft back.
struct OTIOWriter {
    static let key = "kinora"

    let film: HandOver
    let line: FrameLine
    private var draft: Draft { film.draft }

    init(_ film: HandOver) {
        self.film = film
        line = FrameLine(film.draft)
    }

    var timeline: JSONValue {
        var tracks: [JSONValue] = []
        for (index, track) in draft.tracks.enumerated() {
            switch track.kind {
            case .video:
                let shots = line.shots(of: track)
                tracks.append(self.track(track, "Video", children(shots, of: track)))
                if index == draft.mainTrackIndex, !soundOfClips(shots).isEmpty {
                    let role = Self.kept(["role": "clip-sound"])
                    let own = Track(id: "", kind: .audio, name: "Sound of clips")
                    tracks.append(self.track(own, "Audio", soundOfClips(shots), metadata: role))
                }
            case .audio: tracks.append(self.track(track, "Audio", sounds(line.pieces(of: track, in: film), of: track)))
            case .text: break
            }
        }
        return [
            "OTIO_SCHEMA": "Timeline.1", "name": .string(film.name), "global_start_time": .null,
            "metadata": Self.kept(kept),
            "tracks": .object(
                item("Stack.1", "tracks").merging(["children": .array(tracks), "markers": .array(texts)]) { $1 }),
        ]
    }

    /// The draft without what stands on the clips.
    private var kept: JSONValue {
        var skeleton = draft
        for index in skeleton.tracks.indices { skeleton.tracks[index].segments = [] }
        // Where the files are is said by the clips; the names by which segments know them are kept.
        skeleton.assets = [:]
        var fields = skeleton.json.object ?? [:]
        fields["d"] = nil
        // Colour tables and transition maps stand on no clip.
        fields["assets"] = .object(
            film.media.mapValues { media in
                [
                    "name": .string(media.facts.name), "path": .string(media.path),
                    "hash": .string(media.facts.contentHash), "kind": .string(media.facts.kind.rawValue),
                ]
            })
        // Segments that no frame shows stand on no clip either.
        let lost = draft.tracks.flatMap { track -> [JSONValue] in
            guard track.kind != .text else { return [] }
            return track.segments.enumerated().filter {
                line.frames($0.element.range).isEmpty || isCutAway($0.offset, track)
            }
            .map { Self.marks(of: $0.element, at: $0.offset, on: track) }
        }
        return ["draft": .object(fields), "unseen": .array(lost)]
    }

    private func isCutAway(_ index: Int, _ track: Track) -> Bool {
        track.kind == .video && !line.shots(of: track).contains { $0.index == index }
    }

    // MARK: Pictures

    private func children(_ shots: [FrameLine.Shot], of track: Track) -> [JSONValue] {
        var children: [JSONValue] = []
        var end = 0
        for shot in shots {
            if shot.cut.lowerBound > end { children.append(gap(shot.cut.lowerBound - end)) }
            children.append(clip(shot, of: track))
            if let join = shot.join { children.append(transition(join)) }
            end = shot.cut.upperBound
        }
        return children
    }

    private func clip(_ shot: FrameLine.Shot, of track: Track) -> JSONValue {
        let picture = shot.picture
        var source = range(shot.head, shot.cut.count)
        if case .video = picture.source {
            source = range(line.count(line.source(of: shot, at: shot.cut.lowerBound)), shot.cut.count)
        }
        return clip(
            shot.segment, source, reference(of: picture, frames: shot.frames.count),
            effects: warps(picture), metadata: Self.marks(of: shot.segment, at: shot.index, on: track))
    }

    private func warps(_ picture: PictureContent) -> [JSONValue] {
        guard case .video = picture.source, picture.speed != 1 || picture.reverse else { return [] }
        return [
            [
                "OTIO_SCHEMA": "LinearTimeWarp.1", "name": "", "effect_name": "LinearTimeWarp", "enabled": true,
                "metadata": [:], "time_scalar": .number(picture.reverse ? -picture.speed : picture.speed),
            ]
        ]
    }

    private func reference(of picture: PictureContent, frames: Int) -> JSONValue {
        switch picture.source {
        case .image(let id): return reference(to: film.media[id], id, frames: frames)
        case .video(let id, _): return reference(to: film.media[id], id, frames: nil)
        case .color(let color): return generator("SolidColor", ["color": .string(color)])
        case .generated(let pattern, let colors, let seed):
            return generator(
                pattern, ["colors": .array(colors.map { .string($0) }), "seed": .integer(seed)])
        }
    }

    private func generator(_ kind: String, _ parameters: [String: JSONValue]) -> JSONValue {
        [
            "OTIO_SCHEMA": "GeneratorReference.1", "name": "", "generator_kind": .string(kind), "metadata": [:],
            "parameters": .object(parameters), "available_range": .null, "available_image_bounds": .null,
        ]
    }

    /// - Parameter frames: of a photo, which lasts as long as it is shown; nil of what has a length.
    private func reference(to media: HandOverMedia?, _ id: String, frames: Int?) -> JSONValue {
        guard let media else {
            return [
                "OTIO_SCHEMA": "MissingReference.1", "name": "", "metadata": Self.kept(["asset": .string(id)]),
                "available_range": .null, "available_image_bounds": .null,
            ]
        }
        let length = frames ?? media.facts.duration.map(line.count)
        return [
            "OTIO_SCHEMA": "ExternalReference.1", "name": .string(media.facts.name), "target_url": .string(media.url),
            "available_range": length.map { range(0, $0) } ?? .null, "available_image_bounds": .null,
            "metadata": Self.kept(["asset": .string(id)]),
        ]
    }

    private func transition(_ join: FrameLine.Join) -> JSONValue {
        let isDissolve = join.transition.name == .crossfade
        return [
            "OTIO_SCHEMA": "Transition.1", "name": .string(join.transition.name.rawValue),
            "transition_type": .string(isDissolve ? "SMPTE_Dissolve" : "Custom_Transition"),
            "in_offset": time(join.before), "out_offset": time(join.after),
            "metadata": Self.kept(["type": .string(join.transition.name.rawValue)]),
        ]
    }

    // MARK: Sound

    private func soundOfClips(_ shots: [FrameLine.Shot]) -> [JSONValue] {
        var children: [JSONValue] = []
        var end = 0
        var last: FrameLine.Shot?
        for shot in shots {
            guard case .video(let id, _) = shot.picture.source, let media = film.media[id], media.facts.hasSound,
                !shot.picture.muted, shot.picture.volume > 0
            else { continue }
            if shot.cut.lowerBound > end {
                children.append(gap(shot.cut.lowerBound - end))
            } else if let join = last?.join {
                children.append(transition(join))
            }
            let start = line.count(line.source(of: shot, at: shot.cut.lowerBound))
            children.append(
                clip(
                    shot.segment, range(start, shot.cut.count), reference(to: media, id, frames: nil),
                    effects: warps(shot.picture), metadata: Self.kept(["role": "clip-sound"])))
            (end, last) = (shot.cut.upperBound, shot)
        }
        return children
    }

    private func sounds(_ pieces: [FrameLine.Piece], of track: Track) -> [JSONValue] {
        var children: [JSONValue] = []
        var end = 0
        for piece in pieces {
            if piece.frames.lowerBound > end { children.append(gap(piece.frames.lowerBound - end)) }
            let index = track.segments.firstIndex { $0.id == piece.segment.id } ?? 0
            var marks = Self.marks(of: piece.segment, at: index, on: track)
            if piece.round > 0 { marks = Self.kept(["round": .integer(Int64(piece.round))]) }
            var id = piece.segment.id
            if case .asset(let asset, _) = piece.sound.source { id = asset }
            var fields =
                clip(
                    piece.segment, range(line.count(piece.start), piece.frames.count),
                    reference(to: piece.media, id, frames: nil), metadata: marks
                ).object ?? [:]
            if let beats = piece.media?.beats { fields["markers"] = .array(self.beats(beats, in: piece)) }
            children.append(.object(fields))
            end = piece.frames.upperBound
        }
        return children
    }

    /// Bars and beats under the piece, in the song's own time.
    private func beats(_ grid: BeatGrid, in piece: FrameLine.Piece) -> [JSONValue] {
        let span = TimeRange(start: piece.start, duration: line.rate.time(ofFrame: piece.frames.count))
        let bars = Set(grid.downbeats)
        return grid.beats.filter(span.contains).map { beat in
            let isBar = bars.contains(beat)
            return marker(isBar ? "bar" : "beat", isBar ? "RED" : "CYAN", range(line.count(beat), 1), [:])
        }
    }

    // MARK: Texts

    private var texts: [JSONValue] {
        draft.tracks.filter { $0.kind == .text }.flatMap { track in
            track.segments.enumerated().compactMap { index, segment -> JSONValue? in
                guard let text = segment.text else { return nil }
                let frames = line.frames(segment.range)
                return marker(
                    text.text, text.isCaption ? "YELLOW" : "GREEN", range(frames.lowerBound, frames.count),
                    Self.marks(of: segment, at: index, on: track))
            }
        }
    }
}

// MARK: Fields

extension OTIOWriter {
    private static func kept(_ value: JSONValue) -> JSONValue { .object([key: value]) }

    private static func marks(of segment: Segment, at index: Int, on track: Track) -> JSONValue {
        kept(["segment": segment.json, "track": .string(track.id), "index": .integer(Int64(index))])
    }

    private func time(_ frames: Int) -> JSONValue {
        [
            "OTIO_SCHEMA": "RationalTime.1", "rate": .number(line.rate.framesPerSecond),
            "value": .number(Double(frames)),
        ]
    }

    private func range(_ start: Int, _ count: Int) -> JSONValue {
        ["OTIO_SCHEMA": "TimeRange.1", "start_time": time(start), "duration": time(count)]
    }

    private func item(_ schema: String, _ name: String, enabled: Bool = true) -> [String: JSONValue] {
        [
            "OTIO_SCHEMA": .string(schema), "name": .string(name), "metadata": [:], "source_range": .null,
            "effects": [], "markers": [], "enabled": .bool(enabled), "color": .null,
        ]
    }

    private func track(
        _ track: Track, _ kind: String, _ children: [JSONValue], metadata: JSONValue? = nil
    ) -> JSONValue {
        var fields = item("Track.1", track.name, enabled: !track.muted)
        fields["kind"] = .string(kind)
        fields["children"] = .array(children)
        fields["metadata"] = metadata ?? Self.kept(["track": .string(track.id)])
        return .object(fields)
    }

    private func gap(_ frames: Int) -> JSONValue {
        .object(item("Gap.1", "").merging(["source_range": range(0, frames)]) { $1 })
    }

    private func clip(
        _ segment: Segment, _ source: JSONValue, _ reference: JSONValue, effects: [JSONValue] = [], metadata: JSONValue
    ) -> JSONValue {
        var fields = item("Clip.2", segment.shownName)
        fields["source_range"] = source
        fields["effects"] = .array(effects)
        fields["media_references"] = ["DEFAULT_MEDIA": reference]
        fields["active_media_reference_key"] = "DEFAULT_MEDIA"
        fields["metadata"] = metadata
        return .object(fields)
    }

    private func marker(_ name: String, _ color: String, _ range: JSONValue, _ metadata: JSONValue) -> JSONValue {
        [
            "OTIO_SCHEMA": "Marker.2", "name": .string(name), "color": .string(color), "marked_range": range,
            "comment": "", "metadata": metadata,
        ]
    }
}
