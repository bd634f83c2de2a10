// SPDX-License-Identifier: GPL-3.0-or-later
/// The completion script for fish 3: one rule for each command, option and argument.
struct FishCompletions {
    let program: String
    let places: [CommandPlace]
    let catalogue: Catalogue

    var script: String {
        let known = places.filter { !$0.path.isEmpty }.map { quoted($0.path.joined(separator: " ")) }
        return """
            # Completion of \(program) for fish, made by '\(program) completions fish'.
            function __\(program)_at --description 'Whether the words so far name this command'
                set -l words (commandline -opc)
                set -l path
                for word in $words[2..]
                    set -l longer (string join ' ' -- $path $word)
                    contains -- $longer \(known.joined(separator: " ")); and set path $path $word
                end
                test "$path" = "$argv"
            end

            complete -c \(program) -f
            \(places.flatMap(rules).joined(separator: "\n"))

            """
    }

    private func rules(_ place: CommandPlace) -> [String] {
        let at = "complete -c \(program) -n " + quoted("__\(program)_at \(place.path.joined(separator: " "))")
        let words = place.words(program, catalogue)
        var rules = place.subcommands.map { sub in
            let said = CommandWords(path: place.path + [sub], program: program, catalogue: catalogue).summary
            return "\(at) -a \(sub) -d \(text(said))"
        }
        rules.append("\(at) -s h -l help -d \(text(catalogue.text("--help")))")
        if place.path.isEmpty { rules.append("\(at) -l version -d \(text(catalogue.text("--version")))") }
        for option in place.options {
            let short = option.short.map { " -s \($0)" } ?? ""
            let said = text(catalogue.first(of: words.keys(option)) ?? option.name)
            let value = option.shape == .option ? " " + needed(option.completion) : ""
            rules.append("\(at)\(short) -l \(option.name)\(value) -d \(said)")
        }
        for argument in place.arguments {
            switch argument.completion {
            case .nothing: break
            case .names(let names): rules.append("\(at) -a \(text(names.joined(separator: " ")))")
            case .files, .folders: rules.append("\(at) -F")
            }
        }
        return rules.uniqued
    }

    private func needed(_ completion: Completion) -> String {
        switch completion {
        case .nothing: "-x"
        case .names(let names): "-x -a \(text(names.joined(separator: " ")))"
        case .files(let extensions) where extensions.isEmpty: "-r -F"
        case .files(let extensions):
            "-r -k -a \(text("(__fish_complete_suffix \(extensions.map { ".\($0)" }.joined(separator: " ")))"))"
        case .folders: "-x -a '(__fish_complete_directories)'"
        }
    }

    /// A text between single quotes, as fish reads it: a backslash before a quote or backslash.
    private func text(_ text: String) -> String {
        "'" + text.map { "\\'".contains($0) ? "\\\($0)" : $0 == "\n" ? " " : String($0) }.joined() + "'"
    }
}
