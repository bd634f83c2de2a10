// SPDX-License-Identifier: GPL-3.0-or-later

/// One line as it is set. Lengths are in em.
struct SetLine {
    let shaped: ShapedLine
    let text: String
    let fromRight: Bool
    /// Which paragraph, and which of its characters; an ellipsis at the end is not among them.
    let paragraph: Int
    let characters: Range<Int>
    let hasEllipsis: Bool
    /// From the first line's baseline down to this one's.
    var baseline = 0.0
}

/// Lines, their size and how far they reach: a text fitted into its box.
struct Setting {
    var lines: [SetLine]
    /// Pixels an em.
    var size: Double
    var isTruncated: Bool

    /// Ink of the lines when each begins at x = 0; nil for nothing but spaces.
    var inkTop: Double { lines.compactMap { line in line.shaped.ink.map { $0.top + line.baseline } }.min() ?? 0 }
    var inkBottom: Double { lines.compactMap { line in line.shaped.ink.map { $0.bottom + line.baseline } }.max() ?? 0 }
    var width: Double { lines.reduce(0) { max($0, $1.shaped.width) } }
}

/// Chooses size and lines: first shrinks towards the smallest size, then wraps into more lines, then cuts with an ellipsis.
struct Fitting {
    let typesetter: Typesetter
    let dress: Dress
    let paragraphs: [Paragraph]
    /// Of the box, in pixels.
    let boxWidth: Double
    let boxHeight: Double
    /// Wanted and smallest, pixels an em.
    let size: Double
    let smallest: Double
    let preferredLines: Int
    let prefersFewerLines: Bool
    /// Between baselines, em.
    let lineHeight: Double
    /// What outline or plate adds on each side: a share of the size, and pixels.
    let inset: (x: Double, y: Double, pixels: Double)

    /// Room between the ink of one line and the next, em.
    private static let clearance = 0.07

    func setting(isCut: Bool) -> Setting {
        var tried = size
        let most = max(preferredLines, paragraphs.count)
        while true {
            if let lines = lines(at: tried, breakingWords: false, most: most) {
                let (fewer, size) = withFewer(than: lines, at: tried)
                return finished(set(fewer), at: size, isTruncated: isCut)
            }
            if tried <= smallest { break }
            tried = max(tried * 0.95, smallest)
        }
        if let lines = lines(at: smallest, breakingWords: false, most: .max)
            ?? lines(at: smallest, breakingWords: true, most: .max)
        {
            return finished(set(lines), at: smallest, isTruncated: isCut)
        }
        return truncated(at: smallest)
    }

    private typealias Line = (paragraph: Int, characters: Range<Int>)

    /// A title of three lines or more gives up to a sixth of its size to be a line shorter, one of two lines a tenth.
    private func withFewer(than lines: [Line], at size: Double) -> (lines: [Line], size: Double) {
        guard prefersFewerLines, lines.count > paragraphs.count else { return (lines, size) }
        let least = max(size * (lines.count > 2 ? 0.83 : 0.9), min(smallest, size))
        var tried = size
        while tried > least {
            tried = max(tried * 0.98, least)
            if let fewer = self.lines(at: tried, breakingWords: false, most: lines.count - 1) { return (fewer, tried) }
        }
        return (lines, size)
    }

    private func room(at size: Double) -> (width: Double, height: Double) {
        (
            max((boxWidth - 2 * inset.pixels) / size - 2 * inset.x, 0.2),
            (boxHeight - 2 * inset.pixels) / size - 2 * inset.y
        )
    }

    private var tallest: InkBox {
        let inks = paragraphs.compactMap(\.shaped.ink)
        return inks.reduce(InkBox(left: 0, top: -0.7, right: 0, bottom: 0.2)) { $0.union($1) }
    }

    private func height(of lines: Int) -> Double {
        let ink = tallest
        let pitch = max(lineHeight, ink.bottom - ink.top + Self.clearance)
        return ink.bottom - ink.top + Double(lines - 1) * pitch
    }

    private func lines(at size: Double, breakingWords: Bool, most: Int) -> [Line]? {
        let room = room(at: size)
        var lines: [Line] = []
        for (index, paragraph) in paragraphs.enumerated() {
            guard let filled = paragraph.filled(width: room.width, breakingWords: breakingWords) else { return nil }
            lines += filled.map { (index, $0) }
            if lines.count > most { return nil }
        }
        guard height(of: lines.count) <= room.height else { return nil }
        guard lines.count <= 12 else { return lines }
        return paragraphs.enumerated().flatMap { index, paragraph -> [Line] in
            let filled = lines.filter { $0.paragraph == index }
            let balanced = paragraph.balanced(width: room.width, count: filled.count)
            return balanced.map { $0.map { (index, $0) } } ?? filled
        }
    }

    private func set(_ lines: [Line]) -> [SetLine] {
        lines.map { line in set(line, ellipsis: false) }
    }

    private func set(_ line: Line, ellipsis: Bool) -> SetLine {
        let paragraph = paragraphs[line.paragraph]
        let seen = paragraph.visible(line.characters)
        let isWhole = seen == 0..<paragraph.characters.count
        let text = paragraph.string(seen) + (ellipsis ? "…" : "")
        let shaped =
            isWhole && !ellipsis
            ? paragraph.shaped
            : typesetter.shape(text, paragraph.dress, fromRight: paragraph.fromRight).scaled(by: paragraph.scale)
        return SetLine(
            shaped: shaped, text: text, fromRight: paragraph.fromRight, paragraph: line.paragraph, characters: seen,
            hasEllipsis: ellipsis)
    }

    /// As many lines as the box holds at this size, the last with an ellipsis.
    private func truncated(at size: Double) -> Setting {
        var size = size
        while size > 4, height(of: 1) > room(at: size).height { size *= 0.9 }
        let room = room(at: size)
        let all = paragraphs.enumerated().flatMap { index, paragraph in
            (paragraph.filled(width: room.width, breakingWords: true) ?? []).map { (index, $0) }
        }
        var count = min(all.count, 400)
        while count > 1, height(of: count) > room.height { count -= 1 }
        var lines = all.prefix(count).map { set($0, ellipsis: false) }
        if count < all.count, let last = lines.popLast() {
            var range = last.characters
            var line = set((last.paragraph, range), ellipsis: true)
            while line.shaped.width > room.width, range.count > 1 {
                range = range.lowerBound..<range.upperBound - 1
                line = set((last.paragraph, range), ellipsis: true)
            }
            lines.append(line)
        }
        return finished(lines, at: size, isTruncated: true)
    }

    /// Places the baselines, and gives way by as much as the ink (swashes, accents) reaches over what the measures said.
    private func finished(_ lines: [SetLine], at size: Double, isTruncated: Bool) -> Setting {
        var lines = lines
        for i in lines.indices.dropFirst() {
            // A smaller line stands nearer to the one above.
            var step = lineHeight * (0.3 + 0.7 * paragraphs[lines[i].paragraph].scale)
            if let above = lines[i - 1].shaped.ink, let below = lines[i].shaped.ink {
                step = max(step, above.bottom - below.top + Self.clearance)
            } else if lines[i].shaped.ink == nil {
                step *= 0.6
            }
            lines[i].baseline = lines[i - 1].baseline + step
        }
        var setting = Setting(lines: lines, size: size, isTruncated: isTruncated)
        let width = lines.reduce(0.0) { widest, line in
            guard let ink = line.shaped.ink else { return widest }
            // Lines are centred or stand to one side by their widths; ink may hang over on either side.
            let over = max(-ink.left, ink.right - line.shaped.width, 0)
            return max(widest, line.shaped.width + 2 * over)
        }
        let needed = (width + 2 * inset.x, setting.inkBottom - setting.inkTop + 2 * inset.y)
        let pixels = (max(boxWidth - 2 * inset.pixels - 2, 1), max(boxHeight - 2 * inset.pixels - 2, 1))
        if needed.0 > 0 { setting.size = min(setting.size, pixels.0 / needed.0) }
        if needed.1 > 0 { setting.size = min(setting.size, pixels.1 / needed.1) }
        return setting
    }
}
