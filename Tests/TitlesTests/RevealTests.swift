// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import Testing

@testable import Titles

@Suite("Reveal boxes")
struct RevealTests {
    @Test("lines, words and characters each cover the bitmap once and only once", arguments: Sample.all)
    func cover(sample: Sample) throws {
        for (style, box) in [
            ("clean", nil), ("handwritten", TitleBox(x: 600, y: 40, width: 420, height: 1000)), ("caption", nil),
        ] {
            let drawing = try drawn(
                title(sample.text) {
                    $0.language = sample.language
                    $0.style = style
                    $0.box = box
                })
            let whole = TitleBox(x: 0, y: 0, width: drawing.letters.width, height: drawing.letters.height)
            for parts in [drawing.lines, drawing.words, drawing.characters] {
                let boxes = parts.flatMap(\.boxes)
                #expect(boxes.allSatisfy { $0.width > 0 && $0.height > 0 && whole.contains($0) })
                #expect(boxes.reduce(0) { $0 + $1.width * $1.height } == whole.width * whole.height, "\(style)")
                for (i, a) in boxes.enumerated() {
                    let apart = boxes[(i + 1)...].allSatisfy { b in
                        a.maxX <= b.x || b.maxX <= a.x || a.maxY <= b.y || b.maxY <= a.y
                    }
                    #expect(apart, "\(style), box \(i)")
                }
            }
        }
    }

    @Test("characters are what a person counts, words are what stands between spaces")
    func counts() throws {
        let drawing = try drawn(title("Hi, café 👨‍👩‍👧‍👦!"))
        #expect(drawing.characters.map(\.text) == ["H", "i", ",", " ", "c", "a", "f", "é", " ", "👨‍👩‍👧‍👦", "!"])
        #expect(drawing.words.map(\.text) == ["Hi,", "café", "👨‍👩‍👧‍👦!"])
        let chinese = try drawn(title("你好，世界！ 2024年"))
        #expect(chinese.words.map(\.text) == ["你", "好，", "世", "界！", "2024", "年"])
        #expect(try drawn(title("well-known twenty-one")).words.map(\.text) == ["well-known", "twenty-one"])
    }

    @Test("reading order runs from the right in Arabic and Hebrew, and by word in mixed text")
    func readingOrder() throws {
        func lefts(_ parts: [TitlePart]) -> [Int] { parts.compactMap { $0.boxes.first?.x } }
        for text in ["مرحبا بالعالم", "שלום עולם"] {
            let drawing = try drawn(title(text))
            #expect(lefts(drawing.words) == lefts(drawing.words).sorted(by: >))
            #expect(lefts(drawing.characters) == lefts(drawing.characters).sorted(by: >), "\(text)")
        }
        let latin = try drawn(title("The office affair"))
        #expect(lefts(latin.characters) == lefts(latin.characters).sorted())
        let mixed = try drawn(title("Hello שלום עולם end"))
        let places = lefts(mixed.words)
        #expect(places[0] < places[2] && places[2] < places[1] && places[1] < places[3])
    }

    @Test("no letter is cut by the edge of its word")
    func wordsAreWhole() throws {
        let drawing = try drawn(title("fjord Vale Toy. (AV) jig"))
        let bitmap = drawing.letters
        for part in drawing.words {
            for box in part.boxes where box.x > 0 {
                let column = (box.y..<box.maxY).map { bitmap.pixels[4 * ($0 * bitmap.width + box.x) + 1] }
                #expect(column.allSatisfy { $0 == 0 }, "\(part.text)")
            }
        }
    }

    @Test("timed words answer one for one, whatever the text's spaces and marks")
    func timedWords() throws {
        let drawing = try drawn(
            title("今天 — 我们去海边！") { $0.words = ["今天", "我们", "去", "海边"] })
        #expect(drawing.words.map(\.text) == ["今天", "我们", "去", "海边"])
        #expect(drawing.words.allSatisfy { !$0.boxes.isEmpty })
        let spoken = try drawn(
            title("We met in Rome, at last") { $0.words = ["we", "met", "in Rome", "nowhere", "at", "last"] })
        #expect(spoken.words.count == 6)
        #expect(spoken.words[3].boxes.isEmpty)
        #expect(spoken.words[5].boxes.count == 1)
        let unrelated = try drawn(title("One two") { $0.words = ["drei", "vier"] })
        #expect(unrelated.words.map(\.text) == ["One", "two"])
        let capitals = try drawn(
            title("one two") {
                $0.words = ["one", "two"]; $0.letterCase = .upper
            })
        #expect(capitals.words.map(\.text) == ["ONE", "TWO"])
    }
}
