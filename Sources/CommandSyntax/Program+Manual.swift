// SPDX-License-Identifier: GPL-3.0-or-later
extension Program {
    /// The manual page of the whole program in section 1, in roff with the `man` macros.
    public func manual(in language: Language) -> String {
        ManualPage(
            program: root.name, version: version, date: date, places: commands.places(in: []),
            variables: environment, catalogue: catalogue(language)
        ).text
    }
}

/// The manual page: every command with all its options, exit codes and environment.
struct ManualPage {
    let program: String
    let version: String
    let date: String
    let places: [CommandPlace]
    let variables: [String]
    let catalogue: Catalogue

    var text: String {
        let root = places.first { $0.path.isEmpty }
        let words = CommandWords(path: [], program: program, catalogue: catalogue)
        var lines = [
            ".\\\" Made by '\(program) manual'; do not edit.",
            ".TH \(argument(program.uppercased())) 1 \"\(date)\" \(argument("\(program) \(version)"))",
            heading("manual name"), roff(program) + " \\- " + roff(words.summary), heading("manual synopsis"),
        ]
        for (index, place) in places.filter(\.subcommands.isEmpty).enumerated() {
            lines += (index > 0 ? [".br"] : []) + [".B " + roff(place.usage(program, catalogue))]
        }
        if let about = words.about { lines += [heading("manual description")] + lead(about) }
        if let root, root.subcommands.isEmpty { lines += parameters(root) }
        lines.append(heading("manual commands"))
        for place in places where !place.path.isEmpty && place.subcommands.isEmpty { lines += command(place) }
        lines += [heading("manual exit")]
        for status in ["0", "1", "2", "130"] {
            lines += [".TP", ".B \(status)", roff(catalogue.text("exit \(status)"))]
        }
        if !variables.isEmpty {
            lines.append(heading("manual environment"))
            for name in variables { lines += [".TP", ".B \(roff(name))", roff(catalogue.text("environment \(name)"))] }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func heading(_ key: String) -> String { ".SH \(argument(catalogue.text(key)))" }

    private func command(_ place: CommandPlace) -> [String] {
        let words = place.words(program, catalogue)
        var lines = [".SS " + argument(place.path.joined(separator: " "))] + lead(words.summary)
        if let about = words.about { lines += paragraphs(about) }
        lines += parameters(place)
        if !place.examples.isEmpty { lines += [".PP", ".I " + roff(catalogue.text("heading examples"))] }
        for example in place.examples {
            lines += [
                ".PP", roff(words.said(of: example) ?? ""), ".PP", ".nf", ".RS", roff(example.line), ".RE", ".fi",
            ]
        }
        return lines.filter { !$0.isEmpty }
    }

    private func parameters(_ place: CommandPlace) -> [String] {
        let words = place.words(program, catalogue)
        return place.parameters.flatMap { parameter -> [String] in
            var label = parameter.shape == .argument ? parameter.name : parameter.dashed.joined(separator: ", ")
            label = "\\fB\(roff(label))\\fR"
            if parameter.shape == .option {
                label += " \\fI\(roff(catalogue.text("value \(parameter.placeholder)")))\\fR"
            }
            return [".TP", label, roff(words.said(of: parameter, namesShown: .max))]
        }
    }

    /// Paragraphs after a heading: the first needs no request.
    private func lead(_ text: String) -> [String] { Array(paragraphs(text).dropFirst()) }

    private func paragraphs(_ text: String) -> [String] {
        text.split(separator: "\n").flatMap { [".PP", roff(String($0))] }
    }

    /// Text as roff reads it: backslashes and dashes as themselves, no dot or quote that begins a request.
    private func roff(_ text: String) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\e"
            case "-": result += "\\-"
            case "~": result += "\\(ti"
            case "^": result += "\\(ha"
            case "\n": result += " "
            default: result.append(character)
            }
        }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }

    /// Text as one argument of a request.
    private func argument(_ text: String) -> String {
        "\"" + roff(text).map { $0 == "\"" ? "\\(dq" : String($0) }.joined() + "\""
    }
}
