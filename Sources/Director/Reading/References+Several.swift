// SPDX-License-Identifier: GPL-3.0-or-later

/// Several at once: `the dog and the cat`, `everything after the third`, `all but the last`.
extension References {
    mutating func join() {
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
            if joint.value == nil, isJoint(joint), !joint.has("to"), text(of: joint) != "-", isSelection(index),
                let left = reference(index), let right = reference(index + 2), left.isPointed, right.isPointed
            {
                replace(index..<index + 3, with: .reference(.both(left, right)))
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
    func isFigure(_ index: Int) -> Bool {
        guard let unit = unit(index) else { return false }
        return tokens[unit.tokens].allSatisfy { $0.kind == .number }
    }

    /// `everything after the third`, `第三张以后的都`, `the one after the second`: what lies behind a place or before it.
    mutating func readNeighbours() {
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

    /// Whether what is listed from here on is to stay or to go, and nothing is put beside anything else.
    private func isSelection(_ index: Int) -> Bool {
        let before = units[max(0, index - 12)..<index].filter { $0.value == nil }
        let selects = before.contains { unit in
            unit.has("only") || unit.has("except")
                || ["keep", "only", "use", "remove"].contains { unit.is("verb", $0) }
        }
        let places = units[max(0, index - 12)..<min(units.count, index + 8)].contains { unit in
            unit.value == nil
                && (unit.has("instead-of") || unit.has("place")
                    || ["swap", "replace", "move"].contains { unit.is("verb", $0) && !unit.is("verb", "remove") })
        }
        return selects && !places
    }

    /// `move the 4th to second place` speaks of two places, not of a range.
    func isMoved(_ index: Int) -> Bool {
        units[..<index].suffix(4).contains { $0.value == nil && $0.is("verb", "move") }
    }

    static func joined(_ left: Reference, _ right: Reference, isThrough: Bool) -> Reference? {
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
    mutating func readExceptions() {
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
                index = start + 1
                continue
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
