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
    /// Emoji and other glyphs with colours of their own.
    let pictures: Bitmap?

    /// Shadow, outline, letters and emoji, one over the other. Nil when there is nothing to see.
    func painted() -> TitleDrawing? {
        var letters = shadow()
        if let edge, let stroke = plan.stroke { letters.paint(edge, stroke.color) }
        letters.paint(fill, plan.color)
        if let pictures { letters = pictures.over(letters) }
        var plate: Bitmap?
        if let ground, let wanted = plan.plate {
            plate = Bitmap(ground, wanted.color.faded(by: wanted.opacity))
        }
        return cut(letters, plate)
    }

    private func shadow() -> Bitmap {
        guard plan.shadow != .none else { return Bitmap(width: fill.width, height: fill.height) }
        var shape = edge ?? fill
        if let pictures { shape.formUnion(alphaOf: pictures) }
        var shade = Coverage(width: fill.width, height: fill.height)
        for layer in plan.shadow.layers {
            let dy = Int((layer.dy * placed.size).rounded())
            let blurred = shape.blurred(sigma: layer.sigma * placed.size, dy: dy, gain: layer.gain)
            shade.formScreen(blurred, opacity: layer.opacity)
        }
        // Dark letters stand on a light glow.
        let color = plan.color.luminance >= 0.18 ? TitleColor.black : TitleColor.white
        return Bitmap(shade, color.faded(by: Double(plan.color.alpha) / 255))
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
