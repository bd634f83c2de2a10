// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what points at pictures: `the second photo`, `photos 2 to 4`, `倒数第二张`, `the beach one`, `all but the last`.
struct References {
    var units: [Unit]
    let tokens: [Token]

    static func merged(_ units: [Unit], _ tokens: [Token]) -> [Unit] {
        var reader = References(units: units, tokens: tokens)
        reader.readOrdinals()
        reader.readNames()
        reader.readListedNames()
        reader.readBareNumbers()
        reader.join()
        reader.readNeighbours()
        reader.readExceptions()
        return reader.units
    }

    init(units: [Unit], tokens: [Token]) {
        self.units = units
        self.tokens = tokens
    }

    // MARK: Looking

    func unit(_ index: Int) -> Unit? { units.indices.contains(index) ? units[index] : nil }

    func number(_ index: Int) -> Int? {
        guard case .number(let value)? = unit(index)?.value else { return nil }
        return Int(exactly: value)
    }

    func reference(_ index: Int) -> Reference? {
        guard case .reference(let reference)? = unit(index)?.value else { return nil }
        return reference
    }

    func places(_ index: Int) -> [Int]? {
        guard case .places(let places)? = reference(index) else { return nil }
        return places
    }

    /// Whether the unit names pictures: `photo`, `clip`, `one`, `张`.
    func isPicture(_ index: Int) -> Bool {
        guard let unit = unit(index), unit.value == nil else { return false }
        // `keep the beach still` says how, `the beach still` says what.
        let isHeld = units[max(0, index - 6)..<index].contains {
            $0.value == nil && ($0.is("verb", "keep") || $0.is("verb", "hold"))
        }
        if isHeld, unit.is("motion", "none") { return false }
        return unit.concepts.contains { concept in
            (concept.family == "thing" && ["photo", "clip", "picture"].contains(concept.value))
                || concept.family == "one"
                || (concept.family == "unit" && concept.value == "item")
        }
    }

    mutating func replace(_ range: Range<Int>, with value: Unit.Value) {
        guard let first = unit(range.lowerBound), let last = unit(range.upperBound - 1) else { return }
        var merged = Unit(tokens: first.tokens.lowerBound..<last.tokens.upperBound, value: value)
        // Which kind of picture was said matters later: `the first clip`.
        for index in range {
            merged.concepts += units[index].concepts.filter {
                ($0.family == "thing" || $0.family == "it" || $0.family == "others" || $0.family == "that-one")
                    && !merged.concepts.contains($0)
            }
        }
        units.replaceSubrange(range, with: [merged])
    }

    /// Past `one`, `photo`, `张` behind a reference.
    func pastPicture(_ index: Int) -> Int {
        var index = index
        while isPicture(index) { index += 1 }
        return index
    }
}
