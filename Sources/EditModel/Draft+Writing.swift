// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON

extension Draft {
    /// The draft as JSON: defaults left out, keys sorted when written as text, unknown keys put back where they were.
    public var json: JSONValue {
        var fields = FieldWriter(extra)
        fields.put("v", .integer(Int64(Self.currentVersion)))
        fields.put("d", .integer(duration.milliseconds))
        fields.put("m", film.json)
        fields.put("t", .array(tracks.map(\.json)))
        if !assets.isEmpty { fields.put("assets", .object(assets.mapValues(\.json))) }
        return fields.value
    }
}

/// Collects an object's members; a nested object takes back the unknown members that were kept for it.
struct FieldWriter {
    private var members: [String: JSONValue] = [:]
    private let unknown: [String: JSONValue]

    init(_ unknown: [String: JSONValue] = [:]) { self.unknown = unknown }

    mutating func put(_ key: String, _ value: JSONValue) {
        members[key] = unknown[key].map { Self.merged($0, under: value) } ?? value
    }

    /// `known` with the members that only `unknown` has, at every depth.
    private static func merged(_ unknown: JSONValue, under known: JSONValue) -> JSONValue {
        guard case .object(let fields) = known, case .object(let kept) = unknown else { return known }
        return .object(kept.merging(fields) { merged($0, under: $1) })
    }

    mutating func put(_ key: String, _ text: String?) {
        if let text { put(key, .string(text)) }
    }

    mutating func put(_ key: String, _ time: MediaTime, unless usual: MediaTime? = .zero) {
        if time != usual { put(key, .integer(time.milliseconds)) }
    }

    mutating func put(_ key: String, _ number: Double, unless usual: Double?) {
        if number != usual { put(key, .number(number)) }
    }

    mutating func put(_ key: String, _ flag: Bool, unless usual: Bool? = false) {
        if flag != usual { put(key, .bool(flag)) }
    }

    /// The members, with unknown ones that nothing else wrote. Those kept for a nested object that is gone, go too, where
    /// the object without its known members would mean something else or nothing.
    var value: JSONValue {
        var all = members
        for (key, value) in unknown where all[key] == nil {
            if case .object = value, Self.nestedKeys.contains(key) { continue }
            all[key] = value
        }
        return .object(all)
    }

    private static let nestedKeys: Set = ["tr", "motion", "in", "out", "stroke", "plate"]
}

extension AssetReference {
    var json: JSONValue {
        var fields = FieldWriter(extra)
        fields.put("name", name)
        fields.put("path", path)
        fields.put("hash", hash)
        fields.put("kind", kind?.rawValue)
        return fields.value
    }
}

extension FilmSettings {
    var json: JSONValue {
        var fields = FieldWriter(extra)
        fields.put("title", .string(title))
        fields.put("width", .integer(Int64(canvas.width)))
        fields.put("height", .integer(Int64(canvas.height)))
        fields.put("fps", .number(frameRate.framesPerSecond))
        fields.put("preset", preset)
        fields.put("language", language)
        fields.put("background", .string(background))
        fields.put("fadeIn", fadeIn, unless: nil)
        fields.put("fadeOut", fadeOut, unless: nil)
        fields.put("loudness", loudness, unless: nil)
        return fields.value
    }
}

extension Track {
    var json: JSONValue {
        var meta = FieldWriter()
        meta.put("name", .string(name))
        meta.put("muted", muted)
        var fields = FieldWriter(extra)
        fields.put("id", id)
        fields.put("tt", .integer(kind.rawValue))
        fields.put("m", meta.value)
        fields.put("sg", .array(segments.map(\.json)))
        return fields.value
    }
}

extension Segment {
    /// As it stands in the draft's JSON.
    package var json: JSONValue {
        var fields = FieldWriter(extra)
        fields.put("id", id)
        fields.put("s", range.start, unless: nil)
        fields.put("d", range.duration, unless: nil)
        fields.put("m", ["name": .string(name)])
        switch content {
        case .picture(let picture): picture.write(into: &fields)
        case .sound(let sound): sound.write(into: &fields)
        case .text(let text): text.write(into: &fields)
        }
        return fields.value
    }
}

extension PictureContent {
    func write(into fields: inout FieldWriter) {
        switch source {
        case .image(let asset):
            fields.put("mt", "image")
            fields.put("src", asset)
        case .video(let asset, let start):
            fields.put("mt", "video")
            fields.put("src", asset)
            fields.put("ss", start)
        case .color(let color):
            fields.put("mt", "color")
            fields.put("color", color)
        case .generated(let pattern, let colors, let seed):
            fields.put("mt", "generated")
            fields.put("pattern", pattern)
            fields.put("colors", .array(colors.map { .string($0) }))
            fields.put("seed", .integer(seed))
        }
        fields.put("fit", fit == .cover ? nil : fit.rawValue)
        if let focus { fields.put("focus", [.number(focus.x), .number(focus.y)]) }
        if let crop { fields.put("crop", crop.json) }
        if turn.degrees != 0 { fields.put("rotate", .integer(Int64(turn.degrees))) }
        fields.put("flip", turn.flip?.rawValue)
        if motion != .none {
            var move: [String: JSONValue] = ["type": .string(motion.kind.rawValue), "amount": .number(motion.amount)]
            if let part = motion.part {
                move["from"] = .number(part.from)
                move["to"] = .number(part.to)
            }
            fields.put("motion", .object(move))
        }
        if grade != .none { fields.put("grade", grade.json) }
        fields.put("opacity", opacity, unless: 1)
        if let rect { fields.put("rect", rect.json) }
        fields.put("speed", speed, unless: 1)
        fields.put("reverse", reverse)
        fields.put("vol", volume, unless: 1)
        fields.put("muted", muted)
        if let transition {
            var tr = FieldWriter()
            tr.put("type", transition.name.rawValue)
            tr.put("d", transition.duration, unless: nil)
            tr.put("map", transition.map)
            fields.put("tr", tr.value)
        }
    }
}

extension UnitRect {
    var json: JSONValue { [.number(x), .number(y), .number(width), .number(height)] }
}

extension Grade {
    var json: JSONValue {
        var fields = FieldWriter()
        if look != .none { fields.put("look", look.rawValue) }
        fields.put("brightness", brightness, unless: 0)
        fields.put("contrast", contrast, unless: 0)
        fields.put("saturation", saturation, unless: 0)
        fields.put("temperature", temperature, unless: 0)
        fields.put("vignette", vignette, unless: 0)
        fields.put("grain", grain, unless: 0)
        fields.put("lut", lut)
        return fields.value
    }
}

extension SoundContent {
    func write(into fields: inout FieldWriter) {
        switch source {
        case .asset(let asset, let start):
            fields.put("src", asset)
            fields.put("ss", start)
        case .generated(let members): fields.put("gen", .object(members))
        }
        fields.put("role", role.rawValue)
        fields.put("vol", volume, unless: nil)
        fields.put("fi", fadeIn)
        fields.put("fo", fadeOut)
        fields.put("loop", loops)
        fields.put("duck", ducks)
    }
}

extension TextContent {
    func write(into fields: inout FieldWriter) {
        fields.put("text", text)
        fields.put("role", role.rawValue)
        fields.put("pos", position.name)
        if case .at(let point) = position { fields.put("at", [.number(point.x), .number(point.y)]) }
        if style != TextStyle() { fields.put("style", style.json) }
        if let entrance { fields.put("in", entrance.json) }
        if let exit { fields.put("out", exit.json) }
        if !words.isEmpty {
            fields.put(
                "words",
                .array(
                    words.map {
                        [
                            .string($0.text), .integer($0.range.start.milliseconds),
                            .integer($0.range.end.milliseconds),
                        ]
                    }))
        }
    }
}

extension TextAnimation {
    var json: JSONValue { ["type": .string(kind.rawValue), "d": .integer(duration.milliseconds)] }
}

extension TextStyle {
    var json: JSONValue {
        var fields = FieldWriter()
        fields.put("name", name)
        fields.put("font", font)
        if let size { fields.put("size", .number(size)) }
        if let spacing { fields.put("spacing", .number(spacing)) }
        fields.put("case", letterCase?.rawValue)
        fields.put("color", color)
        if let bold { fields.put("bold", .bool(bold)) }
        if let italic { fields.put("italic", .bool(italic)) }
        fields.put("align", alignment?.rawValue)
        if let shadow { fields.put("shadow", .bool(shadow)) }
        if let stroke { fields.put("stroke", ["color": .string(stroke.color), "width": .number(stroke.width)]) }
        if let plate { fields.put("plate", ["color": .string(plate.color), "opacity": .number(plate.opacity)]) }
        return fields.value
    }
}
