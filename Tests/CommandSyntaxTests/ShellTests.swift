// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import TestMedia
import Testing

@Suite("Completions and the manual")
struct ShellTests {
    static func has(_ command: String) -> Bool { (try? TestMedia.run("which", [command])) != nil }

    /// A folder with the sample's completion script, a few files and a folder.
    private func folder(_ shell: Shell, _ language: Language = .english) throws -> URL {
        let folder = try TestMedia.scratchFolder()
        try Data(sample.completions(for: shell, in: language).utf8).write(to: folder.appending(path: "script"))
        for name in ["one.mp4", "two.json", "three.png"] {
            try Data().write(to: folder.appending(path: name))
        }
        try FileManager.default.createDirectory(at: folder.appending(path: "photos"), withIntermediateDirectories: true)
        return folder
    }

    @Test(
        "bash completes",
        arguments: [
            (["ma"], ["make", "manual"]), ([""], ["make", "frame", "skill", "help", "completions", "manual"]),
            (["--v"], ["--version"]), (["skill", ""], ["install"]), (["make", "--per"], ["--per-photo"]),
            (["make", "a", "--quality", "s"], ["standard"]), (["make", "--quality", "=", "h"], ["high"]),
            (["make", "--quality", "="], ["draft", "standard", "high"]), (["make", "-p", "t"], ["tiktok"]),
            (["make", "--fps", ""], []), (["make", "-o", "o"], ["one.mp4"]), (["make", "-o", "t"], []),
            (["make", "-o", "p"], ["photos"]), (["make", "--fps", "30", "t"], ["three.png", "two.json"]),
            (["frame", "t"], ["two.json"]), (["frame", "x", "t"], []), (["frame", "x", "1", "t"], ["three.png"]),
            (["skill", "install", "--folder", ""], ["photos"]), (["completions", "z"], ["zsh"]),
            (["help", "m"], ["make"]),
            (["make", "--sec"], []),
        ])
    func bash(typed: [String], expected: [String]) throws {
        let script = """
            source ./script
            COMP_WORDS=(kinora "$@"); COMP_CWORD=$#
            _kinora
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let output = try TestMedia.run("bash", ["--norc", "-c", script, "kinora"] + typed, in: folder(.bash))
        #expect(output.split(separator: "\n").map(String.init).sorted() == expected.sorted())
    }

    @Test(
        "fish completes, with what is said about it", .enabled(if: has("fish")),
        arguments: [
            ("kinora ma", ["make\tMake a film from photos, clips and music", "manual\tPrint the manual page"]),
            ("kinora skill ", ["install\tInstall skills"]),
            ("kinora make --per", ["--per-photo\tHow long each photo stays"]),
            ("kinora make --quality=h", ["--quality=high\tHow carefully to encode"]),
            ("kinora make -p t", ["tiktok\tPlatform the film is for"]), ("kinora make --fps ", []),
            ("kinora skill install --fol", ["--folder\tWhere to"]), ("kinora completions z", ["zsh"]),
        ])
    func fish(line: String, expected: [String]) throws {
        let output = try TestMedia.run(
            "env",
            [
                "HOME=\(TestMedia.scratchFolder().path)", "fish", "--no-config", "-c",
                "source ./script; complete -C \"\(line)\"",
            ],
            in: folder(.fish))
        #expect(output.split(separator: "\n").map(String.init).sorted() == expected.sorted())
    }

    @Test("zsh takes the script", .enabled(if: has("zsh")), arguments: Language.allCases)
    func zsh(language: Language) throws {
        let script =
            "autoload -U compinit; compinit -u -D; source ./script; print ${_comps[kinora]} ${+functions[_kinora_skill_install]}"
        let folder = try folder(.zsh, language)
        try TestMedia.run("zsh", ["-n", "./script"], in: folder)
        #expect(try TestMedia.run("zsh", ["-f", "-c", script], in: folder) == "_kinora 1\n")
    }

    @Test("every shell's reader takes the script", arguments: Shell.allCases, Language.allCases)
    func syntax(shell: Shell, language: Language) throws {
        guard Self.has(shell.rawValue) else { return }
        try TestMedia.run(
            shell.rawValue, [shell == .fish ? "--no-execute" : "-n", "./script"], in: folder(shell, language))
    }

    @Test(
        "the manual is a page that mandoc finds no warning in", .enabled(if: has("mandoc")),
        arguments: Language.allCases)
    func manual(language: Language) throws {
        let folder = try TestMedia.scratchFolder()
        let page = folder.appending(path: "kinora.1")
        try Data(sample.manual(in: language).utf8).write(to: page)
        try TestMedia.run("mandoc", ["-T", "lint", "-W", "warning", page.path])
        let text = try TestMedia.run("mandoc", ["-T", "utf8", "-O", "width=100", page.path])
            .replacing(/.\u{08}/, with: "")
        for needed in ["kinora make", "-p, --preset", "--per-photo", "skill install", "130"] {
            #expect(text.contains(needed), "\(needed)")
        }
    }

    @Test("text cannot break out of the manual or the scripts")
    func escaped() throws {
        let words = [
            "evil": ".SH it's \"a\" \\fB \\ `id` $(id) [x]:y", "c": "'.de $HOME [a]: b\\",
            "c --o": "it's [x]: \\ $(id)",
        ]
        struct Values: Sendable { var o: String? }
        let program = Program(
            Command("evil", subcommands: [Command("c", from: Values(), to: { _ in 1 }) { Option("o", \.o, .text) }]),
            version: "1", date: "2025-06-01", catalogues: [Catalogue(.english, words)])
        let folder = try TestMedia.scratchFolder()
        for shell in Shell.allCases where Self.has(shell.rawValue) {
            try Data(program.completions(for: shell, in: .english).utf8).write(to: folder.appending(path: "script"))
            try TestMedia.run(shell.rawValue, [shell == .fish ? "--no-execute" : "-n", "./script"], in: folder)
        }
        let manual = program.manual(in: .english)
        #expect(manual.contains("\\&'.de $HOME [a]: b\\e"))
        #expect(manual.contains("\\- \\&.SH it's \"a\" \\efB \\e `id` $(id) [x]:y"))
    }
}
