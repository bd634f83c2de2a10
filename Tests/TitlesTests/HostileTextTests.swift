// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Titles

@Suite("Text from strangers")
struct HostileTextTests {
    static let texts: [String] = [
        String(repeating: "long words and more ", count: 250), String(repeating: "x", count: 5000),
        String(repeating: "生", count: 5000), "e" + String(repeating: "\u{301}", count: 10_000),
        String(repeating: "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞ ", count: 40),
        String(repeating: "👨‍", count: 3000), String(repeating: "a\n", count: 3000),
        "nul\u{0}in\u{0}side", "\u{1}\u{2}\u{7}\u{8}\u{1B}[31mred\u{7F}\u{9B}",
        "\u{202E}evil\u{202D}\u{202C}\u{2066}x\u{2069}",
        String(repeating: "\u{202E}", count: 5000) + "x", String(repeating: "\u{2067}", count: 500) + "x",
        String(decoding: [0xED, 0xA0, 0x80, 0x41, 0xFF, 0xFE, 0xC0, 0x80, 0x42], as: UTF8.self),
        "\u{FFFE}\u{FFFF}\u{1FFFE}a", "\u{E000}\u{F8FF}b", "\u{FEFF}bom", "<b>bold</b> &amp; <span size='1'>",
        "%s%n%d \\u0000 ${x} `y`", "\t\ttabs\tand\u{A0}odd\u{3000}spaces\u{2003}", "क्ष्म्य्र्व्य्क्ष्म्य्र्व्य",
        String(repeating: "\u{1F1E6}", count: 999), String(repeating: "ﷺ", count: 300),
        "\u{200D}\u{200D}\u{200B}\u{2060}x",
    ]

    @Test("is drawn or left out, inside the box, and never breaks anything", arguments: texts.indices)
    func survives(index: Int) throws {
        let box = TitleBox(x: 100, y: 100, width: 880, height: 700)
        for style in ["clean", "caption", "poster"] {
            let request = TitleRequest(
                Self.texts[index], style: style, canvasWidth: 1080, canvasHeight: 1920, box: box)
            let drawing = try drawn(request)
            #expect(box.contains(drawing.ink))
            #expect(drawing.characters.count <= TitleLimits.characters + 1)
        }
    }

    @Test(
        "nothing to see is no drawing",
        arguments: ["", " ", "\n\n \t", "\u{0}\u{1}", "\u{202E}", "\u{200B}", "\u{FEFF}"])
    func nothing(text: String) throws {
        #expect(try TitlePainter.draw(title(text)) == nil)
    }

    @Test(
        "is made regular",
        arguments: [
            ("a\u{0}b\u{1}c", "abc"), ("a\tb", "a b"), ("  a   b  \n c ", "a   b\nc"), ("a\r\n\r\n\r\nb", "a\n\nb"),
            ("\u{202E}abc\u{202C}", "abc"), ("a\u{200F}b", "a\u{200F}b"), ("x\u{E000}y", "xy"), ("a\u{AD}b", "ab"),
            ("e" + String(repeating: "\u{301}", count: 50), "e" + String(repeating: "\u{301}", count: 8)),
        ])
    func tamed(raw: String, expected: String) {
        #expect(Array(TamedText(raw).text.unicodeScalars) == Array(expected.unicodeScalars))
    }

    @Test("over-long text says that it was cut")
    func cut() throws {
        #expect(TamedText(String(repeating: "a", count: 2000)).isCut == false)
        #expect(TamedText(String(repeating: "a", count: 2001)).isCut)
        #expect(try drawn(title(String(repeating: "ab ", count: 900))).isTruncated)
    }

    @Test("markup is drawn as it is written")
    func markup() throws {
        let drawing = try drawn(title("<b>x</b> &amp;"))
        #expect(drawing.characters.map(\.text).joined() == "<b>x</b> &amp;")
        #expect(drawing.characters.allSatisfy { !$0.boxes.isEmpty })
    }

    @Test("numbers out of range are brought into range", arguments: [Double.nan, -.infinity, .infinity, -5, 0, 1e300])
    func numbers(value: Double) throws {
        let drawing = try drawn(
            title("Hello") {
                $0.size = value
                $0.letterSpacing = value
                $0.stroke = TitleStroke(color: .black, width: value)
                $0.plate = TitlePlate(color: .black, opacity: value)
                $0.position = .at(x: value, y: value)
            })
        #expect(TitleBox(x: 0, y: 0, width: 1920, height: 1080).contains(drawing.ink))
    }

    @Test("odd names of styles, families and languages fall back")
    func names() throws {
        let plain = try drawn(title("Hello"))
        let odd = try drawn(
            title("Hello") {
                $0.style = "no such style"
                $0.family = "\u{0},\n<x>" + String(repeating: "y", count: 10_000)
                $0.language = "\u{0}💥" + String(repeating: "-z", count: 10_000)
            })
        #expect(odd.letters == plain.letters)
    }
}
