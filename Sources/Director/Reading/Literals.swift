// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds what is meant letter by letter though nobody put it in quotation marks: telephone numbers, and names of files
/// that are not there.
enum Literals {
    private static let endings: Set<String> = [
        "jpg", "jpeg", "png", "gif", "webp", "heic", "avif", "tif", "tiff", "bmp", "mp4", "mov", "mkv", "webm", "avi",
        "mp3", "wav", "m4a", "aac", "flac", "ogg", "opus", "txt", "srt", "vtt", "cube",
    ]

    static func spans(in tokens: [Token], _ characters: [Character], outside taken: [Range<Int>]) -> [Unit] {
        var units: [Unit] = []
        var start = 0
        while start < tokens.count {
            let file = file(at: start, tokens)
            guard let end = file ?? telephone(at: start, tokens), !taken.contains(where: { $0.overlaps(start..<end) })
            else {
                start += 1
                continue
            }
            let words = String(characters[tokens[start].range.lowerBound..<tokens[end - 1].range.upperBound])
            units.append(Unit(tokens: start..<end, value: file != nil ? .reference(.unknown(words)) : .quote(words)))
            start = end
        }
        return units
    }

    /// `holiday-2.mp3`: words and figures without space between them, up to an ending that files have.
    private static func file(at start: Int, _ tokens: [Token]) -> Int? {
        guard [.word, .number].contains(tokens[start].kind), start == 0 || tokens[start].isSpaced else { return nil }
        var ending: String?
        var found: Int?
        for index in start..<min(start + 16, tokens.count) {
            let token = tokens[index]
            if index > start, token.isSpaced || token.kind == .newline { break }
            if token.text == "." {
                ending = ""
            } else if let typed = ending {
                ending = typed + token.text
                if endings.contains(typed + token.text) { found = index + 1 }
            }
        }
        return found
    }

    /// `555-0134`: groups of figures with hyphens, seven or more in all.
    private static func telephone(at start: Int, _ tokens: [Token]) -> Int? {
        guard tokens[start].kind == .number else { return nil }
        var end = start + 1
        var figures = tokens[start].text.count
        while end + 1 < tokens.count, tokens[end].text == "-", !tokens[end].isSpaced, tokens[end + 1].kind == .number,
            !tokens[end + 1].isSpaced
        {
            figures += tokens[end + 1].text.count
            end += 2
        }
        return end > start + 1 && figures >= 7 ? end : nil
    }
}
