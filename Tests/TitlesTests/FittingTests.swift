// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import Testing

@testable import Titles

@Suite("Fitting")
struct FittingTests {
    private func lines(_ text: String, width: Int, _ change: (inout TitleRequest) -> Void = { _ in }) throws
        -> TitleDrawing
    {
        try drawn(
            title(text) {
                $0.box = TitleBox(x: 0, y: 0, width: width, height: 1080)
                $0.size = 80
                change(&$0)
            })
    }

    @Test(
        "lines are even, and part where a reader would",
        arguments: [
            ("A Summer in Lisbon", 520, ["A Summer", "in Lisbon"]),
            (
                "Our first winter together in the old house by the lake", 1150,
                [
                    "Our first winter together", "in the old house by the lake",
                ]
            ),
            ("One two three four", 1900, ["One two three four"]),
            ("First line\nSecond line", 1900, ["First line", "Second line"]),
            ("A\r\nB\rC\u{2028}D", 1900, ["A", "B", "C", "D"]),
            ("First\n\n\n\nLast", 1900, ["First", "Last"]),
        ])
    func wrapping(text: String, width: Int, expected: [String]) throws {
        let drawing = try lines(text, width: width)
        #expect(drawing.lines.map(\.text) == expected)
        #expect(!drawing.isTruncated)
    }

    @Test("no line of a wrapped title is a lone short word", arguments: 0..<12)
    func noWidows(seed: Int) throws {
        var random = Seeded(state: UInt64(seed))
        let words = ["sun", "holiday", "mountain", "to", "river", "of", "family", "golden", "evening", "a", "train"]
        let text = (0..<8).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
        let drawing = try lines(text, width: 900)
        let counts = drawing.lines.map(\.text.count)
        let (least, most) = (counts.min() ?? 0, counts.max() ?? 0)
        #expect(drawing.lineCount == 1 || Double(least) >= 0.45 * Double(most), "\(drawing.lines.map(\.text))")
    }

    @Test(
        "Chinese and Japanese titles part between words, best at a comma, and leave no character alone",
        arguments: [
            ("一家人的海边假期", 500, ["一家人的", "海边假期"]),
            ("毕业季，我们的青春不散场", 800, ["毕业季，", "我们的青春不散场"]),
            ("我们在北京的夏天旅行", 600, ["我们在北京的", "夏天旅行"]),
            ("生日快乐我的小宝贝", 500, ["生日快乐", "我的小宝贝"]),
            ("京都の秋を歩く旅", 500, ["京都の秋を", "歩く旅"]),
            ("ありがとうお母さん", 600, ["ありがとう", "お母さん"]),
        ])
    func words(text: String, width: Int, expected: [String]) throws {
        let drawing = try lines(text, width: width)
        #expect(drawing.lines.map(\.text) == expected)
    }

    @Test("words begin where a reader of Chinese or Japanese sees them begin")
    func wordStarts() throws {
        let text = "我们在北京的夏天"
        #expect(try #require(WordStarts.offsets(in: text)) == [0, 6, 9, 15, 18])
        // Offsets are of UTF-8, also past characters outside the first plane.
        #expect(try #require(WordStarts.offsets(in: "😀京都の秋")).isSuperset(of: [0, 4, 10, 13]))
    }

    @Test("Chinese and Japanese lines begin and end as their rules say")
    func kinsoku() throws {
        for width in stride(from: 300, through: 900, by: 60) {
            let drawing = try lines("今年夏天，我们一起去了海边（真的很美）。大家都说：“还要再来！”", width: width)
            for line in drawing.lines.map(\.text) {
                #expect(!"，。！：”）".contains(line.prefix(1)), "\(line)")
                #expect(!"（“".contains(line.suffix(1)), "\(line)")
            }
        }
    }

    @Test("too long a text is made smaller first, then wrapped into more lines, then cut with an ellipsis")
    func stages() throws {
        func drawing(_ count: Int) throws -> TitleDrawing {
            try drawn(
                title(Array(repeating: "holiday", count: count).joined(separator: " ")) {
                    $0.box = TitleBox(x: 0, y: 0, width: 900, height: 420)
                    $0.size = 100
                })
        }
        let short = try drawing(2)
        #expect(short.sizeUsed == 100)
        let smaller = try drawing(8)
        #expect(smaller.sizeUsed < 100 && smaller.lineCount <= 3)
        let more = try drawing(22)
        #expect(more.sizeUsed >= 49 && more.sizeUsed < 52)
        #expect(more.lineCount > 3 && !more.isTruncated)
        let cut = try drawing(60)
        #expect(cut.isTruncated)
        #expect(cut.lines.last?.text.hasSuffix("…") == true)
        #expect(cut.ink.height <= 420)
    }

    @Test("a title gives up a little size to be a line shorter, and no more than a little")
    func fewerLines() throws {
        func drawing(_ width: Int) throws -> TitleDrawing {
            try drawn(
                TitleRequest(
                    "The best day of our whole summer", canvasWidth: 1080, canvasHeight: 1920,
                    box: TitleBox(x: 0, y: 0, width: width, height: 1900)))
        }
        let narrow = try drawing(660)
        #expect(narrow.lines.map(\.text) == ["The best day", "of our whole", "summer"])
        #expect(narrow.sizeUsed >= 120 * 0.83 && narrow.sizeUsed < 120)
        #expect(try drawing(1000).sizeUsed == 120)
    }

    @Test("a very long word is broken, an ordinary one never")
    func longWords() throws {
        let endless = try lines(String(repeating: "Donaudampfschiff", count: 12), width: 600)
        #expect(endless.lineCount > 2)
        #expect(endless.words.count == 1)
        #expect(endless.words[0].boxes.count == endless.lineCount)
        let ordinary = try lines("Unbelievable", width: 420)
        #expect(ordinary.lines.map(\.text) == ["Unbelievable"])
        #expect(ordinary.sizeUsed < 80)
    }

    @Test("the size asked for is the size used while there is room", arguments: [40.0, 96, 200])
    func askedSize(size: Double) throws {
        #expect(try drawn(title("Hi") { $0.size = size }).sizeUsed == size)
    }

    @Test("bold is heavier, italic is not upright, spacing is wider, capitals are taller")
    func dress() throws {
        func amount(_ change: (inout TitleRequest) -> Void) throws -> (solid: Int, drawing: TitleDrawing) {
            let drawing = try drawn(
                title("oneness") {
                    $0.shadow = TitleShadow.none
                    $0.size = 100
                    change(&$0)
                })
            let alpha = stride(from: 3, to: drawing.letters.pixels.count, by: 4).reduce(0) {
                $0 + Int(drawing.letters.pixels[$1])
            }
            return (alpha, drawing)
        }
        let plain = try amount { $0.bold = false }
        #expect(try amount { $0.bold = true }.solid > plain.solid * 11 / 10)
        #expect(
            try amount {
                $0.bold = false; $0.italic = true
            }.drawing.letters != plain.drawing.letters)
        #expect(
            try amount {
                $0.bold = false; $0.letterSpacing = 0.3
            }.drawing.layoutWidth
                > plain.drawing.layoutWidth + 6 * 0.3 * 100 - 5)
        #expect(
            try amount {
                $0.bold = false; $0.letterCase = .upper
            }.drawing.ink.height > plain.drawing.ink.height)
        #expect(
            try amount { $0.stroke = TitleStroke(color: .black, width: 6) }.drawing.ink.height > plain.drawing.ink
                .height + 8)
        for family in FontFamily.all where family.name != "sans" && family.name != "text" {
            #expect(try amount { $0.family = family.name }.drawing.letters != plain.drawing.letters, "\(family.name)")
        }
        // A family nobody has is no error.
        #expect(
            try amount {
                $0.bold = false; $0.family = "No Such Face"
            }.drawing.letters == plain.drawing.letters)
        #expect(
            try amount {
                $0.bold = false; $0.family = "Lato"
            }.drawing.letters
                == amount {
                    $0.bold = false; $0.family = "humanist"
                }.drawing.letters)
    }
}
