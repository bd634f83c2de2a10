// SPDX-License-Identifier: GPL-3.0-or-later

/// Numbers alone that are places: `swap 2 and 3`, `order: 4 3 2 1`.
extension References {
    /// `swap 2 and 3`, `just keep 1, 3 and 5`, `between 1 and 2`: numbers that count nothing are places.
    mutating func readBareNumbers() {
        for index in units.indices where units[index].value == nil {
            let isPair = units[index].is("place", "between") || units[index].is("verb", "swap")
            let isList =
                ["keep", "only", "use", "remove"].contains { units[index].is("verb", $0) }
                || units[index].has("only") || units[index].has("except")
            if isPair || isList {
                readPlaces(from: index + 1, alone: units[index].is("verb", "remove") || units[index].has("except"))
            }
        }
        // `vintage on 1 and 3`
        for index in units.indices.dropFirst()
        where units[index].value == nil && (units[index].has("on") || units[index].has("for")) {
            let before = units[index - 1]
            if before.value == nil, ["look", "motion", "fit"].contains(where: before.has) {
                readPlaces(from: index + 1, alone: true)
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
    mutating func readOrder() {
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
    mutating func markPlaces(_ range: Range<Int>) {
        for index in range {
            if let number = number(index) { units[index].value = .reference(.places([number])) }
        }
    }

    /// A whole number that nothing is counted with.
    func place(_ index: Int) -> Int? {
        guard let number = number(index), number > 0, number <= 2000 else { return nil }
        guard let next = unit(index + 1), next.value == nil else {
            return unit(index + 1) == nil || self.number(index + 1) != nil ? number : nil
        }
        let isCounting = isPicture(index + 1) || next.has("unit") || next.has("thing") || next.has("best")
        return isCounting || next.isUnknown && tokens[next.tokens].contains { $0.kind == .word } ? nil : number
    }

    /// - Parameter alone: whether one number is enough.
    mutating func readPlaces(from start: Int, alone: Bool) {
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
}
