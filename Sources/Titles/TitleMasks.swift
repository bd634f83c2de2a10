// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A text's shapes, as Cairo filled them, and all that is needed to paint them. Plain values: any thread may.
struct TitleMasks: Sendable {
    let plan: TitlePlan
    let placed: PlacedSetting
    let paragraphs: [Paragraph]
    let missing: [String]
    /// Top left of the masks on the canvas.
    let originX: Int
    let originY: Int
    let fill: Coverage
    /// Letters with their outline.
    let edge: Coverage?
    /// The plate.
    let ground: Coverage?
    /// The upright bar beside the lines.
    let bar: Coverage?
    /// Emoji and other glyphs with colours of their own.
    let pictures: Bitmap?

    /// Shadow, outline, letters and emoji, one over the other. Nil when there is nothing to see.
    func painted() -> TitleDrawing? {
        var letters = shadow()
        if plan.plate == nil, let bar, let color = plan.style.bar { letters.paint(bar, color) }
        if let edge, let stroke = plan.stroke { letters.paint(edge, stroke.color) }
        letters.paint(fill, plan.color)
        if let pictures { letters = pictures.over(letters) }
        var plate: Bitmap?
        if let ground, let wanted = plan.plate {
            var made = Bitmap(ground, wanted.color.faded(by: wanted.opacity))
            if let bar, let color = plan.style.bar { made.paint(bar, color) }
            plate = made
        }
        return cut(letters, plate)
    }

    private func shadow() -> Bitmap {
        guard plan.shadow != .none else { return Bitmap(width: fill.width, height: fill.height) }
        var shape = edge ?? fill
        if let pictures { shape.formUnion(alphaOf: pictures) }
        func shade(_ layers: [TitleShadow.Layer]) -> Coverage {
            var shade = Coverage(width: fill.width, height: fill.height)
            for layer in layers {
                let dy = Int((layer.dy * placed.size).rounded())
                let blurred = shape.blurred(sigma: layer.sigma * placed.size, dy: dy, gain: layer.gain)
                shade.formScreen(blurred, opacity: layer.opacity)
            }
            return shade
        }
        let strength = Double(plan.color.alpha) / 255
        // Dark letters stand on a light glow.
        let plain = plan.color.luminance >= 0.18 ? TitleColor.black : TitleColor.white
        let own = plan.shadow.veil.isEmpty ? plain : plan.style.shadowColor ?? plain
        if plan.shadow.veil.isEmpty { return Bitmap(shade(plan.shadow.layers), own.faded(by: strength)) }
        var under = Bitmap(shade(plan.shadow.veil), plain.faded(by: strength))
        under.paint(shade(plan.shadow.layers), own.faded(by: strength))
        return under
    }

    private func cut(_ letters: Bitmap, _ plate: Bitmap?) -> TitleDrawing? {
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
            TamedText.cased(TamedText(word).text, letterCase, language: Self.tag(request.language))
        }
    }
}
