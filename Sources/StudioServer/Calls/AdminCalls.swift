// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let account = Parameter.query("account", .text(1...100), "An account's id")

    /// What the owner of the data does, over the socket in its folder only.
    static let ofAdmin: [Call] = [
        adminCall(.get, "/admin/plans", "adminAccounts", "All accounts with their plans") { try await $0.accounts($1) },
        adminCall(
            .post, "/admin/plans", "adminSetPlan", "Gives an account another plan",
            body: .json(
                .object([
                    .required("account", .text), .required("plan", .word(Plan.allCases.map(\.rawValue))),
                ]))
        ) { try await $0.setPlan($1) },
        adminCall(.get, "/admin/tokens", "adminTokens", "An account's tokens, by their hashes", [account]) {
            try await $0.tokens($1)
        },
        adminCall(
            .post, "/admin/tokens", "adminNewToken", "A token for an account",
            body: .json(.object([.required("account", .text)]))
        ) { try await $0.newToken($1) },
        adminCall(
            .delete, "/admin/tokens/{hash}", "adminRevokeToken", "A token is good for nothing any more", [account]
        ) { try await $0.revokeToken($1) },
        adminCall(.get, "/admin/credits", "adminCredits", "What an account has, and why", [account]) {
            try await $0.ledger($1)
        },
        adminCall(
            .post, "/admin/credits", "adminGrantCredits", "Adds credits, or takes some away",
            body: .json(
                .object([
                    .required("account", .text), .required("amount", .whole(-1_000_000...1_000_000)),
                    .optional("reference", .text(1...100), "The same one adds once only"),
                ]))
        ) { try await $0.grantCredits($1) },
        adminCall(
            .get, "/admin/sessions", "adminSessions", "An account's sessions",
            [account, .query("deleted", .flag, "Those that can be brought back")]
        ) { service, asking in
            let all = try await service.studio.projects(
                of: try asking.namedAccount, deleted: asking.query("deleted") == "true")
            return Envelope.response(data: ["sessions": .array(all.map(WireObjects.project))])
        },
        adminCall(.delete, "/admin/sessions/{session}", "adminDeleteSession", "Deletes a session", [account]) {
            service, asking in
            guard let id = ProjectID(asking["session"]) else { throw WireFailure.noSuchSession }
            try await service.studio.delete(id, of: try asking.namedAccount)
            return Envelope.response(data: .null)
        },
        adminCall(.post, "/admin/sessions/{session}/restore", "adminRestoreSession", "Brings it back", [account]) {
            service, asking in
            guard let id = ProjectID(asking["session"]) else { throw WireFailure.noSuchSession }
            let project = try await service.studio.restore(id, of: try asking.namedAccount)
            return Envelope.response(data: WireObjects.project(ProjectSummary(project)))
        },
        adminCall(.get, "/admin/exports", "adminExports", "An account's films", [account]) { service, asking in
            var asking = asking
            asking.caller = Caller(try asking.namedAccount)
            return try await service.exports(asking)
        },
        adminCall(.delete, "/admin/exports/{export}", "adminRemoveExport", "Takes a film away", [account]) {
            service, asking in
            var asking = asking
            asking.caller = Caller(try asking.namedAccount)
            return try await service.removeExport(asking)
        },
    ]

    private static func adminCall(
        _ method: HTTPMethod, _ path: String, _ name: String, _ summary: String, _ parameters: [Parameter] = [],
        body: Body = .none, handler: @escaping @Sendable (StudioService, Asking) async throws -> HTTPResponse
    ) -> Call {
        Call(
            method, PathPattern(path), name, .admin, summary, access: .owner, parameters: parameters, body: body,
            reply: .envelope(.anything), handler: handler)
    }
}

extension Asking {
    /// The account of the query; the owner's own where none is named.
    fileprivate var namedAccount: AccountID {
        get throws { AccountID(rawValue: query("account") ?? AccountID.localOwner.rawValue) }
    }

    /// The account of the body.
    fileprivate var givenAccount: AccountID {
        AccountID(rawValue: body["account"]?.string ?? AccountID.localOwner.rawValue)
    }
}

extension StudioService {
    func accounts(_ asking: Asking) async throws -> HTTPResponse {
        var all: [Account] = []
        while all.count < 100_000 {
            let page = try await studio.accounts(after: all.last?.id, limit: 500)
            if page.isEmpty { break }
            all += page
        }
        return Envelope.response(data: ["accounts": .array(all.map(WireObjects.account))])
    }

    func setPlan(_ asking: Asking) async throws -> HTTPResponse {
        guard let plan = Plan(rawValue: asking.body["plan"]?.string ?? ""),
            let account = try await studio.setPlan(plan, of: asking.givenAccount)
        else { throw WireFailure.nothing("account") }
        return Envelope.response(data: WireObjects.account(account))
    }

    func tokens(_ asking: Asking) async throws -> HTTPResponse {
        let now = studio.surroundings.now()
        let all = try await studio.tokens(of: try asking.namedAccount).map { token -> JSONValue in
            [
                "hash": .string(String(token.hash.hex.prefix(16))),
                "issued_at": .string(WireObjects.time(token.issuedSeconds)),
                "expires_at": token.expiresSeconds.map { .string(WireObjects.time($0)) } ?? .null,
                "session_id": token.project.map { .string($0.text) } ?? .null, "is_good": .bool(token.isGood(at: now)),
            ]
        }
        return Envelope.response(data: ["tokens": .array(all)])
    }

    func newToken(_ asking: Asking) async throws -> HTTPResponse {
        guard let token = try await studio.grantToken(to: asking.givenAccount) else {
            throw WireFailure.nothing("account")
        }
        return Envelope.response(data: ["token": .string(token.text)])
    }

    func revokeToken(_ asking: Asking) async throws -> HTTPResponse {
        guard try await studio.revokeToken(asking["hash"], of: try asking.namedAccount) else {
            throw WireFailure.nothing("token; give the start of one hash")
        }
        return Envelope.response(data: .null)
    }

    func ledger(_ asking: Asking) async throws -> HTTPResponse {
        let (balance, entries) = try await studio.ledger(of: try asking.namedAccount, limit: 100)
        return Envelope.response(data: [
            "available": .integer(Int64(balance.available)), "frozen": .integer(Int64(balance.frozen)),
            "total": .integer(Int64(balance.total)),
            "entries": .array(
                entries.map {
                    [
                        "reason": .string($0.reason.rawValue), "reference": .string($0.reference),
                        "available": .integer(Int64($0.available)), "frozen": .integer(Int64($0.frozen)),
                        "at": .string(WireObjects.time($0.atSeconds)),
                    ]
                }),
        ])
    }

    func grantCredits(_ asking: Asking) async throws -> HTTPResponse {
        let amount = Int(asking.body["amount"]?.integer ?? 0)
        let account = asking.givenAccount
        let isNew = try await studio.grantCredits(
            amount, to: account, reference: asking.body["reference"]?.string)
        let balance = try await studio.ledger(of: account, limit: 1).balance
        return Envelope.response(data: ["is_new": .bool(isNew), "available": .integer(Int64(balance.available))])
    }
}

extension WireObjects {
    static func account(_ account: Account) -> JSONValue {
        [
            "account": .string(account.id.rawValue), "plan": .string(account.plan.rawValue),
            "registered_at": account.registeredSeconds.map { .string(time($0)) } ?? .null,
            "created_at": .string(time(account.createdSeconds)),
        ]
    }
}
