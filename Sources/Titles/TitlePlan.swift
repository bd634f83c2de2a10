// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// A request with every blank filled in from its style and role, in canvas pixels, and every number in range.
struct TitlePlan {
    let request: TitleRequest
    let style: TitleStyle
    let text: String
    let isCut: Bool
    let family: FontFamily
    /// A font asked for by its own name, before the family's fonts.
    let extraFont: String?
    let weight: Int
    let italic: Bool
    let letterCase: TitleCase
    let letterSpacing: Double
    let color: TitleColor
    let shadow: TitleShadow
    /// Share of the size.
    let stroke: TitleStyle.Stroke?
    let plate: TitlePlate?
    let box: TitleBox
    /// Canvas pixels for one on a canvas of 1080.
    let scale: Double
    /// Wanted and smallest, canvas pixels an em.
    let size: Double
    let smallest: Double
    let preferredLines: Int

    init(_ request: TitleRequest) {
        self.request = request
        let style = TitleStyle.named(request.style) ?? TitleStyle.standard(for: request.role)
        self.style = style
        let (width, height) = (request.canvasWidth, request.canvasHeight)
        scale = Double(min(width, height)) / 1080
        box = Self.box(request)

        let tamed = TamedText(request.text)
        isCut = tamed.isCut
        letterCase = request.letterCase ?? style.letterCase
        let language = Self.tag(request.language)
        let body = tamed.text + (tamed.isCut ? "…" : "")
        text = TamedText.cased(body, letterCase, language: language)

        let asked = request.family.isEmpty ? nil : FontFamily.named(request.family)
        family = asked ?? FontFamily.named(style.family) ?? FontFamily.all[0]
        let name = String(request.family.prefix(100)).filter { $0 != "," }
        extraFont = asked == nil && !name.isEmpty && FontCatalog.isInstalled(name) ? name : nil

        weight = request.bold.map { $0 ? max(style.boldWeight, style.weight) : min(style.weight, 400) } ?? style.weight
        italic = request.italic ?? style.italic
        letterSpacing = Self.clamped(request.letterSpacing, TitleLimits.letterSpacing) ?? style.letterSpacing
        color = request.color ?? style.color
        shadow = request.shadow ?? style.shadow

        let standard: (size: Double, least: Double, lines: Int)
        let isTall = height > width
        switch request.role {
        case .title: standard = (isTall ? 120 : 104, 0.5, isTall ? 4 : 3)
        case .caption: standard = (56, 0.65, isTall ? 3 : 2)
        case .subtitle: standard = (54, 0.7, isTall ? 3 : 2)
        case .credit: standard = (60, 0.6, 30)
        }
        let wanted = Self.clamped(request.size, TitleLimits.size) ?? standard.size * style.sizeFactor
        size = max(wanted * scale, 1)
        smallest = max(min(max(wanted * standard.least, 26), wanted) * scale, 1)
        preferredLines = standard.lines

        if let asked = request.stroke, let width = Self.clamped(asked.width, TitleLimits.strokeWidth) {
            stroke = width > 0 ? TitleStyle.Stroke(color: asked.color, width: width / wanted) : nil
        } else {
            stroke = style.stroke
        }
        if let asked = request.plate, let opacity = Self.clamped(asked.opacity, 0...1) {
            plate = opacity > 0 ? TitlePlate(color: asked.color, opacity: opacity) : nil
        } else {
            plate = style.plate
        }
    }

    /// The request's box inside the canvas; a 5 % margin where it has none or one with no room.
    private static func box(_ request: TitleRequest) -> TitleBox {
        let (width, height) = (request.canvasWidth, request.canvasHeight)
        if let box = request.box {
            let bounds = TitleLimits.canvasSide * 4
            func held(_ value: Int) -> Int { min(max(value, -bounds), bounds) }
            let left = min(max(held(box.x), 0), width)
            let top = min(max(held(box.y), 0), height)
            let right = min(held(box.x) + max(held(box.width), 0), width)
            let bottom = min(held(box.y) + max(held(box.height), 0), height)
            if right - left >= 8, bottom - top >= 8 {
                return TitleBox(x: left, y: top, width: right - left, height: bottom - top)
            }
        }
        let (x, y) = (width / 20, height / 20)
        return TitleBox(x: x, y: y, width: width - 2 * x, height: height - 2 * y)
    }

    private static func clamped(_ value: Double?, _ range: ClosedRange<Double>) -> Double? {
        guard let value, !value.isNaN else { return nil }
        return min(max(value, range.lowerBound), range.upperBound)
    }

    /// Letters, digits and hyphens of a language tag; English when there are none.
    static func tag(_ language: String) -> String {
        let clean = language.prefix(35).filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
        return clean.isEmpty ? "en" : clean.lowercased()
    }
}

extension TitlePlan {
    /// The dress, with the fonts of every script in the text after the style's own.
    func dress(for text: String) -> Dress {
        let language = Self.tag(request.language)
        let han = HanVariant.chosen(language: language, text: text)
        var families = extraFont.map { [$0] } ?? []
        families += family.fonts
        var seen: Set<Int32> = []
        for scalar in text.unicodeScalars where scalar.value > 0x7F {
            let script = g_unichar_get_script(scalar.value)
            guard seen.insert(Int32(script.rawValue)).inserted else { continue }
            if HanVariant.covers(script) || (0x3000...0x303F).contains(scalar.value)
                || (0xFF00...0xFFEF).contains(scalar.value)
            {
                if !seen.contains(-1) { families += han.fonts(family.character) }
                seen.insert(-1)
            } else if let row = ScriptFonts.row(script) {
                families += family.character == .sans ? row.sans : row.serif
            }
        }
        families += [
            "Noto Sans", "Noto Sans Symbols", "Noto Sans Symbols2", "Noto Sans Math",
            family.character == .sans ? "sans-serif" : "serif",
        ]
        var once: Set<String> = []
        return Dress(
            families: families.filter { once.insert($0).inserted }, weight: weight, italic: italic,
            letterSpacing: letterSpacing, language: language, han: han)
    }
}
