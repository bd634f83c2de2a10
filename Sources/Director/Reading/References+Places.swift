// SPDX-License-Identifier: GPL-3.0-or-later

/// Places in a row: `the second photo`, `第三张`, `the middle two`, `the first three seconds`, `photos 2 to 4`.
extension References {
    mutating func readOrdinals() {
        var index = 0
        while index < units.count {
            readOrdinal(at: index)
            index += 1
        }
    }

    mutating func readOrdinal(at index: Int) {
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
        // 头尾两张, the first and last
        if here.has("ends") {
            // `the first and the last two` are three; 头尾两张 are the two ends.
            if let count = number(index + 1), count > 1, unit(index + 2)?.has("unit") != true {
                return replace(
                    index..<pastPicture(index + 2), with: .reference(.both(.places([1]), .last(count))))
            }
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

    func isGlued(_ index: Int) -> Bool { unit(index).map { !tokens[$0.tokens.lowerBound].isSpaced } ?? false }

    func text(of unit: Unit) -> String { tokens[unit.tokens].map(\.text).joined() }

    func isJoint(_ unit: Unit) -> Bool {
        unit.has("and") || unit.has("to") || ["-", ",", "&", "+"].contains(text(of: unit))
    }
}
