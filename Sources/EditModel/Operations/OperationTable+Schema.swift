// SPDX-License-Identifier: GPL-3.0-or-later
public import JSON

extension OperationTable {
    /// JSON Schema (2020-12) of one operation: a `oneOf` of all, each strict.
    public static func schema(language: String? = nil) -> JSONValue {
        let words = OperationWords.of(language: language)
        return [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string(words.tableTitle),
            "oneOf": .array(entries.map { $0.schema(words, withName: true) }),
        ]
    }

    /// One entry an operation for function calling: name (hyphens as underscores), description, and the schema of its
    /// parameters. MCP calls the last `inputSchema`.
    public static func toolDefinitions(language: String? = nil) -> [JSONValue] {
        let words = OperationWords.of(language: language)
        return entries.map { entry in
            [
                "name": .string(entry.name.replacing("-", with: "_")),
                "description": .string(words.help(of: entry)),
                "parameters": entry.schema(words, withName: false),
            ]
        }
    }
}

extension OperationDeclaration {
    /// An object with these parameters and no others.
    ///
    /// - Parameter withName: the operation's name under `op` is a part of it.
    func schema(_ words: OperationWords, withName: Bool) -> JSONValue {
        var properties: [String: JSONValue] = [:]
        for parameter in parameters { properties[parameter.name] = parameter.schema(of: name, words) }
        var required = parameters.filter(\.isRequired).map { JSONValue.string($0.name) }
        var schema: [String: JSONValue] = ["type": "object", "additionalProperties": false]
        if withName {
            properties["op"] = ["const": .string(name)]
            required.insert("op", at: 0)
            schema["title"] = .string(name)
            schema["description"] = .string(words.help(of: self))
        }
        schema["properties"] = .object(properties)
        if !required.isEmpty { schema["required"] = .array(required) }
        if needsOneOf.count > 1 || (needsOneOf.count == 1 && !required.contains(.string(needsOneOf[0]))) {
            schema["anyOf"] = .array(needsOneOf.map { ["required": [.string($0)]] })
        }
        return .object(schema)
    }
}

extension OperationParameter {
    /// - Parameter owner: name of the operation, or of the operation and the object that holds it.
    func schema(of owner: String, _ words: OperationWords) -> JSONValue {
        guard case .object(var members) = kind.schema(of: "\(owner).\(name)", words) else { return true }
        let unit = words.unit(of: kind)
        let help = words.help(of: name, in: owner)
        members["description"] = .string(unit.isEmpty ? help : "\(help) (\(unit))")
        if let usual { members["default"] = usual }
        return .object(members)
    }
}

extension OperationParameter.Kind {
    func schema(of owner: String, _ words: OperationWords) -> JSONValue {
        switch self {
        case .time(let range), .integer(let range):
            return [
                "type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
            ]
        case .number(let range, _):
            return ["type": "number", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound)]
        case .choice(let names): return ["type": "string", "enum": .array(names.map { .string($0) })]
        case .name(let table): return ["type": "string", "enum": .array(table.names.map { .string($0) })]
        case .text(let most): return ["type": "string", "maxLength": .integer(Int64(most))]
        case .color: return ["type": "string", "pattern": "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$"]
        case .ratio: return ["type": "string", "pattern": "^[0-9.]+:[0-9.]+$|^(landscape|portrait|square)$"]
        case .flag: return ["type": "boolean"]
        case .segment: return Self.reference
        case .segments:
            return ["type": "array", "items": Self.reference, "maxItems": .integer(Int64(Self.mostReferences))]
        case .asset: return ["type": "string", "minLength": 1]
        case .assets:
            return [
                "type": "array", "items": ["type": "string", "minLength": 1],
                "maxItems": .integer(Int64(Self.mostReferences)),
            ]
        case .rect:
            return [
                "type": "array", "items": ["type": "number", "minimum": 0, "maximum": 1], "minItems": 4, "maxItems": 4,
            ]
        case .lines(let most):
            return ["type": "array", "items": ["type": "string"], "maxItems": .integer(Int64(most))]
        case .object(let parameters):
            var properties: [String: JSONValue] = [:]
            for parameter in parameters { properties[parameter.name] = parameter.schema(of: owner, words) }
            return ["type": "object", "additionalProperties": false, "properties": .object(properties)]
        case .either(let kinds):
            // Words out of a table and further words are one list.
            let choices = kinds.map(\.ownNames)
            if choices.allSatisfy({ $0 != nil }) {
                return [
                    "type": "string", "enum": .array(choices.compactMap(\.self).flatMap(\.self).map { .string($0) }),
                ]
            }
            return ["anyOf": .array(kinds.map { $0.schema(of: owner, words) })]
        }
    }

    private static let reference: JSONValue = [
        "anyOf": [["type": "string", "minLength": 1], ["type": "integer"]]
    ]

    /// The words a choice takes; nil of other kinds.
    var ownNames: [String]? {
        switch self {
        case .choice(let names): return names
        case .name(let table): return table.names
        default: return nil
        }
    }
}
