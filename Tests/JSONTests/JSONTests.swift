// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Testing

@Suite struct JSONTests {
    @Test(
        arguments: [
            ("null", .null), (" true ", true), ("-12", -12), ("1.5e2", .number(150)), ("0", 0),
            ("\"a\\n\\u00e9\\ud83c\\udf1e\"", "a\né🌞"), ("[1,[],{}]", [1, [], [:]]),
            ("{\"a\":{\"b\":[false]}}", ["a": ["b": [false]]]), ("\u{FEFF}1", 1), ("\"叠化\"", "叠化"),
            ("9223372036854775807", .integer(.max)), ("9223372036854775808", .number(9_223_372_036_854_775_808)),
        ] as [(String, JSONValue)])
    func whatTheStandardAllowsIsRead(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{a:1}", "01", "1.", ".5", "1e", "+1", "NaN", "tru", "\"a", "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\u{1}\"", "1 2", "1e999", "[1 2]", "{\"a\" 1}", "'a'", "\"\\u+123\"",
        String(repeating: "[", count: 100_000),
    ])
    func anythingElseIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test func brokenUTF8IsRefused() {
        #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xFF, 0x22]) }
    }

    @Test func anErrorNamesTheLine() throws {
        let error = #expect(throws: JSONError.self) { try JSONValue(parsing: "{\n\"a\": 1\n\"b\": 2}") }
        #expect(error?.line == 3)
    }

    @Test func equalValuesGiveEqualBytes() throws {
        let one = try JSONValue(parsing: "{\"b\":1.0,\"a\":[0.1,\"\\u0001/é\"]}")
        #expect(one.text() == "{\"a\":[0.1,\"\\u0001/é\"],\"b\":1}")
        #expect(try JSONValue(parsing: one.text()).text() == one.text())
    }

    @Test func readableTextReadsBackTheSame() throws {
        let value: JSONValue = [
            "long": .array((0..<60).map { .integer($0) }), "nested": ["x": .string(String(repeating: "y", count: 120))],
            "short": [1, 2],
        ]
        let text = value.text(.readable)
        #expect(text.contains("\n  \"short\": [1,2]\n"))
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test func randomValuesSurviveTheRoundTrip() throws {
        var random = SeededRandom(state: 7)
        for _ in 0..<2000 {
            let value = randomValue(&random, depth: 0)
            #expect(try JSONValue(parsing: value.text()) == value)
            #expect(try JSONValue(parsing: value.text(.readable)) == value)
        }
    }

    private func randomValue(_ random: inout SeededRandom, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 4 ? 5 : 7), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: .min ... .max, using: &random))
        case 3: return .number(Double.random(in: -1e6...1e6, using: &random) + 0.12345)
        case 4:
            let scalars = (0..<8).compactMap { _ in Unicode.Scalar(UInt32.random(in: 0...0x2FFFF, using: &random)) }
            return .string(String(String.UnicodeScalarView(scalars)))
        case 5: return .array((0..<3).map { _ in randomValue(&random, depth: depth + 1) })
        default:
            let keys = (0..<3).map { "k\($0)\(Int.random(in: 0..<9, using: &random))" }
            return .object(Dictionary(keys.map { ($0, randomValue(&random, depth: depth + 1)) }) { a, _ in a })
        }
    }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
