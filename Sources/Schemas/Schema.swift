// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

/// What a JSON value has to look like. Declared once, it checks what comes in and stands in the API's description
/// (JSON Schema 2020-12, the part of it that is used here).
package struct Schema: Sendable, Hashable {
    /// A member of an object.
    package struct Member: Sendable, Hashable {
        package let name: String
        package let schema: Schema
        package let isRequired: Bool
    }

    package indirect enum Kind: Sendable, Hashable {
        case anything
        case null
        case flag
        /// Lengths in characters.
        case text(ClosedRange<Int>)
        case word([String])
        case whole(ClosedRange<Int64>)
        case number(ClosedRange<Double>?)
        case list(Schema, most: Int?)
        /// - Parameter open: other members are let pass.
        case object([Member], open: Bool)
        case either([Schema])
        /// One of the description's components, by name.
        case component(String)
    }

    package let kind: Kind
    /// What it means, in a few words; empty where the name says it.
    package var help = ""
    package var format: String?
    /// Taken where the value is missing.
    package var usual: JSONValue?

    package init(_ kind: Kind) { self.kind = kind }

    // MARK: Making one

    package static let anything = Schema(.anything)
    package static let null = Schema(.null)
    package static let flag = Schema(.flag)
    package static let text = text(0...(1 << 20))
    package static let number = Schema(.number(nil))
    package static let whole = whole(Int64.min...Int64.max)
    package static let openObject = Schema(.object([], open: true))

    package static func text(_ length: ClosedRange<Int>) -> Schema { Schema(.text(length)) }
    package static func text(_ length: PartialRangeFrom<Int>) -> Schema { Schema(.text(length.lowerBound...(1 << 20))) }
    package static func word(_ words: [String]) -> Schema { Schema(.word(words)) }
    package static func whole(_ range: ClosedRange<Int64>) -> Schema { Schema(.whole(range)) }
    package static func number(_ range: ClosedRange<Double>) -> Schema { Schema(.number(range)) }
    package static func list(_ element: Schema, most: Int? = nil) -> Schema { Schema(.list(element, most: most)) }
    package static func object(_ members: [Member], open: Bool = true) -> Schema {
        Schema(.object(members, open: open))
    }
    package static func either(_ schemas: [Schema]) -> Schema { Schema(.either(schemas)) }
    package static func component(_ name: String) -> Schema { Schema(.component(name)) }

    /// The same, or null.
    package var orNull: Schema {
        var schema = Schema.either([without(help: true), .null])
        schema.help = help
        schema.usual = usual
        return schema
    }

    package func saying(_ help: String, usual: JSONValue? = nil, format: String? = nil) -> Schema {
        var schema = self
        schema.help = help
        schema.usual = usual ?? schema.usual
        schema.format = format ?? schema.format
        return schema
    }

    private func without(help: Bool) -> Schema {
        var schema = self
        schema.help = ""
        schema.usual = nil
        return schema
    }
}

extension Schema.Member {
    /// A member that has to be there.
    package static func required(_ name: String, _ schema: Schema, _ help: String = "") -> Schema.Member {
        Schema.Member(name: name, schema: help.isEmpty ? schema : schema.saying(help), isRequired: true)
    }

    /// A member that may be missing; where it is there, it is as the schema says.
    package static func maybe(
        _ name: String, _ schema: Schema, _ help: String = "", usual: JSONValue? = nil
    ) -> Schema.Member {
        Schema.Member(name: name, schema: schema.saying(help, usual: usual), isRequired: false)
    }

    /// A member that may be missing; null counts as missing.
    package static func optional(
        _ name: String, _ schema: Schema, _ help: String = "", usual: JSONValue? = nil
    ) -> Schema.Member {
        Schema.Member(name: name, schema: schema.saying(help, usual: usual).orNull, isRequired: false)
    }
}

extension Schema {
    /// As the description has it.
    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        switch kind {
        case .anything: break
        case .null: members["type"] = "null"
        case .flag: members["type"] = "boolean"
        case .text(let length):
            members["type"] = "string"
            if length.lowerBound > 0 { members["minLength"] = .integer(Int64(length.lowerBound)) }
            if length.upperBound < 1 << 20 { members["maxLength"] = .integer(Int64(length.upperBound)) }
        case .word(let words):
            members["type"] = "string"
            members["enum"] = .array(words.map { .string($0) })
        case .whole(let range):
            members["type"] = "integer"
            if range.lowerBound > .min { members["minimum"] = .integer(range.lowerBound) }
            if range.upperBound < .max { members["maximum"] = .integer(range.upperBound) }
        case .number(let range):
            members["type"] = "number"
            if let range {
                members["minimum"] = .number(range.lowerBound)
                members["maximum"] = .number(range.upperBound)
            }
        case .list(let element, let most):
            members["type"] = "array"
            members["items"] = element.json
            if let most { members["maxItems"] = .integer(Int64(most)) }
        case .object(let parts, let open):
            members["type"] = "object"
            if !parts.isEmpty {
                let properties = parts.map { ($0.name, $0.schema.json) }
                members["properties"] = .object(Dictionary(properties) { first, _ in first })
            }
            let required = parts.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { members["required"] = .array(required) }
            if !open { members["additionalProperties"] = false }
        case .either(let schemas): members["anyOf"] = .array(schemas.map(\.json))
        case .component(let name): members["$ref"] = .string("#/components/schemas/\(name)")
        }
        if !help.isEmpty { members["description"] = .string(help) }
        if let format { members["format"] = .string(format) }
        if let usual { members["default"] = usual }
        return .object(members)
    }
}
