// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
public import JSON

/// The values of a call's parameters, each known to be of its declared kind.
public struct OperationArguments: Hashable, Sendable {
    public private(set) var values: [String: JSONValue] = [:]

    /// Checks `members` against `parameters`; null counts as left out.
    init(_ members: [String: JSONValue], of parameters: [OperationParameter], path: String) throws(EditError) {
        for key in members.keys.sorted() where !parameters.contains(where: { $0.name == key }) {
            throw EditError(.unknownParameter(known: parameters.map(\.name)), field: path + key)
        }
        for parameter in parameters {
            let field = path + parameter.name
            guard let value = members[parameter.name], value != .null else {
                if parameter.isRequired { throw EditError(.missing, field: field) }
                continue
            }
            values[parameter.name] = try parameter.kind.checked(value, field)
        }
    }

    init() {}

    public func has(_ name: String) -> Bool { values[name] != nil }

    /// These arguments alone.
    func only(_ names: [String]) -> OperationArguments {
        var some = self
        some.values = values.filter { names.contains($0.key) }
        return some
    }

    mutating func set(_ name: String, _ value: JSONValue) { values[name] = value }

    func text(_ name: String) -> String? { values[name]?.string }
    func flag(_ name: String) -> Bool? { values[name]?.bool }
    func number(_ name: String) -> Double? { values[name]?.number }
    func integer(_ name: String) -> Int64? { values[name]?.integer }
    func milliseconds(_ name: String) -> Int64? { values[name]?.integer }
    func time(_ name: String) -> MediaTime? { milliseconds(name).map(MediaTime.init(milliseconds:)) }
    func lines(_ name: String) -> [String]? { values[name]?.array?.compactMap(\.string) }

    func choice<Choice: RawRepresentable>(_ name: String, _ type: Choice.Type) -> Choice?
    where Choice.RawValue == String { text(name).flatMap(Choice.init(rawValue:)) }

    func rect(_ name: String) -> UnitRect? {
        guard let n = values[name]?.array?.compactMap(\.number), n.count == 4 else { return nil }
        return UnitRect(x: n[0], y: n[1], width: n[2], height: n[3])
    }

    /// The nested object's own values.
    func object(_ name: String) -> OperationArguments? {
        guard let members = values[name]?.object else { return nil }
        var nested = OperationArguments()
        nested.values = members
        return nested
    }

    /// The elements of a list of ids or places, or of one alone.
    func references(_ name: String) -> [JSONValue]? {
        guard let value = values[name] else { return nil }
        return value.array ?? [value]
    }
}

extension OperationParameter.Kind {
    /// Lists of ids may be so long.
    static let mostReferences = DraftLimits.mostSegments

    /// `value` as calls hold it; throws where it is not of this kind.
    func checked(_ value: JSONValue, _ field: String) throws(EditError) -> JSONValue {
        func wrong() -> EditError {
            let shown = value.text()
            return EditError(
                .wrongValue(wanted: self, found: shown.count > 60 ? "\(shown.prefix(59))…" : shown), field: field)
        }
        switch self {
        case .time(let range):
            guard let number = value.number, number.isFinite, abs(number) < 1e12 else { throw wrong() }
            let time = Int64(number.rounded())
            guard range.contains(time) else { throw wrong() }
            return .integer(time)
        case .number(let range, _):
            guard let number = value.number, range.contains(number) else { throw wrong() }
            return value
        case .integer(let range):
            guard let number = value.integer, range.contains(number) else { throw wrong() }
            return .integer(number)
        case .choice(let words):
            guard let word = value.string, words.contains(word) else { throw wrong() }
            return value
        case .name(let table):
            guard let name = value.string.flatMap(table.named) else { throw wrong() }
            return .string(name)
        case .text(let most):
            guard let text = value.string, text.count <= most else { throw wrong() }
            return value
        case .color:
            guard let color = value.string.flatMap({ RGBColor($0) }) else { throw wrong() }
            return .string(color.hex)
        case .flag:
            guard value.bool != nil else { throw wrong() }
            return value
        case .segment:
            guard Self.isReference(value) else { throw wrong() }
            return value
        case .segments:
            guard let list = value.array, list.count <= Self.mostReferences else { throw wrong() }
            for (index, element) in list.enumerated() where !Self.isReference(element) {
                throw EditError(.wrongValue(wanted: .segment, found: element.text()), field: "\(field)[\(index)]")
            }
            return value
        case .asset:
            guard let id = value.string, !id.isEmpty else { throw wrong() }
            return value
        case .assets:
            guard let list = value.array, list.count <= Self.mostReferences,
                list.allSatisfy({ $0.string?.isEmpty == false })
            else { throw wrong() }
            return value
        case .ratio:
            guard let text = value.string, EditWishes.Aspect(text) != nil else { throw wrong() }
            return value
        case .rect:
            guard let n = value.array?.compactMap(\.number), n.count == 4, value.array?.count == 4,
                n.allSatisfy({ (0...1).contains($0) }), n[2] >= 0.01, n[3] >= 0.01, n[0] + n[2] <= 1.000_001,
                n[1] + n[3] <= 1.000_001
            else { throw wrong() }
            return value
        case .lines(let most):
            guard let list = value.array, list.count <= most,
                list.allSatisfy({ ($0.string?.count ?? .max) <= DraftLimits.longestText })
            else { throw wrong() }
            return value
        case .object(let parameters):
            guard let members = value.object else { throw wrong() }
            return .object(try OperationArguments(members, of: parameters, path: "\(field).").values)
        case .either(let kinds):
            for kind in kinds {
                if let good = try? kind.checked(value, field) { return good }
            }
            throw wrong()
        }
    }

    private static func isReference(_ value: JSONValue) -> Bool {
        if let id = value.string { return !id.isEmpty }
        guard let place = value.integer else { return false }
        return place != 0 && abs(place) <= Int64(DraftLimits.mostSegments)
    }
}

extension EditWishes.Aspect {
    /// Reads `9:16`, `9x16`, `2.35:1` or a shape's name.
    init?(_ text: String) {
        if let shape = CanvasShape(named: text) {
            self.init(shape)
            return
        }
        let parts = text.split(whereSeparator: { ":x×/".contains($0) }).map { Double($0.filter { !$0.isWhitespace }) }
        guard parts.count == 2, let width = parts[0], let height = parts[1], width > 0, height > 0, width < 10_000,
            height < 10_000
        else { return nil }
        let isWhole = width == width.rounded() && height == height.rounded()
        let unit = isWhole ? 1.0 : 100
        let (across, up) = (Int((width * unit).rounded()), Int((height * unit).rounded()))
        guard across > 0, up > 0, PixelSize(aspect: across, to: up) != nil else { return nil }
        self.init(width: across, height: up)
    }
}
