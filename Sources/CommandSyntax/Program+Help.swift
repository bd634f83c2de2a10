// SPDX-License-Identifier: GPL-3.0-or-later
import Wording

extension Program {
    /// The help page of the command at `path` (without the program's name; empty for the program itself), ending in a newline.
    public func help(
        for path: [String], in language: Language, on terminal: Terminal = .plain
    ) throws(UsageError) -> String {
        var command = commands
        for word in path {
            do throws(UsageError) { command = try command.subcommand(word) } catch {
                var error = error
                error.path = [root.name, "help"]
                throw error
            }
        }
        return HelpPage(
            command: command, path: path, program: root.name, catalogue: catalogue(language), terminal: terminal
        ).text
    }
}

/// One command's help: what it is, how it is called, its arguments and options in columns, examples.
struct HelpPage<Order: Sendable> {
    let command: Command<Order>
    let path: [String]
    let program: String
    let catalogue: Catalogue
    let terminal: Terminal

    private var ink: Ink { terminal.ink }
    private var width: Int { min(max(terminal.width, 40), 100) }
    private var words: CommandWords { CommandWords(path: path, program: program, catalogue: catalogue) }

    var text: String {
        var parts = [paragraphs(words.summary)]
        parts.append(ink.heading(catalogue.text("usage")) + " " + command.usage(path, program, catalogue))
        if let about = words.about { parts.append(paragraphs(about)) }
        parts.append(contentsOf: sections)
        if !command.examples.isEmpty { parts.append(examples) }
        if !command.subcommands.isEmpty {
            let example = command.visibleSubcommands.first?.name ?? ""
            parts.append(
                paragraphs(
                    catalogue.text(
                        "help more",
                        ["program": ([program] + path).joined(separator: " "), "command": example])))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private func paragraphs(_ text: String) -> String { text.wrapped(to: width).joined(separator: "\n") }

    // MARK: Columns

    /// What stands left (with its ink) and what is said right of it.
    private struct Row {
        var left: String
        var inked: String
        var right: String
    }

    private var sections: [String] {
        var sections: [(heading: String, rows: [Row])] = []
        let commands = command.visibleSubcommands.map { sub in
            let said = CommandWords(path: path + [sub.name], program: program, catalogue: catalogue).summary
            return Row(left: sub.name, inked: ink.name(sub.name), right: said)
        }
        if !commands.isEmpty { sections.append(("commands", commands)) }
        let shown = command.parameters.filter { !$0.isHidden }
        let arguments = shown.filter { $0.shape == .argument }
        if !arguments.isEmpty { sections.append(("arguments", arguments.map(row))) }
        let options = shown.filter { $0.shape != .argument }
        for heading in options.map({ $0.heading ?? "options" }).uniqued {
            sections.append((heading, options.filter { ($0.heading ?? "options") == heading }.map(row)))
        }
        sections.append(("general", general))
        let left = min(sections.flatMap(\.rows).map(\.left.displayWidth).max() ?? 0, max(18, width * 2 / 5))
        return sections.map { section in
            let below = section.rows.flatMap { lines(of: $0, left: left) }
            return ([ink.heading(catalogue.text("heading \(section.heading)"))] + below).joined(separator: "\n")
        }
    }

    private var general: [Row] {
        var rows = [Row(left: "-h, --help", inked: ink.name("-h, --help"), right: catalogue.text("--help"))]
        if path.isEmpty {
            rows.append(
                Row(left: "    --version", inked: ink.name("    --version"), right: catalogue.text("--version")))
        }
        return rows
    }

    private func row(_ parameter: ParameterFacts) -> Row {
        let value = parameter.shape == .option ? " <\(catalogue.text("value \(parameter.placeholder)"))>" : ""
        let name: String
        switch parameter.shape {
        case .argument: name = parameter.name
        case .option, .flag: name = (parameter.short.map { "-\($0), " } ?? "    ") + parameter.label
        }
        return Row(left: name + value, inked: ink.name(name) + ink.faint(value), right: words.said(of: parameter))
    }

    private func lines(of row: Row, left: Int) -> [String] {
        let right = row.right.wrapped(to: width - left - 4)
        let indent = String(repeating: " ", count: left + 4)
        let space = left - row.left.displayWidth
        guard space >= 0, let first = right.first else { return ["  " + row.inked] + right.map { indent + $0 } }
        let head = "  " + row.inked + String(repeating: " ", count: space + 2) + first
        return [head] + right.dropFirst().map { indent + $0 }
    }

    private var examples: String {
        let lines = command.examples.flatMap { example in
            ["  " + example.line]
                + (words.said(of: example) ?? "").wrapped(to: width - 6).map { ink.faint("      " + $0) }
        }
        return ([ink.heading(catalogue.text("heading examples"))] + lines).joined(separator: "\n")
    }
}

/// The catalogue's words for one command and its parameters.
struct CommandWords {
    let path: [String]
    let program: String
    let catalogue: Catalogue

    /// What the command's own keys begin with; the program's name for the root.
    var key: String { path.isEmpty ? program : path.joined(separator: " ") }

    var summary: String { catalogue.text(key) }
    var about: String? { catalogue["\(key) about"].map { Wording.fill($0, ["program": program]) } }

    /// Keys of a parameter's words, the command's own first.
    func keys(_ parameter: ParameterFacts, _ what: String = "") -> [String] {
        ["\(key) \(parameter.label)\(what)", "\(parameter.label)\(what)"]
    }

    func key(_ example: Example) -> String { "\(key) example \(example.name)" }

    func said(of example: Example) -> String? {
        catalogue[key(example)].map { Wording.fill($0, ["program": program]) }
    }

    /// The help of a parameter, with what is allowed, its default and whether it repeats.
    func said(of parameter: ParameterFacts, namesShown: Int = 16) -> String {
        let keys = keys(parameter)
        var notes: [String] = []
        if let allowed = parameter.allowed.text(in: catalogue, namesShown: namesShown) { notes.append(allowed) }
        let value = parameter.defaultText ?? catalogue.first(of: self.keys(parameter, " default")) ?? ""
        if !value.isEmpty { notes.append(catalogue.text("help default", ["value": value])) }
        if parameter.repeats, parameter.shape == .option { notes.append(catalogue.text("help repeat")) }
        let said = catalogue.first(of: keys) ?? keys[1]
        return notes.isEmpty
            ? said
            : said + catalogue.text("help notes", ["notes": notes.joined(separator: catalogue.text("help note and"))])
    }
}

extension Command {
    /// How the command is called: `kinora make [options] INPUT…`.
    func usage(_ path: [String], _ program: String, _ catalogue: Catalogue) -> String {
        var parts = [program] + path
        if !subcommands.isEmpty { parts.append("<\(catalogue.text("command"))>") }
        if parameters.contains(where: { $0.shape != .argument && !$0.isHidden }) || !subcommands.isEmpty {
            parts.append("[\(catalogue.text("options"))]")
        }
        for argument in parameters where argument.shape == .argument && !argument.isHidden {
            let word = argument.repeats ? argument.name + "…" : argument.name
            parts.append(argument.isRequired ? word : "[\(word)]")
        }
        return parts.joined(separator: " ")
    }
}

extension Sequence where Element: Hashable {
    /// The elements without those that came before.
    var uniqued: [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
