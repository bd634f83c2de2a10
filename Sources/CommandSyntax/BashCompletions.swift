// SPDX-License-Identifier: GPL-3.0-or-later
/// The completion script for bash 4 and later; needs no bash-completion package.
struct BashCompletions {
    let program: String
    let places: [CommandPlace]

    private var function: String { "_\(program.filter { $0.isLetter || $0.isNumber })" }

    var script: String {
        """
        # Completion of \(program) for bash, made by '\(program) completions bash'.
        \(function)_files() {
            local file extension
            while IFS= read -r file; do
                if [[ $# -eq 0 || -d "$file" ]]; then
                    COMPREPLY+=("$file")
                    continue
                fi
                for extension in "$@"; do
                    [[ "${file,,}" == *".$extension" ]] && COMPREPLY+=("$file")
                done
            done < <(compgen -f -- "$current")
            compopt -o filenames 2>/dev/null
        }

        \(function)() {
            local current="${COMP_WORDS[COMP_CWORD]}" option="" path="" place=0 i word
            COMPREPLY=()
            # bash hands over --option=value as three words
            if [[ "$current" == "=" ]]; then
                current=""
                option="${COMP_WORDS[COMP_CWORD - 1]}"
            elif [[ $COMP_CWORD -gt 2 && "${COMP_WORDS[COMP_CWORD - 1]}" == "=" ]]; then
                option="${COMP_WORDS[COMP_CWORD - 2]}"
            elif [[ $COMP_CWORD -gt 1 ]]; then
                option="${COMP_WORDS[COMP_CWORD - 1]}"
            fi
            for ((i = 1; i < COMP_CWORD; i++)); do
                word="${COMP_WORDS[i]}"
                case "$path $word" in
        \(indented(paths, 3))
                esac
                case "$path:$word" in
        \(indented(skips, 3))
                    *:-*|*:=) ;;
                    *) ((place++)) ;;
                esac
            done
            case "$path:$option" in
        \(indented(values, 2))
            esac
            if [[ "$current" == -* ]]; then
                case "$path" in
        \(indented(options, 3))
                esac
                return
            fi
            case "$path:$place" in
        \(indented(arguments, 2))
            esac
        }

        complete -F \(function) \(program)

        """
    }

    private func indented(_ lines: [String], _ depth: Int) -> String {
        lines.map { String(repeating: "    ", count: depth) + $0 }.joined(separator: "\n")
    }

    /// What the path variable holds: a space before each word.
    private func path(_ place: CommandPlace) -> String { place.path.map { " \($0)" }.joined() }

    private var paths: [String] {
        let known = places.filter { !$0.path.isEmpty }.map { "\"\(path($0))\"" }
        guard !known.isEmpty else { return [] }
        return [known.joined(separator: "|") + ")", "    path=\"$path $word\"", "    continue", "    ;;"]
    }

    private var skips: [String] {
        let labels = places.flatMap { place in
            place.options.filter { $0.shape == .option }.flatMap(\.dashed).map { "\"\(path(place)):\($0)\"" }
        }
        guard !labels.isEmpty else { return [] }
        return [
            labels.joined(separator: "|") + ")", "    [[ \"${COMP_WORDS[i + 1]}\" == \"=\" ]] && ((i++))",
            "    ((i++))", "    ;;",
        ]
    }

    private var values: [String] {
        places.flatMap { place in
            place.options.filter { $0.shape == .option }.map { option in
                let labels = option.dashed.map { "\"\(path(place)):\($0)\"" }.joined(separator: "|")
                return "\(labels)) \(reply(option.completion)); return ;;"
            }
        }
    }

    private var options: [String] {
        places.map { place in
            let names = place.options.map(\.label) + place.builtIn
            return "\"\(path(place))\") \(reply(.names(names))) ;;"
        }
    }

    private var arguments: [String] {
        places.flatMap { place -> [String] in
            if !place.subcommands.isEmpty { return ["\"\(path(place))\":*) \(reply(.names(place.subcommands))) ;;"] }
            return place.arguments.enumerated().map { index, argument in
                let at = argument.repeats ? "*" : String(index)
                return "\"\(path(place))\":\(at)) \(reply(argument.completion)) ;;"
            }
        }
    }

    private func reply(_ completion: Completion) -> String {
        switch completion {
        case .nothing: ":"
        case .names(let names):
            "mapfile -t COMPREPLY < <(compgen -W \(quoted(names.joined(separator: " "))) -- \"$current\")"
        case .files(let extensions): ([function + "_files"] + extensions).joined(separator: " ")
        case .folders: "mapfile -t COMPREPLY < <(compgen -d -- \"$current\"); compopt -o filenames 2>/dev/null"
        }
    }
}
