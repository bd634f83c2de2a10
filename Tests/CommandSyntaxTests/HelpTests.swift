// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Testing

@Suite("Help")
struct HelpTests {
    @Test("every command has help, asked for in three ways")
    func everyCommand() throws {
        for path in [[], ["make"], ["frame"], ["skill"], ["skill", "install"], ["completions"], ["manual"], ["help"]] {
            let help = try sample.help(for: path, in: .english)
            for line in [path + ["--help"], path + ["-h"], ["help"] + path] {
                guard case .say(let text, .output, .ok) = sample.answer(line, in: .english) else {
                    Issue.record("no help from \(line)")
                    continue
                }
                #expect(text == help)
            }
            #expect(help.contains("Usage: kinora"))
        }
    }

    @Test("help wins over mistakes, but not after --")
    func helpFirst() throws {
        let help = try sample.help(for: ["make"], in: .english)
        guard case .say(help, .output, .ok) = sample.answer(words("make --bogus -j x --help"), in: .english) else {
            Issue.record("no help")
            return
        }
        #expect(try sample.order(words("make -- --help")) != nil)
    }

    @Test("a page says all that is declared, in columns")
    func page() throws {
        let expected = """
            Make a film from photos, clips and music

            Usage: kinora make [options] INPUT…

            Inputs are files, folders and globs. Kinds are told by content, not by name.

            Arguments
              INPUT                      Photos, clips, one song, folders

            Options
              -o, --output <file>        Where the film goes (default: named after the first
                                         folder)
                  --quality <name>       How carefully to encode (one of draft, standard,
                                         high; default: standard)
              -j, --jobs <number>        Threads that draw (1 to 64; default: 2)
                  --max-size <size>      Largest file
                  --title <text>         Words over the opening photo
              -n, --no-cache             Render every chunk anew
              -v, --verify               Decode the whole film when it is done
                  --json                 Progress and result as JSON lines

            Picture
              -p, --preset <name>        Platform the film is for (one of tiktok, reels,
                                         youtube; may be repeated)
                  --canvas <WxH>         Size of the picture (16x16 to 4096x4096)
                  --aspect <W:H>         Shape of the picture (W:H or one of square)
                  --fps <number>         Frames a second (1 to 60)
                  --per-photo <seconds>  How long each photo stays (0.1 to 600; default:
                                         3.5)

            General
              -h, --help                 Show this help

            Examples
              kinora make photos/ song.mp3 -o trip.mp4
                  A trip, cut on the beat

            """
        #expect(try sample.help(for: ["make"], in: .english) == expected)
    }

    @Test("lines keep within the terminal, and wide characters count two", arguments: [40, 60, 80, 100, 200])
    func widths(width: Int) throws {
        let terminal = Terminal(width: width, isInteractive: true, hasColour: false)
        for language in Language.allCases {
            for path in [[], ["make"], ["skill", "install"]] {
                let lines = try sample.help(for: path, in: language, on: terminal).split(separator: "\n")
                for line in lines where !line.contains("kinora ") {
                    #expect(columns(line) <= min(width, 100), "\(line)")
                }
            }
        }
    }

    @Test("the right column stands in one place in Chinese too")
    func chineseColumns() throws {
        let lines = try sample.help(for: ["make"], in: .chinese).split(separator: "\n")
        let starts = [
            ("--output <文件>", "Where"), ("--fps <数字>", "每秒"), ("--per-photo <秒>", "每张"), ("--help", "显示"),
        ].map { option, said -> Int? in
            guard let line = lines.first(where: { $0.contains(option) }), let range = line.firstRange(of: said) else {
                return nil
            }
            return columns(line[..<range.lowerBound])
        }
        #expect(starts.allSatisfy { $0 != nil && $0 == starts[0] }, "\(starts)")
    }

    @Test("colour only where it is wanted, and it changes no words")
    func colour() throws {
        let colourful = Terminal(width: 80, isInteractive: true, hasColour: true)
        let text = try sample.help(for: ["make"], in: .english, on: colourful)
        #expect(text.contains("\u{1B}["))
        #expect(try text.replacing(/\u{1B}\[[0-9;]*m/, with: "") == sample.help(for: ["make"], in: .english))
    }

    @Test("hidden commands and options are not shown")
    func hidden() throws {
        #expect(try !sample.help(for: [], in: .english).contains("doctor"))
        #expect(try !sample.help(for: ["make"], in: .english).contains("secret"))
    }

    @Test("the program alone shows its help; --version its version")
    func root() throws {
        let help = try sample.help(for: [], in: .english)
        guard case .say(help, .output, .ok) = sample.answer([], in: .english) else {
            Issue.record("no help")
            return
        }
        guard case .say("kinora 1.2\n", .output, .ok) = sample.answer(["--version"], in: .english) else {
            Issue.record("no version")
            return
        }
    }

    @Test(
        "the language a person asked for",
        arguments: [
            (["LANG": "zh_CN.UTF-8"], .chinese), (["LANG": "en_GB.UTF-8"], .english), (["LANG": "C"], .english),
            ([:], .english),
            (["LANG": "zh_CN", "LC_ALL": "en_US"], .english), (["LANG": "en", "LC_MESSAGES": "zh-Hans"], .chinese),
            (["LANG": "en", "LC_ALL": "", "KINORA_LANG": "zh"], .chinese),
            (["KINORA_LANG": "de", "LANG": "zh"], .english),
        ] as [([String: String], Language)])
    func language(environment: [String: String], expected: Language) {
        #expect(Language.preferred(environment: environment) == expected)
    }

    @Test(
        "what a terminal can show",
        arguments: [
            (true, 120, [:], Terminal(width: 120, isInteractive: true, hasColour: true)),
            (true, nil, [:], Terminal(width: 80, isInteractive: true, hasColour: true)),
            (true, nil, ["COLUMNS": "50"], Terminal(width: 50, isInteractive: true, hasColour: true)),
            (true, 80, ["NO_COLOR": "1"], Terminal(width: 80, isInteractive: true, hasColour: false)),
            (true, 80, ["NO_COLOR": ""], Terminal(width: 80, isInteractive: true, hasColour: true)),
            (true, 80, ["TERM": "dumb"], Terminal(width: 80, isInteractive: false, hasColour: false)),
            (false, nil, ["TERM": "xterm"], Terminal(width: 80, isInteractive: false, hasColour: false)),
        ] as [(Bool, Int?, [String: String], Terminal)])
    func terminal(isTerminal: Bool, columns: Int?, environment: [String: String], expected: Terminal) {
        #expect(Terminal(isTerminal: isTerminal, columns: columns, environment: environment) == expected)
    }

    /// Columns, counted without the library: Chinese and fullwidth characters take two.
    private func columns(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 ? 2 : 1) }
    }
}
