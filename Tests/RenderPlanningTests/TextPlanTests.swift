// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

@Suite struct TextPlanTests {
    typealias Samples = PlanSamples

    /// The text overlays of each span, with the film frame at which it begins.
    static func overlays(
        _ title: Segment, drawn: DrawnText? = nil, rate: FrameRate = FrameRate(30)
    ) throws -> [(start: Int, text: TextOverlay)] {
        var draft = Samples.draft([Samples.Shot("p", 9000)], rate: rate)
        draft.tracks.append(Track(id: "x1", kind: .text, name: "", segments: [title]))
        var inputs = Samples.inputs(draft)
        if let drawn { inputs.texts[title.id] = drawn }
        let plan = try FilmPlan(draft: draft, inputs: inputs)
        var frame = 0
        var found: [(Int, TextOverlay)] = []
        for span in plan.chunks.flatMap(\.spans) {
            for case .text(let text) in span.overlays { found.append((frame, text)) }
            frame += span.frames
        }
        return found
    }

    static func drawn(_ letters: Int, words: Int) -> DrawnText {
        func boxes(_ count: Int) -> [[DrawnText.Box]] {
            (0..<count).map { [DrawnText.Box(x: $0 * 10, y: 0, width: 10, height: 20)] }
        }
        return DrawnText(
            bitmap: "b", size: PixelSize(width: 100, height: 20), x: 5, y: 7, words: boxes(words),
            characters: boxes(letters))
    }

    @Test func aTextComesStandsAndGoes() throws {
        let found = try Self.overlays(Samples.title("t", 1000, 4000))
        let fade = TextMove(.fade, frames: 12)
        for (start, text) in found {
            #expect(start >= 30 && start < 120)
            if start < 42 {
                #expect(text.entrance == fade && text.exit == nil)
                #expect(text.window == FrameWindow(first: start - 30, total: 12))
            } else if start < 108 {
                #expect(text.entrance == nil && text.exit == nil && text.window == .still)
            } else {
                #expect(text.entrance == nil && text.exit == fade)
                #expect(text.window == FrameWindow(first: start - 108, total: 12))
            }
        }
        #expect(Set(found.map { $0.start < 42 ? 0 : $0.start < 108 ? 1 : 2 }) == [0, 1, 2])
    }

    @Test func movesTakeAtMostHalfTheText() throws {
        let found = try Self.overlays(
            Samples.title("t", 0, 1000) {
                $0.entrance = TextAnimation(.slide, duration: ms(5000))
                $0.exit = TextAnimation(.pop, duration: ms(5000))
            })
        #expect(found.compactMap(\.text.entrance).allSatisfy { $0.frames == 15 })
        #expect(found.compactMap(\.text.exit).allSatisfy { $0.frames == 15 })
        #expect(found.allSatisfy { $0.text.window != .still })
    }

    @Test func lettersAreTypedOneAfterTheOther() throws {
        let found = try Self.overlays(
            Samples.title("t", 0, 3000) { $0.entrance = TextAnimation(.typewriter, duration: ms(1000)) },
            drawn: Self.drawn(6, words: 2))
        #expect(found.first?.text.reveals.map(\.frame) == [0, 5, 10, 15, 20, 25])
        #expect(found.first?.text.reveals.map(\.x) == [0, 10, 20, 30, 40, 50])
        #expect(found.allSatisfy { $0.text.window.total == 90 })
    }

    @Test func theWordThatIsSaidIsLit() throws {
        var drawn = Self.drawn(6, words: 3)
        drawn.lit = "lit"
        let words = [("a", 200, 500), ("b", 600, 900), ("c", 2000, 2400)].map { text, start, end in
            TextContent.Word(text: text, range: TimeRange(ms(Int64(start)), until: ms(Int64(end))))
        }
        let found = try Self.overlays(Samples.title("t", 0, 3000) { $0.words = words }, drawn: drawn)
        let lit = found.map(\.text).filter { $0.bitmap == "lit" }
        // A word stays lit until the next where that follows at once, and goes out before a pause.
        #expect(lit.first?.reveals.map(\.frame) == [6, 18, 60])
        #expect(lit.first?.reveals.map(\.end) == [18, 27, 72])
        #expect(lit.allSatisfy { $0.window.total == 90 && $0.reveals.count == 3 })
        #expect(found.contains { $0.text.bitmap == "b" })
        // Words that are not those of the drawing light nothing.
        let other = try Self.overlays(Samples.title("t", 0, 3000) { $0.words = Array(words.prefix(2)) }, drawn: drawn)
        #expect(other.allSatisfy { $0.text.bitmap == "b" })
    }

    @Test func wordsComeWhenTheyAreSaid() throws {
        let said = [("Hello", 0, 300), ("world", 500, 900)].map {
            TextContent.Word(text: $0.0, range: TimeRange(ms($0.1), until: ms($0.2)))
        }
        for length in [0, 400] as [Int64] {
            let found = try Self.overlays(
                Samples.title("t", 1000, 4000) {
                    $0.entrance = TextAnimation(.words, duration: ms(length))
                    $0.words = said
                }, drawn: Self.drawn(10, words: 2))
            #expect(found.first?.text.reveals.map(\.frame) == [0, 15])
            #expect(found.first?.text.entrance?.kind == .words)
        }
    }

    @Test func wordsWithoutTimesAreSpreadOverTheEntrance() throws {
        let found = try Self.overlays(
            Samples.title("t", 0, 3000) { $0.entrance = TextAnimation(.words, duration: ms(800)) },
            drawn: Self.drawn(10, words: 4))
        #expect(found.first?.text.reveals.map(\.frame) == [0, 6, 12, 18])
    }

    @Test func aRollKeepsItsWholeWindow() throws {
        let found = try Self.overlays(
            Samples.title("t", 0, 6000) {
                $0.entrance = TextAnimation(.roll, duration: ms(3000))
                $0.exit = TextAnimation(.roll, duration: ms(3000))
            })
        #expect(found.allSatisfy { $0.text.window.total == 180 && $0.text.entrance != nil && $0.text.exit != nil })
    }

    @Test func aPlateLiesUnderItsLetters() throws {
        var drawn = Self.drawn(4, words: 1)
        drawn.plate = "plate"
        let found = try Self.overlays(
            Samples.title("t", 0, 1000) { $0.entrance = TextAnimation(.typewriter, duration: ms(400)) }, drawn: drawn)
        #expect(found.prefix(2).map(\.text.bitmap) == ["plate", "b"])
        #expect(found.first?.text.entrance == TextMove(.fade, frames: 6))
        #expect(found.first?.text.reveals.isEmpty == true)
    }
}
