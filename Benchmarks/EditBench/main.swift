// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the cost of edits and of turns grows with the film: drafts of 10, 100 and 1,000 pictures, each operation and each
// sentence timed, and the ratio to what n log n would allow. `swift run -c release edit-bench`.
import Director
import EditModel
import EditTime
import Foundation
import JSON

let sizes = [10, 100, 1000]

func media(_ count: Int) -> [MediaFacts] {
    (0..<count).map { index in
        var facts = MediaFacts(
            id: "m\(index)", name: "photo-\(index).jpg", kind: .image, format: "jpeg", contentHash: "\(index)",
            size: PixelSize(width: index % 3 == 0 ? 3000 : 4000, height: index % 3 == 0 ? 4000 : 3000))
        facts.sharpness = Double(index * 7919 % 101)
        facts.perceptualHash = UInt64(index) &* 0x9E37_79B9_7F4A_7C15
        return facts
    }
}

/// Milliseconds of the median of some runs.
func median(_ runs: Int, _ body: () throws -> Void) rethrows -> Double {
    var times: [Double] = []
    for _ in 0..<runs {
        let began = ContinuousClock.now
        try body()
        times.append((ContinuousClock.now - began) / .milliseconds(1))
    }
    return times.sorted()[runs / 2]
}

func row(_ name: String, _ times: [Double]) {
    let allowed = Double(sizes[2]) * log(Double(sizes[2])) / (Double(sizes[1]) * log(Double(sizes[1])))
    let growth = times[2] / max(times[1], 1e-6)
    let figures = times.map { String(format: "%9.3f", $0) }.joined(separator: " ")
    print(
        "| \(name.padding(toLength: 34, withPad: " ", startingAt: 0)) | \(figures) | "
            + String(format: "%5.1f | %4.2f |", growth, growth / allowed))
}

print("| milliseconds at \(sizes.map(String.init).joined(separator: ", ")) pictures | | 1,000 : 100 | of n log n |")
print("|---|---|---|---|")

let operations: [(String, [String: JSONValue])] = [
    ("length", ["length": 120_000]), ("pace", ["factor": 1.2]), ("order", ["by": "reverse"]), ("order", ["by": "name"]),
    ("move", ["segments": [5], "to": 1]), ("remove", ["segments": [3]]), ("transition", ["type": "wipe-left"]),
    ("motion", ["type": "auto"]), ("grade", ["look": "warm"]), ("fit", ["fit": "blur"]),
    ("canvas", ["preset": "tiktok"]),
    ("add-text", ["text": "Hello", "on": .null]),
]
let contexts = sizes.map { EditContext(media: media($0)) }
row(
    "create",
    try contexts.map { context in
        try median(5) { _ = try Draft().applying([OperationCall("create", ["keepAll": true])], in: context) }
    })
let drafts = try contexts.map { try Draft().applying([OperationCall("create", ["keepAll": true])], in: $0).draft }
for (name, arguments) in operations {
    let given = arguments.filter { $0.value != .null }
    let call = try OperationCall(name, given)
    row(
        "\(name) \(given.keys.sorted().joined(separator: " "))",
        try zip(contexts, drafts).map { context, draft in
            try median(9) { _ = try draft.applying([call], in: context) }
        })
}
let director = try Director()
for sentence in [
    "make it black and white and 20% shorter", "move the third photo to the end", "音乐小声一点，每张三秒", "delete photo-7.jpg",
] {
    row(
        "“\(sentence)”",
        zip(contexts, drafts).map { context, draft in
            let conversation = Director.Conversation(draft: draft, context: context, language: "en")
            return median(9) { _ = director.respond(to: sentence, in: conversation) }
        })
}
let many = EditContext(media: media(200))
let long = try Draft().applying([OperationCall("create", ["keepAll": true])], in: many).draft
var turns: [Double] = []
for _ in 0..<20 {
    for sentence in [
        "make it warmer", "swap the second and the fourth", "title Summer Days at the top", "每张两秒，配钢琴曲", "undo",
    ] {
        let conversation = Director.Conversation(draft: long, context: many, language: "en")
        turns.append(median(1) { _ = director.respond(to: sentence, in: conversation) })
    }
}
turns.sort()
print(
    String(
        format: "\nA turn at 200 pictures: p50 %.1f ms, p95 %.1f ms (bar 100 ms)", turns[turns.count / 2],
        turns[turns.count * 95 / 100]))
