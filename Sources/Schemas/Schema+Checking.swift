// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON

extension Schema {
    /// What is wrong with a value and where: a path such as `new_message.parts[0]`, empty for the value itself.
    package struct Fault: Error, Hashable {
        package let field: String
        package let problem: String

        package var sentence: String {
            field.isEmpty ? "The body \(problem)." : "The field \(field) \(problem)."
        }
    }

    /// Throws where `value` is otherwise.
    ///
    /// - Parameter components: what `component` schemas stand for; those that have a reader of their own count as any object.
    package func check(
        _ value: JSONValue, at field: String = "", in components: [String: Schema]
    ) throws(Fault) {
        switch kind {
        case .anything: break
        case .null: if value != .null { throw wrong("null", value, field) }
        case .flag: if value.bool == nil { throw wrong("true or false", value, field) }
        case .text(let length):
            guard let text = value.string else { throw wrong("a text", value, field) }
            guard length.contains(text.unicodeScalars.count) else {
                throw Fault(
                    field: field,
                    problem: "must have \(length.lowerBound) to \(length.upperBound) characters, not "
                        + "\(text.unicodeScalars.count)")
            }
        case .word(let words):
            guard let text = value.string, words.contains(text) else {
                throw wrong("one of \(words.joined(separator: ", "))", value, field)
            }
        case .whole(let range):
            guard let number = value.integer, range.contains(number) else {
                throw wrong("a whole number from \(range.lowerBound) to \(range.upperBound)", value, field)
            }
        case .number(let range):
            guard let number = value.number, range?.contains(number) ?? true else {
                throw wrong(
                    range.map { "a number from \($0.lowerBound) to \($0.upperBound)" } ?? "a number", value, field)
            }
        case .list(let element, let most):
            guard let elements = value.array else { throw wrong("a list", value, field) }
            if let most, elements.count > most {
                throw Fault(field: field, problem: "must have at most \(most) entries, not \(elements.count)")
            }
            for (index, entry) in elements.enumerated() {
                try element.check(entry, at: "\(field)[\(index)]", in: components)
            }
        case .object(let members, let open): try check(value, members, open, at: field, components)
        case .either(let schemas): try check(value, oneOf: schemas, at: field, components)
        case .component(let name):
            guard let schema = components[name] else { return }
            try schema.check(value, at: field, in: components)
        }
    }

    private func check(
        _ value: JSONValue, _ members: [Member], _ open: Bool, at field: String, _ components: [String: Schema]
    ) throws(Fault) {
        guard let object = value.object else { throw wrong("an object", value, field) }
        for member in members {
            let path = field.isEmpty ? member.name : "\(field).\(member.name)"
            guard let part = object[member.name] else {
                if member.isRequired { throw Fault(field: path, problem: "is missing") }
                continue
            }
            try member.schema.check(part, at: path, in: components)
        }
        guard !open, let other = object.keys.sorted().first(where: { key in !members.contains { $0.name == key } })
        else { return }
        let known = members.map(\.name).joined(separator: ", ")
        throw Fault(
            field: field.isEmpty ? other : "\(field).\(other)", problem: "is not known here; known are \(known)")
    }

    /// The fault of the first that is of the right type is told.
    private func check(
        _ value: JSONValue, oneOf schemas: [Schema], at field: String, _ components: [String: Schema]
    ) throws(Fault) {
        var first: Fault?
        for schema in schemas {
            do throws(Fault) {
                try schema.check(value, at: field, in: components)
                return
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }

    private func wrong(_ wanted: String, _ value: JSONValue, _ field: String) -> Fault {
        var found = value.kind
        if case .string(let text) = value, text.utf8.count <= 40 { found = "\"\(text)\"" }
        if case .integer(let number) = value { found = "\(number)" }
        if case .number(let number) = value { found = "\(number)" }
        return Fault(field: field, problem: "must be \(wanted), not \(found)")
    }
}
