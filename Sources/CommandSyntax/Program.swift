// SPDX-License-Identifier: GPL-3.0-or-later
/// A program's commands and words: the way from arguments to an order, or to something to say.
///
/// `help`, `completions` and `manual` are built in, as are `--help` (`-h`) everywhere and `--version` at the root.
///
/// ```swift
/// switch program.answer(arguments, in: .preferred(environment: environment), on: terminal) {
/// case .order(let order): status = await carryOut(order)
/// case .say(let text, let stream, let ends):
///     stream.write(text)
///     status = ends
/// }
/// ```
public struct Program<Order: Sendable>: Sendable {
    public let root: Command<Order>
    public let version: String
    /// The manual is dated so: `2025-06-01`.
    public let date: String
    /// Environment variables the program reads, for the manual; their words are the catalogue's `environment ‹name›`.
    public let environment: [String]
    let catalogues: [Language: Catalogue]
    /// The words each language has of its own, without English behind them.
    let ownWords: [Language: [String: String]]

    /// - Parameter catalogues: the program's own words, one for each language; a language without one speaks English.
    public init(
        _ root: Command<Order>, version: String, date: String = "", environment: [String] = [], catalogues: [Catalogue]
    ) {
        self.root = root
        self.version = version
        self.date = date
        self.environment = environment
        let english = catalogues.first { $0.language == .english } ?? Catalogue(.english, [:])
        var all: [Language: Catalogue] = [:]
        var ownWords: [Language: [String: String]] = [:]
        for language in Language.allCases {
            let own = catalogues.first { $0.language == language } ?? Catalogue(language, [:])
            ownWords[language] = Catalogue.ownSyntax(language).adding(own).words
            all[language] = Catalogue(language, english.words).adding(.syntax(language)).adding(own)
        }
        self.catalogues = all
        self.ownWords = ownWords
    }

    /// The words for `language`: the program's, then the library's, then the English ones.
    public func catalogue(_ language: Language) -> Catalogue { catalogues[language] ?? .syntax(language) }

    /// What a command line asks for.
    public enum Answer: Sendable {
        /// Carry this out.
        case order(Order)
        /// Write this there and end with this status.
        case say(String, on: StandardStream = .output, ExitStatus = .ok)
    }

    /// Reads the arguments (without the program's own name) and answers what to do.
    public func answer(_ arguments: [String], in language: Language, on terminal: Terminal = .plain) -> Answer {
        let catalogue = catalogue(language)
        do throws(UsageError) {
            switch try CommandLineReader(root: commands).read(arguments) {
            case .order(.program(let order)): return .order(order)
            case .order(.help(let path)): return .say(try help(for: path, in: language, on: terminal))
            case .order(.completions(let shell)): return .say(completions(for: shell, in: language))
            case .order(.manual): return .say(manual(in: language))
            case .help(let path): return .say(try help(for: path, in: language, on: terminal))
            case .version: return .say("\(root.name) \(version)\n")
            }
        } catch {
            return .say(complaint(error, in: catalogue, on: terminal), on: .errors, .usage)
        }
    }

    /// The order a command line gives; nil when it asks for help or another text.
    public func order(_ arguments: [String]) throws(UsageError) -> Order? {
        if case .order(.program(let order)) = try CommandLineReader(root: commands).read(arguments) { return order }
        return nil
    }

    /// A usage error as the program says it, and which help to read; two lines.
    public func complaint(_ error: UsageError, in catalogue: Catalogue, on terminal: Terminal = .plain) -> String {
        let command = error.path.isEmpty ? root.name : error.path.joined(separator: " ")
        let line = catalogue.text(
            "error line", ["program": terminal.ink.error(command), "message": error.message(in: catalogue)])
        return line + "\n" + catalogue.text("error try", ["command": command]) + "\n"
    }
}

// MARK: - The built-in commands

extension Program {
    /// An order of the program, or one the library carries out itself.
    enum Ordered: Sendable {
        case program(Order)
        case help([String])
        case completions(Shell)
        case manual
    }

    /// The program's commands and the built-in ones.
    var commands: Command<Ordered> {
        let own = root.mapped { Ordered.program($0) }
        guard !own.subcommands.isEmpty else { return own }
        return Command<Ordered>(
            root.name, examples: root.examples, subcommands: own.subcommands + [helping, completing, manualPage])
    }

    private var helping: Command<Ordered> {
        let names = root.visibleSubcommands.map(\.name)
        return Command<Ordered>("help", from: HelpAsked(), to: { Ordered.help($0.path) }) {
            Argument("COMMAND", \.path, .text.completed(by: names), isRequired: false)
        }
    }

    private var completing: Command<Ordered> {
        let name = root.name
        return Command<Ordered>(
            "completions", from: CompletionsAsked(), to: { Ordered.completions($0.shell) },
            examples: [
                Example("bash", "source <(\(name) completions bash)"),
                Example("fish", "\(name) completions fish > ~/.config/fish/completions/\(name).fish"),
            ]
        ) {
            Argument("SHELL", \.shell, .name)
        }
    }

    private var manualPage: Command<Ordered> {
        Command<Ordered>(
            "manual", to: Ordered.manual,
            examples: [
                Example("read", "\(root.name) manual | man -l -"),
                Example("install", "\(root.name) manual > ~/.local/share/man/man1/\(root.name).1"),
            ])
    }
}

private struct HelpAsked {
    var path: [String] = []
}

private struct CompletionsAsked {
    var shell = Shell.bash
}

extension Command {
    /// The same command, its order made into another.
    func mapped<Other: Sendable>(_ change: @escaping @Sendable (Order) -> Other) -> Command<Other> {
        var changed: (@Sendable ([Given]) throws(UsageError) -> Other)?
        if let order { changed = { given throws(UsageError) in change(try order(given)) } }
        return Command<Other>(
            name: name, parameters: parameters, subcommands: subcommands.map { $0.mapped(change) }, examples: examples,
            isHidden: isHidden, order: changed)
    }
}
