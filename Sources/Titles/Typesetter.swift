// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// How a line is set, as far as Pango needs to know.
struct Dress: Hashable {
    var families: [String]
    var weight: Int
    var italic: Bool
    /// Share of the size.
    var letterSpacing: Double
    var language: String
    var han: HanVariant
}

/// Pango with a font map of its own: turns a line of text into placed glyphs.
///
/// Everything is laid out at one size, `Typesetter.em`, unhinted and unrounded, and scaled afterwards: outlines scale
/// exactly, each face is looked up once, and a size is only a number.
///
/// One thread at a time, and one typesetter at a time: see `SharedTypesetter`.
final class Typesetter {
    /// The size of layout, in pixels.
    static let em = 256.0
    /// Pango's units in a pixel.
    private static let scale = Double(PANGO_SCALE)

    private let fontMap: UnsafeMutablePointer<PangoFontMap>
    private let context: OpaquePointer
    private var capHeights: [Dress: Double] = [:]
    /// Every font that glyphs were placed with, by the number that glyphs name it by.
    private(set) var faces: [Face] = []

    init() throws(TitleError) {
        guard let map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT),
            let context = pango_font_map_create_context(map)
        else {
            throw TitleError(
                code: .drawing, operation: "set type", subject: "this machine",
                underlying: "Pango made no font map", remedy: "Install libpangocairo-1.0-0.")
        }
        fontMap = map
        self.context = context
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_subpixel_order(options, CAIRO_SUBPIXEL_ORDER_DEFAULT)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        pango_cairo_context_set_font_options(context, options)
        cairo_font_options_destroy(options)
        pango_cairo_context_set_resolution(context, 72)
        pango_context_set_round_glyph_positions(context, 0)
    }

    deinit {
        g_object_unref(UnsafeMutableRawPointer(context))
        g_object_unref(fontMap)
    }

    /// Makes room when hundreds of fonts have been met. Only between texts: glyphs name faces by number.
    func forgetOldFaces() {
        if faces.count > 200 { faces.removeAll() }
        if capHeights.count > 200 { capHeights.removeAll() }
    }

    private func number(of font: UnsafeMutablePointer<PangoFont>) -> Int {
        if let known = faces.firstIndex(where: { $0.font == font }) { return known }
        faces.append(Face(font))
        return faces.count - 1
    }

    /// True when the line reads from the right: its first letter, or direction mark, does (UAX 9, rule P2).
    static func readsFromRight(_ text: String) -> Bool {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x200E: return false
            case 0x200F, 0x061C: return true
            default: break
            }
            guard scalar.properties.isAlphabetic else { continue }
            return ScriptFonts.row(g_unichar_get_script(scalar.value))?.fromRight ?? false
        }
        return false
    }

    /// Height of an H in em.
    func capHeight(_ dress: Dress) -> Double {
        if let known = capHeights[dress] { return known }
        let height = shape("H", dress, fromRight: false).clusters.first.flatMap { $0.ink }.map { -$0.top } ?? 0.72
        capHeights[dress] = height
        return height
    }

    /// Sets one line, without wrapping.
    func shape(_ text: String, _ dress: Dress, fromRight: Bool) -> ShapedLine {
        var copy = text
        return copy.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { shape($0, of: text, dress, fromRight: fromRight) }
        }
    }

    private func shape(
        _ bytes: UnsafeBufferPointer<CChar>, of text: String, _ dress: Dress, fromRight: Bool
    ) -> ShapedLine {
        pango_context_set_base_dir(context, fromRight ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR)
        pango_context_set_language(context, pango_language_from_string(dress.language))
        let description = pango_font_description_new()
        defer { pango_font_description_free(description) }
        pango_font_description_set_family(description, dress.families.joined(separator: ","))
        pango_font_description_set_weight(description, PangoWeight(rawValue: UInt32(dress.weight)))
        pango_font_description_set_style(description, dress.italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL)
        pango_font_description_set_absolute_size(description, Self.em * Self.scale)

        guard let layout = pango_layout_new(context) else { return ShapedLine() }
        defer { g_object_unref(UnsafeMutableRawPointer(layout)) }
        pango_layout_set_auto_dir(layout, 0)
        pango_layout_set_single_paragraph_mode(layout, 1)
        pango_layout_set_width(layout, -1)
        pango_layout_set_font_description(layout, description)
        pango_layout_set_text(layout, bytes.baseAddress, Int32(bytes.count))
        let attributes = pango_attr_list_new()
        defer { pango_attr_list_unref(attributes) }
        addRuns(of: text, dress, to: attributes)
        pango_layout_set_attributes(layout, attributes)

        var line = ShapedLine()
        collectBreaks(layout, text, into: &line)
        guard let layoutLine = pango_layout_get_line_readonly(layout, 0) else { return line }
        var pen = 0.0
        var next = layoutLine.pointee.runs
        while let node = next {
            if let run = node.pointee.data?.assumingMemoryBound(to: PangoGlyphItem.self) {
                collect(run.pointee, at: &pen, byteCount: bytes.count, into: &line)
            }
            next = node.pointee.next
        }
        line.width = pen
        return line
    }

    /// The language of each stretch of one script, and letter spacing where the script bears it.
    private func addRuns(of text: String, _ dress: Dress, to list: OpaquePointer?) {
        let base = pango_language_from_string(dress.language)
        func add(_ start: Int, _ end: Int, _ script: GUnicodeScript) {
            guard end > start else { return }
            var language: String?
            if HanVariant.covers(script) {
                language = dress.han.rawValue
            } else if let row = ScriptFonts.row(script),
                pango_language_includes_script(base, PangoScript(rawValue: Int32(script.rawValue))) == 0
            {
                language = row.language
            }
            if let language, let attribute = pango_attr_language_new(pango_language_from_string(language)) {
                attribute.pointee.start_index = UInt32(start)
                attribute.pointee.end_index = UInt32(end)
                pango_attr_list_insert(list, attribute)
            }
            let joined = ScriptFonts.row(script)?.isJoined ?? false
            if dress.letterSpacing != 0, !joined {
                let share = HanVariant.covers(script) ? dress.letterSpacing * 0.6 : dress.letterSpacing
                let units = Int32((share * Self.em * Self.scale).rounded())
                if let attribute = pango_attr_letter_spacing_new(units) {
                    attribute.pointee.start_index = UInt32(start)
                    attribute.pointee.end_index = UInt32(end)
                    pango_attr_list_insert(list, attribute)
                }
            }
        }
        var start = 0
        var offset = 0
        var current = G_UNICODE_SCRIPT_COMMON
        for scalar in text.unicodeScalars {
            let script = g_unichar_get_script(scalar.value)
            let isNeutral = script == G_UNICODE_SCRIPT_COMMON || script == G_UNICODE_SCRIPT_INHERITED
            if !isNeutral, script != current {
                if current == G_UNICODE_SCRIPT_COMMON {
                    current = script
                } else {
                    add(start, offset, current)
                    start = offset
                    current = script
                }
            }
            offset += scalar.utf8.count
        }
        add(start, offset, current)
    }

    private func collectBreaks(_ layout: OpaquePointer, _ text: String, into line: inout ShapedLine) {
        var count: Int32 = 0
        guard let attributes = pango_layout_get_log_attrs_readonly(layout, &count) else { return }
        var offset = 0
        var index = 0
        for scalar in text.unicodeScalars where index < Int(count) {
            if index > 0, attributes[index].is_line_break != 0 { line.breaks.insert(offset) }
            offset += scalar.utf8.count
            index += 1
        }
    }

    private func collect(_ run: PangoGlyphItem, at pen: inout Double, byteCount: Int, into line: inout ShapedLine) {
        guard let item = run.item, let string = run.glyphs, let font = item.pointee.analysis.font,
            let glyphs = string.pointee.glyphs, let logs = string.pointee.log_clusters
        else { return }
        let count = Int(string.pointee.num_glyphs)
        let start = Int(item.pointee.offset)
        let end = start + Int(item.pointee.length)
        let face = number(of: font)
        let starts = Set((0..<count).map { start + Int(logs[$0]) }).sorted()
        var i = 0
        while i < count {
            let first = start + Int(logs[i])
            let left = pen
            var ink: InkBox?
            var isUnknown = false
            let firstGlyph = line.glyphs.count
            while i < count, start + Int(logs[i]) == first {
                let info = glyphs[i]
                let x = pen + Double(info.geometry.x_offset) / Self.scale / Self.em
                let y = Double(info.geometry.y_offset) / Self.scale / Self.em
                if info.glyph & Self.unknownFlag != 0 {
                    isUnknown = true
                } else if info.glyph != Self.emptyGlyph {
                    var extents = PangoRectangle()
                    pango_font_get_glyph_extents(font, info.glyph, &extents, nil)
                    if extents.width > 0, extents.height > 0 {
                        let unit = 1 / Self.scale / Self.em
                        let box = InkBox(
                            left: x + Double(extents.x) * unit, top: y + Double(extents.y) * unit,
                            right: x + Double(extents.x + extents.width) * unit,
                            bottom: y + Double(extents.y + extents.height) * unit)
                        ink = ink?.union(box) ?? box
                        line.glyphs.append(
                            PlacedGlyph(face: face, id: info.glyph, x: x, y: y, isColor: info.attr.is_color != 0))
                    }
                }
                pen += Double(info.geometry.width) / Self.scale / Self.em
                i += 1
            }
            let following = starts.first { $0 > first } ?? end
            line.clusters.append(
                Cluster(
                    bytes: first..<min(max(following, first), byteCount), left: left, right: pen, ink: ink,
                    face: face, glyphs: firstGlyph..<line.glyphs.count, isUnknown: isUnknown))
        }
    }

    /// PANGO_GLYPH_UNKNOWN_FLAG and PANGO_GLYPH_EMPTY, whose macros hold a cast that Swift does not import.
    private static let unknownFlag: UInt32 = 0x1000_0000
    private static let emptyGlyph: UInt32 = 0x0FFF_FFFF
}
