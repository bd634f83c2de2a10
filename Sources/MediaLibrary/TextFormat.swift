// SPDX-License-Identifier: GPL-3.0-or-later

/// Scripts and captions: which bytes are text, of what format, and what they say.
enum TextFormat {
    /// `txt`, `srt` or `vtt`; nil for bytes that are no text a person wrote.
    static func sniff(_ bytes: [UInt8], isWhole: Bool) -> String? {
        guard let text = decode(bytes, isWhole: isWhole), text.contains(where: { !$0.isWhitespace }) else { return nil }
        // Tabs and line ends are text; other control codes, and private or missing characters, are not.
        let odd = text.unicodeScalars.contains {
            ($0.value < 32 && !"\t\n\r\u{C}".unicodeScalars.contains($0)) || $0.value == 127 || $0.value == 0xFFFD
        }
        guard !odd else { return nil }
        if text.hasPrefix("WEBVTT") { return "vtt" }
        let opening = text.prefix(64).lowercased().trimmingPrefix(while: \.isWhitespace)
        guard !notForReading.contains(where: { opening.hasPrefix($0) }) else { return nil }
        let lines = text.split(whereSeparator: \.isNewline).prefix(2)
        if lines.count == 2, Int(lines[0].trimmingPrefix(while: \.isWhitespace)) != nil, lines[1].contains("-->") {
            return "srt"
        }
        return "txt"
    }

    /// How texts begin that are meant for machines: pages, programs, playlists, data.
    private static let notForReading = [
        "<?xml", "<!doctype", "<html", "<svg", "#!", "#extm3u", "ffconcat", "{\\rtf", "{\"", "{\n", "[{", "[\n", "%!ps",
        "-----begin",
    ]

    /// UTF-8, or UTF-16 that says so with a byte-order mark; nil when the bytes are neither.
    ///
    /// Bytes that are not the whole file may end inside a character.
    static func decode(_ bytes: [UInt8], isWhole: Bool) -> String? {
        let isLittle = bytes.starts(with: [0xFF, 0xFE])
        if isLittle || bytes.starts(with: [0xFE, 0xFF]) {
            var units = stride(from: 2, to: bytes.count - 1, by: 2)
                .map { UInt16(bytes[$0 + (isLittle ? 1 : 0)]) << 8 | UInt16(bytes[$0 + (isLittle ? 0 : 1)]) }
            if !isWhole, let last = units.last, UTF16.isLeadSurrogate(last) { units.removeLast() }
            guard !isWhole || bytes.count % 2 == 0 else { return nil }
            return String(validating: units, as: UTF16.self)
        }
        var body = bytes[...]
        if body.starts(with: [0xEF, 0xBB, 0xBF]) { body = body.dropFirst(3) }
        if let text = String(validating: body, as: UTF8.self) { return text }
        guard !isWhole else { return nil }
        for cut in 1...3 {
            if let text = String(validating: body.dropLast(cut), as: UTF8.self) { return text }
        }
        return nil
    }
}
