// SPDX-License-Identifier: GPL-3.0-or-later
extension Program {
    /// What is wrong with the declarations themselves; a test asks for none. Names twice in one command, `-h`, `--help` or
    /// `--version` taken, a required argument after one that may be left out, anything after an argument that takes all the rest.
    public var faults: [String] {
        var faults: [String] = []
        func twice(_ names: [String], _ whose: String) {
            var seen: Set<String> = []
            for name in names where !seen.insert(name).inserted { faults.append("\(whose): \(name) is declared twice") }
        }
        func examine(_ command: Command<Ordered>, _ path: [String]) {
            let whose = ([root.name] + path).joined(separator: " ")
            let options = command.parameters.filter { $0.shape != .argument }
            twice(options.flatMap { [$0.name] + $0.aliases }.map { "--\($0)" } + ["--help"], whose)
            twice(options.compactMap(\.short).map { "-\($0)" } + ["-h"], whose)
            twice(command.subcommands.map(\.name), whose)
            let arguments = command.parameters.filter { $0.shape == .argument }
            twice(arguments.map(\.name), whose)
            for (earlier, later) in zip(arguments, arguments.dropFirst()) {
                if earlier.repeats { faults.append("\(whose): \(earlier.name) leaves nothing for \(later.name)") }
                if later.isRequired, !earlier.isRequired {
                    faults.append("\(whose): \(later.name) must be given, but \(earlier.name) before it need not")
                }
            }
            for sub in command.subcommands { examine(sub, path + [sub.name]) }
        }
        examine(commands, [])
        return faults
    }

    /// Keys that help, errors and the manual look up and the language's catalogues (without English behind them) lack.
    ///
    /// `about`, example and default words may be missing; examples and defaults that English has, other languages need too.
    public func missingWords(in language: Language) -> [String] {
        let own = ownWords[language] ?? [:]
        let english = ownWords[.english] ?? [:]
        var missing: [String] = []
        func need(_ keys: [String]) {
            if !keys.contains(where: { own[$0] != nil }) { missing.append(keys[0]) }
        }
        func want(_ keys: [String]) {
            if keys.contains(where: { english[$0] != nil }) { need(keys) }
        }
        for place in root.places(in: []) {
            let words = place.words(root.name, catalogue(language))
            need([words.key])
            want(["\(words.key) about"])
            for parameter in place.parameters {
                need(words.keys(parameter))
                want(words.keys(parameter, " default"))
                if let heading = parameter.heading { need(["heading \(heading)"]) }
                if parameter.shape == .option { need(["value \(parameter.placeholder)"]) }
            }
            for example in place.examples { need([words.key(example)]) }
        }
        for name in environment { need(["environment \(name)"]) }
        return missing.uniqued
    }
}
