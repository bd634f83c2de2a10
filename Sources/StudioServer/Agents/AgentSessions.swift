// SPDX-License-Identifier: GPL-3.0-or-later
import ModelContext
import Studio

/// Sessions of agents whose revision has some (`Mcp-Session-Id`, up to 2025-11-25): what was agreed on, and what is under way,
/// so that it can be taken back. Kept in memory: a client that is told 404 opens another one.
actor AgentSessions {
    private struct Session {
        let account: AccountID
        let revision: ContextRevision
        var underWay: [RequestID: ContextConversation] = [:]
    }

    /// The ones opened first go first.
    private static let most = 1000

    private let surroundings: Surroundings
    private var sessions: [String: Session] = [:]
    private var order: [String] = []

    init(_ surroundings: Surroundings) { self.surroundings = surroundings }

    /// A new one's id, which nobody can guess.
    func open(_ account: AccountID, _ revision: ContextRevision) -> String {
        let id = "mcp-" + surroundings.randomText(40)
        sessions[id] = Session(account: account, revision: revision)
        order.append(id)
        if order.count > Self.most { sessions[order.removeFirst()] = nil }
        return id
    }

    /// What was agreed on; nil for one that is not there or is another account's.
    func revision(_ id: String, of account: AccountID) -> ContextRevision? {
        guard let session = sessions[id], session.account == account else { return nil }
        return session.revision
    }

    func begin(_ request: RequestID, in id: String, _ conversation: ContextConversation) {
        sessions[id]?.underWay[request] = conversation
    }

    func end(_ request: RequestID, in id: String, _ conversation: ContextConversation) {
        if sessions[id]?.underWay[request] === conversation { sessions[id]?.underWay[request] = nil }
    }

    func takeBack(_ request: RequestID, in id: String, of account: AccountID) async {
        guard let session = sessions[id], session.account == account else { return }
        await session.underWay[request]?.callOffAll()
    }

    /// False where there is none. What is under way is taken back with it.
    func close(_ id: String, of account: AccountID) async -> Bool {
        guard let session = sessions[id], session.account == account else { return false }
        sessions[id] = nil
        order.removeAll { $0 == id }
        for conversation in session.underWay.values { await conversation.callOffAll() }
        return true
    }
}
