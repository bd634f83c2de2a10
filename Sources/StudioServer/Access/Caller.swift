// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import Studio

/// Who makes a call.
struct Caller: Sendable {
    /// Nil for anybody.
    var account: AccountID?
    /// The one session that its token is good for; nil for all of the account.
    var session: ProjectID?

    static let anybody = Caller()

    init(_ account: AccountID? = nil, session: ProjectID? = nil) {
        self.account = account
        self.session = session
    }
}

extension Asking {
    /// The account that asks. Throws 1001 for nobody in particular.
    var account: AccountID {
        get throws(WireFailure) {
            guard let account = caller.account else { throw .badToken }
            return account
        }
    }

    /// The account and the project that a path with `{session}`, and `{user}` or not, names; the same answer for what is
    /// not there, is another's, or is outside of what the token is good for.
    var project: (account: AccountID, id: ProjectID) {
        get throws(WireFailure) { try project(named: self["session"], user: request.parameters["user"] ?? "me") }
    }

    func project(named name: String, user: String = "me") throws(WireFailure) -> (account: AccountID, id: ProjectID) {
        let account = try account
        guard user == "me" || user == account.rawValue, let id = ProjectID(name), reaches(id) else {
            throw .noSuchSession
        }
        return (account, id)
    }

    /// Whether the token is good for that project.
    func reaches(_ id: ProjectID) -> Bool { caller.session == nil || caller.session == id }

    /// How this client calls the server, for links that are to work for it.
    var base: String {
        // A proxy on this machine is believed, as it is about addresses; others only where the server was told to.
        let isSecure = request.isSecure || request.isLocal && request.headers["X-Forwarded-Proto"] == "https"
        let scheme = isSecure ? "https" : "http"
        return "\(scheme)://\(request.headers["Host"] ?? "127.0.0.1")"
    }
}
