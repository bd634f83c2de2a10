// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

extension TitlePlan {
    /// Sets the text into its box and fills its outlines. Nil when no font has any of it.
    func masks(with typesetter: Typesetter) throws(TitleError) -> TitleMasks? {
        var (chosen, paragraphs) = composed(text, with: typesetter)
        let missing = Self.missing(in: paragraphs)
        if !missing.isEmpty {
            let absent = Set(missing)
            let rest = TamedText(String(text.filter { !absent.contains(String($0)) })).text
            (chosen, paragraphs) = composed(rest, with: typesetter)
        }
        guard paragraphs.contains(where: { $0.shaped.ink != nil }) else {
            if FontCatalog.isEmpty() {
                throw TitleError(
                    code: .noFonts, operation: "draw a title", subject: "this machine",
                    underlying: "Fontconfig lists no fonts", remedy: "Install fonts-inter and fonts-noto-core.")
            }
            return nil
        }
        let edge = (stroke?.width ?? 0) + style.thickening / 2
        let padding = plate == nil ? (x: 0.0, y: 0.0) : PlateShape.padding
        let fitting = Fitting(
            typesetter: typesetter, dress: chosen, paragraphs: paragraphs, boxWidth: Double(box.width),
            boxHeight: Double(box.height), size: size, smallest: smallest, preferredLines: preferredLines,
            prefersFewerLines: request.role == .title && request.size == nil,
            lineHeight: plate == nil ? style.lineHeight : max(style.lineHeight, 1.3),
            inset: (x: edge + padding.x, y: edge + padding.y, pixels: 0))
        let setting = fitting.setting(isCut: isCut)
        let capHeight = typesetter.capHeight(chosen)
        let placed = PlacedSetting(setting, plan: self, capHeight: capHeight)
        return try TitlePress(placed: placed, plan: self, typesetter: typesetter)
            .masks(paragraphs: paragraphs, missing: missing)
    }
}

extension TitlePlan {
    /// The text measured in the first of its families that has every letter of the scripts it begins to set: a word is
    /// never pieced together from two typefaces ("Łódź" in a face without Ł).
    func composed(_ text: String, with typesetter: Typesetter) -> (Dress, [Paragraph]) {
        let wanted = dress(for: text)
        let later = style.laterLines
        let first = typesetter.paragraphs(text, wanted, later: later)
        var (dress, paragraphs) = (wanted, first)
        for _ in 0..<3 where Self.mixesFaces(paragraphs) && dress.families.count > 2 {
            dress.families.removeFirst()
            paragraphs = typesetter.paragraphs(text, dress, later: later)
        }
        return Self.mixesFaces(paragraphs) ? (wanted, first) : (dress, paragraphs)
    }

    /// Whether letters of one of the scripts that a style's face sets by itself come from more than one font.
    private static func mixesFaces(_ paragraphs: [Paragraph]) -> Bool {
        for paragraph in paragraphs where paragraph.shaped.faceCount > 1 {
            let faces = Dictionary(
                paragraph.shaped.clusters.map { ($0.bytes.lowerBound, $0.face) },
                uniquingKeysWith: { first, _ in first })
            var faceOfScript: [Int32: Int] = [:]
            for character in paragraph.characters {
                guard let scalar = character.text.unicodeScalars.first, scalar.properties.isAlphabetic,
                    let face = faces[character.bytes.lowerBound]
                else { continue }
                let script = g_unichar_get_script(scalar.value)
                guard
                    script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK
                        || script == G_UNICODE_SCRIPT_CYRILLIC
                else { continue }
                if faceOfScript.updateValue(face, forKey: Int32(script.rawValue)).map({ $0 != face }) ?? false {
                    return true
                }
            }
        }
        return false
    }

    /// Characters that no font has, each once, in order.
    static func missing(in paragraphs: [Paragraph]) -> [String] {
        var found: [String] = []
        for paragraph in paragraphs {
            let gaps = paragraph.shaped.clusters.filter(\.isUnknown)
            guard !gaps.isEmpty else { continue }
            for character in paragraph.characters
            where !found.contains(character.text) && gaps.contains(where: { $0.bytes.overlaps(character.bytes) }) {
                found.append(character.text)
            }
        }
        return found
    }
}

extension Typesetter {
    /// One a line of the text; those after the first as `later` has it, where it has a say.
    func paragraphs(_ text: String, _ dress: Dress, later: TitleStyle.LaterLines? = nil) -> [Paragraph] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
            let line = String(line)
            let fromRight = Self.readsFromRight(line)
            var own = dress
            if let later, index > 0 { own.weight = later.weight }
            let scale = index > 0 ? later?.scale ?? 1 : 1
            return Paragraph(
                line, shaped: shape(line, own, fromRight: fromRight).scaled(by: scale), fromRight: fromRight,
                dress: own, scale: scale)
        }
    }
}
