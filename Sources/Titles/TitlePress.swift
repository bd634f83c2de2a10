// SPDX-License-Identifier: GPL-3.0-or-later
import CPango
import PixelBuffers

/// Has Cairo fill the outlines of a placed setting, under the typesetter's lock.
struct TitlePress {
    let placed: PlacedSetting
    let plan: TitlePlan
    let typesetter: Typesetter
    /// Top left of the surfaces on the canvas.
    private let originX: Int
    private let originY: Int
    private let width: Int
    private let height: Int

    init(placed: PlacedSetting, plan: TitlePlan, typesetter: Typesetter) {
        self.placed = placed
        self.plan = plan
        self.typesetter = typesetter
        let reach = plan.shadow.reach(size: placed.size) + (plan.style.bar == nil ? 2 : placed.size * 0.5)
        let extent = placed.extent
        originX = Int((extent.left - reach).rounded(.down))
        originY = Int((extent.top - reach).rounded(.down))
        width = Int((extent.right + reach).rounded(.up)) - originX
        height = Int((extent.bottom + reach).rounded(.up)) - originY
    }

    func masks(paragraphs: [Paragraph], missing: [String]) throws(TitleError) -> TitleMasks {
        let thickening = plan.style.thickening * placed.size
        let fill = try mask { cairo in
            trace(in: cairo)
            guard thickening > 0 else { return cairo_fill(cairo) }
            cairo_fill_preserve(cairo)
            cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
            cairo_set_line_width(cairo, thickening)
            cairo_stroke(cairo)
        }
        var edge: Coverage?
        if let stroke = plan.stroke {
            edge = try mask { cairo in
                trace(in: cairo)
                cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND)
                cairo_set_tolerance(cairo, 0.15)
                cairo_set_line_width(cairo, stroke.width * placed.size * 2)
                cairo_stroke_preserve(cairo)
                cairo_fill(cairo)
            }
        }
        var ground: Coverage?
        if plan.plate != nil {
            ground = try mask { cairo in
                PlateShape.trace(placed.plates, size: placed.size, radius: plan.style.plateRadius, in: cairo)
                cairo_fill(cairo)
            }
        }
        var bar: Coverage?
        if plan.style.bar != nil {
            let rect = placed.bar(plan)
            bar = try mask { cairo in
                cairo_rectangle(cairo, rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
                cairo_fill(cairo)
            }
        }
        return TitleMasks(
            plan: plan, placed: placed, paragraphs: paragraphs, missing: missing, originX: originX, originY: originY,
            fill: fill, edge: edge, ground: ground, bar: bar, pictures: try colorGlyphs())
    }

    private func mask(_ body: (OpaquePointer) -> Void) throws(TitleError) -> Coverage {
        var coverage = Coverage(width: width, height: height)
        let (x, y) = (Double(originX), Double(originY))
        let status = coverage.draw { cairo in
            cairo_translate(cairo, -x, -y)
            body(cairo)
        }
        guard status == CAIRO_STATUS_SUCCESS else { throw failure(status) }
        return coverage
    }

    private func failure(_ status: cairo_status_t) -> TitleError {
        TitleError(
            code: .drawing, operation: "draw a title", subject: "a surface of \(width) × \(height)",
            underlying: "Cairo says \(cairo_status_to_string(status).map { String(cString: $0) } ?? "nothing")",
            remedy: "Free some memory, or make the text smaller.")
    }

    /// Glyphs of each face of each line, in canvas pixels.
    private func eachFace(colored: Bool, in cairo: OpaquePointer, _ body: ([cairo_glyph_t]) -> Void) {
        for line in placed.lines {
            let shaped = line.set.shaped
            let scale = shaped.glyphs.first?.scale ?? 1
            for (index, face) in typesetter.faces.enumerated() {
                let glyphs = shaped.glyphs.filter { $0.face == index && $0.isColor == colored }.map {
                    cairo_glyph_t(
                        index: UInt($0.id), x: line.x + $0.x * placed.size, y: line.baseline + $0.y * placed.size)
                }
                if !glyphs.isEmpty, face.select(in: cairo, size: placed.size * scale) { body(glyphs) }
            }
        }
    }

    private func trace(in cairo: OpaquePointer) {
        setFontOptions(cairo)
        eachFace(colored: false, in: cairo) { cairo_glyph_path(cairo, $0, Int32($0.count)) }
    }

    private func setFontOptions(_ cairo: OpaquePointer) {
        let options = cairo_font_options_create()
        cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY)
        cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE)
        cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF)
        cairo_set_font_options(cairo, options)
        cairo_font_options_destroy(options)
    }

    /// Emoji and other glyphs with colours of their own, drawn by Cairo; nil where there are none.
    private func colorGlyphs() throws(TitleError) -> Bitmap? {
        guard placed.lines.contains(where: { $0.set.shaped.glyphs.contains(where: \.isColor) }) else { return nil }
        let size = Coverage(width: width, height: height)
        var words = [UInt32](repeating: 0, count: size.width * size.height)
        let (x, y) = (Double(originX), Double(originY))
        let status = words.withUnsafeMutableBytes { bytes in
            guard
                let surface = cairo_image_surface_create_for_data(
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_ARGB32, Int32(size.width),
                    Int32(size.height), Int32(size.width * 4)),
                let cairo = cairo_create(surface)
            else { return CAIRO_STATUS_NO_MEMORY }
            defer {
                cairo_destroy(cairo)
                cairo_surface_finish(surface)
                cairo_surface_destroy(surface)
            }
            cairo_translate(cairo, -x, -y)
            setFontOptions(cairo)
            eachFace(colored: true, in: cairo) { cairo_show_glyphs(cairo, $0, Int32($0.count)) }
            cairo_surface_flush(surface)
            return cairo_status(cairo)
        }
        guard status == CAIRO_STATUS_SUCCESS else { throw failure(status) }
        return Bitmap(argb: words, width: size.width, height: size.height).faded(by: plan.color.alpha)
    }
}
