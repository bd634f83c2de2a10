// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// The materials of a CapCut draft: files, and everything that hangs on segments. Ids are made of what they name, so that the
/// same film gives the same draft.
struct CapCutMaterials {
    private(set) var lists: [String: [JSONValue]] = [:]
    private var known: [String: String] = [:]
    private let film: String

    init(_ film: HandOver) { self.film = film.name }

    /// 32 hexadecimal digits: two FNV-1a hashes of what it is for.
    func id(_ kind: String, _ name: String) -> String { Self.hex("\(film)/\(kind)/\(name)") }

    private static func hex(_ text: String) -> String {
        [UInt64(0xcbf2_9ce4_8422_2325), 0x9ae1_6a3b_2f90_404f].map { basis in
            let hash = text.utf8.reduce(basis) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
            let digits = String(hash, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// `BC69C7CD-7C5E-4185-B284-AF3E1047A664`
    static func uuid(_ text: String) -> String {
        let digits = Array(hex(text).uppercased())
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
    }

    private mutating func add(_ list: String, _ key: String, _ make: (String) -> JSONValue) -> String {
        let key = "\(list) \(key)"
        if let id = known[key] { return id }
        let id = id(list, key)
        known[key] = id
        lists[list, default: []].append(make(id))
        return id
    }

    private static func path(_ media: HandOverMedia) -> JSONValue {
        .string(media.path.hasPrefix("/") ? media.path : "\(CapCutWriter.placeholder)/\(media.path)")
    }

    // MARK: Files

    mutating func picture(_ media: HandOverMedia, crop: UnitRect) -> String {
        let facts = media.facts
        let isStill = facts.kind == .image
        return add("videos", "\(media.path) \(crop.x) \(crop.y) \(crop.width) \(crop.height)") { id in
            [
                "audio_fade": .null, "category_id": "", "category_name": "local", "check_flag": 63487,
                "crop": [
                    "upper_left_x": .number(crop.x), "upper_left_y": .number(crop.y),
                    "upper_right_x": .number(crop.x + crop.width), "upper_right_y": .number(crop.y),
                    "lower_left_x": .number(crop.x), "lower_left_y": .number(crop.y + crop.height),
                    "lower_right_x": .number(crop.x + crop.width), "lower_right_y": .number(crop.y + crop.height),
                ],
                "crop_ratio": "free", "crop_scale": 1.0,
                // A still lasts three hours there.
                "duration": .integer(isStill ? 10_800_000_000 : facts.duration?.microseconds ?? 0),
                "height": .integer(Int64(facts.size?.height ?? 0)), "width": .integer(Int64(facts.size?.width ?? 0)),
                "id": .string(id), "local_material_id": "", "material_id": .string(id),
                "material_name": .string(facts.name), "media_path": "", "path": Self.path(media),
                "type": isStill ? "photo" : "video",
            ]
        }
    }

    mutating func sound(_ media: HandOverMedia) -> String {
        add("audios", media.path) { id in
            [
                "app_id": 0, "category_id": "", "category_name": "local", "check_flag": 3,
                "copyright_limit_type": "none", "duration": .integer(media.facts.duration?.microseconds ?? 0),
                "effect_id": "", "formula_id": "", "id": .string(id), "local_material_id": .string(id),
                "music_id": .string(id), "name": .string(media.facts.name), "path": Self.path(media),
                "source_platform": 0, "type": "extract_music", "wave_points": [],
            ]
        }
    }

    // MARK: What hangs on segments

    mutating func speed(_ speed: Double, _ segment: String) -> String {
        add("speeds", segment) { id in
            ["curve_speed": .null, "id": .string(id), "mode": 0, "speed": .number(speed), "type": "speed"]
        }
    }

    mutating func fade(_ fadeIn: Int64, _ fadeOut: Int64, _ segment: String) -> String {
        add("audio_fades", segment) { id in
            [
                "id": .string(id), "fade_in_duration": .integer(fadeIn), "fade_out_duration": .integer(fadeOut),
                "fade_type": 0, "type": "audio_fade",
            ]
        }
    }

    mutating func transition(_ transition: CapCutTransition, _ duration: Int64, _ segment: String) -> String {
        add("transitions", segment) { id in
            [
                "category_id": "", "category_name": "", "duration": .integer(duration),
                "effect_id": .string(transition.effect), "id": .string(id), "is_overlap": .bool(transition.isOverlap),
                "name": .string(transition.name), "platform": "all", "resource_id": .string(transition.resource),
                "type": "transition",
            ]
        }
    }

    mutating func canvas(_ type: String, _ color: String, _ segment: String) -> String {
        add("canvases", segment) { id in
            ["id": .string(id), "type": .string(type), "blur": 0.375, "color": .string(color), "source_platform": 0]
        }
    }

    mutating func text(_ look: TextLook, isCaption: Bool, canvas: PixelSize, _ segment: String) -> String {
        func color(_ text: String) -> JSONValue {
            let value = RGBColor(text) ?? RGBColor(red: 255, green: 255, blue: 255)
            return .array([value.red, value.green, value.blue].map { .number(Double($0) / 255) })
        }
        func solid(_ text: String) -> JSONValue { ["alpha": 1.0, "color": color(text)] }
        var flag: Int64 = 7
        var strokes: [JSONValue] = []
        if let stroke = look.stroke {
            flag |= 8
            strokes = [["content": ["solid": solid(stroke.color)], "width": .number(stroke.width / 100 * 0.2)]]
        }
        // A hundredth of the canvas's short side is about as high as its size 1.
        let size = look.size / Double(canvas.shortSide) * 100
        let content: JSONValue = [
            "styles": [
                [
                    "fill": ["alpha": 1.0, "content": ["render_type": "solid", "solid": solid(look.color)]],
                    "range": [0, .integer(Int64(look.text.unicodeScalars.count))], "size": .number(size),
                    "bold": .bool(look.isBold), "italic": .bool(look.isItalic), "underline": false,
                    "strokes": .array(strokes),
                ]
            ],
            "text": .string(look.text),
        ]
        let alignment: JSONValue =
            switch look.alignment {
            case .left: 0
            case .center: 1
            case .right: 2
            }
        var fields: [String: JSONValue] = [
            "content": .string(content.text()), "typesetting": 0, "alignment": alignment, "letter_spacing": 0.0,
            "line_spacing": 0.02, "line_feed": 1, "line_max_width": 0.82, "force_apply_line_max_width": false,
            "type": isCaption ? "subtitle" : "text", "global_alpha": 1.0,
        ]
        if let plate = look.plate {
            flag |= 16
            fields.merge([
                "background_style": 1, "background_color": .string(plate.color),
                "background_alpha": .number(plate.opacity), "background_round_radius": 0.0, "background_height": 0.14,
                "background_width": 0.14, "background_horizontal_offset": 0.0, "background_vertical_offset": 0.0,
            ]) { $1 }
        }
        fields["check_flag"] = .integer(flag)
        return add("texts", segment) { id in
            fields["id"] = .string(id)
            return .object(fields)
        }
    }
}
