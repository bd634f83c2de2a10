// SPDX-License-Identifier: GPL-3.0-or-later

/// What is pointed at by its name or by what was spoken of: `the beach one`, `that one`, `the other`.
extension References {
    mutating func readNames() {
        var index = 0
        while index < units.count {
            readName(at: index)
            index += 1
        }
    }

    mutating func readName(at index: Int) {
        guard let here = unit(index), here.value == nil else { return }
        // `that temple` is the temple.
        if here.has("it"), here.tokens.count == 1, let next = unit(index + 1), next.value == nil, !next.assets.isEmpty,
            next.concepts.isEmpty
        {
            units.remove(at: index)
            return readName(at: index)
        }
        if here.has("other-one") { return replace(index..<index + 1, with: .reference(.theOther)) }
        if let step = here.value(of: "neighbour").flatMap(Int.init) {
            return replace(index..<index + 1, with: .reference(.neighbour(step)))
        }
        if let from = here.value(of: "every-other").flatMap(Int.init) {
            return replace(index..<pastPicture(index + 1), with: .reference(.alternate(from: from)))
        }
        if here.has("others") { return replace(index..<pastPicture(index + 1), with: .reference(.others)) }
        if !here.assets.isEmpty {
            // A word that means something by itself is a name only beside `one` or `photo`.
            let after = isPicture(index + 1) || unit(index + 1)?.has("that-one") == true
            let before = isPicture(index - 1) && unit(index - 1)?.value == nil && here.concepts.isEmpty
            let of = unit(index - 1)?.has("of") == true && isPicture(index - 2)
            let isPlaced = isPlaced(index)
            // Two letters are a name only where it is plain that they are.
            let isShort = tokens[here.tokens].allSatisfy { $0.kind == .word && $0.text.count < 3 }
            guard (here.concepts.isEmpty && !isShort) || after || of || isPlaced else { return }
            var end = pastPicture(index + 1)
            if unit(end)?.has("that-one") == true { end = pastPicture(end + 1) }
            let start = of ? index - 2 : before ? index - 1 : index
            return replace(start..<end, with: .reference(.assets(here.assets)))
        }
        // the photo of the dog, the dog one
        if here.isUnknown, tokens[here.tokens].allSatisfy({ $0.kind == .word || $0.kind == .wide }) {
            let words = text(of: here)
            if unit(index - 1)?.has("of") == true, isPicture(index - 2) {
                return replace(index - 2..<index + 1, with: .reference(.unknown(words)))
            }
            if unit(index + 1)?.has("one") == true || unit(index + 1)?.has("that-one") == true {
                return replace(index..<index + 2, with: .reference(.unknown(words)))
            }
        }
        if here.has("that-one") || here.has("it") {
            return replace(index..<pastPicture(index + 1), with: .reference(.it))
        }
    }

    /// `sepia after beach`, `put warm first`: what is put somewhere is a picture, whatever else the word means.
    private func isPlaced(_ index: Int) -> Bool {
        guard let next = unit(index + 1) else { return false }
        if next.value == nil {
            let isBeside =
                ["after", "before"].contains { next.is("place", $0) } && !(unit(index + 2)?.assets.isEmpty ?? true)
            return isBeside || ["to-front", "to-end"].contains { next.is("place", $0) }
        }
        guard let places = places(index + 1), places == [1] || places == [-1] else { return false }
        return units[max(0, index - 3)..<index].contains {
            $0.value == nil && ($0.is("verb", "add") || $0.is("verb", "move") || $0.has("and"))
        }
    }

    /// `front, side and back`: what stands in a list with files is a file, though the word means something else too.
    mutating func readListedNames() {
        func isFile(_ index: Int) -> Bool {
            if case .assets? = reference(index) { return true }
            return false
        }
        for index in units.indices
        where units[index].value == nil && !units[index].assets.isEmpty && !units[index].has("thing") {
            let after = unit(index + 1).map { $0.value == nil && isJoint($0) && !$0.has("to") } ?? false
            let before = unit(index - 1).map { $0.value == nil && isJoint($0) && !$0.has("to") } ?? false
            if after && isFile(index + 2) || before && isFile(index - 2) {
                replace(index..<index + 1, with: .reference(.assets(units[index].assets)))
            }
        }
    }
}
