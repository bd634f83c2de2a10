// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import RenderPlanning

/// A film as a draft folder of CapCut and JianYing 5.9: `draft_content.json` and `draft_meta_info.json`, with the fields that
/// PyPI's `pyJianYingDraft` 0.3 writes and reads. Times are microseconds.
///
/// A file in the folder is named from its place holder, so that the folder may be moved.
struct CapCutWriter {
    static let placeholder = "##_draftpath_placeholder_0E685133-18CE-45ED-8CB8-2904A212EC80_##"

    let film: HandOver
    let line: FrameLine
    private var draft: Draft { film.draft }

    init(_ film: HandOver) {
        self.film = film
        line = FrameLine(film.draft)
    }

    var files: [HandOver.File] {
        [
            HandOver.File(name: "draft_content.json", content.text(.readable)),
            HandOver.File(name: "draft_meta_info.json", meta.text(.readable)),
        ]
    }

    private var content: JSONValue {
        var materials = CapCutMaterials(film)
        var tracks: [JSONValue] = []
        for (index, track) in draft.tracks.enumerated() {
            let segments =
                switch track.kind {
                case .video: line.shots(of: track).compactMap { picture($0, index, &materials) }
                case .audio: line.pieces(of: track, in: film).compactMap { sound($0, index, &materials) }
                case .text: track.segments.compactMap { text($0, index, &materials) }
                }
            let type =
                switch track.kind {
                case .video: "video"
                case .audio: "audio"
                case .text: "text"
                }
            tracks.append([
                "attribute": track.muted ? 1 : 0, "flag": 0, "id": .string(materials.id("track", track.id)),
                "is_default_name": .bool(track.name.isEmpty), "name": .string(track.name),
                "segments": .array(segments), "type": .string(type),
            ])
        }
        return CapCutTemplate.content(
            id: materials.id("film", film.name), canvas: draft.film.canvas, rate: draft.film.frameRate,
            duration: microseconds(line.length), tracks: tracks, materials: materials.lists)
    }

    private var meta: JSONValue {
        CapCutTemplate.meta(
            id: CapCutMaterials.uuid("draft \(film.name)"), name: film.name, duration: microseconds(line.length))
    }

    private func microseconds(_ frames: Int) -> Int64 { line.rate.time(ofFrame: frames).microseconds }

    // MARK: Segments

    private func picture(_ shot: FrameLine.Shot, _ track: Int, _ materials: inout CapCutMaterials) -> JSONValue? {
        let picture = shot.picture
        guard let id = picture.assetID, let media = film.media[id] else { return nil }
        let crop = picture.crop ?? .whole
        let material = materials.picture(media, crop: crop)
        var references = [materials.speed(picture.speed, shot.segment.id)]
        if let join = shot.join {
            let transition = CapCutTransition.table[join.transition.name.rawValue] ?? .dissolve
            references.append(
                materials.transition(transition, microseconds(join.frames.count), shot.segment.id))
        }
        if picture.fit == .blur {
            references.append(materials.canvas("canvas_blur", "#00000000", shot.segment.id))
        } else if draft.film.background.uppercased() != "#000000" {
            references.append(
                materials.canvas("canvas_color", draft.film.background.lowercased() + "ff", shot.segment.id))
        }
        let start: MediaTime
        if case .video = picture.source {
            start =
                picture.reverse
                ? line.source(of: shot, at: shot.cut.upperBound) : line.source(of: shot, at: shot.cut.lowerBound)
        } else {
            start = .zero
        }
        let length = line.rate.time(ofFrame: shot.cut.count).scaled(by: picture.speed)
        var fields = common(shot.segment.id, material, shot.cut, track, references, &materials)
        fields["source_timerange"] = range(start.microseconds, length.microseconds)
        fields["speed"] = .number(picture.speed)
        fields["volume"] = .number(picture.muted ? 0 : picture.volume)
        fields["reverse"] = .bool(picture.reverse)
        fields["is_tone_modify"] = false
        fields["hdr_settings"] = ["intensity": 1.0, "mode": 1, "nits": 1000]
        fields["uniform_scale"] = ["on": true, "value": 1.0]
        let way = PictureWay(shot, in: film, turns: true, crops: true)
        let place = way.map { $0.placing($0.first) }
        fields["clip"] = clip(
            alpha: picture.opacity, turn: picture.turn, scale: place?.scale ?? 1, x: place?.x ?? 0, y: place?.y ?? 0)
        if let way, way.isMoving { fields["common_keyframes"] = keyframes(way, shot, &materials) }
        return .object(fields)
    }

    /// Of the whole way, as far as the cuts leave it: offsets from the first cut.
    private func keyframes(
        _ way: PictureWay, _ shot: FrameLine.Shot, _ materials: inout CapCutMaterials
    ) -> JSONValue {
        let first = way.placing(way.first), last = way.placing(way.last)
        let steps = Double(max(1, shot.frames.count - 1))
        func value(_ a: Double, _ b: Double, _ frame: Int) -> Double {
            a + (b - a) * Double(frame - shot.frames.lowerBound) / steps
        }
        let (halfWidth, halfHeight) = (Double(draft.film.canvas.width) / 2, Double(draft.film.canvas.height) / 2)
        let lists: [(String, Double, Double)] = [
            ("UNIFORM_SCALE", first.scale, last.scale),
            ("KFTypePositionX", first.x / halfWidth, last.x / halfWidth),
            ("KFTypePositionY", -first.y / halfHeight, -last.y / halfHeight),
        ]
        return .array(
            lists.map { name, a, b in
                let keys = [shot.cut.lowerBound, shot.cut.upperBound - 1].map { frame -> JSONValue in
                    [
                        "curveType": "Line", "graphID": "", "left_control": ["x": 0.0, "y": 0.0],
                        "right_control": ["x": 0.0, "y": 0.0],
                        "id": .string(materials.id("key", "\(shot.segment.id) \(name) \(frame)")),
                        "time_offset": .integer(microseconds(frame - shot.cut.lowerBound)),
                        "values": [.number(value(a, b, frame))],
                    ]
                }
                return [
                    "id": .string(materials.id("keys", "\(shot.segment.id) \(name)")), "keyframe_list": .array(keys),
                    "material_id": "", "property_type": .string(name),
                ]
            })
    }

    private func sound(_ piece: FrameLine.Piece, _ track: Int, _ materials: inout CapCutMaterials) -> JSONValue? {
        guard let media = piece.media else { return nil }
        let own = "\(piece.segment.id) \(piece.round)"
        var references = [materials.speed(1, own)]
        let fades = piece.fades(line)
        if fades.fadeIn > 0 || fades.fadeOut > 0 {
            references.append(materials.fade(microseconds(fades.fadeIn), microseconds(fades.fadeOut), own))
        }
        var fields = common(own, materials.sound(media), piece.frames, track, references, &materials)
        fields["source_timerange"] = range(piece.start.microseconds, microseconds(piece.frames.count))
        fields["speed"] = 1.0
        fields["volume"] = .number(piece.sound.volume)
        fields["is_tone_modify"] = false
        fields["clip"] = .null
        fields["hdr_settings"] = .null
        return .object(fields)
    }

    private func text(_ segment: Segment, _ track: Int, _ materials: inout CapCutMaterials) -> JSONValue? {
        let frames = line.frames(segment.range)
        guard let content = segment.text, !frames.isEmpty else { return nil }
        let look = TextLook(content, canvas: draft.film.canvas)
        let material = materials.text(look, isCaption: content.isCaption, canvas: draft.film.canvas, segment.id)
        let references = [materials.speed(1, segment.id)]
        var fields = common(segment.id, material, frames, track, references, &materials)
        fields["source_timerange"] = .null
        fields["speed"] = 1.0
        fields["volume"] = 1.0
        fields["is_tone_modify"] = false
        fields["uniform_scale"] = ["on": true, "value": 1.0]
        let canvas = draft.film.canvas
        fields["clip"] = clip(
            alpha: 1, turn: .none, scale: 1, x: (look.center.x - 0.5) * Double(canvas.width),
            y: (look.center.y - 0.5) * Double(canvas.height))
        return .object(fields)
    }

    // MARK: Fields

    private func common(
        _ id: String, _ material: String, _ frames: Range<Int>, _ track: Int, _ references: [String],
        _ materials: inout CapCutMaterials
    ) -> [String: JSONValue] {
        let start = microseconds(frames.lowerBound)
        return [
            "enable_adjust": true, "enable_color_correct_adjust": false, "enable_color_curves": true,
            "enable_color_match_adjust": false, "enable_color_wheels": true, "enable_lut": true,
            "enable_smart_color_adjust": false, "last_nonzero_volume": 1.0, "reverse": false, "track_attribute": 0,
            "track_render_index": 0, "render_index": .integer(Int64(track)), "visible": true,
            "id": .string(materials.id("segment", id)), "material_id": .string(material),
            // From edge to edge, so that neighbours meet to the microsecond.
            "target_timerange": range(start, microseconds(frames.upperBound) - start),
            "common_keyframes": [], "keyframe_refs": [],
            "extra_material_refs": .array(references.map { .string($0) }),
        ]
    }

    private func range(_ start: Int64, _ duration: Int64) -> JSONValue {
        ["start": .integer(start), "duration": .integer(duration)]
    }

    private func clip(alpha: Double, turn: Turn, scale: Double, x: Double, y: Double) -> JSONValue {
        let canvas = draft.film.canvas
        return [
            "alpha": .number(alpha),
            "flip": [
                "horizontal": .bool(turn.flip == .horizontal), "vertical": .bool(turn.flip == .vertical),
            ],
            "rotation": .number(Double(turn.degrees)), "scale": ["x": .number(scale), "y": .number(scale)],
            "transform": [
                "x": .number(x / (Double(canvas.width) / 2)), "y": .number(-y / (Double(canvas.height) / 2)),
            ],
        ]
    }
}

extension MediaTime {
    /// The nearest whole microsecond.
    var microseconds: Int64 { Int64((Double(ticks) / 705.6).rounded()) }
}
