// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import Testing

@testable import Titles

@Suite("Scripts")
struct ScriptTests {
    @Test("every letter of every script has a font, in every style", arguments: Sample.all)
    func noTofu(sample: Sample) throws {
        for style in TitleStyle.all {
            let drawing = try drawn(
                title(sample.text) {
                    $0.language = sample.language
                    $0.style = style.name
                })
            #expect(drawing.missing.isEmpty, "\(style.name)")
            #expect(!drawing.isTruncated)
        }
    }

    @Test("a character that no font has is left out and named")
    func missingIsNamed() throws {
        let drawing = try drawn(title("Sea\u{0378}side"))
        #expect(drawing.missing == ["\u{0378}"])
        #expect(drawing.letters == (try drawn(title("Seaside"))).letters)
        #expect(try TitlePainter.draw(title("\u{0378}\u{0379}")) == nil)
    }

    @Test("Han characters take the shapes of the language, or of the kana beside them")
    func hanVariants() throws {
        func glyph(_ text: String, _ language: String) throws -> TitleDrawing {
            try drawn(
                title(text) {
                    $0.language = language
                    $0.shadow = TitleShadow.none
                })
        }
        let simplified = try glyph("骨直角", "zh-CN")
        let japanese = try glyph("骨直角", "ja")
        let taiwan = try glyph("骨直角", "zh-Hant")
        #expect(simplified.letters != japanese.letters)
        #expect(simplified.letters != taiwan.letters)
        #expect(japanese.letters != taiwan.letters)
        // No language: plain Han reads as simplified Chinese, kana make it Japanese.
        #expect(try glyph("骨直角", "").letters == simplified.letters)
        #expect(try glyph("骨直角の", "").letters == glyph("骨直角の", "ja").letters)
        #expect(try glyph("骨直角の", "en").letters == glyph("骨直角の", "ja").letters)
    }

    @Test("an emoji made of several characters is one picture, in colour, with a shadow")
    func emoji() throws {
        for text in ["👨‍👩‍👧‍👦", "🇫🇷", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "👍🏽", "❤️"] {
            let drawing = try drawn(title(text))
            #expect(drawing.characters.count == 1)
            #expect(drawing.layoutWidth < drawing.sizeUsed * 1.5, "\(text)")
            let bitmap = drawing.letters
            // Dark pixels that are partly clear lie left of the picture: its shadow.
            #expect(bitmap.width > Int(drawing.layoutWidth) + 20)
        }
        let heart = try drawn(title("❤️")).letters
        let reds = stride(from: 0, to: heart.pixels.count, by: 4).filter {
            heart.pixels[$0] > 180 && heart.pixels[$0 + 1] < 90
        }
        #expect(reds.count > 1000)
    }

    @Test("Arabic letters join, also in a style with wide letter spacing")
    func arabicJoins() throws {
        func width(_ text: String, spacing: Double = 0) throws -> Double {
            try drawn(
                title(text) {
                    $0.letterSpacing = spacing
                    $0.size = 100
                }
            ).layoutWidth
        }
        // A letter in the middle of a word is narrower than one that stands alone.
        #expect(try width("ببببب") < 5 * width("ب") * 0.95)
        #expect(try width("ببببب", spacing: 0.3) == width("ببببب"))
        #expect(try width("aaaaa", spacing: 0.3) > width("aaaaa") + 100)
    }

    @Test("a word is never pieced together from two typefaces")
    func oneFaceAWord() throws {
        // Dancing Script lacks Ł and ź; the whole title moves to the next family.
        for (style, text) in [("handwritten", "Łódź"), ("poster", "Đà Nẵng"), ("poster", "Україна їжак")] {
            let plan = TitlePlan(title(text) { $0.style = style })
            let counts = try SharedTypesetter.use { typesetter throws(TitleError) in
                let first = typesetter.shape(plan.text, plan.dress(for: plan.text), fromRight: false)
                let (_, paragraphs) = plan.composed(plan.text, with: typesetter)
                return [first.faceCount] + paragraphs.map(\.shaped.faceCount)
            }
            let (first, rest) = (try #require(counts?.first), try #require(counts?.dropFirst()))
            #expect(first > 1, "the first family has the whole of \(text): pick another text")
            #expect(rest.allSatisfy { $0 == 1 }, "\(text)")
        }
    }

    @Test(
        "capitals are the language's own",
        arguments: [
            ("istanbul", "tr", "İSTANBUL"), ("istanbul", "en", "ISTANBUL"), ("straße", "de", "STRASSE"),
            ("καλοκαίρι ήλιος", "el", "ΚΑΛΟΚΑΙΡΙ ΗΛΙΟΣ"), ("ზაფხული", "ka", "ზაფხული"), ("été", "fr", "ÉTÉ"),
            ("生日 ok", "zh", "生日 OK"),
        ])
    func capitals(text: String, language: String, expected: String) {
        #expect(TamedText.upper(text, language: language) == expected)
    }

    @Test(
        "small letters are the language's own", arguments: [("ISPARTA İL", "tr", "ısparta il"), ("ÀB İ", "en", "àb i̇")])
    func smallLetters(text: String, language: String, expected: String) {
        #expect(TamedText.cased(text, .lower, language: language) == expected)
    }
}
