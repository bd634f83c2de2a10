// SPDX-License-Identifier: GPL-3.0-or-later
extension Program {
    /// The reference page of every command with all its options, exit codes and environment, in Markdown.
    public func reference(in language: Language) -> String {
        ReferencePage(
            program: root.name, places: commands.places(in: []), variables: environment,
            catalogue: catalogue(language)
        ).text
    }
}

/// The reference page; what the manual says, with a section for each command.
struct ReferencePage {
    let program: String
    let places: [CommandPlace]
    let variables: [String]
    let catalogue: Catalogue

    var text: String {
        let words = CommandWords(path: [], program: program, catalogue: catalogue)
        var parts = ["# \(program)", plain(words.summary)]
        if let about = words.about { parts += paragraphs(about) }
        parts.append(
            plain(catalogue.text("reference made", ["program": program])))
        for place in places where place.subcommands.isEmpty { parts += command(place) }
        parts += ["## \(catalogue.text("reference exit"))", table(["0", "1", "2", "130"]) { "exit \($0)" }]
        if !variables.isEmpty {
            parts += ["## \(catalogue.text("reference environment"))", table(variables) { "environment \($0)" }]
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    // MARK: Commands

    private func command(_ place: CommandPlace) -> [String] {
        let words = place.words(program, catalogue)
        var parts = ["## \(([program] + place.path).joined(separator: " "))", plain(words.summary)]
        parts.append("```\n\(place.usage(program, catalogue))\n```")
        if let about = words.about { parts += paragraphs(about) }
        if !place.arguments.isEmpty { parts.append(table("arguments", place.arguments, words)) }
        for heading in place.options.map({ $0.heading ?? "options" }).uniqued {
            parts.append(table(heading, place.options.filter { ($0.heading ?? "options") == heading }, words))
        }
        for example in place.examples {
            parts += [plain(words.said(of: example) ?? "") + ":", "```sh\n\(example.line)\n```"]
        }
        return parts
    }

    private func table(_ heading: String, _ parameters: [ParameterFacts], _ words: CommandWords) -> String {
        let rows = parameters.map { parameter in
            "| \(label(parameter)) | \(cell(words.said(of: parameter, namesShown: .max))) |"
        }
        return (["| \(catalogue.text("heading \(heading)")) | |", "|---|---|"] + rows).joined(separator: "\n")
    }

    private func label(_ parameter: ParameterFacts) -> String {
        guard parameter.shape != .argument else { return "`\(parameter.name)`" }
        let value = parameter.shape == .option ? " <\(catalogue.text("value \(parameter.placeholder)"))>" : ""
        return "`\(parameter.dashed.joined(separator: ", "))\(value)`"
    }

    private func table(_ names: [String], _ key: (String) -> String) -> String {
        (["| | |", "|---|---|"] + names.map { "| `\($0)` | \(cell(catalogue.text(key($0)))) |" })
            .joined(separator: "\n")
    }

    // MARK: Text

    private func paragraphs(_ text: String) -> [String] { text.split(separator: "\n").map { plain(String($0)) } }

    /// Text that Markdown shows as it is: stars, angles and the like are no marks.
    private func plain(_ text: String) -> String {
        text.map { "\\*_<>[]`".contains($0) ? "\\\($0)" : String($0) }.joined()
    }

    private func cell(_ text: String) -> String {
        plain(text).replacing("|", with: "\\|").replacing("\n", with: "<br>")
    }
}
