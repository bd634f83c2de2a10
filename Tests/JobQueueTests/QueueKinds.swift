// SPDX-License-Identifier: GPL-3.0-or-later
import Database
import Foundation
import TestMedia
import Testing

@testable import JobQueue

/// A kind of queue that the tests of `TaskStore` are put to. Another implementation is one more line of `all`.
struct QueueKind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// A new, empty queue.
    let open: @Sendable (QueueRules) throws -> any OpenQueue

    static let all = [
        QueueKind(testDescription: "memory") { MemoryQueue(store: MemoryTaskStore($0)) },
        QueueKind(testDescription: "SQLite") { try SQLiteQueue($0) },
    ]

    func store(_ rules: QueueRules = QueueRules()) throws -> any TaskStore { try open(rules).store }
}

/// A queue, and the way to end its process and start another one over what it left.
protocol OpenQueue {
    var store: any TaskStore { get }
    mutating func restart() throws
}

struct MemoryQueue: OpenQueue {
    let store: any TaskStore
    /// Nothing that lasts could be lost.
    mutating func restart() {}
}

struct SQLiteQueue: OpenQueue {
    private let path: String
    private let rules: QueueRules
    private var database: Database
    private(set) var store: any TaskStore

    init(_ rules: QueueRules) throws {
        path = try TestMedia.scratchFolder().appendingPathComponent("queue.sqlite").path
        self.rules = rules
        database = try Self.open(path)
        store = SQLiteTaskStore(database, TaskTable(rules))
    }

    mutating func restart() throws {
        database.close()
        database = try Self.open(path)
        store = SQLiteTaskStore(database, TaskTable(rules))
    }

    private static func open(_ path: String) throws -> Database {
        try Database(path: path, migrations: [Migration(1, script: TaskTable.schema)])
    }
}

func at(_ seconds: Double) -> Moment { Moment(seconds: seconds) }

func draft(
    _ name: String, of account: String = "a", kind: String = "export", hash: String = "h", priority: Int = 0,
    runAt: Double = 0
) -> TaskDraft {
    TaskDraft(
        account: account, name: name, requestHash: hash, kind: kind, spec: Array(name.utf8), priority: priority,
        runAt: at(runAt))
}

extension TaskStore {
    /// Claims, and gives the name of what came.
    func next(_ now: Double = 100, _ kinds: Set<String> = ["export"], by worker: String = "w") async throws -> String? {
        try await claim(kinds, by: worker, at: at(now))?.task.name
    }
}

/// Random numbers that come out the same for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
