// SPDX-License-Identifier: GPL-3.0-or-later
//
// Plays conversations of Tests/DirectorTests/Conversations and names those that lead elsewhere than they should:
// `swift run conversations FILE…`. Of held-out files only the count is told. `--read TEXT [FILE NAME…]` shows how a
// message is taken apart; `--fuzz COUNT SEED FILE…` says so many random and mutated messages.
import Conversing
import Director
import Foundation

let director = try Director()
let arguments = Array(CommandLine.arguments.dropFirst())
if arguments.first == "--read", arguments.count > 1 {
    print(director.reading(of: arguments[1], fileNames: Array(arguments.dropFirst(2))))
    exit(0)
}
if arguments.first == "--fuzz", arguments.count > 3, let count = Int(arguments[1]), let seed = UInt64(arguments[2]) {
    let cases = try arguments.dropFirst(3).flatMap { try ConversationCase.all(in: URL(fileURLWithPath: $0)) }
    var fuzz = MessageFuzz(seed: seed, director: director, cases: cases)
    let began = ContinuousClock.now
    var told = 0
    let outcome = fuzz.run(count) { done in
        guard done >= told + 50_000 else { return }
        told = done
        print("\(done) messages, \(ContinuousClock.now - began)")
        fflush(nil)
    }
    for problem in outcome.problems { print("PROBLEM \(problem)") }
    print(
        "\(outcome.count) messages, \(outcome.edits) edits, \(outcome.problems.count) problems, \(ContinuousClock.now - began); "
            + "slowest turn \(outcome.slowest): \(outcome.slowestMessage.debugDescription)")
    exit(outcome.problems.isEmpty ? 0 : 1)
}
for path in arguments {
    let isHeldOut = path.contains("heldout")
    let cases = try ConversationCase.all(in: URL(fileURLWithPath: path))
    var held = 0
    var times: [Double] = []
    // What was checked where held-out ones fail: the kind of it, never the words.
    var kinds: [String: Int] = [:]
    for conversation in cases {
        let run = try ConversationRun(conversation, with: director)
        times.append(run.slowest / .milliseconds(1))
        let problems = Expectations.problems(conversation, run)
        if problems.isEmpty { held += 1 }
        guard !problems.isEmpty else { continue }
        guard !isHeldOut else {
            let kind = conversation.expect.keys.sorted().joined(separator: " ")
            let named = conversation.tags.filter { $0.hasPrefix("operation:") }.joined(separator: " ")
            kinds[[kind, named].filter { !$0.isEmpty }.joined(separator: ", "), default: 0] += 1
            continue
        }
        print("FAIL \(conversation.id) \(conversation.turns)")
        for problem in problems { print("     \(problem)") }
        print("     said: \(run.reply.replacing("\n", with: " / "))")
    }
    times.sort()
    let name = URL(fileURLWithPath: path).lastPathComponent
    print(
        "\(name): \(held) of \(cases.count) hold; slowest turn of each: p95 \(times.isEmpty ? 0 : times[times.count * 95 / 100]) ms"
    )
    for (kind, count) in kinds.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
        print("     \(count) of those that fail: checks of \(kind)")
    }
}
