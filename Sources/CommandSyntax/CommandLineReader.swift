// SPDX-License-Identifier: GPL-3.0-or-later
/// Reads a command line against declared commands: finds the command, ties each text to a parameter, checks what is missing.
struct CommandLineReader<Order: Sendable> {
    let root: Command<Order>

    enum Reading {
        case order(Order)
        /// Help for the command at this path (without the program's name).
        case help([String])
        case version
    }

    func read(_ arguments: [String]) throws(UsageError) -> Reading {
        if let path = helpAsked(in: arguments) { return .help(path) }
        var (command, path, rest) = (root, [root.name], arguments[...])
        do throws(UsageError) {
            while !command.subcommands.isEmpty {
                guard let word = rest.popFirst() else {
                    if path.count == 1 { return .help([]) }
                    throw UsageError(.missingCommand, allowed: .names(command.visibleSubcommands.map(\.name)))
                }
                if path.count == 1, word == "--version" { return .version }
                command = try command.subcommand(word)
                path.append(command.name)
            }
            guard let order = command.order else { throw UsageError(.missingCommand) }
            return .order(try order(given(for: command, in: rest)))
        } catch {
            var error = error
            error.path = path
            throw error
        }
    }

    /// The path of the command whose help is asked for: `--help` or `-h` anywhere before `--`.
    private func helpAsked(in arguments: [String]) -> [String]? {
        let open = arguments.prefix { $0 != "--" }
        guard open.contains(where: { $0 == "--help" || $0 == "-h" }) else { return nil }
        var (command, path) = (root, [String]())
        for word in open where !word.hasPrefix("-") {
            guard let next = command.subcommands.first(where: { $0.name == word }) else { break }
            command = next
            path.append(word)
        }
        return path
    }

    /// The texts given for a command's parameters, in the order they stand.
    private func given(for command: Command<Order>, in arguments: ArraySlice<String>) throws(UsageError) -> [Given] {
        var rest = arguments
        var given: [Given] = []
        var places = command.parameters.indices.filter { command.parameters[$0].shape == .argument }[...]
        var filled: Set<Int> = []
        var onlyArguments = false
        while let token = rest.popFirst() {
            if !onlyArguments, token == "--" {
                onlyArguments = true
            } else if !onlyArguments, command.readsAsOption(token) {
                if token.hasPrefix("--") {
                    try readLong(token, of: command, from: &rest, into: &given)
                } else {
                    try readShort(token, of: command, from: &rest, into: &given)
                }
            } else {
                guard let place = places.first else { throw UsageError(.extraArgument, given: token) }
                given.append(Given(parameter: place, label: command.parameters[place].name, text: token))
                filled.insert(place)
                if !command.parameters[place].repeats { places.removeFirst() }
            }
        }
        for place in places where command.parameters[place].isRequired && !filled.contains(place) {
            let missing = command.parameters[place]
            throw UsageError(.missingArgument, subject: missing.name, allowed: missing.allowed)
        }
        return given
    }

    /// `--name`, `--name value` or `--name=value`.
    private func readLong(
        _ token: String, of command: Command<Order>, from rest: inout ArraySlice<String>, into given: inout [Given]
    ) throws(UsageError) {
        let equals = token.firstIndex(of: "=")
        let name = String(token[..<(equals ?? token.endIndex)].dropFirst(2))
        guard let index = command.parameters.firstIndex(where: { $0.isCalled(name) }) else {
            let names = command.parameters.filter { $0.shape != .argument && !$0.isHidden }.map(\.name)
            throw UsageError(
                .unknownOption, given: "--\(name)",
                nearest: nearestName(to: name, among: names + ["help"]).map { "--\($0)" })
        }
        let value = equals.map { String(token[token.index(after: $0)...]) }
        let parameter = command.parameters[index]
        if parameter.shape == .flag {
            if let value { throw UsageError(.unexpectedValue, subject: parameter.label, given: value) }
            given.append(Given(parameter: index, label: parameter.label, text: ""))
        } else {
            var one = Given(parameter: index, label: parameter.label, text: value ?? "")
            if value == nil {
                one.text = try nextValue(for: parameter, label: parameter.label, of: command, from: &rest)
            }
            given.append(one)
        }
    }

    /// `-v`, `-vq`, `-o value`, `-ovalue` or `-o=value`.
    private func readShort(
        _ token: String, of command: Command<Order>, from rest: inout ArraySlice<String>, into given: inout [Given]
    ) throws(UsageError) {
        var letters = token.dropFirst()
        while let letter = letters.popFirst() {
            guard let index = command.parameters.firstIndex(where: { $0.short == letter }) else {
                let meant = letters.isEmpty ? nil : command.parameters.first { $0.isCalled(String(token.dropFirst())) }
                throw UsageError(
                    .unknownOption, given: meant == nil ? "-\(letter)" : token, nearest: meant?.label)
            }
            let parameter = command.parameters[index]
            let label = "-\(letter)"
            if parameter.shape == .flag {
                if letters.first == "=" {
                    throw UsageError(.unexpectedValue, subject: label, given: String(letters.dropFirst()))
                }
                given.append(Given(parameter: index, label: label, text: ""))
                continue
            }
            let text: String
            if letters.isEmpty {
                text = try nextValue(for: parameter, label: label, of: command, from: &rest)
            } else {
                text = String(letters.first == "=" ? letters.dropFirst() : letters)
            }
            given.append(Given(parameter: index, label: label, text: text))
            return
        }
    }

    /// The next word as a value, unless it reads as an option.
    private func nextValue(
        for parameter: ParameterFacts, label: String, of command: Command<Order>, from rest: inout ArraySlice<String>
    ) throws(UsageError) -> String {
        guard let next = rest.first, next != "--", !command.readsAsOption(next) else {
            throw UsageError(.missingValue, subject: label, allowed: parameter.allowed)
        }
        rest.removeFirst()
        return next
    }
}

extension Command {
    var visibleSubcommands: [Command] { subcommands.filter { !$0.isHidden } }

    /// The subcommand a word names.
    func subcommand(_ word: String) throws(UsageError) -> Command {
        if let found = subcommands.first(where: { $0.name == word }) { return found }
        if word.hasPrefix("-"), word.count > 1 {
            throw UsageError(
                .unknownOption, given: word,
                nearest: nearestName(to: word, among: ["help", "version"]).map { "--\($0)" })
        }
        throw UsageError(
            .unknownCommand, given: word, nearest: nearestName(to: word, among: visibleSubcommands.map(\.name)))
    }

    /// Whether a word is an option rather than a value: it begins with a dash, but is neither a lone dash nor a negative number.
    func readsAsOption(_ word: String) -> Bool {
        guard word.hasPrefix("-"), word.count > 1 else { return false }
        return decimalNumber(word) == nil
    }
}

extension ParameterFacts {
    func isCalled(_ name: String) -> Bool { shape != .argument && (self.name == name || aliases.contains(name)) }
}
