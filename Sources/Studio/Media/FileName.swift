// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person calls a file, taken from a name that a stranger sent.
enum FileName {
    private static let mostBytes = 200

    /// The last part of a path of either kind, without what cannot be seen or turns text round, at most 200 bytes.
    static func clean(_ given: String?, number: Int) -> String {
        let last = (given ?? "").split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        var name = String(String.UnicodeScalarView(last.unicodeScalars.filter { !isHidden($0) }))
        while let first = name.first, first.isWhitespace { name.removeFirst() }
        while let end = name.last, end.isWhitespace { name.removeLast() }
        if name.utf8.count > mostBytes { name = shortened(name) }
        return name.isEmpty || name == "." || name == ".." ? "file-\(number)" : name
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        // Joiners belong to emoji and to scripts; the rest of the format characters reorder or hide text.
        case .format: scalar.value != 0x200C && scalar.value != 0x200D
        default: false
        }
    }

    /// Shortened in the middle, so that the ending stays.
    private static func shortened(_ name: String) -> String {
        let ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
        let kept = ending.utf8.count <= 16 ? String(ending) : ""
        var front = name.prefix(mostBytes)
        while front.utf8.count + kept.utf8.count + 3 > mostBytes { front.removeLast() }
        return String(front) + "…" + kept
    }
}
