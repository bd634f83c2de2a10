// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Testing

@Suite("Command lines become orders")
struct ReadingTests {
    /// A command line and what is true of the values it gives.
    struct Typed: Sendable, CustomStringConvertible {
        let line: String
        let holds: @Sendable (Make) -> Bool

        init(_ line: String, _ holds: @escaping @Sendable (Make) -> Bool) {
            self.line = line
            self.holds = holds
        }

        var description: String { line }
    }

    /// The `make` order a command line gives.
    private func make(_ line: String) throws -> Make {
        guard case .make(let make) = try sample.order(words(line)) else {
            throw UsageError(.conflict, subject: line)
        }
        return make
    }

    @Test(
        "each way of writing options gives the same values",
        arguments: [
            "make a b -o film.mp4 --fps 30",
            "make --fps=30 a -ofilm.mp4 b",
            "make -o=film.mp4 a --fps 30.0 b",
            "make --output film.mp4 --fps 30 -- a b",
            "make a --output=film.mp4 b --fps 24 --fps 30",
        ])
    func sameValues(line: String) throws {
        var expected = Make()
        expected.inputs = ["a", "b"]
        expected.output = "film.mp4"
        expected.fps = 30
        #expect(try make(line) == expected)
    }

    @Test("nothing given leaves the defaults")
    func defaults() throws {
        var expected = Make()
        expected.inputs = ["a"]
        #expect(try make("make a") == expected)
    }

    @Test(
        "values are typed",
        arguments: [
            Typed("make a --canvas 1080x1920") { $0.canvas == Dimensions(width: 1080, height: 1920) },
            Typed("make a --canvas 1080×1920") { $0.canvas == Dimensions(width: 1080, height: 1920) },
            Typed("make a --aspect 9:16") { $0.aspect == Ratio(width: 9, height: 16) },
            Typed("make a --aspect SQUARE") { $0.aspect == Ratio(width: 1, height: 1) },
            Typed("make a --quality High") { $0.quality == .high },
            Typed("make a --per-photo 1:30") { $0.perPhoto == 90 },
            Typed("make a --per-photo 1:02.5") { $0.perPhoto == 62.5 },
            Typed("make a --per-photo 500ms") { $0.perPhoto == 0.5 },
            Typed("make a --per-photo 2.25s") { $0.perPhoto == 2.25 },
            Typed("make a --per-photo .5") { $0.perPhoto == 0.5 },
            Typed("make a --per-photo 5.") { $0.perPhoto == 5 },
            Typed("make a --max-size 16MB") { $0.maxSize == 16_000_000 },
            Typed("make a --max-size 16m") { $0.maxSize == 16_000_000 },
            Typed("make a --max-size 16MiB") { $0.maxSize == 16_777_216 },
            Typed("make a --size 1.5GB") { $0.maxSize == 1_500_000_000 },
            Typed("make a --max-size 1234") { $0.maxSize == 1234 },
            Typed("make a --no-cache") { !$0.usesCache && !$0.isVerified },
            Typed("make a -vn") { !$0.usesCache && $0.isVerified },
            Typed("make a -vnj4") { !$0.usesCache && $0.isVerified && $0.jobs == 4 },
            Typed("make a --secret -7") { $0.secret == -7 },
            Typed("make a --title=-5°") { $0.title == "-5°" },
            Typed("make a --title=") { $0.title == "" },
            Typed("make a --title=a=b") { $0.title == "a=b" },
            Typed("make a --json") { $0.reporting.json },
            Typed("make - -5 a") { $0.inputs == ["-", "-5", "a"] },
            Typed("make a -- --json -v --") { $0.inputs == ["a", "--json", "-v", "--"] && !$0.reporting.json },
        ])
    func typed(case: Typed) throws {
        let make = try make(`case`.line)
        #expect(`case`.holds(make), "\(make)")
    }

    @Test(
        "a list is filled by repeating, by commas and by other names",
        arguments: [
            ("make a -p tiktok -p reels", ["tiktok", "reels"]), ("make a --preset tiktok,reels", ["tiktok", "reels"]),
            ("make a --preset 抖音 -p YouTube", ["tiktok", "youtube"]), ("make a", []),
        ] as [(String, [String])])
    func list(line: String, presets: [String]) throws {
        #expect(try make(line).presets == presets)
    }

    @Test("the first value given replaces the default of a list")
    func replacedList() throws {
        struct Looks: Sendable, Equatable { var names = ["warm", "cool"] }
        let program = Program(
            Command("looks", from: Looks(), to: { $0 }) { Option("name", \.names, .text) }, version: "1",
            catalogues: [])
        #expect(try program.order([]) == Looks())
        #expect(try program.order(["--name", "sepia", "--name", "fade"]) == Looks(names: ["sepia", "fade"]))
    }

    @Test("arguments fill in their order")
    func arguments() throws {
        #expect(try sample.order(words("frame d.json 3.2")) == .frame(Frame(draft: "d.json", seconds: 3.2)))
        #expect(
            try sample.order(words("frame d.json 3.2 o.png"))
                == .frame(Frame(draft: "d.json", seconds: 3.2, output: "o.png")))
    }

    @Test("commands nest, and hidden ones work")
    func nested() throws {
        #expect(try sample.order(words("skill install a b")) == .install(Install(names: ["a", "b"])))
        #expect(try sample.order(words("skill install --folder x")) == .install(Install(folder: "x")))
        #expect(try sample.order(["doctor"]) == .doctor)
    }

    @Test("an order may refuse what does not go together")
    func refused() {
        struct Pair: Sendable {
            var one = false
            var other = false
        }
        let command = Command<Int>(
            "pair", from: Pair(),
            to: { pair throws(UsageError) in
                if pair.one, pair.other { throw UsageError(.conflict, subject: "--one", given: "--other") }
                return 1
            }
        ) {
            Flag("one", \.one)
            Flag("other", \.other)
        }
        let program = Program(command, version: "1", catalogues: [])
        #expect(throws: UsageError.self) { try program.order(["--one", "--other"]) }
        guard case .say(let text, .errors, .usage) = program.answer(["--one", "--other"], in: .english) else {
            Issue.record("no complaint")
            return
        }
        #expect(text.hasPrefix("pair: --one cannot be used together with --other\n"))
    }
}

func words(_ line: String) -> [String] { line.split(separator: " ").map(String.init) }
