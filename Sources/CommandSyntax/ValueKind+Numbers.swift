// SPDX-License-Identifier: GPL-3.0-or-later
extension ValueKind where Value == Int {
    /// A whole number.
    public static func integer(in range: ClosedRange<Int>? = nil) -> ValueKind {
        ValueKind("integer", allowed: .limits(range, { String($0) })) { text throws(ValueProblem) in
            guard let value = Int(text), !text.hasPrefix("+") else { throw ValueProblem("not-whole") }
            guard range?.contains(value) ?? true else { throw ValueProblem("out-of-range") }
            return value
        } write: {
            String($0)
        }
    }

    public static var integer: ValueKind { integer() }
}

extension ValueKind where Value == Double {
    /// A number with or without a decimal point: digits only, neither exponents nor infinities.
    public static func decimal(in range: ClosedRange<Double>? = nil) -> ValueKind {
        ValueKind("decimal", allowed: .limits(range, plainDecimal)) { text throws(ValueProblem) in
            guard let value = decimalNumber(text) else { throw ValueProblem("not-number") }
            guard range?.contains(value) ?? true else { throw ValueProblem("out-of-range") }
            return value
        } write: {
            plainDecimal($0)
        }
    }

    public static var decimal: ValueKind { decimal() }

    /// A share of the whole, as a number or in per cent: `0.35`, `35%`.
    public static func share(in range: ClosedRange<Double>? = nil) -> ValueKind {
        let number = ValueKind.decimal(in: range)
        return ValueKind("decimal", allowed: number.allowed) { text throws(ValueProblem) in
            guard text.hasSuffix("%") else { return try number.read(text) }
            guard let value = decimalNumber(text.dropLast()) else { throw ValueProblem("not-number") }
            guard range?.contains(value / 100) ?? true else { throw ValueProblem("out-of-range") }
            return value / 100
        } write: {
            plainDecimal($0)
        }
    }

    /// A length of time in seconds: `3`, `3.5`, `3.5s`, `500ms`, `1:30`, `1:02:03.5`.
    public static func seconds(in range: ClosedRange<Double>? = nil) -> ValueKind {
        ValueKind("seconds", allowed: .limits(range, plainDecimal)) { text throws(ValueProblem) in
            guard let value = secondsOfTime(text) else { throw ValueProblem("not-seconds") }
            guard range?.contains(value) ?? true else { throw ValueProblem("out-of-range") }
            return value
        } write: {
            plainDecimal($0)
        }
    }

    public static var seconds: ValueKind { seconds() }
}

extension ValueKind where Value == Int64 {
    /// A size in bytes: `1500000`, `16MB` (decimal), `16MiB` (binary), `1.5 GB`; `16M` is `16MB`. At least one byte.
    public static var bytes: ValueKind {
        ValueKind("bytes") { text throws(ValueProblem) in
            guard let value = bytesOfSize(text) else { throw ValueProblem("not-bytes") }
            return value
        } write: {
            sizeOfBytes($0)
        }
    }
}

extension AllowedValues {
    /// The ends of a range; an end at the edge of the type, or beyond 10¹², is open.
    static func limits<Value: Comparable & SignedNumeric>(
        _ range: ClosedRange<Value>?, _ write: (Value) -> String
    ) -> AllowedValues where Value.Magnitude: Comparable {
        guard let range else { return .any }
        func end(_ value: Value) -> String? { value.magnitude < 1_000_000_000_000 ? write(value) : nil }
        return .range(end(range.lowerBound), end(range.upperBound))
    }
}

/// The number a text of digits and at most one point writes; nil for anything else.
func decimalNumber(_ text: some StringProtocol) -> Double? {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    guard digits.contains(where: \.isASCIIDigit), digits.allSatisfy({ $0.isASCIIDigit || $0 == "." }),
        digits.count(where: { $0 == "." }) <= 1
    else { return nil }
    return Double("0\(digits)\(digits.last == "." ? "0" : "")").map { text.hasPrefix("-") ? -$0 : $0 }
}

/// A number as a person writes it: no exponent, at most six decimals, no trailing zeros.
func plainDecimal(_ value: Double) -> String {
    guard value.magnitude < 1e12 else { return String(value) }
    let millionths = Int64((value * 1_000_000).rounded())
    let (whole, part) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
    var text = String(whole)
    if part > 0 {
        let decimals = String(1_000_000 + part).dropFirst()
        text += "." + decimals.prefix(6 - decimals.reversed().prefix { $0 == "0" }.count)
    }
    return millionths < 0 ? "-" + text : text
}

/// Seconds in `3`, `3.5s`, `500ms`, `1:30` or `1:02:03.5`; nil for anything else, and for a negative time.
func secondsOfTime(_ text: String) -> Double? {
    guard !text.hasPrefix("-") else { return nil }
    if text.hasSuffix("ms") { return decimalNumber(text.dropLast(2)).map { $0 / 1000 } }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    if parts.count == 1 { return decimalNumber(text.hasSuffix("s") ? text.dropLast() : text[...]) }
    guard parts.count <= 3, let last = parts.last, let seconds = decimalNumber(last), seconds < 60 else { return nil }
    var total = 0.0
    for (index, part) in parts.dropLast().enumerated() {
        guard let number = Int(part), number >= 0, index == 0 || number < 60 else { return nil }
        total = (total + Double(number)) * 60
    }
    return total + seconds
}

private let sizeUnits: [(suffix: String, bytes: Double)] = [
    ("kib", 1024), ("mib", 1_048_576), ("gib", 1_073_741_824), ("kb", 1e3), ("mb", 1e6), ("gb", 1e9), ("k", 1e3),
    ("m", 1e6), ("g", 1e9), ("b", 1), ("", 1),
]

/// Bytes in `1500000`, `16MB`, `16 MiB` or `1.5g`; nil for anything else, and for less than one byte or more than 10¹⁸.
func bytesOfSize(_ text: String) -> Int64? {
    let lower = text.lowercased()
    for unit in sizeUnits where lower.hasSuffix(unit.suffix) {
        var number = lower.dropLast(unit.suffix.count)
        while number.last == " " { number = number.dropLast() }
        guard let value = decimalNumber(number) else { continue }
        let bytes = (value * unit.bytes).rounded()
        return (1...1e18).contains(bytes) ? Int64(bytes) : nil
    }
    return nil
}

/// A size as a person writes it, in the largest decimal unit that leaves it whole: `16MB`, `1500kB`, `1234`.
func sizeOfBytes(_ bytes: Int64) -> String {
    for (unit, size) in [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)] as [(String, Int64)]
    where bytes >= size && bytes % size == 0 {
        return "\(bytes / size)\(unit)"
    }
    return String(bytes)
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}
