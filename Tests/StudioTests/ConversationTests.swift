// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import Synchronization
import TestMedia
import Testing

@testable import Studio

@Suite("Turns of a conversation")
struct ConversationTests {
    @Test("A turn changes the draft, is answered and is kept")
    func turn() async throws {
        let workplace = try Workplace()
        let studio = try workplace.studio()
        let project = try await studio.createProject(named: "p", language: "en", for: .localOwner)
        let turn = try await studio.say("Hello", in: project.id, of: .localOwner).done.turn
        let after = try await studio.project(project.id, of: .localOwner)
        #expect(turn.answer == "echo Hello")
        #expect(turn.revisionBefore == 0 && turn.revisionAfter == 1)
        #expect(after.draft.film.title == "Hello")
        #expect(after.turns == [turn])
    }

    @Test("Two turns at once run one after the other, in the order in which they were said")
    func twoAtOnce() async throws {
        let gate = Gate()
        let responder = EchoResponder(gate: gate)
        let studio = try Workplace().studio(responder)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let first = try await studio.say("one", in: id, of: .localOwner)
        let second = try await studio.say("two", in: id, of: .localOwner)
        await gate.arrivals(1)
        #expect(responder.begun.withLock { $0 } == ["begin one"])
        #expect(try await studio.project(id, of: .localOwner).draft.film.title == "")
        await gate.letThrough(2)
        let turns = try await [first.done.turn, second.done.turn]
        #expect(responder.begun.withLock { $0 } == ["begin one", "end one", "begin two", "end two"])
        #expect(turns.map(\.revisionAfter) == [1, 2])
        let after = try await studio.project(id, of: .localOwner)
        #expect(after.draft.film.title == "two")
        #expect(after.turns.map(\.said) == ["one", "two"])
    }

    @Test("Projects do not wait for each other")
    func projectsApart() async throws {
        let gate = Gate()
        let studio = try Workplace().studio(EchoResponder(gate: gate))
        let one = try await studio.createProject(named: "1", language: nil, for: .localOwner).id
        let two = try await studio.createProject(named: "2", language: nil, for: .localOwner).id
        let held = try await studio.say("held", in: one, of: .localOwner)
        await gate.arrivals(1)
        let other = try await studio.say("other", in: two, of: .localOwner)
        await gate.arrivals(2)
        await gate.letThrough(2)
        #expect(try await held.done.turn.answer == "echo held")
        #expect(try await other.done.turn.answer == "echo other")
    }

    @Test("A turn goes on when whoever waits for it is cancelled")
    func waiterLeaves() async throws {
        let gate = Gate()
        let workplace = try Workplace()
        let studio = try workplace.studio(EchoResponder(gate: gate))
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let turn = try await studio.say("stays", in: id, of: .localOwner)
        let waiter = Task { try await turn.done.turn }
        await gate.arrivals(1)
        waiter.cancel()
        await gate.letThrough()
        await studio.finish()
        #expect(try await studio.project(id, of: .localOwner).turns.map(\.said) == ["stays"])
    }

    @Test("A turn that fails leaves the project as it was and the next one runs")
    func failure() async throws {
        let gate = Gate()
        let responder = FailingOnce(gate: gate)
        let studio = try Workplace().studio(responder)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let bad = try await studio.say("bad", in: id, of: .localOwner)
        let good = try await studio.say("good", in: id, of: .localOwner)
        await gate.letThrough(2)
        await #expect(throws: EchoResponder.Failed.self) { try await bad.done.turn }
        #expect(try await good.done.turn.revisionAfter == 1)
        #expect(try await studio.project(id, of: .localOwner).turns.map(\.said) == ["good"])
    }

    @Test("An empty message, one too long and one too many are refused with a reason", arguments: ["", " \n\t"])
    func refused(empty: String) async throws {
        var limits = StudioLimits()
        limits.messageBytes = 10
        limits.waitingTurns = 1
        let gate = Gate()
        let studio = try Workplace().studio(EchoResponder(gate: gate), limits: limits)
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        await #expect(throws: StudioError.emptyMessage) { try await studio.say(empty, in: id, of: .localOwner) }
        await #expect(throws: StudioError.messageTooLong(mostBytes: 10)) {
            try await studio.say("eleven char", in: id, of: .localOwner)
        }
        let first = try await studio.say("1", in: id, of: .localOwner)
        let second = try await studio.say("2", in: id, of: .localOwner)
        await #expect(throws: StudioError.tooManyTurns(most: 1)) {
            try await studio.say("3", in: id, of: .localOwner)
        }
        await gate.letThrough(2)
        #expect(try await first.done.turn.said == "1")
        #expect(try await second.done.turn.said == "2")
    }

    @Test("Another account's project is as unknown as one that is not there")
    func otherAccount() async throws {
        let studio = try Workplace().studio()
        let id = try await studio.createProject(named: "p", language: nil, for: .localOwner).id
        let stranger = AccountID(rawValue: "usr_stranger")
        let nobody = try #require(ProjectID("ses_nothing"))
        for (id, account) in [(id, stranger), (nobody, AccountID.localOwner)] {
            await #expect(throws: StudioError.noSuchProject) { try await studio.project(id, of: account) }
            await #expect(throws: StudioError.noSuchProject) { try await studio.say("x", in: id, of: account) }
            await #expect(throws: StudioError.noSuchProject) { try await studio.beginUpload(into: id, of: account) }
        }
    }
}

/// Fails the first time it is asked.
final class FailingOnce: Responder {
    private let gate: Gate
    private let asked = Mutex(0)

    init(gate: Gate) { self.gate = gate }

    func answer(_ message: String, in project: Project) async throws -> Answer {
        await gate.pass()
        let number = asked.withLock { asked in
            asked += 1
            return asked
        }
        if number == 1 { throw EchoResponder.Failed() }
        return try echo(message, project)
    }
}
