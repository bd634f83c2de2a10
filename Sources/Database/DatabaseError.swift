// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite

/// A database could not be opened, asked or changed. Nothing of what was tried has happened.
package struct DatabaseError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: Hashable, Sendable {
        /// The file is not what it was, or no database at all.
        case damaged
        /// A later program wrote it; its schema and the latest one that this program knows.
        case tooNew(found: Int, known: Int)
        /// The file belongs to another program.
        case foreign
        case noSpace
        case noPermission
        /// The system could not read or write.
        case disk
        /// Another process held it for too long.
        case busy
        /// A value that has to be unique is there already.
        case notUnique
        /// A row points at one that is not there, or is pointed at.
        case dangling
        /// Another rule of the schema was broken.
        case rule
        /// It was closed before.
        case closed
        /// A value is not of the type that was asked for.
        case type
        case other
    }

    package let code: Code
    /// What was being done: "save a project", …
    package let operation: String
    package let path: String
    /// What SQLite says, or what was found.
    package let reason: String
    /// SQLite's extended result code; 0 where the fault is not SQLite's.
    package let underlying: Int32
    /// The statement, for those who look for the fault.
    package let statement: String?

    init(
        _ code: Code, _ operation: String, _ path: String, reason: String, underlying: Int32 = 0,
        statement: String? = nil
    ) {
        self.code = code
        self.operation = operation
        self.path = path
        self.reason = reason
        self.underlying = underlying
        self.statement = statement
    }

    /// - Parameter result: SQLite's extended result code.
    init(_ operation: String, _ path: String, result: Int32, reason: String, statement: String?) {
        let code: Code
        switch (result & 0xFF, result) {
        case (_, kinora_sqlite_constraint_unique), (_, kinora_sqlite_constraint_primarykey): code = .notUnique
        case (_, kinora_sqlite_constraint_foreignkey): code = .dangling
        case (SQLITE_CONSTRAINT, _): code = .rule
        case (SQLITE_CORRUPT, _), (SQLITE_NOTADB, _): code = .damaged
        case (SQLITE_FULL, _): code = .noSpace
        case (SQLITE_PERM, _), (SQLITE_READONLY, _), (SQLITE_AUTH, _), (SQLITE_CANTOPEN, _): code = .noPermission
        case (SQLITE_IOERR, _): code = .disk
        case (SQLITE_BUSY, _), (SQLITE_LOCKED, _): code = .busy
        default: code = .other
        }
        self.init(code, operation, path, reason: reason, underlying: result, statement: statement)
    }

    package var description: String {
        let advice: String
        switch code {
        case .damaged: advice = "put back a copy of the file that was made while nothing used it"
        case .tooNew: advice = "use the newer program"
        case .foreign: advice = "name another place"
        case .noSpace: advice = "free some space"
        case .noPermission: advice = "choose a place you may write to"
        case .disk: advice = "check the disk"
        case .busy: advice = "stop the program that uses it"
        case .notUnique, .dangling, .rule, .type, .other: advice = "this is a fault of the program; please report it"
        case .closed: advice = "open it again"
        }
        return "could not \(operation) in \(path): \(reason); \(advice)"
    }
}
