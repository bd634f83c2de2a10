// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Testing

@Suite("What is not understood is named")
struct UsageErrorTests {
    @Test(
        "the message names the option, what was given, what is allowed and the nearest name",
        arguments: [
            ("mkae", "kinora: there is no command 'mkae'; did you mean make?"),
            ("photos", "kinora: there is no command 'photos'"),
            ("--verison", "kinora: there is no option --verison; did you mean --version?"),
            ("skill", "kinora skill: a command is needed: install"),
            ("skill instal", "kinora skill: there is no command 'instal'; did you mean install?"),
            ("make", "kinora make: INPUT is missing"),
            ("frame d.json", "kinora frame: SECONDS is missing"),
            ("frame d.json 1 o.png x", "kinora frame: 'x' is one argument too many"),
            ("make a --fsp 3", "kinora make: there is no option --fsp; did you mean --fps?"),
            ("make a --per_photo 3", "kinora make: there is no option --per_photo; did you mean --per-photo?"),
            ("make a --qual high", "kinora make: there is no option --qual; did you mean --quality?"),
            ("make a --zzzzzz", "kinora make: there is no option --zzzzzz"),
            ("make a --secrets 3", "kinora make: there is no option --secrets"),
            ("make a -x", "kinora make: there is no option -x"),
            ("make a -fps 3", "kinora make: there is no option -fps; did you mean --fps?"),
            (
                "make a --fps",
                "kinora make: --fps needs a value (1 to 60); one that begins with a dash is written --fps=…"
            ),
            (
                "make a -o --json",
                "kinora make: -o needs a value; one that begins with a dash is written -o=…"
            ),
            ("make a --no-cache=1", "kinora make: --no-cache takes no value, but '1' was given"),
            ("make a -n=1", "kinora make: -n takes no value, but '1' was given"),
            ("make a --fps fast", "kinora make: --fps: 'fast' is not a number (1 to 60)"),
            ("make a --fps 1e1", "kinora make: --fps: '1e1' is not a number (1 to 60)"),
            ("make a --fps nan", "kinora make: --fps: 'nan' is not a number (1 to 60)"),
            ("make a --fps 90", "kinora make: --fps: '90' is out of range (1 to 60)"),
            ("make a --fps=", "kinora make: --fps: '' is not a number (1 to 60)"),
            ("make a -j 2.5", "kinora make: -j: '2.5' is not a whole number (1 to 64)"),
            ("make a -j 0", "kinora make: -j: '0' is out of range (1 to 64)"),
            (
                "make a -j 99999999999999999999",
                "kinora make: -j: '99999999999999999999' is not a whole number (1 to 64)"
            ),
            (
                "make a --quality hihg",
                "kinora make: --quality: 'hihg' is not a known name (one of draft, standard, high); did you mean high?"
            ),
            (
                "make a -p tiktok,rels",
                "kinora make: -p: 'tiktok,rels' is not a known name (one of tiktok, reels, youtube); did you mean reels?"
            ),
            (
                "make a --canvas 1080",
                "kinora make: --canvas: '1080' is not a size in pixels: write WIDTHxHEIGHT (1080x1920) (16x16 to 4096x4096)"
            ),
            (
                "make a --canvas 8x8",
                "kinora make: --canvas: '8x8' is out of range (16x16 to 4096x4096)"
            ),
            (
                "make a --canvas 101x200",
                "kinora make: --canvas: '101x200' has an odd side; both sides must be even (16x16 to 4096x4096)"
            ),
            (
                "make a --aspect sqare",
                "kinora make: --aspect: 'sqare' is not a shape: write WIDTH:HEIGHT (9:16) (W:H or one of square); did you mean square?"
            ),
            (
                "make a --per-photo 1:75",
                "kinora make: --per-photo: '1:75' is not a length of time: write seconds (3.5), 500ms, or minutes and seconds (1:30) (0.1 to 600)"
            ),
            (
                "make a --max-size huge",
                "kinora make: --max-size: 'huge' is not a size: write bytes or a number with kB, MB, GB, KiB, MiB or GiB (16MB)"
            ),
            (
                "make a --max-size 0",
                "kinora make: --max-size: '0' is not a size: write bytes or a number with kB, MB, GB, KiB, MiB or GiB (16MB)"
            ),
            ("make a --output=", "kinora make: --output: '' is empty"),
        ])
    func message(line: String, expected: String) {
        guard case .say(let text, .errors, .usage) = sample.answer(words(line), in: .english) else {
            Issue.record("'\(line)' was understood")
            return
        }
        let lines = text.split(separator: "\n")
        #expect(lines.first.map(String.init) == expected)
        #expect(lines.last?.hasPrefix("Try 'kinora") == true)
    }

    @Test("errors speak Chinese")
    func chinese() {
        guard case .say(let text, .errors, .usage) = sample.answer(words("make a --fsp 3"), in: .chinese) else {
            Issue.record("understood")
            return
        }
        #expect(text == "kinora make：没有选项 --fsp。是否想输入 --fps？\n请运行 'kinora make --help' 查看用法。\n")
    }

    @Test(
        "the nearest name",
        arguments: [
            ("cossfade", "crossfade"), ("crosfade", "crossfade"), ("corssfade", "crossfade"),
            ("Cross_Fade", "crossfade"),
            ("wipe-lfet", "wipe-left"), ("wipe", "wipe-left"), ("circel-open", "circle-open"), ("c", nil),
            ("zoom", nil),
            ("", nil), ("-", nil),
        ] as [(String, String?)])
    func nearest(given: String, expected: String?) {
        #expect(
            nearestName(to: given, among: ["crossfade", "wipe-left", "wipe-right", "circle-open", "cut"]) == expected)
    }
}
