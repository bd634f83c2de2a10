// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import Studio

@Suite("Small forms of revisions")
struct TextDeltaTests {
    @Test(
        "A text and what differs give the other text",
        arguments: [
            ("", ""), ("", "abc"), ("abc", ""), ("abc", "abc"), ("abc", "abcabc"), ("aaaa", "aa"), ("aa", "aaaa"),
            ("xay", "xby"), ("🏖", "🎬"), (String(repeating: "long ", count: 5000) + "a", "b"),
            (String(repeating: "x", count: 40000), String(repeating: "x", count: 20000) + "y"),
        ])
    func roundTrip(_ pair: (String, String)) throws {
        let (old, new) = (Array(pair.0.utf8), Array(pair.1.utf8))
        #expect(TextDelta.text(from: old, by: TextDelta.delta(from: old, to: new)) == new)
        #expect(TextDelta.text(from: new, by: TextDelta.delta(from: new, to: old)) == old)
    }

    @Test("A small change is small")
    func small() {
        let old = Array(String(repeating: "0123456789", count: 1000).utf8)
        var new = old
        new[5000] = 0x41
        #expect(TextDelta.delta(from: old, to: new).count < 8)
    }

    @Test(
        "A delta of another text is refused",
        arguments: [[], [5], [3, 3], [0x80], [255, 255, 255, 255, 255, 255, 255, 255, 255]])
    func wrong(_ delta: [UInt8]) { #expect(TextDelta.text(from: [1, 2], by: delta) == nil) }

    @Test(
        "Numbers go into ranges and come out again",
        arguments: [([], ""), ([0], "0"), ([0, 1, 2, 3, 7], "0-3,7"), ([4, 9, 10], "4,9-10")])
    func ranges(_ pair: ([Int], String)) {
        #expect(NumberRanges.text(pair.0) == pair.1)
        #expect(NumberRanges.numbers(pair.1) == (pair.0.isEmpty ? nil : pair.0))
    }

    @Test("What is no ranges is refused", arguments: ["", ",", "1-", "-1", "3-1", "1-2-3", "x", "0-99999999999"])
    func noRanges(_ text: String) { #expect(NumberRanges.numbers(text) == nil) }
}
