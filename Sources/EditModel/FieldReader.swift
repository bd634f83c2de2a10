// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON
import Wording

/// Reads the fields of one JSON object, each once, with errors that name the field; what nobody asked for is left in `rest`.
struct FieldReader {
    let path: String
    private(set) var rest: [String: JSONValue]
    /// Is told of every field that is asked for; nil but in tests of the table of fields.
    let log: FieldLog?

    init(_ value: JSONValue, path: String, log: FieldLog? = nil) throws(DraftError) {
        guard case .object(let members) = value else {
            throw DraftError(field: path, .notObject, ["value": .text(value.shown)])
        }
        self.path = path
        self.log = log
        rest = members
    }

    func field(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    /// The raw value, taken out of `rest`; null counts as missing.
    mutating func take(_ key: String) -> JSONValue? {
        log?.note(field(key))
        guard let value = rest.removeValue(forKey: key), value != .null else { return nil }
        return value
    }

    /// Puts unknown members of a nested object back under its key, so that they are written again.
    mutating func keep(_ unknown: [String: JSONValue], under key: String) {
        if !unknown.isEmpty { rest[key] = .object(unknown) }
    }

    /// What nobody asked for, taken out: the caller keeps it.
    mutating func takeRest() -> [String: JSONValue] {
        defer { rest = [:] }
        return rest
    }

    private func wrong(
        _ key: String, _ fault: DraftFault, _ value: JSONValue, _ values: [String: Wording.Value] = [:]
    ) -> DraftError {
        DraftError(field: field(key), fault, values.merging(["value": .text(value.shown)]) { own, _ in own })
    }

    mutating func text(_ key: String) throws(DraftError) -> String? {
        guard let value = take(key) else { return nil }
        guard let text = value.string else { throw wrong(key, .notText, value) }
        return text
    }

    mutating func bool(_ key: String) throws(DraftError) -> Bool? {
        guard let value = take(key) else { return nil }
        guard let flag = value.bool else { throw wrong(key, .notFlag, value) }
        return flag
    }

    mutating func integer(_ key: String, in range: ClosedRange<Int64>) throws(DraftError) -> Int64? {
        guard let value = take(key) else { return nil }
        guard let number = value.integer, range.contains(number) else {
            throw wrong(
                key, .notWhole, value, ["low": "\(range.lowerBound)", "high": "\(range.upperBound)"])
        }
        return number
    }

    mutating func number(_ key: String, in range: ClosedRange<Double>) throws(DraftError) -> Double? {
        guard let value = take(key) else { return nil }
        guard let number = value.number, range.contains(number) else {
            throw wrong(key, .notNumber, value, limits(range))
        }
        return number
    }

    /// A time in milliseconds, 0 … 3 h; parts of a millisecond are rounded.
    mutating func time(_ key: String) throws(DraftError) -> MediaTime? {
        guard let value = take(key) else { return nil }
        guard let number = value.number, number >= 0, number <= Double(DraftLimits.longest.milliseconds) else {
            throw wrong(key, .notTime, value, ["high": "\(DraftLimits.longest.milliseconds)"])
        }
        return MediaTime(milliseconds: Int64(number.rounded()))
    }

    mutating func color(_ key: String) throws(DraftError) -> String? {
        guard let value = take(key) else { return nil }
        guard let text = value.string, RGBColor(text) != nil else {
            throw wrong(key, .notColor, value)
        }
        return text
    }

    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Choice.Type
    ) throws(DraftError) -> Choice? where Choice.RawValue == String {
        guard let value = take(key) else { return nil }
        guard let text = value.string, let choice = Choice(rawValue: text) else {
            let names = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw wrong(key, .notOneOf, value, ["names": .text(names)])
        }
        return choice
    }

    /// A list of `count` numbers, each in `range`.
    mutating func numbers(_ key: String, count: Int, in range: ClosedRange<Double>) throws(DraftError) -> [Double]? {
        guard let value = take(key) else { return nil }
        guard let list = value.array, list.count == count else {
            throw wrong(key, .notNumbers, value, ["count": "\(count)"])
        }
        var numbers: [Double] = []
        for element in list {
            guard let number = element.number, range.contains(number) else {
                throw wrong(key, .numbersOutside, value, limits(range))
            }
            numbers.append(number)
        }
        return numbers
    }

    mutating func point(_ key: String) throws(DraftError) -> UnitPoint? {
        guard let xy = try numbers(key, count: 2, in: 0...1) else { return nil }
        return UnitPoint(x: xy[0], y: xy[1])
    }

    mutating func rect(_ key: String) throws(DraftError) -> UnitRect? {
        guard let n = try numbers(key, count: 4, in: 0...1) else { return nil }
        let rect = UnitRect(x: n[0], y: n[1], width: n[2], height: n[3])
        guard rect.width > 0, rect.height > 0, rect.x + rect.width <= 1.000_001, rect.y + rect.height <= 1.000_001
        else {
            throw DraftError(field: field(key), .notRect)
        }
        return rect
    }

    /// The nested object under `key`, read by `body`; what it leaves is kept under the same key.
    mutating func nested<Value>(
        _ key: String, _ body: (inout FieldReader) throws(DraftError) -> Value
    ) throws(DraftError) -> Value? {
        guard let value = take(key) else { return nil }
        var reader = try FieldReader(value, path: field(key), log: log)
        let result = try body(&reader)
        keep(reader.rest, under: key)
        return result
    }

    /// The elements of the list under `key`, each an object.
    mutating func list<Value>(
        _ key: String, atMost limit: Int = .max, _ body: (inout FieldReader) throws(DraftError) -> Value
    ) throws(DraftError) -> [Value]? {
        guard let value = take(key) else { return nil }
        guard let elements = value.array else { throw wrong(key, .notList, value) }
        guard elements.count <= limit else {
            throw DraftError(
                field: field(key), .tooManyEntries, ["count": "\(elements.count)", "most": "\(limit)"])
        }
        var values: [Value] = []
        for (index, element) in elements.enumerated() {
            var reader = try FieldReader(element, path: "\(field(key))[\(index)]", log: log)
            values.append(try body(&reader))
        }
        return values
    }

    func missing(_ key: String, _ meaning: FieldMeaning) -> DraftError {
        DraftError(field: field(key), .missing, ["meaning": .words(Wording("field \(meaning.rawValue)"))])
    }

    private func limits(_ range: ClosedRange<Double>) -> [String: Wording.Value] {
        ["low": .text(plain(range.lowerBound)), "high": .text(plain(range.upperBound))]
    }

    private func plain(_ number: Double) -> String { JSONValue.number(number).text() }
}

extension JSONValue {
    /// As it stands in the file, cut where it is long.
    fileprivate var shown: String {
        let text = text()
        return text.count > 60 ? "\(text.prefix(57))…" : text
    }
}
