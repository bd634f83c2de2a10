// SPDX-License-Identifier: GPL-3.0-or-later
import CPango
import PixelBuffers

/// Paints a placed setting: masks by Cairo, shadow and colours here.
struct TitleCanvas {
    let placed: PlacedSetting
    let plan: TitlePlan
    /// Top left of the surfaces on the canvas.
    private let originX: Int
    private let originY: Int
    private let width: Int
    private let height: Int

    init(placed: PlacedSetting, plan: TitlePlan) {
        self.placed = placed
        self.plan = plan
        let reach = max(plan.shadow.reach(size: placed.size), 0) + 2
        let extent = placed.extent
        originX = Int((extent.left - reach).rounded(.down))
        originY = Int((extent.top - reach).rounded(.down))
        width = Int((extent.right + reach).rounded(.up)) - originX
        height = Int((extent.bottom + reach).rounded(.up)) - originY
    }

    func drawing(paragraphs: [Paragraph], missing: [String]) throws(TitleError) -> TitleDrawing? {
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
                cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND)
                cairo_set_tolerance(cairo, 0.15)
                cairo_set_line_width(cairo, stroke.width * placed.size * 2)
                cairo_stroke_preserve(cairo)
                cairo_fill(cairo)
            }
        }
        let pictures = try colorGlyphs()
        var ground: Coverage?
        if plan.plate != nil {
            ground = try mask { cairo in
                PlateShape.trace(placed.plates, size: placed.size, in: cairo)
                cairo_fill(cairo)
            }
        }

        var letters = Bitmap(width: fill.width, height: fill.height)
        if plan.shadow != .none {
            var shape = edge ?? fill
            if let pictures { shape.formUnion(alphaOf: pictures) }
            var shade = Coverage(width: width, height: height)
            for layer in plan.shadow.layers {
                let dy = Int((layer.dy * placed.size).rounded())
                let blurred = shape.blurred(sigma: layer.sigma * placed.size, dy: dy, gain: layer.gain)
                shade.formScreen(blurred, opacity: layer.opacity)
            }
            // Dark letters stand on a light glow.
            let color = plan.color.luminance >= 0.18 ? TitleColor.black : TitleColor.white
            letters = Bitmap(shade, color.faded(by: Double(plan.color.alpha) / 255))
        }
        if let edge, let stroke = plan.stroke { letters.paint(edge, stroke.color) }
        letters.paint(fill, plan.color)
        if let pictures { letters = pictures.over(letters) }
        var plate: Bitmap?
        if let ground, let wanted = plan.plate {
            plate = Bitmap(ground, wanted.color.faded(by: wanted.opacity))
        }
        return cut(letters, plate, paragraphs, missing)
    }

    private func mask(_ body: (OpaquePointer) -> Void) throws(TitleError) -> Coverage {
        var coverage = Coverage(width: width, height: height)
        let (x, y) = (Double(originX), Double(originY))
        let isDrawn = coverage.draw { cairo in
            cairo_translate(cairo, -x, -y)
            body(cairo)
        }
        guard isDrawn else { throw failure }
        return coverage
    }

    private var failure: TitleError {
        TitleError(
            code: .drawing, operation: "draw a title", subject: "a surface of \(width) × \(height)",
            underlying: "Cairo failed", remedy: "Free some memory, or make the text smaller.")
    }

    /// Glyphs of each face of each line, in canvas pixels.
    private func eachFace(colored: Bool, in cairo: OpaquePointer, _ body: ([cairo_glyph_t]) -> Void) {
        for line in placed.lines {
            let shaped = line.set.shaped
            for (index, face) in shaped.faces.enumerated() {
                let glyphs = shaped.glyphs.filter { $0.face == index && $0.isColor == colored }.map {
                    cairo_glyph_t(
                        index: UInt($0.id), x: line.x + $0.x * placed.size, y: line.baseline + $0.y * placed.size)
                }
                if !glyphs.isEmpty, face.select(in: cairo, size: placed.size) { body(glyphs) }
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
        let isDrawn = words.withUnsafeMutableBytes { bytes in
            guard
                let surface = cairo_image_surface_create_for_data(
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), CAIRO_FORMAT_ARGB32, Int32(size.width),
                    Int32(size.height), Int32(size.width * 4)),
                let cairo = cairo_create(surface)
            else { return false }
            defer {
                cairo_destroy(cairo)
                cairo_surface_finish(surface)
                cairo_surface_destroy(surface)
            }
            cairo_translate(cairo, -x, -y)
            setFontOptions(cairo)
            eachFace(colored: true, in: cairo) { cairo_show_glyphs(cairo, $0, Int32($0.count)) }
            cairo_surface_flush(surface)
            return cairo_status(cairo) == CAIRO_STATUS_SUCCESS
        }
        guard isDrawn else { throw failure }
        return Bitmap(argb: words, width: size.width, height: size.height).faded(by: plan.color.alpha)
    }

    private func cut(_ letters: Bitmap, _ plate: Bitmap?, _ paragraphs: [Paragraph], _ missing: [String])
        -> TitleDrawing?
    {
        let seen = plate.map { letters.visibleBox.joined($0.visibleBox) } ?? letters.visibleBox
        guard seen.width > 0, seen.height > 0 else { return nil }
        let (x, y) = (originX + seen.x, originY + seen.y)
        let extent = placed.extent
        let (left, top) = (Int((extent.left + 0.01).rounded(.down)), Int((extent.top + 0.01).rounded(.down)))
        let ink = TitleBox(
            x: left, y: top, width: Int((extent.right - 0.01).rounded(.up)) - left,
            height: Int((extent.bottom - 0.01).rounded(.up)) - top)
        let parts = RevealBoxes(
            placed: placed, paragraphs: paragraphs, words: plan.words, x: x, y: y, width: seen.width,
            height: seen.height)
        return TitleDrawing(
            letters: letters.cut(to: seen), plate: plate?.cut(to: seen), x: x, y: y, ink: ink,
            layoutWidth: placed.layoutWidth, layoutHeight: placed.layoutHeight, sizeUsed: placed.size,
            lines: parts.lines, words: parts.words, characters: parts.characters, isTruncated: placed.isTruncated,
            missing: missing)
    }
}

extension TitlePlan {
    /// The request's timed words as they are drawn.
    var words: [String] {
        request.words.prefix(TitleLimits.characters).map { word in
            let tamed = TamedText(word).text
            return letterCase == .upper ? TamedText.upper(tamed, language: Self.tag(request.language)) : tamed
        }
    }
}
