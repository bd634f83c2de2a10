// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import Testing

@testable import Titles

@Suite struct StyleTests {
    private func drawn(_ text: String, style: String, change: (inout TitleRequest) -> Void = { _ in }) throws
        -> TitleDrawing
    {
        var request = TitleRequest(text, style: style, canvasWidth: 1920, canvasHeight: 1080)
        change(&request)
        return try #require(try TitlePainter.draw(request))
    }

    @Test func aRoleStandsSmallerBelowItsName() throws {
        let name = try drawn("Maria Lind", style: "lower-third")
        let both = try drawn("Maria Lind\nPhotographer", style: "lower-third")
        #expect(both.lineCount == 2 && both.sizeUsed == name.sizeUsed)
        // A second line as large as the first would be a whole line pitch more.
        let added = both.layoutHeight - name.layoutHeight
        #expect(added > 0.5 * name.sizeUsed && added < 1.1 * name.sizeUsed)
        let letters = both.characters.filter { $0.text == "P" || $0.text == "M" }.compactMap(\.boxes.first?.width)
        #expect(letters.count == 2 && letters[1] < letters[0])
        // A long role is broken into lines of its own size.
        let long = try drawn("Maria\n" + String(repeating: "photographer and pilot ", count: 8), style: "lower-third") {
            $0.canvasWidth = 1080
            $0.canvasHeight = 1920
        }
        #expect(long.lineCount > 2 && !long.isTruncated)
    }

    @Test func aBarStandsWhereReadingBegins() throws {
        func barIsLeft(_ text: String) throws -> Bool {
            let plate = try #require(try drawn(text, style: "lower-third").plate)
            func isYellow(_ x: Int) -> Bool {
                let at = (plate.height / 2 * plate.width + x) * 4
                return plate.pixels[at] > 200 && plate.pixels[at + 2] < 90
            }
            let left = isYellow(4), right = isYellow(plate.width - 5)
            #expect(left != right)
            return left
        }
        #expect(try barIsLeft("Maria Lind\nPhotographer"))
        #expect(try !barIsLeft("مريم ليند\nمصورة"))
    }

    @Test func aGlowHasItsColourAndLiesAllRound() throws {
        let drawing = try drawn("Neon", style: "neon")
        let letters = drawing.letters
        // Outside the ink, half the size above it: pink.
        var pink = 0
        for x in 0..<letters.width {
            let at = (max(drawing.ink.y - drawing.y - 12, 0) * letters.width + x) * 4
            if letters.pixels[at + 3] > 40, letters.pixels[at] > letters.pixels[at + 1] { pink += 1 }
        }
        #expect(pink > drawing.ink.width / 3)
        #expect(drawing.ink.y - drawing.y > 20 && letters.height - (drawing.ink.maxY - drawing.y) > 20)
    }

    @Test func whatNoFontHasIsFoundBeforeAnythingIsDrawn() throws {
        func missing(_ text: String) throws -> [String] {
            try TitlePainter.missing(in: TitleRequest(text, canvasWidth: 1920, canvasHeight: 1080))
        }
        #expect(try missing("Grüße, 世界 مرحبا 😀") == [])
        // Private use: nobody's letter.
        #expect(try missing("a\u{0378}b\u{0378}c") == ["\u{0378}"])
        #expect(try missing("") == [])
        let drawing = try drawn("a\u{0378}b", style: "clean")
        #expect(drawing.missing == ["\u{0378}"] && drawing.characters.map(\.text) == ["a", "b"])
    }

    @Test func whatLightsAWordIsNotItsOwnColour() throws {
        for style in TitleStyle.all {
            let request = TitleRequest("a", style: style.name, canvasWidth: 100, canvasHeight: 100)
            #expect(request.litColor == style.accent && style.accent != style.color)
        }
        var yellow = TitleRequest("a", style: "clean", canvasWidth: 100, canvasHeight: 100)
        yellow.color = yellow.litColor
        #expect(yellow.litColor == .white)
    }

    /// The letters of the other colour lie exactly over those they light.
    @Test(arguments: TitleStyle.all.map(\.name)) func anotherColourHasTheSamePlace(style: String) throws {
        let plain = try drawn("Every word\nin its place", style: style)
        let lit = try drawn("Every word\nin its place", style: style) { $0.color = $0.litColor }
        #expect(plain.x == lit.x && plain.y == lit.y)
        #expect(plain.letters.width == lit.letters.width && plain.letters.height == lit.letters.height)
        #expect(plain.words == lit.words)
    }
}
