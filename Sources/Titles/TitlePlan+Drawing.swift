// SPDX-License-Identifier: GPL-3.0-or-later
import CPango
import PixelBuffers

extension TitlePlan {
    /// Sets the text into its box and draws it. Nil when no font has any of it.
    func drawing(with typesetter: Typesetter) throws(TitleError) -> TitleDrawing? {
        var missing: [String] = []
        var text = text
        var chosen = typesetter.bestDress(dress(for: text), for: text, character: family.character)
        if let gaps = typesetter.unknown(in: text, chosen), !gaps.isEmpty {
            missing = gaps
            let absent = Set(gaps)
            text = TamedText(String(text.filter { !absent.contains(String($0)) })).text
            chosen = typesetter.bestDress(dress(for: text), for: text, character: family.character)
        }
        let paragraphs = typesetter.paragraphs(text, chosen)
        guard paragraphs.contains(where: { $0.shaped.ink != nil }) else {
            if !text.isEmpty, FontCatalog.isEmpty() {
                throw TitleError(
                    code: .noFonts, operation: "draw a title", subject: "this machine",
                    underlying: "Fontconfig lists no fonts", remedy: "Install fonts-inter and fonts-noto-core.")
            }
            return nil
        }
        let edge = stroke?.width ?? 0
        let padding = plate == nil ? (x: 0.0, y: 0.0) : PlateShape.padding
        let fitting = Fitting(
            typesetter: typesetter, dress: chosen, paragraphs: paragraphs, boxWidth: Double(box.width),
            boxHeight: Double(box.height), size: size, smallest: smallest, preferredLines: preferredLines,
            lineHeight: plate == nil ? style.lineHeight : max(style.lineHeight, 1.3),
            inset: (x: edge + padding.x, y: edge + padding.y, pixels: 0))
        let setting = fitting.setting(isCut: isCut)
        let capHeight = typesetter.capHeight(chosen)
        let placed = PlacedSetting(setting, plan: self, capHeight: capHeight)
        return try TitleCanvas(placed: placed, plan: self).drawing(paragraphs: paragraphs, missing: missing)
    }
}

extension Typesetter {
    func paragraphs(_ text: String, _ dress: Dress) -> [Paragraph] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let line = String(line)
            let fromRight = Self.readsFromRight(line)
            return Paragraph(line, shaped: shape(line, dress, fromRight: fromRight), fromRight: fromRight)
        }
    }

    /// Characters that no font has, each once, in order; nil when there is none.
    func unknown(in text: String, _ dress: Dress) -> [String]? {
        var found: [String] = []
        for line in text.split(separator: "\n") {
            let line = String(line)
            let gaps = shape(line, dress, fromRight: false).clusters.filter(\.isUnknown)
            guard !gaps.isEmpty else { continue }
            var offset = 0
            for character in line {
                let range = offset..<offset + character.utf8.count
                offset = range.upperBound
                if gaps.contains(where: { $0.bytes.overlaps(range) }), !found.contains(String(character)) {
                    found.append(String(character))
                }
            }
        }
        return found.isEmpty ? nil : found
    }

    /// The dress without those first families that lack a letter of a script they begin to set: a word is never
    /// pieced together from two typefaces ("Łódź" in a face without Ł).
    func bestDress(_ dress: Dress, for text: String, character: FontFamily.Character) -> Dress {
        var tried = dress
        for _ in 0..<3 {
            guard mixesFaces(text, tried), tried.families.count > 2 else { return tried }
            tried.families.removeFirst()
        }
        return mixesFaces(text, tried) ? dress : tried
    }

    private func mixesFaces(_ text: String, _ dress: Dress) -> Bool {
        for line in text.split(separator: "\n") {
            let line = String(line)
            let bytes = Array(line.utf8)
            let shaped = shape(line, dress, fromRight: false)
            guard shaped.faces.count > 1 else { continue }
            var faceOfScript: [UInt32: Int] = [:]
            for cluster in shaped.clusters where !cluster.isUnknown {
                let first = String(decoding: bytes[cluster.bytes], as: UTF8.self).unicodeScalars.first
                guard let first, first.properties.isAlphabetic else { continue }
                let script = g_unichar_get_script(first.value)
                guard
                    script == G_UNICODE_SCRIPT_LATIN || script == G_UNICODE_SCRIPT_GREEK
                        || script == G_UNICODE_SCRIPT_CYRILLIC
                else { continue }
                if let known = faceOfScript[UInt32(script.rawValue)] {
                    if known != cluster.face { return true }
                } else {
                    faceOfScript[UInt32(script.rawValue)] = cluster.face
                }
            }
        }
        return false
    }
}
