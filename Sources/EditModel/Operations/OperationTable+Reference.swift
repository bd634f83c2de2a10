// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

extension OperationTable {
    /// The reference page of all operations, in Markdown.
    public static func reference(language: String? = nil) -> String {
        let words = OperationWords.of(language: language)
        let terms = words.terms
        var page = "# \(terms.tableTitle)\n\n\(terms.referenceIntroduction)\n"
        for group in OperationGroup.allCases {
            let rows = entries.filter { $0.group == group }
            guard !rows.isEmpty else { continue }
            page += "\n## \(words.title(of: group))\n"
            for entry in rows { page += entry.reference(words) }
        }
        return page
    }
}

extension OperationDeclaration {
    fileprivate func reference(_ words: OperationWords) -> String {
        let terms = words.terms
        var section = "\n### `\(name)`\n\(words.help(of: self))"
        if needsOneOf.count > 1 {
            let names = needsOneOf.map { "`\($0)`" }.joined(separator: ", ")
            section += " " + terms.oneOfThese.filling(["names": names])
        }
        section += "\n\n"
        guard !parameters.isEmpty else { return section + "\(terms.noParameters)\n" }
        section += "| \(terms.parameter) | \(terms.values) | \(terms.meaning) |\n|---|---|---|\n"
        for parameter in parameters { section += parameter.reference(of: name, words) }
        return section
    }
}

extension OperationParameter {
    fileprivate func reference(of owner: String, _ words: OperationWords) -> String {
        let terms = words.terms
        var values = words.values(of: kind)
        let unit = words.unit(of: kind)
        if !unit.isEmpty { values += " (\(unit))" }
        if isRequired { values += "; \(terms.required)" }
        if let usual {
            values += "; " + terms.usual.filling(["value": usual.string ?? usual.text()])
        }
        var row = "| `\(name)` | \(values) | \(words.help(of: name, in: owner)) |\n"
        if case .object(let members) = kind {
            for member in members {
                let help = words.help(of: member.name, in: "\(owner).\(name)")
                row += "| `\(name).\(member.name)` | \(words.values(of: member.kind)) | \(help) |\n"
            }
        }
        return row
    }
}

extension OperationWords {
    /// Operations and parameters of the table that have no words here.
    public var wordless: [String] { keys.filter { !isWorded($0) } }

    /// Words here that nothing in the table needs.
    public var unused: [String] {
        let names = Set(OperationTable.entries.map(\.name))
        let known = Set(
            keys.flatMap { key in
                let parts = key.split(separator: ".").map(String.init)
                return [key, parts.last ?? key]
            })
        return operations.keys.filter { !names.contains($0) }.sorted()
            + parameters.keys.filter { !known.contains($0) }.sorted()
    }

    /// `operation`, `operation.parameter` and `operation.parameter.member` of all there are.
    private var keys: [String] {
        var keys: [String] = []
        for entry in OperationTable.entries {
            keys.append(entry.name)
            for parameter in entry.parameters {
                keys.append("\(entry.name).\(parameter.name)")
                if case .object(let members) = parameter.kind {
                    keys += members.map { "\(entry.name).\(parameter.name).\($0.name)" }
                }
            }
        }
        return keys
    }

    private func isWorded(_ key: String) -> Bool {
        guard key.contains(".") else { return operations[key] != nil }
        return parameters[key] != nil || parameters[key.split(separator: ".").last.map(String.init) ?? key] != nil
    }
}
