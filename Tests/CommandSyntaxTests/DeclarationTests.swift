// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Testing

@Suite("Declarations are checked")
struct DeclarationTests {
    private struct Values: Sendable {
        var one: String?
        var many: [String] = []
        var on = false
    }

    private func faults(@ParameterList<Values> _ parameters: () -> [Parameter<Values>]) -> [String] {
        Program(
            Command("p", subcommands: [Command("c", from: Values(), to: { _ in 1 }, parameters: parameters)]),
            version: "1", catalogues: []
        ).faults
    }

    @Test("the sample has no faults and all English words")
    func sound() {
        #expect(sample.faults == [])
        #expect(sample.missingWords(in: .english) == [])
    }

    @Test("a language's missing words are listed, once each")
    func missing() {
        let missing = sample.missingWords(in: .chinese)
        #expect(missing.contains("make --output"))
        #expect(missing.contains("make --output default"))
        #expect(missing.contains("make about"))
        #expect(missing.contains("make example trip"))
        #expect(missing.contains("skill install"))
        #expect(!missing.contains("make --fps"))
        #expect(!missing.contains("make --secret"))
        #expect(!missing.contains("heading picture"))
        #expect(Set(missing).count == missing.count)
    }

    @Test("the library's own words are there in every language, with the same blanks")
    func ownWords() {
        let english = Catalogue.syntax(.english)
        for language in Language.allCases {
            #expect(
                Program<Int>(Command("p", subcommands: []), version: "1", catalogues: [Catalogue(language, ["p": "P"])])
                    .missingWords(in: language) == [])
            let other = Catalogue.syntax(language)
            for key in english.keys {
                #expect(other[key].map(blanks) == english[key].map(blanks), "\(key) in \(language)")
            }
        }
    }

    private func blanks(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{[a-z]+\}/).map { String($0.output) })
    }

    @Test("names that clash are faults")
    func clashes() {
        #expect(
            faults {
                Option("a", \.one, .text); Option("a", \.one, .text)
            } == ["p c: --a is declared twice"])
        #expect(
            faults {
                Flag("a", short: "x", \.on); Flag("b", short: "x", \.on)
            } == ["p c: -x is declared twice"])
        #expect(faults { Flag("help", \.on) } == ["p c: --help is declared twice"])
        #expect(faults { Flag("host", short: "h", \.on) } == ["p c: -h is declared twice"])
        #expect(
            faults {
                Flag("a", \.on, aliases: ["b"]); Flag("b", \.on)
            } == ["p c: --b is declared twice"])
    }

    @Test("arguments that can never be filled are faults")
    func unreachable() {
        #expect(
            faults {
                Argument("A", \.many, .text, isRequired: false); Argument("B", \.one, .text)
            }
                == ["p c: A leaves nothing for B"])
        #expect(
            faults {
                Argument("A", \.one, .text); Argument("B", \.many, .text, isRequired: true)
            }
                == ["p c: B must be given, but A before it need not"])
    }

    @Test(arguments: [("1", "1 file is gone"), ("2", "2 files are gone"), ("0", "0 files are gone")])
    func wordsFollowTheirNumber(count: String, line: String) {
        let words = Catalogue(.english, ["gone": "{count} {count|file is|files are} gone"])
        #expect(words.text("gone", ["count": count]) == line)
    }
}
