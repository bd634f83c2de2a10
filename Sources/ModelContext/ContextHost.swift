// SPDX-License-Identifier: GPL-3.0-or-later
package import JSON
import Synchronization

/// What a client asks of those who have the tools.
package enum ContextQuestion: Hashable, Sendable {
    case tools(after: String?)
    case call(name: String, arguments: [String: JSONValue])
    case resources(after: String?)
    case templates(after: String?)
    case read(uri: String)
}

/// Has tools and resources. Answers with the members of the newest revision's result; whoever serves an earlier one leaves
/// out what that does not know.
package protocol ContextHost: Sendable {
    /// Throws `RPCError` for what cannot be asked; a tool that fails is an answer with `isError`. Any other error is a fault
    /// of ours. A cancelled task ends the work.
    func answer(_ question: ContextQuestion, _ call: ContextCall) async throws -> [String: JSONValue]
}

/// How far a piece of work is.
package struct ContextProgress: Hashable, Sendable {
    /// Grows with each.
    package var done: Double
    package var total: Double?
    package var message: String?

    package init(done: Double, total: Double? = nil, message: String? = nil) {
        self.done = done
        self.total = total
        self.message = message
    }
}

/// One question under way, as its host sees it.
package final class ContextCall: Sendable {
    private let calledOff = Mutex(false)
    private let tell: @Sendable (ContextProgress) -> Void

    package init(_ tell: @escaping @Sendable (ContextProgress) -> Void = { _ in }) { self.tell = tell }

    /// Tells whoever asked how far it is, if they want to know.
    package func report(_ progress: ContextProgress) { tell(progress) }

    /// The client has taken its question back. Where the task is cancelled and this is false, the program is ending or the
    /// client is gone: what was ordered may go on.
    package var isCalledOff: Bool { calledOff.withLock { $0 } }

    package func callOff() { calledOff.withLock { $0 = true } }
}

/// Who serves.
package struct ContextIdentity: Hashable, Sendable {
    package var name: String
    package var title: String
    package var version: String
    /// For the model: what this is good for and how it is used.
    package var instructions: String

    package init(name: String, title: String, version: String, instructions: String) {
        self.name = name
        self.title = title
        self.version = version
        self.instructions = instructions
    }

    func json(_ revision: ContextRevision) -> JSONValue {
        var members: [String: JSONValue] = ["name": .string(name), "version": .string(version)]
        if revision.hasStructure { members["title"] = .string(title) }
        return .object(members)
    }
}
