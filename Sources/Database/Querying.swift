// SPDX-License-Identifier: GPL-3.0-or-later

/// A row of an answer. Good until the next one is asked for.
package struct Row {
    let statement: Statement
    let connection: Connection

    /// The value of a column, counted from 0.
    package func get<Value: SQLConvertible>(_ column: Int, as type: Value.Type = Value.self) throws -> Value {
        guard column < statement.columnCount else {
            throw connection.fault(.type, "there is no column \(column)", statement.sql)
        }
        let value = statement.value(column)
        guard let converted = Value(value) else {
            throw connection.fault(
                .type, "\(statement.name(column)) is \(value.kind), no \(Value.self)", statement.sql)
        }
        return converted
    }
}

extension SQLValue {
    var kind: String {
        switch self {
        case .null: "null"
        case .integer: "an integer"
        case .real: "a real number"
        case .text: "text"
        case .blob: "bytes"
        }
    }
}

/// What can be asked of a database at one moment of its history. Only good inside the closure that it was given to.
package protocol Querying {
    /// Of this package's own.
    var session: Session { get }
}

/// The connection behind a snapshot or a transaction.
package struct Session {
    let connection: Connection
}

extension Querying {
    /// All rows, in the order of the answer.
    package func all<Value>(
        _ sql: String, _ values: any SQLConvertible..., read: (Row) throws -> Value
    ) throws -> [Value] {
        var answer: [Value] = []
        try session.each(sql, values) { row in
            answer.append(try read(row))
            return true
        }
        return answer
    }

    /// The first row; nil where there is none.
    package func first<Value>(
        _ sql: String, _ values: any SQLConvertible..., read: (Row) throws -> Value
    ) throws -> Value? {
        var answer: Value?
        try session.each(sql, values) { row in
            answer = try read(row)
            return false
        }
        return answer
    }

    /// The first column of the first row; nil where there is no row.
    package func value<Value: SQLConvertible>(
        _ sql: String, _ values: any SQLConvertible..., as type: Value.Type = Value.self
    ) throws -> Value? {
        var answer: Value?
        try session.each(sql, values) { row in
            answer = try row.get(0, as: type)
            return false
        }
        return answer
    }

    /// Whether there is any row.
    package func exists(_ sql: String, _ values: any SQLConvertible...) throws -> Bool {
        var answer = false
        try session.each(sql, values) { _ in
            answer = true
            return false
        }
        return answer
    }
}

extension Session {
    /// Calls `read` with each row until it gives false.
    func each(_ sql: String, _ values: [any SQLConvertible], _ read: (Row) throws -> Bool) throws {
        let statement = try connection.statement(sql)
        defer { connection.giveBack(statement) }
        try statement.bind(values, connection)
        let row = Row(statement: statement, connection: connection)
        while try statement.step(connection) {
            guard try read(row) else { return }
        }
    }
}

/// A database as it stands at one moment.
package struct Snapshot: Querying {
    package let session: Session
}

/// Changes that happen all together or not at all.
package struct Transaction: Querying {
    package let session: Session

    /// Runs a statement; gives how many rows it changed.
    @discardableResult
    package func run(_ sql: String, _ values: any SQLConvertible...) throws -> Int {
        let before = session.connection.totalChanges
        try session.each(sql, values) { _ in true }
        // `changes` is of the last statement that could change something: not of this one where it changed nothing.
        return session.connection.totalChanges == before ? 0 : session.connection.changes
    }

    /// The number that the last `INSERT` gave its row.
    package var lastRowID: Int64 { session.connection.lastRowID }

    /// Has something done once the changes are durable, on the writer's own thread: it must be short.
    package func afterCommit(_ action: @escaping @Sendable () -> Void) { session.connection.afterCommit.append(action) }
}
