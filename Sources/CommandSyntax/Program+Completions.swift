// SPDX-License-Identifier: GPL-3.0-or-later
/// A shell that completions are made for.
public enum Shell: String, Sendable, CaseIterable {
    case bash, zsh, fish
}

extension Program {
    /// A completion script: commands, options and the values they allow, files by their extensions.
    public func completions(for shell: Shell, in language: Language) -> String {
        let catalogue = catalogue(language)
        let places = commands.places(in: [])
        switch shell {
        case .bash: return BashCompletions(program: root.name, places: places).script
        case .zsh: return ZshCompletions(program: root.name, places: places, catalogue: catalogue).script
        case .fish: return FishCompletions(program: root.name, places: places, catalogue: catalogue).script
        }
    }
}

/// A command where it stands, as completion scripts and the manual need it.
struct CommandPlace {
    /// Without the program's name; empty for the program itself.
    var path: [String]
    /// Visible ones.
    var subcommands: [String]
    /// Visible ones.
    var parameters: [ParameterFacts]
    var examples: [Example]
    var usage: @Sendable (String, Catalogue) -> String

    var options: [ParameterFacts] { parameters.filter { $0.shape != .argument } }
    var arguments: [ParameterFacts] { parameters.filter { $0.shape == .argument } }
    /// `--help`, and `--version` at the root.
    var builtIn: [String] { path.isEmpty ? ["--help", "--version"] : ["--help"] }

    func words(_ program: String, _ catalogue: Catalogue) -> CommandWords {
        CommandWords(path: path, program: program, catalogue: catalogue)
    }
}

extension Command {
    /// This command and all visible ones below it.
    func places(in path: [String]) -> [CommandPlace] {
        let command = self
        let here = CommandPlace(
            path: path, subcommands: visibleSubcommands.map(\.name), parameters: parameters.filter { !$0.isHidden },
            examples: examples
        ) { program, catalogue in
            command.usage(path, program, catalogue)
        }
        return [here] + visibleSubcommands.flatMap { $0.places(in: path + [$0.name]) }
    }
}

extension ParameterFacts {
    /// `-o` and `--output`, without the hidden aliases.
    var dashed: [String] { (short.map { ["-\($0)"] } ?? []) + ["--\(name)"] }
}

/// A text between single quotes, as every POSIX shell reads it.
func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
}
