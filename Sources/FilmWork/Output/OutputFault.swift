// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
public import Wording

/// What is wrong with the `output` of an export call, and in which field.
public struct OutputFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// Its words are under `output ‹name›`.
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case notAnObject, notOneOf, outside, notAResolution
        /// The film cannot be laid out as the field asks.
        case notLaidOut
        /// The format cannot hold what the field asks for.
        case conflict
    }

    public let code: Code
    /// `format`, `fps`, …; `output` for the whole.
    public let field: String
    private let blanks: [String: Wording.Value]

    init(_ code: Code, _ field: String, _ blanks: [String: Wording.Value] = [:]) {
        self.code = code
        self.field = field
        self.blanks = blanks.merging(["field": .text(field)]) { _, new in new }
    }

    init(_ code: Code, _ field: String, _ value: JSONValue) { self.init(code, field, ["value": Self.shown(value)]) }

    init(notOneOf names: [String], _ field: String, _ value: JSONValue) {
        self.init(.notOneOf, field, ["names": .text(names.joined(separator: ", ")), "value": Self.shown(value)])
    }

    init(outside allowed: ClosedRange<Double>, _ field: String, _ value: JSONValue) {
        let (low, high) = (JSONValue.number(allowed.lowerBound), JSONValue.number(allowed.upperBound))
        self.init(
            .outside, field, ["low": .text(low.text()), "high": .text(high.text()), "value": Self.shown(value)])
    }

    private static func shown(_ value: JSONValue) -> Wording.Value {
        let text = value.text()
        return .text(text.count > 60 ? text.prefix(60) + "…" : text)
    }

    public var wording: Wording { Wording("output \(code.rawValue)", blanks) }
    public var description: String { text(in: FaultWords.english) }
}

extension OutputFault: Worded {
    public func text(in words: [String: String]) -> String { wording.text(in: words) }
}
