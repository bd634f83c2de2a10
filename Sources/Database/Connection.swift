// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite
import Glibc

/// One open connection. Owned and used by one thread; closed with the value.
final class Connection {
    /// Statements that stay prepared.
    private static let mostPrepared = 128

    let path: String
    private let handle: OpaquePointer
    /// What is being done, for errors.
    var operation = "open it"
    private var prepared: [String: Statement] = [:]
    /// Called once what is under way is durable.
    var afterCommit: [() -> Void] = []

    /// Opens the file, made where it is missing and the connection writes.
    init(path: String, writes: Bool) throws(DatabaseError) {
        let flags = (writes ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY)
        var opened: OpaquePointer?
        let result = sqlite3_open_v2(
            path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened, result == SQLITE_OK else {
            let reason = opened.map { String(cString: sqlite3_errmsg($0)) } ?? "there is no memory"
            sqlite3_close_v2(opened)
            throw DatabaseError("open it", path, result: result, reason: reason, statement: nil)
        }
        handle = opened
        self.path = path
        sqlite3_busy_timeout(handle, 5000)
        // A file from elsewhere must not get this program to do anything: no writing to the schema's own tables, no
        // functions in views and triggers that act outside, no functions from loaded libraries.
        for (setting, isOn) in [
            (SQLITE_DBCONFIG_DEFENSIVE, 1), (SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
            (SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0), (SQLITE_DBCONFIG_DQS_DML, 0), (SQLITE_DBCONFIG_DQS_DDL, 0),
        ] {
            try check(kinora_sqlite_switch(handle, setting, Int32(isOn)), nil)
        }
        try script("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA foreign_keys=ON")
        if !writes { try script("PRAGMA cache_size=-2048") }
    }

    deinit {
        prepared = [:]
        sqlite3_close_v2(handle)
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Rows that were changed since the connection was opened.
    var totalChanges: Int { Int(sqlite3_total_changes64(handle)) }

    /// Rows that the last statement changed, without those of triggers and cascades.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    var lastRowID: Int64 { sqlite3_last_insert_rowid(handle) }

    /// Runs statements without values.
    func script(_ sql: String) throws(DatabaseError) { try check(sqlite3_exec(handle, sql, nil, nil, nil), sql) }

    /// Runs one statement without values or rows, prepared now or before.
    func perform(_ sql: String) throws(DatabaseError) {
        let statement = try statement(sql)
        defer { giveBack(statement) }
        _ = try statement.step(self)
    }

    /// A statement, prepared now or before. Give it back when it is done.
    func statement(_ sql: String) throws(DatabaseError) -> Statement {
        if let known = prepared.removeValue(forKey: sql) { return known }
        var made: OpaquePointer?
        try check(
            sqlite3_prepare_v3(handle, sql, Int32(sql.utf8.count), UInt32(SQLITE_PREPARE_PERSISTENT), &made, nil), sql)
        guard let made else { throw fault(.other, "the statement is empty", sql) }
        return Statement(made, sql)
    }

    /// Keeps a statement for the next one who wants it.
    func giveBack(_ statement: Statement) {
        statement.reset()
        if prepared.count >= Self.mostPrepared { prepared.removeAll() }
        prepared[statement.sql] = statement
    }

    func check(_ result: Int32, _ sql: String?) throws(DatabaseError) {
        guard result != SQLITE_OK else { return }
        var reason = String(cString: sqlite3_errmsg(handle))
        let system = sqlite3_system_errno(handle)
        if system != 0, result & 0xFF == SQLITE_IOERR || result & 0xFF == SQLITE_CANTOPEN {
            reason += " (\(String(cString: strerror(system))))"
        }
        throw DatabaseError(operation, path, result: result, reason: reason, statement: sql)
    }

    func fault(_ code: DatabaseError.Code, _ reason: String, _ sql: String? = nil) -> DatabaseError {
        DatabaseError(code, operation, path, reason: reason, statement: sql)
    }
}
