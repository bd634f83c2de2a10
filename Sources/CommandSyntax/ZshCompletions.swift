// SPDX-License-Identifier: GPL-3.0-or-later
/// The completion script for zsh: a function for each command, on zsh's own `_arguments`.
struct ZshCompletions {
    let program: String
    let places: [CommandPlace]
    let catalogue: Catalogue

    var script: String {
        let functions = places.map(function).joined(separator: "\n\n")
        return """
            #compdef \(program)
            # Completion of \(program) for zsh, made by '\(program) completions zsh'.
            \(functions)

            if [[ "${funcstack[1]}" == "_\(program)" ]]; then
                _\(program) "$@"
            else
                compdef _\(program) \(program)
            fi

            """
    }

    private func name(_ path: [String]) -> String { "_" + ([program] + path).joined(separator: "_") }

    private func function(_ place: CommandPlace) -> String {
        place.subcommands.isEmpty ? command(place) : group(place)
    }

    private func group(_ place: CommandPlace) -> String {
        let said = place.subcommands.map { sub in
            let summary = CommandWords(path: place.path + [sub], program: program, catalogue: catalogue).summary
            return "        " + quoted(sub + ":" + escaped(summary, ":\\"))
        }
        let cases = place.subcommands.map { "                \($0)) \(name(place.path + [$0])) ;;" }
        return """
            \(name(place.path))() {
                local context state state_descr line
                typeset -A opt_args
                local -a commands=(
            \(said.joined(separator: "\n"))
                )
                _arguments -C \(builtIn(place).joined(separator: " ")) '1: :->command' '*:: :->rest'
                case "$state" in
                    command) _describe -t commands command commands ;;
                    rest)
                        case "${words[1]}" in
            \(cases.joined(separator: "\n"))
                        esac
                        ;;
                esac
            }
            """
    }

    private func command(_ place: CommandPlace) -> String {
        let words = place.words(program, catalogue)
        let options = place.options.map { option in
            let value = option.shape == .option ? ":\(placeholder(option)):\(action(option.completion))" : ""
            let said = "[\(escaped(catalogue.first(of: words.keys(option)) ?? option.name, "[]:\\"))]"
            let equals = option.shape == .option ? "=" : ""
            guard let short = option.short else {
                return quoted((option.repeats ? "*" : "") + option.label + equals + said + value)
            }
            let others = option.repeats ? "'*'" : quoted("(-\(short) \(option.label))")
            let plus = option.shape == .option ? "+" : ""
            return "\(others){-\(short)\(plus),\(option.label)\(equals)}" + quoted(said + value)
        }
        let arguments = place.arguments.map { argument in
            let head = argument.repeats ? "*:" : argument.isRequired ? ":" : "::"
            return quoted(head + argument.name.lowercased() + ":" + action(argument.completion))
        }
        let specifications = (builtIn(place) + options + arguments).map { "        \($0)" }
        return """
            \(name(place.path))() {
                _arguments -s -S \\
            \(specifications.joined(separator: " \\\n"))
            }
            """
    }

    private func builtIn(_ place: CommandPlace) -> [String] {
        var all = ["'(- *)'{-h,--help}" + quoted("[\(escaped(catalogue.text("--help"), "[]:\\"))]")]
        if place.path.isEmpty { all.append(quoted("(- *)--version[\(escaped(catalogue.text("--version"), "[]:\\"))]")) }
        return all
    }

    private func placeholder(_ option: ParameterFacts) -> String {
        escaped(catalogue.text("value \(option.placeholder)"), ":\\")
    }

    private func action(_ completion: Completion) -> String {
        switch completion {
        case .nothing: " "
        case .names(let names): "(\(names.map { escaped($0, ":\\ ()") }.joined(separator: " ")))"
        case .files(let extensions) where extensions.isEmpty: "_files"
        case .files(let extensions):
            // Both cases by name: ignoring case would need EXTENDED_GLOB, which a person's shell may lack.
            "_files -g \"*.(\(extensions.flatMap { [$0, $0.uppercased()] }.joined(separator: "|")))\""
        case .folders: "_files -/"
        }
    }

    private func escaped(_ text: String, _ special: String) -> String {
        text.map { special.contains($0) ? "\\\($0)" : $0 == "\n" ? " " : String($0) }.joined()
    }
}
