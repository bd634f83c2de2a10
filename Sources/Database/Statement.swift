// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSQLite

/// A prepared statement. Belongs to the thread of its connection; freed with the value.
final class Statement {
    let sql: String
    private let handle: OpaquePointer

    init(_ handle: OpaquePointer, _ sql: String) {
        self.handle = handle
        self.sql = sql
    }

    deinit { sqlite3_finalize(handle) }

    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    /// Puts values in place of the `?`s, first to last.
    func bind(_ values: [any SQLConvertible], _ connection: Connection) throws(DatabaseError) {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw connection.fault(
                .other, "\(sqlite3_bind_parameter_count(handle)) values are wanted, not \(values.count)", sql)
        }
        for (index, value) in values.enumerated() {
            let place = Int32(index + 1)
            let result: Int32
            switch value.sqlValue {
            case .null: result = sqlite3_bind_null(handle, place)
            case .integer(let number): result = sqlite3_bind_int64(handle, place, number)
            case .real(let number): result = sqlite3_bind_double(handle, place, number)
            case .text(var text):
                result = text.withUTF8 { bytes in
                    bytes.withMemoryRebound(to: CChar.self) { bytes in
                        guard let base = bytes.baseAddress else {
                            return kinora_sqlite_bind_text(handle, place, "", 0)
                        }
                        return kinora_sqlite_bind_text(handle, place, base, UInt64(bytes.count))
                    }
                }
            case .blob(let bytes):
                result = bytes.withUnsafeBytes {
                    kinora_sqlite_bind_blob(handle, place, $0.baseAddress, UInt64($0.count))
                }
            }
            try connection.check(result, sql)
        }
    }

    /// Goes to the next row; false behind the last.
    func step(_ connection: Connection) throws(DatabaseError) -> Bool {
        let result = sqlite3_step(handle)
        switch result {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            try connection.check(result, sql)
            return false
        }
    }

    var columnCount: Int { Int(sqlite3_column_count(handle)) }

    /// A value of the present row.
    func value(_ column: Int) -> SQLValue {
        let column = Int32(column)
        switch sqlite3_column_type(handle, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(handle, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(handle, column))
        case SQLITE_TEXT:
            guard let bytes = sqlite3_column_text(handle, column) else { return .text("") }
            let count = Int(sqlite3_column_bytes(handle, column))
            return .text(String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self))
        case SQLITE_BLOB:
            guard let bytes = sqlite3_column_blob(handle, column) else { return .blob([]) }
            let count = Int(sqlite3_column_bytes(handle, column))
            return .blob([UInt8](UnsafeRawBufferPointer(start: bytes, count: count)))
        default: return .null
        }
    }

    func name(_ column: Int) -> String { sqlite3_column_name(handle, Int32(column)).map { String(cString: $0) } ?? "" }
}
