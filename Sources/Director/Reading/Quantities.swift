// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads numbers and what is counted or measured with them: `two and a half seconds`, `一分半`, `35%`, `16:9`, `1080p`.
///
/// The words are the lexicon's (`num.*`, `scale.*`, `unit.*`); how numbers are built from them is the same in all
/// languages that Kinora speaks.
struct Quantities {
    private let units: [Unit]
    private let tokens: [Token]
    private var result: [Unit] = []
    private var place = 0

    static func merged(_ units: [Unit], _ tokens: [Token]) -> [Unit] {
        var reader = Quantities(units: units, tokens: tokens)
        reader.run()
        return reader.result
    }

    private init(units: [Unit], tokens: [Token]) {
        self.units = units
        self.tokens = tokens
    }

    private mutating func run() {
        while place < units.count {
            if !readPrefixed(), !readNumbered() {
                result.append(units[place])
                place += 1
            }
        }
    }

    // MARK: Looking

    private func unit(_ index: Int) -> Unit? { index < units.count ? units[index] : nil }

    private func text(_ index: Int) -> String {
        guard let unit = unit(index), unit.tokens.count == 1 else { return "" }
        return tokens[unit.tokens.lowerBound].text
    }

    private func digits(_ index: Int) -> Double? {
        guard let unit = unit(index), unit.value == nil, unit.tokens.count == 1 else { return nil }
        let token = tokens[unit.tokens.lowerBound]
        guard token.kind == .number, token.text.count <= 12 else { return nil }
        return Double(token.text.filter { $0 != "," })
    }

    /// Unit `index` stands right behind the one before it.
    private func isGlued(_ index: Int) -> Bool {
        guard let unit = unit(index) else { return false }
        return !tokens[unit.tokens.lowerBound].isSpaced
    }

    private mutating func emit(_ value: Unit.Value, through end: Int, keeping concepts: [Concept] = []) {
        let first = units[place].tokens.lowerBound
        result.append(Unit(tokens: first..<units[end - 1].tokens.upperBound, concepts: concepts, value: value))
        place = end
    }

    /// What may be measured in parts.
    private func isMeasure(_ index: Int) -> Bool {
        ["second", "minute", "percent", "times"].contains { unit(index)?.is("unit", $0) == true }
    }

    // MARK: Numbers

    /// A number in digits or words that begins at `start`, and where it ends.
    private func number(at start: Int) -> (value: Double, end: Int)? {
        if let value = digits(start) {
            // `2,5 s`: a comma between digits before a unit is a decimal one.
            if text(start + 1) == ",", isGlued(start + 1), isGlued(start + 2), let part = digits(start + 2), part < 100,
                value == value.rounded(), text(start + 3) == "%" || isMeasure(start + 3),
                let decimal = Double("\(Int(value)).\(text(start + 2))")
            {
                return (decimal, start + 3)
            }
            // `30 000` and `1.5万`
            if let scale = unit(start + 1)?.value(of: "scale").flatMap(Double.init) {
                return (value * scale, start + 2)
            }
            if unit(start + 1)?.is("num", "half-suffix") == true { return (value + 0.5, start + 2) }
            return (value, start + 1)
        }
        var total = 0.0
        var pending: Double?
        var end = start
        var isFirst = true
        while let unit = unit(end) {
            if let scale = unit.value(of: "scale").flatMap(Double.init), !isFirst || scale == 10 {
                total += (pending ?? (total == 0 ? 1 : 0)) * scale
                if pending == nil, total == 0 { break }
                pending = nil
            } else if let value = unit.value(of: "num").flatMap(Double.init) {
                if let before = pending {
                    // `twenty five`, but not `two three`
                    guard before >= 20, value < 10, value >= 1, before.truncatingRemainder(dividingBy: 10) == 0 else {
                        break
                    }
                    pending = before + value
                } else {
                    pending = value
                }
            } else if unit.has("and-number"), !isFirst,
                self.unit(end + 1)?.value(of: "num").flatMap(Double.init) != nil,
                total >= 100
            {
                end += 1
                continue
            } else if text(end) == "-", !isFirst, let before = pending, before >= 20,
                let next = self.unit(end + 1)?.value(of: "num").flatMap(Double.init), next < 10
            {
                end += 1
                continue
            } else {
                break
            }
            isFirst = false
            end += 1
        }
        guard end > start else { return nil }
        return (total + (pending ?? 0), end)
    }

    /// `and a half` behind a number, `半`.
    private func half(at index: Int) -> Int? { unit(index)?.has("half-more") == true ? index + 1 : nil }

    // MARK: What stands before its number

    /// `百分之三十`, `a minute`, `half a minute`.
    private mutating func readPrefixed() -> Bool {
        guard let unit = unit(place) else { return false }
        if unit.has("percent-of"), let (value, end) = number(at: place + 1) {
            emit(.share(value / 100), through: end)
            return true
        }
        // x2
        if text(place) == "x", let value = digits(place + 1), isGlued(place + 1) {
            emit(.times(value), through: place + 2)
            return true
        }
        if let share = unit.value(of: "share").flatMap(Double.init) {
            emit(.share(share), through: place + 1, keeping: unit.concepts)
            return true
        }
        if let time = unit.value(of: "time").flatMap(Double.init) {
            // A length of time that is one phrase: `half a minute`.
            var milliseconds = time * 1000
            var end = place + 1
            if let more = half(at: end) { (milliseconds, end) = (milliseconds * 1.5, more) }
            emit(.duration(Int64(milliseconds.rounded())), through: end)
            return true
        }
        if let times = unit.value(of: "times").flatMap(Double.init) {
            emit(.times(times), through: place + 1, keeping: unit.concepts)
            return true
        }
        return false
    }

    // MARK: What stands behind its number

    private mutating func readNumbered() -> Bool {
        guard units[place].value == nil, let (value, end) = number(at: place) else { return false }
        if readPair(value, end) { return true }
        // Less than nothing is no length.
        if let sign = result.last, sign.value == nil, sign.tokens.count == 1, isGlued(place),
            tokens[sign.tokens.lowerBound].text == "-", tokens[sign.tokens.lowerBound].isSpaced,
            time(value, end, required: true) != nil
        {
            return false
        }
        // A range: `3 to 6 seconds`, `3-6s`, `3s to 6s`
        if let (first, middle) = time(value, end, required: false), let to = unit(middle),
            to.has("to") || text(middle) == "-" || text(middle) == "~"
                || to.has("and") && result.last?.is("place", "between") == true,
            let (second, last) = number(at: middle + 1),
            let (until, close) = time(second, last, required: false)
        {
            let firstHas = middle > end
            let lastHas = close > last
            let before = result.last?.has("unit-before") == true
            if lastHas || firstHas || before {
                let scale = firstHas || !lastHas ? 1 : Double(until) / max(second * 1000, 1)
                let start = firstHas ? first : Int64((value * 1000 * scale).rounded())
                let stop = lastHas ? until : Int64((second * 1000).rounded())
                if stop > start {
                    emit(.span(start, stop), through: close)
                    return true
                }
            }
        }
        // 四比三
        if unit(end)?.has("ratio-mark") == true, let (other, last) = number(at: end + 1), let a = Int(exactly: value),
            let b = Int(exactly: other), (1...64).contains(a), (1...64).contains(b)
        {
            emit(.ratio(a, b), through: last)
            return true
        }
        // `5 more seconds` is `5 seconds more`.
        if let more = unit(end), more.value == nil, more.has("more"), unit(end + 1)?.has("unit") == true,
            let (milliseconds, last) = time(value, end + 1, required: true)
        {
            emit(.duration(milliseconds), through: last)
            result.append(more)
            return true
        }
        if let (milliseconds, last) = time(value, end, required: true) {
            // `第3秒` is a point in time, not a length.
            if result.last?.has("ordinal-prefix") == true {
                result.removeLast()
                emit(.clock(milliseconds), through: last)
                return true
            }
            emit(.duration(milliseconds), through: last)
            return true
        }
        if text(end) == "%" || unit(end)?.is("unit", "percent") == true {
            emit(.share(value / 100), through: end + 1)
            return true
        }
        if unit(end)?.is("unit", "tenth") == true, value <= 10 {
            emit(.share(value / 10), through: end + 1)
            return true
        }
        if unit(end)?.is("unit", "fps") == true {
            emit(.frameRate(value), through: end + 1)
            return true
        }
        if unit(end)?.is("unit", "megabyte") == true {
            emit(.bytes(Int64(min(value, 1e9) * 1_000_000)), through: end + 1)
            return true
        }
        if unit(end)?.is("unit", "lines") == true || (text(end) == "p" && isGlued(end)), value >= 100 {
            emit(.lines(Int(min(value, 1e6))), through: end + 1)
            return true
        }
        if text(end) == "k", isGlued(end), value == 2 || value == 4 || value == 8 {
            emit(.lines(value == 2 ? 1440 : value == 4 ? 2160 : 4320), through: end + 1)
            return true
        }
        if unit(end)?.is("unit", "times") == true || (text(end) == "x" && isGlued(end)) {
            emit(.times(value), through: end + 1)
            return true
        }
        // desde el segundo 20: the unit stands before, and a moment is meant
        if let before = result.last, before.has("unit-before"), !before.has("ord"), before.has("place") {
            emit(.clock(milliseconds(value, 1000)), through: end)
            return true
        }
        // `second 20` is a point in time.
        if let unit = result.last, unit.value == nil, unit.is("unit", "second"), unit.has("unit-before"), value >= 3 {
            result.removeLast()
            emit(.clock(milliseconds(value, 1000)), through: end)
            return true
        }
        // `the beach one` names a picture; a number in a file's name may name it.
        if end == place + 1, !units[place].assets.isEmpty { return false }
        if end == place + 1, units[place].has("one"), unit(end)?.has("thing") != true { return false }
        emit(.number(value), through: end)
        return true
    }

    /// `16:9`, `0:15`, `1080x1920`.
    private mutating func readPair(_ value: Double, _ end: Int) -> Bool {
        guard let a = Int(exactly: value), (0...100_000).contains(a), let second = digits(end + 1),
            let b = Int(exactly: second), (0...100_000).contains(b)
        else { return false }
        let mark = text(end)
        if mark == ":" || mark == "/", isGlued(end), isGlued(end + 1) {
            let typed = text(end + 1)
            if Self.shapes.contains([a, b]), mark == ":" {
                emit(.ratio(a, b), through: end + 2)
                return true
            }
            if mark == ":", typed.count == 2, b < 60 {
                emit(.clock(Int64(a * 60 + b) * 1000), through: end + 2)
                return true
            }
            if mark == ":", a > 0, b > 0, a <= 32, b <= 32 {
                emit(.ratio(a, b), through: end + 2)
                return true
            }
        }
        if mark == "x" || mark == "*" || unit(end)?.has("by") == true, a >= 100, b >= 100 {
            emit(.size(a, b), through: end + 2)
            return true
        }
        return false
    }

    private static let shapes: Set<[Int]> = [
        [16, 9], [9, 16], [4, 3], [3, 4], [1, 1], [4, 5], [5, 4], [21, 9], [9, 21], [2, 3], [3, 2], [2, 1], [1, 2],
        [16, 10], [10, 16],
    ]

    /// A length of time from its number on: seconds, minutes, both, halves. Milliseconds, and where it ends.
    ///
    /// - Parameter required: whether a unit must be there; without one the number counts seconds.
    private func time(_ value: Double, _ end: Int, required: Bool) -> (Int64, Int)? {
        var value = value
        var next = end
        if unit(next)?.has("filler-count") == true { next += 1 }
        if let more = half(at: next), unit(more)?.has("unit") == true { (value, next) = (value + 0.5, more) }
        if text(next) == "-", unit(next + 1)?.has("unit") == true { next += 1 }
        guard let kind = unit(next), !(kind.value != nil) else {
            return required ? nil : (milliseconds(value, 1000), end)
        }
        if kind.is("unit", "second") {
            next += 1
            if let more = half(at: next) { (value, next) = (value + 0.5, more) }
            return (milliseconds(value, 1000), next)
        }
        if kind.is("unit", "millisecond") { return (milliseconds(value, 1), next + 1) }
        if kind.is("unit", "minute") {
            next += 1
            if let more = half(at: next) { return (milliseconds(value + 0.5, 60_000), more) }
            let skip = unit(next)?.has("and") == true ? next + 1 : next
            if let (seconds, last) = number(at: skip) {
                if unit(last)?.is("unit", "second") == true {
                    return (milliseconds(value * 60 + seconds, 1000), last + 1)
                }
            }
            return (milliseconds(value, 60_000), next)
        }
        if kind.is("unit", "hour") {
            next += 1
            if let more = half(at: next) { return (milliseconds(value + 0.5, 3_600_000), more) }
            let skip = unit(next)?.has("and") == true ? next + 1 : next
            if let (minutes, last) = number(at: skip), unit(last)?.is("unit", "minute") == true {
                return (milliseconds(value * 60 + minutes, 60_000), last + 1)
            }
            return (milliseconds(value, 3_600_000), next)
        }
        return required ? nil : (milliseconds(value, 1000), end)
    }

    private func milliseconds(_ value: Double, _ scale: Double) -> Int64 {
        Int64((min(max(value, 0), 1e6) * scale).rounded())
    }
}
