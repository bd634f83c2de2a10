// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Synchronization

/// An SQLite file that this process alone writes to.
///
/// One thread writes, a few read; Swift's own threads never wait for the disk. A change is on the disk (`fsync`) before
/// `write` returns; changes that wait at the same time share that. Readers see the last commit and hold up nobody.
///
/// Close it: that waits for what is under way and leaves one tidy file. Where it is only let go of, the same happens some
/// time later, or when the file is opened again.
package final class Database: Sendable {
    /// Changes that are made durable together at most.
    private static let mostAtOnce = 64
    /// Marks files as this program's: "Knra".
    private static let applicationID = 0x4B6E_7261

    package let path: String
    private let writes = JobLine<WriteJob>()
    private let reads = JobLine<@Sendable (Connection) -> Void>()
    /// Entered by each thread, left when its connection is closed.
    private let readers = DispatchGroup()
    private let writer = DispatchGroup()

    /// Opens the file, made where it is missing, checks it where it was not closed properly, and brings its schema up to
    /// date. Blocks.
    ///
    /// Throws `DatabaseError`: `tooNew` where a later program wrote the file, `damaged` where it is not whole.
    package init(path: String, migrations: [Migration], readers readerCount: Int = 2) throws(DatabaseError) {
        self.path = path
        let opened = Handover<DatabaseError?>()
        let (writes, reads) = (writes, reads)
        Self.start("kinora.database", writer) {
            let connection: Connection
            do throws(DatabaseError) {
                connection = try Self.open(path, migrations)
            } catch {
                opened.give(error)
                return
            }
            opened.give(nil)
            while true {
                let jobs = writes.take(atMost: Self.mostAtOnce)
                if jobs.isEmpty { break }
                connection.carryOut(jobs)
            }
            connection.leave()
        }
        if let error = opened.take() {
            writes.close()
            throw error
        }
        for number in 1...max(1, readerCount) {
            let opened = Handover<DatabaseError?>()
            Self.start("kinora.database.\(number)", self.readers) {
                let connection: Connection
                do throws(DatabaseError) {
                    connection = try Connection(path: path, writes: false)
                } catch {
                    opened.give(error)
                    return
                }
                opened.give(nil)
                while let read = reads.take(atMost: 1).first { read(connection) }
            }
            if let error = opened.take() {
                close()
                throw error
            }
        }
    }

    deinit {
        reads.close()
        writes.close()
    }

    /// Makes a change, all of it or nothing; durable when it returns. `body` runs on the writer's thread and should be
    /// short. Where it throws, nothing has happened.
    ///
    /// - Parameter operation: what is being done, for errors: "save a project".
    @discardableResult
    package func write<Answer: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Transaction) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            write(operation, body) { continuation.resume(with: $0) }
        }
    }

    /// As `write`, for threads that may wait. Blocks.
    @discardableResult
    package func writeBlocking<Answer: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Transaction) throws -> Answer
    ) throws -> Answer {
        let handover = Handover<Result<Answer, any Error>>()
        write(operation, body) { handover.give($0) }
        return try handover.take().get()
    }

    private func write<Answer: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Transaction) throws -> Answer,
        _ tell: @escaping @Sendable (Result<Answer, any Error>) -> Void
    ) {
        let job = WriteJob(operation: operation) { transaction in
            let answer = try body(transaction)
            return { error in tell(error.map { .failure($0) } ?? .success(answer)) }
        } fail: {
            tell(.failure($0))
        }
        if !writes.add(job) { tell(.failure(closed(operation))) }
    }

    /// Asks the database as it is after the last commit; all that `body` asks is of the same moment.
    package func read<Answer: Sendable>(
        _ operation: String, _ body: @escaping @Sendable (Snapshot) throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = reads.add { connection in
                continuation.resume(with: Result { try connection.look(operation, body) })
            }
            if !isTaken { continuation.resume(throwing: closed(operation)) }
        }
    }

    /// Writes a whole copy of the database as it is now to a new file, while it is in use.
    package func copy(to destination: String) async throws {
        let isTaken = FileManager.default.fileExists(atPath: destination)
        guard !isTaken else {
            throw DatabaseError(.foreign, "write a copy", destination, reason: "there is a file already")
        }
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let isTaken = reads.add { connection in
                continuation.resume(
                    with: Result {
                        connection.operation = "write a copy"
                        try Session(connection: connection).each("VACUUM INTO ?", [destination]) { _ in true }
                    })
            }
            if !isTaken { continuation.resume(throwing: closed("write a copy")) }
        }
    }

    /// Finishes what waits, then closes the file. Nothing can be asked or changed afterwards. Blocks; must not be called by
    /// what runs on the database's own threads.
    package func close() {
        // The writer goes last: whoever closes last tidies the file up.
        reads.close()
        readers.wait()
        writes.close()
        writer.wait()
    }

    private func closed(_ operation: String) -> DatabaseError {
        DatabaseError(.closed, operation, path, reason: "it was closed")
    }

    private static func start(_ name: String, _ group: DispatchGroup, _ body: @escaping @Sendable () -> Void) {
        group.enter()
        let thread = Thread {
            // What the body holds is let go of before anybody hears that it is over.
            body()
            group.leave()
        }
        thread.name = name
        thread.start()
    }
}

// MARK: Opening

extension Database {
    private static func open(_ path: String, _ migrations: [Migration]) throws(DatabaseError) -> Connection {
        // A file that was closed properly has no log beside it.
        let wasInUse = ((try? FileManager.default.attributesOfItem(atPath: path + "-wal")[.size]) as? Int ?? 0) > 0
        let connection = try Connection(path: path, writes: true)
        let session = Session(connection: connection)
        if wasInUse {
            let found = try session.text("PRAGMA quick_check(1)")
            guard found == "ok" else { throw connection.fault(.damaged, found) }
        }
        let owner = try session.number("PRAGMA application_id")
        let tables = try session.number("SELECT count(*) FROM sqlite_schema")
        guard owner == applicationID || (owner == 0 && tables == 0) else {
            throw connection.fault(.foreign, "the file belongs to another program")
        }
        guard try session.text("PRAGMA journal_mode=WAL") == "wal" else {
            throw connection.fault(.disk, "the file system cannot share memory between connections")
        }
        try connection.script(
            "PRAGMA synchronous=FULL; PRAGMA cache_size=-8192; PRAGMA journal_size_limit=\(64 << 20)")
        try migrate(session, migrations)
        return connection
    }

    private static func migrate(_ session: Session, _ migrations: [Migration]) throws(DatabaseError) {
        let connection = session.connection
        let known = migrations.last?.number ?? 0
        guard migrations.map(\.number) == Array(1..<max(1, known + 1)) else {
            throw connection.fault(.other, "the steps of the schema are not numbered from 1 on")
        }
        let found = try session.number("PRAGMA user_version")
        guard found <= known else {
            throw DatabaseError(
                .tooNew(found: found, known: known), "open it", connection.path,
                reason: "a newer program wrote it (schema \(found), this one knows \(known))")
        }
        guard found < known else { return }
        connection.operation = "bring the schema up to date"
        // Tables may be made anew under way; whether all rows point at rows is checked at the end.
        try connection.script("PRAGMA foreign_keys=OFF")
        do {
            try connection.script("BEGIN EXCLUSIVE")
            for migration in migrations where migration.number > found {
                try migration.steps(Transaction(session: session))
            }
            if try Transaction(session: session).exists("PRAGMA foreign_key_check") {
                throw connection.fault(.dangling, "rows would point at rows that are not there")
            }
            try connection.script(
                "PRAGMA application_id=\(applicationID); PRAGMA user_version=\(known); COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.script("ROLLBACK") }
            throw error as? DatabaseError ?? connection.fault(.other, "\(error)")
        }
        try connection.script("PRAGMA foreign_keys=ON")
    }
}

extension Connection {
    /// Asks within one transaction, so that all answers are of the same moment.
    fileprivate func look<Answer>(_ operation: String, _ body: (Snapshot) throws -> Answer) throws -> Answer {
        self.operation = operation
        try perform("BEGIN")
        defer { if isInTransaction { try? perform("COMMIT") } }
        return try body(Snapshot(session: Session(connection: self)))
    }

    /// Tidies up before the last connection closes.
    fileprivate func leave() {
        operation = "close it"
        // Where it fails, the next one who opens the file finds everything in its log.
        try? script("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)")
    }
}

extension Session {
    fileprivate func text(_ sql: String) throws(DatabaseError) -> String {
        try read(sql) as String? ?? ""
    }

    fileprivate func number(_ sql: String) throws(DatabaseError) -> Int {
        try read(sql) as Int? ?? 0
    }

    private func read<Value: SQLConvertible>(_ sql: String) throws(DatabaseError) -> Value? {
        let statement = try connection.statement(sql)
        defer { connection.giveBack(statement) }
        guard try statement.step(connection) else { return nil }
        return Value(statement.value(0))
    }
}

/// A value that one thread gives to another, once.
private final class Handover<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)
    private let given = DispatchSemaphore(value: 0)

    func give(_ value: Value) {
        self.value.withLock { $0 = value }
        given.signal()
    }

    /// Waits for it.
    func take() -> Value {
        while true {
            given.wait()
            if let value = value.withLock({ $0 }) { return value }
        }
    }
}
