// SPDX-License-Identifier: GPL-3.0-or-later

/// Divides the bitmap among lines, words and characters, so that each shows its own ink and its share of the shadow.
///
/// Cuts run half way between neighbours: lines are cut across the whole width, a line's parts from its upper cut to its
/// lower. The parts cover the bitmap without gap or overlap, whatever the reading direction.
struct RevealBoxes {
    let lines: [TitlePart]
    let words: [TitlePart]
    let characters: [TitlePart]

    /// A character as it lies in its line, bitmap pixels.
    private struct Cell {
        let text: String
        let left: Double
        let right: Double
        /// Which word, -1 for a space.
        var word = -1
    }

    init(
        placed: PlacedSetting, paragraphs: [Paragraph], words wanted: [String], x: Int, y: Int, width: Int, height: Int
    ) {
        let set = placed.lines.filter { $0.ink != nil }
        let spans = set.map { line -> (Double, Double) in
            let ink = line.ink ?? InkBox(left: 0, top: 0, right: 0, bottom: 0)
            return (ink.top - Double(y), ink.bottom - Double(y))
        }
        let rows = Self.cuts(spans, end: height)
        var cells = set.map { line in Self.cells(line, size: placed.size, x: Double(x)) }
        let texts = Self.number(&cells, set, paragraphs, wanted)

        lines = zip(set, rows).map { line, row in
            TitlePart(text: line.set.text, boxes: [TitleBox(x: 0, y: row.0, width: width, height: row.1 - row.0)])
        }
        characters = zip(cells, rows).flatMap { cells, row in
            zip(cells, Self.cuts(cells.map { ($0.left, $0.right) }, end: width)).map { cell, column in
                TitlePart(
                    text: cell.text,
                    boxes: column.1 > column.0
                        ? [TitleBox(x: column.0, y: row.0, width: column.1 - column.0, height: row.1 - row.0)] : [])
            }
        }
        var boxes = [[TitleBox]](repeating: [], count: texts.count)
        for (cells, row) in zip(cells, rows) {
            var spans: [Int: (Double, Double)] = [:]
            for cell in cells where cell.word >= 0 {
                let known = spans[cell.word] ?? (cell.left, cell.right)
                spans[cell.word] = (min(known.0, cell.left), max(known.1, cell.right))
            }
            let order = spans.keys.sorted()
            for (word, column) in zip(order, Self.cuts(order.map { spans[$0] ?? (0, 0) }, end: width))
            where column.1 > column.0 {
                boxes[word].append(
                    TitleBox(x: column.0, y: row.0, width: column.1 - column.0, height: row.1 - row.0))
            }
        }
        words = zip(texts, boxes).map { TitlePart(text: $0, boxes: $1) }
    }

    /// Cuts 0 ..< end half way between spans that follow each other; answers in the order of the spans.
    private static func cuts(_ spans: [(Double, Double)], end: Int) -> [(Int, Int)] {
        let order = spans.indices.sorted { (spans[$0].0 + spans[$0].1, $0) < (spans[$1].0 + spans[$1].1, $1) }
        var result = [(Int, Int)](repeating: (0, 0), count: spans.count)
        var start = 0
        for (place, index) in order.enumerated() {
            var stop = end
            if place + 1 < order.count {
                let middle = (spans[index].1 + spans[order[place + 1]].0) / 2
                stop = min(max(Int(middle.rounded()), start), end)
            }
            result[index] = (start, stop)
            start = stop
        }
        return result
    }

    /// The line's characters in reading order. Those of one glyph share its width, from the side reading begins.
    private static func cells(_ line: PlacedSetting.Line, size: Double, x: Double) -> [Cell] {
        var starts: [Int] = []
        var texts: [String] = []
        var offset = 0
        for character in line.set.text {
            starts.append(offset)
            texts.append(String(character))
            offset += character.utf8.count
        }
        var spans = [(Double, Double)?](repeating: nil, count: starts.count)
        func widen(_ index: Int, _ left: Double, _ right: Double) {
            let known = spans[index] ?? (left, right)
            spans[index] = (min(known.0, left), max(known.1, right))
        }
        let shaped = line.set.shaped
        for (place, cluster) in shaped.clusters.enumerated() {
            let inside = starts.indices.filter { cluster.bytes.contains(starts[$0]) }
            let (left, right) = cluster.ink.map { ($0.left, $0.right) } ?? (cluster.left, cluster.right)
            if inside.isEmpty {
                if let owner = starts.lastIndex(where: { $0 <= cluster.bytes.lowerBound }) { widen(owner, left, right) }
                continue
            }
            // Right to left when the next glyphs in sight stand for earlier text.
            let next = place + 1 < shaped.clusters.count ? shaped.clusters[place + 1] : nil
            let previous = place > 0 ? shaped.clusters[place - 1] : nil
            let isReversed =
                next.map { $0.bytes.lowerBound < cluster.bytes.lowerBound }
                ?? previous.map { $0.bytes.lowerBound > cluster.bytes.lowerBound } ?? line.set.fromRight
            let step = (right - left) / Double(inside.count)
            for (i, index) in inside.enumerated() {
                let slot = Double(isReversed ? inside.count - 1 - i : i)
                widen(index, left + slot * step, left + (slot + 1) * step)
            }
        }
        return zip(texts, spans).map { text, span in
            let (left, right) = span ?? (0, 0)
            return Cell(text: text, left: line.x + left * size - x, right: line.x + right * size - x)
        }
    }

    /// Gives each cell its word; answers the words' texts.
    private static func number(
        _ cells: inout [[Cell]], _ set: [PlacedSetting.Line], _ paragraphs: [Paragraph], _ wanted: [String]
    ) -> [String] {
        if !wanted.isEmpty, let texts = match(&cells, wanted) { return texts }
        var texts: [String] = []
        for (row, line) in set.enumerated() {
            let paragraph = paragraphs[line.set.paragraph]
            for column in cells[row].indices {
                let cell = cells[row][column]
                let index = line.set.characters.lowerBound + column
                guard cell.text != " ", cell.text != "\u{3000}" else { continue }
                var begins = texts.isEmpty || index == 0
                if index > 0, line.set.characters.contains(index) {
                    let (before, here) = (paragraph.characters[index - 1], paragraph.characters[index])
                    begins =
                        begins || before.isSpace
                        || (here.mayBegin && (before.isUnspaced || here.isUnspaced))
                }
                if begins { texts.append("") }
                texts[texts.count - 1] += cell.text
                cells[row][column].word = texts.count - 1
            }
        }
        return texts
    }

    /// Finds the given words one after the other, spaces aside. Nil when the text is not made of them: then it is divided as it reads.
    private static func match(_ cells: inout [[Cell]], _ wanted: [String]) -> [String]? {
        var places: [(row: Int, column: Int)] = []
        for row in cells.indices {
            for column in cells[row].indices where !isSpace(cells[row][column].text) { places.append((row, column)) }
        }
        func text(_ place: Int) -> String { cells[places[place].row][places[place].column].text.lowercased() }
        var owners = [Int?](repeating: nil, count: places.count)
        var next = 0
        for (number, word) in wanted.enumerated() {
            let letters = word.map { String($0).lowercased() }.filter { !isSpace($0) }
            guard !letters.isEmpty, next + letters.count <= places.count else { continue }
            let start = (next...places.count - letters.count).first { start in
                letters.indices.allSatisfy { text(start + $0) == letters[$0] }
            }
            guard let start else { continue }
            for place in start..<start + letters.count { owners[place] = number }
            next = start + letters.count
        }
        // What stands between two words (a dash, say) belongs to the one before it, or to the first.
        guard var owner = owners.compactMap({ $0 }).first else { return nil }
        for (place, known) in zip(places, owners) {
            owner = known ?? owner
            cells[place.row][place.column].word = owner
        }
        return wanted
    }

    private static func isSpace(_ text: String) -> Bool { text == " " || text == "\u{3000}" || text == "\u{A0}" }
}
