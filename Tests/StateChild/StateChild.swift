// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import JSON
import JobQueue
import Studio
import Synchronization

/// Changes a data folder in every way and says on its standard output what is acknowledged, until it is killed. For tests.
///
///     state-child FOLDER ROUND
@main
struct StateChild {
    let stores: Studio.Stores
    let project: ProjectID
    let round: Int

    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3, let round = Int(arguments[2]) else { exit(64) }
        let stores = Studio.Stores(try DataFolder(path: arguments[1]))
        let now = Moment(seconds: Double(round) * 1000)
        _ = try await stores.tasks.interruptAll()
        _ = try await stores.credits.releaseAll(at: now.seconds)
        _ = try await stores.credits.grant(1_000_000, to: .localOwner, reference: "gift", at: 0)
        guard let id = ProjectID("ses_child") else { exit(64) }
        if try await stores.projects.load(id, of: .localOwner) == nil {
            try await stores.projects.save(
                Project(id: id, account: .localOwner, name: "child", language: nil, createdSeconds: 1))
        }
        let child = StateChild(stores: stores, project: id, round: round)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await child.talk() }
            group.addTask { try await child.enqueue() }
            for worker in 0..<3 { group.addTask { try await child.work(worker) } }
            group.addTask { try await child.upload() }
            try await group.waitForAll()
        }
    }

    private var now: Moment { Moment(seconds: Double(round) * 1000) }

    /// One write, so that a line is whole or not there.
    private func acknowledge(_ line: String) {
        let bytes = Array((line + "\n").utf8)
        _ = bytes.withUnsafeBytes { write(1, $0.baseAddress, $0.count) }
    }

    /// Turns, each put down, paid for, saved with its events.
    private func talk() async throws {
        guard var saved = try await stores.projects.load(project, of: .localOwner) else { return }
        for number in 0... {
            let turn = ConversationTurn(
                id: "e-\(round)-\(number)", said: "\(number)", answer: "", saidSeconds: now.seconds,
                answeredSeconds: now.seconds, revisionBefore: saved.revision, revisionAfter: saved.revision + 1)
            let waiting = WaitingTurn(
                id: turn.id, account: .localOwner, project: project, said: turn.said, saidSeconds: now.seconds)
            _ = try await stores.waitingTurns.add(waiting)
            acknowledge("said \(turn.id)")
            _ = try await stores.credits.reserve(2, of: .localOwner, reference: turn.id, at: now.seconds)
            var change = ProjectChange(saved, before: saved)
            _ = try change.project.history.apply(
                [OperationCall("title-name", ["title": .string(turn.id)])], in: EditContext())
            change.project.turns.append(turn)
            change.project.changedSeconds += 1
            change.events = [NewEvent(.turn, ["id": .string(turn.id)])]
            change.settlement = .init(reference: turn.id, using: 1)
            try await stores.projects.save(change)
            acknowledge("turn \(turn.id)")
            saved = change.project
        }
    }

    private func enqueue() async throws {
        for number in 0... {
            let name = "t\(round)-\(number)"
            let task = TaskDraft(
                account: AccountID.localOwner.rawValue, name: name, requestHash: name, kind: "export",
                spec: Array(name.utf8))
            _ = try await stores.exports.add(task, in: project, order: task.spec, at: now)
            acknowledge("export \(name)")
        }
    }

    /// Does tasks; some it takes and never ends.
    private func work(_ worker: Int) async throws {
        for number in 0... {
            guard let claimed = try await stores.tasks.claim(["export"], by: "w\(worker)", at: now) else {
                await Task.yield()
                continue
            }
            let output = "\(round)-\(worker)-\(number)"
            _ = try await stores.tasks.beat(claimed.lease, progress: 0.5, at: now)
            let event = NewEvent(.export, ["id": .string(claimed.task.name)])
            let isDone = try await stores.exports.finish(
                claimed.lease, .done(output: Array(output.utf8)), next: [], telling: event, at: now)
            if isDone { acknowledge("done \(claimed.task.name) \(output)") }
        }
    }

    private func upload() async throws {
        let id = "u\(round)"
        _ = try await stores.uploads.add(
            Upload(id: id, account: .localOwner, length: nil, createdSeconds: 1, expiresSeconds: 1))
        for offset in 0... {
            _ = try await stores.uploads.advance(
                id, of: .localOwner, from: Int64(offset), to: Int64(offset + 1), expiresSeconds: 1)
            acknowledge("offset \(id) \(offset + 1)")
        }
    }
}
