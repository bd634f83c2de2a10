// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import EditModel

@Suite struct ScriptTests {
    @Test(arguments: [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("He said “Go.” Then left.", ["He said “Go.”", "Then left."]),
        ("It costs 3.50 at Dr. Who's, e.g. today.", ["It costs 3.50 at Dr. Who's, e.g. today."]),
        ("J. R. R. Tolkien wrote it. We read it.", ["J. R. R. Tolkien wrote it.", "We read it."]),
        ("Wait... what?!", ["Wait...", "what?!"]),
        ("你好。再见！好吗？", ["你好。", "再见！", "好吗？"]),
        ("他说：“走吧。”然后走了。", ["他说：“走吧。”", "然后走了。"]),
        ("no end", ["no end"]), ("", []), ("  ", []),
    ])
    func textIsSplitAtSentences(text: String, sentences: [String]) {
        #expect(Script.sentences(text) == sentences)
    }

    @Test func headingsBulletsAndBlankLinesAreNoCaptions() {
        let script = Script("# Trip\n\n- First stop.\n* Second stop.\n## Later\nEnd")
        #expect(script.heading == "Trip")
        #expect(script.lines == ["First stop.", "Second stop.", "Later", "End"])
    }

    @Test func longSentencesBreakAtCommasIntoWhatFitsTheScreen() {
        let line = """
            We walked along the shore until the sun went down, then we lit a fire under the cliffs, \
            and nobody wanted to go home
            """
        let pieces = Script.screenLines(line)
        #expect(
            pieces == [
                "We walked along the shore until the sun went down,",
                "then we lit a fire under the cliffs, and nobody wanted to go home",
            ])
    }

    @Test(arguments: ["x", "字"]) func evenAWordWithoutEndIsCut(letter: String) {
        let pieces = Script.screenLines(String(repeating: letter, count: 500))
        #expect(pieces.allSatisfy { Script.weight($0) <= Script.longestLine })
        #expect(pieces.joined().count == 500)
    }

    @Test func chineseTakesLongerToReadThanItsLetters() {
        #expect(Script.readingTime("我们今天去了海边玩得很开心") > Script.readingTime("thirteen char"))
        #expect(Script.readingTime("Hi") == 1200)
    }
}

@Suite struct NaturalOrderTests {
    @Test(arguments: [
        ["a", "B", "c"], ["img1", "img2", "img10", "img10b", "img11"], ["1", "02", "3", "20"], ["IMG_9", "img_10"],
        ["", "0", "a"], ["第1张", "第2张", "第10张"], ["x99999999999999999999", "x100000000000000000000"],
    ])
    func namesComeAsPeopleCount(names: [String]) {
        #expect(NaturalOrder.sorted(names.reversed(), by: \.self) == names)
    }

    @Test func equalNamesKeepTheirOrder() {
        let pairs = [("a1", 1), ("a1", 2), ("A01", 3)]
        #expect(NaturalOrder.sorted(pairs, by: \.0).map(\.1).filter { $0 != 3 } == [1, 2])
    }
}

@Suite struct ShotLengthsTests {
    @Test func widthsAddUpAndKeepTheirBounds() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededRandom(seed: seed)
            let claims = (0..<Int.random(in: 1...30, using: &random)).map { _ in
                let least = Int64.random(in: 1...500, using: &random)
                let most = Bool.random(using: &random) ? nil : least + Int64.random(in: 0...5000, using: &random)
                return ShotLengths.Claim(
                    wanted: Double.random(in: 1...9000, using: &random), least: least, most: most)
            }
            let least = claims.reduce(0) { $0 + $1.least }
            let most = claims.contains { $0.most == nil } ? least + 100_000 : claims.reduce(0) { $0 + ($1.most ?? 0) }
            let total = Int64.random(in: least...most, using: &random)
            let plan = ShotLengths(claims, total: total, grid: nil) { Int64($0.rounded()) }
            #expect(plan.cuts.first == 0 && plan.cuts.last == total && plan.cuts.count == claims.count + 1)
            for (claim, (start, end)) in zip(claims, zip(plan.cuts, plan.cuts.dropFirst())) {
                #expect(end - start >= claim.least && end - start <= claim.most ?? .max, "seed \(seed)")
            }
        }
    }
}
