// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Why a server cannot start.
public struct HTTPServerError: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Operation: String, Sendable {
        case resolve = "find the address"
        case listen
        case start = "start the server"
    }
    public let operation: Operation
    /// The address it was to listen on.
    public let address: String
    /// The system's number, 0 if it gave none.
    public let errno: Int32
    public let reason: String

    init(_ operation: Operation, _ address: String, reason: String) {
        self.operation = operation
        self.address = address
        self.errno = 0
        self.reason = reason
    }

    init(_ operation: Operation, _ address: String, errno: Int32) {
        self.operation = operation
        self.address = address
        self.errno = errno
        self.reason = String(cString: strerror(errno))
    }

    /// Whether somebody else listens there.
    public var isAddressTaken: Bool { errno == EADDRINUSE }

    public var description: String { "cannot \(operation.rawValue) on \(address): \(reason)" }
}
