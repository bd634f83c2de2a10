// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads what points at pictures: `the second photo`, `photos 2 to 4`, `倒数第二张`, `the beach one`, `all but the last`.
struct References {
    private var units: [Unit]
    private let tokens: [Token]

    static func merged(_ units: [Unit], _ tokens: [Token]) -> [Unit] {
        var reader = References(units: units, tokens: tokens)
        reader.readOrdinals()
        reader.readNames()
        reader.readBareNumbers()
        reader.join()
        reader.readNeighbours()
        reader.readExceptions()
        return reader.units
    }

    private init(units: [Unit], tokens: [Token]) {
        self.units = units
        self.tokens = tokens
    }

    // MARK: Looking

    private func unit(_ index: Int) -> Unit? { units.indices.contains(index) ? units[index] : nil }

    private func number(_ index: Int) -> Int? {
        guard case .number(let value)? = unit(index)?.value else { return nil }
        return Int(exactly: value)
    }

    private func reference(_ index: Int) -> Reference? {
        guard case .reference(let reference)? = unit(index)?.value else { return nil }
        return reference
    }

    private func places(_ index: Int) -> [Int]? {
        guard case .places(let places)? = reference(index) else { return nil }
        return places
    }

    /// Whether the unit names pictures: `photo`, `clip`, `one`, `张`.
    private func isPicture(_ index: Int) -> Bool {
        guard let unit = unit(index), unit.value == nil else { return false }
        return unit.concepts.contains { concept in
            (concept.family == "thing" && ["photo", "clip", "picture"].contains(concept.value))
                || concept.family == "one"
                || (concept.family == "unit" && concept.value == "item")
        }
    }

    private mutating func replace(_ range: Range<Int>, with value: Unit.Value) {
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
    private func pastPicture(_ index: Int) -> Int {
        var index = index
        while isPicture(index) { index += 1 }
        return index
    }

    // MARK: Places

    private mutating func readOrdinals() {
        var index = 0
        while index < units.count {
            readOrdinal(at: index)
            index += 1
        }
    }

    private mutating func readOrdinal(at index: Int) {
        guard let here = unit(index), here.value == nil || number(index) != nil else { return }
        // 3rd
        if let count = number(index), count > 0, unit(index + 1)?.has("ord-suffix") == true {
            return replace(index..<pastPicture(index + 2), with: .reference(.places([count])))
        }
        // 第三张, 倒数第二张
        if here.has("ordinal-prefix"), let count = number(index + 1) {
            // 第1、3、5张, 第2到4张
            var list = [count]
            var end = index + 2
            while let next = unit(end), next.value == nil, isJoint(next), let more = number(end + 1), more > 0 {
                if next.has("to") || text(of: next) == "-" {
                    guard list.count == 1, isPicture(end + 2) else { break }
                    return replace(index..<pastPicture(end + 2), with: .reference(.through(count, more)))
                }
                list.append(more)
                end += 2
            }
            if list.count > 1, !isPicture(end) { (list, end) = ([count], index + 2) }
            if unit(end)?.has("ord-suffix") == true { end += 1 }
            return replace(index..<pastPicture(end), with: .reference(.places(list)))
        }
        // the first second, 最后一秒
        if here.is("ord", "1") || here.has("last"), let next = unit(index + 1), next.value == nil,
            next.is("unit", "second"), !isPicture(index + 2)
        {
            return replace(index..<index + 2, with: here.has("last") ? .span(-1000, 0) : .span(0, 1000))
        }
        if here.has("middle-one") {
            if let count = number(index - 1), count > 1 {
                return replace(index - 1..<pastPicture(index + 1), with: .reference(.middle(count)))
            }
            return replace(index..<pastPicture(index + 1), with: .reference(.middle(1)))
        }
        if let count = here.value(of: "middle").flatMap({ Int($0) }) {
            return replace(index..<pastPicture(index + 1), with: .reference(.middle(count)))
        }
        // 3号, #3
        if let count = number(index), count > 0, let next = unit(index + 1), next.value == nil, next.has("number-sign"),
            next.tokens.count == 1, isGlued(index + 1)
        {
            return replace(index..<pastPicture(index + 2), with: .reference(.places([count])))
        }
        if text(of: here) == "#", let count = number(index + 1), count > 0 {
            return replace(index..<pastPicture(index + 2), with: .reference(.places([count])))
        }
        // the middle two, the two middle ones, 中间那两张
        if here.has("middle") {
            var next = index + 1
            if unit(next)?.has("that-one") == true { next += 1 }
            if let count = number(next), count > 0, isPicture(next + 1) || here.has("ord") || !here.has("pos") {
                return replace(index..<pastPicture(next + 1), with: .reference(.middle(count)))
            }
            if isPicture(next), unit(next)?.has("unit") != true {
                guard let count = number(index - 1), count > 0 else {
                    return replace(index..<pastPicture(next), with: .reference(.middle(1)))
                }
                return replace(index - 1..<pastPicture(next), with: .reference(.middle(count)))
            }
        }
        // 头尾两张, the first and last two
        if here.has("ends") {
            let end = number(index + 1) == 2 ? index + 2 : index + 1
            return replace(index..<pastPicture(end), with: .reference(.places([1, -1])))
        }
        if here.has("from-last"), let count = number(index + 1) {
            let end = unit(index + 2)?.has("ord-suffix") == true ? index + 3 : index + 2
            return replace(index..<pastPicture(end), with: .reference(.places([-count])))
        }
        // las tres primeras, les deux dernières
        if let count = number(index), count > 1, let next = unit(index + 1), next.value == nil,
            next.has("first-counted") || next.has("last-counted")
        {
            // les 3 premières secondes
            if let unit = unit(index + 2), unit.value == nil, unit.is("unit", "second") {
                let time = Int64(count) * 1000
                return replace(
                    index..<index + 3, with: next.has("first-counted") ? .span(0, time) : .span(-time, 0))
            }
            return replace(
                index..<pastPicture(index + 2),
                with: .reference(next.has("first-counted") ? .first(count) : .last(count)))
        }
        // the first three, 前三张; the first three seconds
        let isFirst = here.is("ord", "1") || here.has("first-count")
        let isLast = here.has("last") || here.has("last-count")
        if isFirst || isLast {
            // `make the first photo last five seconds`
            if isLast, !isFirst, reference(index - 1) != nil, case .duration? = unit(index + 1)?.value { return }
            if case .duration(let time)? = unit(index + 1)?.value {
                return replace(index..<index + 2, with: isFirst ? .span(0, time) : .span(-time, 0))
            }
            if let count = number(index + 1), count > 0 {
                let end = pastPicture(index + 2)
                // `最后 2` alone says nothing; with a counted thing it does. English needs none: `the last two`.
                return replace(
                    index..<end,
                    with: .reference(
                        count == 1 ? .places([isFirst ? 1 : -1]) : isFirst ? .first(count) : .last(count)))
            }
            if here.has("first-count") || here.has("last-count") { return }
        }
        if here.has("last"), !here.has("ord") {
            return replace(index..<pastPicture(index + 1), with: .reference(.places([-1])))
        }
        if let ordinal = here.value(of: "ord").flatMap(Int.init) {
            return replace(index..<pastPicture(index + 1), with: .reference(.places([ordinal])))
        }
        // photo 2, photos 2 to 4, photo number 2
        if isPicture(index), !here.has("one"), !here.has("unit") {
            let at =
                unit(index + 1)?.has("number-sign") == true || (unit(index + 1).map { text(of: $0) == "#" } ?? false)
                ? index + 2 : index + 1
            guard let first = number(at), first > 0, unit(at + 1)?.has("unit") != true else { return }
            var end = at + 1
            var list = [first]
            while let next = unit(end), isJoint(next), let more = number(end + 1), more > 0 {
                if next.has("to") || text(of: next) == "-" {
                    return replace(index..<end + 2, with: .reference(.through(first, more)))
                }
                list.append(more)
                end += 2
            }
            replace(index..<end, with: .reference(.places(list)))
        }
    }

    private func isGlued(_ index: Int) -> Bool { unit(index).map { !tokens[$0.tokens.lowerBound].isSpaced } ?? false }

    private func text(of unit: Unit) -> String { tokens[unit.tokens].map(\.text).joined() }

    private func isJoint(_ unit: Unit) -> Bool {
        unit.has("and") || unit.has("to") || ["-", ",", "&", "+"].contains(text(of: unit))
    }

    // MARK: Names

    private mutating func readNames() {
        var index = 0
        while index < units.count {
            readName(at: index)
            index += 1
        }
    }

    private mutating func readName(at index: Int) {
        guard let here = unit(index), here.value == nil else { return }
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
            // Two letters are a name only where it is plain that they are.
            let isShort = tokens[here.tokens].allSatisfy { $0.kind == .word && $0.text.count < 3 }
            guard (here.concepts.isEmpty && !isShort) || after || of else { return }
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

    // MARK: Numbers alone

    /// `swap 2 and 3`, `just keep 1, 3 and 5`, `between 1 and 2`: numbers that count nothing are places.
    private mutating func readBareNumbers() {
        for index in units.indices where units[index].value == nil {
            let isPair = units[index].is("place", "between") || units[index].is("verb", "swap")
            let isList =
                ["keep", "only", "use", "remove"].contains { units[index].is("verb", $0) }
                || units[index].has("only") || units[index].has("except")
            if isPair || isList {
                readPlaces(from: index + 1, alone: units[index].is("verb", "remove") || units[index].has("except"))
            }
        }
        // `1和4对调`: the numbers stand before it
        for index in units.indices where units[index].value == nil {
            let isSwap = units[index].is("verb", "swap")
            // `2和4删掉`, `5不要`
            let isRefused = units[index].is("verb", "remove") || units[index].has("neg") && index == units.count - 1
            guard isSwap || isRefused else { continue }
            var start = index
            while start > 0, number(start - 1) != nil || isJoint(units[start - 1]) && units[start - 1].value == nil {
                start -= 1
            }
            while start < index, number(start) == nil { start += 1 }
            let count = (start..<index).count { number($0) != nil }
            if isSwap ? count == 2 : count > 0 && start == 0 { markPlaces(start..<index) }
        }
        readOrder()
        // `2 <-> 3`
        for index in units.indices.dropLast() where units[index].value == nil && units[index].is("verb", "swap") {
            if let first = place(index - 1), let second = place(index + 1) {
                units[index - 1].value = .reference(.places([first]))
                units[index + 1].value = .reference(.places([second]))
            }
        }
    }

    /// `order: 4 3 2 1`, `顺序改成4321`, and a message that is nothing but such numbers.
    private mutating func readOrder() {
        let places = units.indices.filter { number($0) != nil }
        let saysOrder = units.contains { $0.value == nil && $0.is("thing", "order") }
        if saysOrder, places.count == 1, let figures = number(places[0]), case let digits = String(figures),
            digits.count > 2, !digits.contains("0"), Set(digits).count == digits.count
        {
            units[places[0]].value = .reference(.places(digits.compactMap(\.wholeNumberValue)))
            return
        }
        let isNothingElse = units.indices.allSatisfy {
            number($0) != nil || units[$0].value == nil && isJoint(units[$0])
        }
        guard saysOrder || isNothingElse, places.count > 2, let first = places.first, let last = places.last else {
            return
        }
        let numbers = places.compactMap { number($0) }
        guard Set(numbers).count == numbers.count, numbers.sorted() == Array(1...numbers.count) else { return }
        var concepts = units[first].concepts
        if !saysOrder { concepts.append(Concept("thing", "order")) }
        replace(first..<last + 1, with: .reference(.places(numbers)))
        units[first].concepts += concepts
    }

    /// Makes places of the numbers in a stretch of units.
    private mutating func markPlaces(_ range: Range<Int>) {
        for index in range {
            if let number = number(index) { units[index].value = .reference(.places([number])) }
        }
    }

    /// A whole number that nothing is counted with.
    private func place(_ index: Int) -> Int? {
        guard let number = number(index), number > 0, number <= 2000 else { return nil }
        guard let next = unit(index + 1), next.value == nil else {
            return unit(index + 1) == nil || self.number(index + 1) != nil ? number : nil
        }
        let isCounting = isPicture(index + 1) || next.has("unit") || next.has("thing") || next.has("best")
        return isCounting || next.isUnknown && tokens[next.tokens].contains { $0.kind == .word } ? nil : number
    }

    /// - Parameter alone: whether one number is enough.
    private mutating func readPlaces(from start: Int, alone: Bool) {
        var found: [Int] = []
        var index = start
        while let number = place(index) {
            found.append(number)
            // `only use 2 3 4`
            if place(index + 1) != nil {
                index += 1
                continue
            }
            guard let joint = unit(index + 1), joint.value == nil,
                isJoint(joint) || joint.has("with") || joint.is("verb", "swap")
            else { break }
            index += 2
            // `1, 3, and 5`
            if let more = unit(index), more.value == nil, more.has("and") { index += 1 }
        }
        guard found.count > 1 || alone && found.count == 1 else { return }
        index = start
        for number in found {
            while self.number(index) == nil { index += 1 }
            units[index].value = .reference(.places([number]))
            index += 1
        }
    }

    // MARK: Several

    private mutating func join() {
        var index = 0
        while index + 1 < units.count {
            let joint = units[index + 1]
            if case .assets(let a)? = reference(index), case .assets(let b)? = reference(index + 1) {
                // `mug cup and pot`
                replace(index..<index + 2, with: .reference(.assets(a + b)))
                continue
            }
            if isFigure(index), isFigure(index + 1), let a = places(index), let b = places(index + 1) {
                // `only use 2 3 4`
                replace(index..<index + 2, with: .reference(.places(a + b)))
                continue
            }
            guard index + 2 < units.count else { break }
            if joint.value == nil, isJoint(joint), let left = reference(index), let right = reference(index + 2),
                !joint.has("to") || !isMoved(index),
                let both = Self.joined(left, right, isThrough: joint.has("to") || text(of: joint) == "-")
            {
                replace(index..<index + 3, with: .reference(both))
                continue
            }
            if joint.value == nil, joint.has("to") || text(of: joint) == "-",
                case .clock(let start)? = units[index].value,
                case .clock(let end)? = units[index + 2].value, end > start
            {
                replace(index..<index + 3, with: .span(start, end))
                continue
            }
            index += 1
        }
    }

    /// A place that was typed as a bare figure, or a row of them.
    private func isFigure(_ index: Int) -> Bool {
        guard let unit = unit(index) else { return false }
        return tokens[unit.tokens].allSatisfy { $0.kind == .number }
    }

    /// `everything after the third`, `第三张以后的都`, `the one after the second`: what lies behind a place or before it.
    private mutating func readNeighbours() {
        var index = 0
        while index + 2 < units.count {
            defer { index += 1 }
            func side(_ at: Int) -> Int? {
                guard let unit = unit(at), unit.value == nil else { return nil }
                return unit.is("place", "after") ? 1 : unit.is("place", "before") ? -1 : nil
            }
            if units[index].value == nil, units[index].has("all"), let step = side(index + 1),
                let place = places(index + 2)?.first, place > 0
            {
                replace(
                    index..<index + 3, with: .reference(step > 0 ? .through(place + 1, -1) : .through(1, place - 1)))
            } else if let place = places(index)?.first, place > 0, let step = side(index + 1),
                units[index + 1].has("postposed"), units[index + 2].value == nil, units[index + 2].has("all")
            {
                replace(
                    index..<index + 3, with: .reference(step > 0 ? .through(place + 1, -1) : .through(1, place - 1)))
            } else if isPicture(index), units[index].value == nil, !units[index].has("unit"),
                let step = side(index + 1),
                !units[..<index].contains(where: { $0.is("verb", "move") || $0.is("verb", "add") })
            {
                if let place = places(index + 2)?.first, place > 0, place + step > 0 {
                    replace(index..<index + 3, with: .reference(.places([place + step])))
                } else if reference(index + 2) == .it {
                    replace(index..<index + 3, with: .reference(.neighbour(step)))
                }
            }
        }
    }

    /// `move the 4th to second place` speaks of two places, not of a range.
    private func isMoved(_ index: Int) -> Bool {
        units[..<index].suffix(4).contains { $0.value == nil && $0.is("verb", "move") }
    }

    private static func joined(_ left: Reference, _ right: Reference, isThrough: Bool) -> Reference? {
        switch (left, right) {
        case (.places(let a), .places(let b)):
            if isThrough, let first = a.last, let last = b.first, a.count == 1, b.count == 1 {
                return .through(first, last)
            }
            return isThrough ? nil : .places(a + b)
        case (.assets(let a), .assets(let b)): return isThrough ? nil : .assets(a + b)
        default: return nil
        }
    }

    /// `all but the first`, `except the last one`, `除了第一张`.
    private mutating func readExceptions() {
        var index = 0
        while index < units.count {
            if units[index].value == nil, units[index].has("except"), let left = reference(index + 1) {
                let hasAll = unit(index - 1)?.has("all") == true || unit(index - 1)?.has("each") == true
                var start = hasAll ? index - 1 : index
                if hasAll, isPicture(index - 1), start > 0, units[start - 1].has("all") { start -= 1 }
                var end = index + 2
                // 除了第一张 以外 都
                while let next = unit(end), next.value == nil, next.has("except-after") || next.has("all") { end += 1 }
                replace(start..<end, with: .reference(.allBut(left)))
            }
            // 犬以外を全部
            if units[index].value == nil, units[index].has("except-after"), let left = reference(index - 1) {
                if case .allBut = left {
                } else {
                    var end = index + 1
                    while let next = unit(end), next.value == nil, next.has("all") { end += 1 }
                    replace(index - 1..<end, with: .reference(.allBut(left)))
                    continue
                }
            }
            index += 1
        }
    }
}
