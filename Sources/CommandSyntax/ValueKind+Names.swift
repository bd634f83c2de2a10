// SPDX-License-Identifier: GPL-3.0-or-later
extension ValueKind where Value == String {
    /// Any text, even none.
    public static var text: ValueKind {
        ValueKind("text") { text throws(ValueProblem) in
            text
        } write: {
            $0
        }
    }

    /// One name of a list. Case does not matter, nor whether its words are joined by `-`, `_` or nothing; `aliases` are other
    /// names (in any language) for names of the list and are not shown.
    public static func name(of names: [String], aliases: [String: String] = [:]) -> ValueKind {
        named(names.map { ($0, $0) }, aliases: aliases) { $0 }
    }

    /// A file: any path but an empty one. Completed by files whose names end in `extensions` (without dots), or all.
    public static func file(_ extensions: [String] = []) -> ValueKind { path("file", .files(extensions)) }
    public static var file: ValueKind { file() }
    /// A folder: any path but an empty one.
    public static var folder: ValueKind { path("folder", .folders) }
    /// A file or folder: any path but an empty one.
    public static var path: ValueKind { path("path", .files([])) }

    private static func path(_ placeholder: String, _ completion: Completion) -> ValueKind {
        ValueKind(placeholder, completion: completion) { text throws(ValueProblem) in
            guard !text.isEmpty else { throw ValueProblem("empty") }
            return text
        } write: {
            $0
        }
    }
}

extension ValueKind {
    /// One name of a list, each with the value it stands for; see `name(of:aliases:)`.
    ///
    /// - Parameter write: the name of a value.
    public static func named(
        _ list: [(String, Value)], aliases: [String: String] = [:], write: @escaping @Sendable (Value) -> String
    ) -> ValueKind {
        let names = list.map(\.0)
        var values: [String: Value] = [:]
        for (name, value) in list { values[plainName(name)] = value }
        for (alias, name) in aliases { values[plainName(alias)] = values[plainName(alias)] ?? values[plainName(name)] }
        let known = values
        return ValueKind("name", allowed: .names(names), completion: .names(names)) { text throws(ValueProblem) in
            guard let value = known[plainName(text)] else {
                throw ValueProblem("not-name", nearest: nearestName(to: text, among: names))
            }
            return value
        } write: {
            write($0)
        }
    }

    /// A name of a list, else a value of another kind: `.either([("square", Ratio(width: 1, height: 1))], or: .ratio)`.
    public static func either(
        _ list: [(String, Value)], aliases: [String: String] = [:], or other: ValueKind
    ) -> ValueKind {
        let named = ValueKind.named(list, aliases: aliases, write: other.write)
        return ValueKind(
            other.placeholder, allowed: .namesOr(list.map(\.0), placeholder: other.placeholder),
            completion: named.completion
        ) { text throws(ValueProblem) in
            do throws(ValueProblem) { return try named.read(text) } catch let unnamed {
                do throws(ValueProblem) { return try other.read(text) } catch var problem {
                    problem.nearest = problem.nearest ?? unnamed.nearest
                    throw problem
                }
            }
        } write: {
            other.write($0)
        }
    }
}

extension ValueKind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
    /// One case of an enumeration, by its raw value.
    public static var name: ValueKind { name() }

    /// One case of an enumeration, by its raw value or another name for it; see `name(of:aliases:)`.
    public static func name(aliases: [String: String] = [:]) -> ValueKind {
        named(Value.allCases.map { ($0.rawValue, $0) }, aliases: aliases) { $0.rawValue }
    }
}

private func plainName(_ name: String) -> String { name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " } }
