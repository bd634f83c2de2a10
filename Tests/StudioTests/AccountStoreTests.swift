// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import TestMedia
import Testing

@testable import Studio

/// What every `AccountStore`, `TokenStore` and `ClaimStore` has to do.
@Suite("Stores of accounts and tokens")
struct AccountStoreTests {
    private func account(_ name: String, created: Double = 5) -> Account {
        Account(id: AccountID(rawValue: "usr_" + name), createdSeconds: created)
    }

    private func hash(_ text: String) -> ContentHash { ContentHash(of: text.utf8) }

    @Test("A client has one account, however many ask at once", arguments: StoreKind.all)
    func oneAccount(_ kind: StoreKind) async throws {
        let store = try kind.stores().accounts
        let client = hash("client")
        let ids = try await withThrowingTaskGroup(of: AccountID.self) { group in
            for number in 0..<20 {
                let new = account("n\(number)")
                group.addTask { try await store.account(client: client, orElse: new).id }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        let id = try #require(ids.first)
        let found = try #require(try await store.account(id))
        #expect(found.client == client && found.plan == .free && !found.isRegistered && found.createdSeconds == 5)
        #expect(try await store.account(client: hash("another"), orElse: account("z")).id.rawValue == "usr_z")
    }

    @Test("The owner is there from the start; plans and registering last", arguments: StoreKind.all)
    func changes(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let store = open.stores.accounts
        #expect(try await store.account(.localOwner)?.plan == .paid)
        #expect(try await store.add(account("a")))
        #expect(try await !store.add(account("a")))
        #expect(try await store.setPlan(.paid, of: account("a").id)?.plan == .paid)
        #expect(try await store.register(account("a").id, at: 7)?.registeredSeconds == 7)
        #expect(try await store.register(account("a").id, at: 9)?.registeredSeconds == 7)
        #expect(try await store.setPlan(.paid, of: account("nobody").id) == nil)
        #expect(try await store.register(account("nobody").id, at: 1) == nil)
        open.close()
        let again = try kind.open(place).stores.accounts
        let found = try #require(try await again.account(account("a").id))
        #expect(found.plan == .paid && found.isRegistered)
    }

    @Test("Accounts are listed page by page", arguments: StoreKind.all)
    func list(_ kind: StoreKind) async throws {
        let store = try kind.stores().accounts
        for name in ["c", "a", "b"] { _ = try await store.add(account(name)) }
        let first = try await store.accounts(after: nil, limit: 2)
        #expect(first.map(\.id.rawValue) == ["usr_a", "usr_b"])
        #expect(try await store.accounts(after: first.last?.id, limit: 9).map(\.id.rawValue) == ["usr_c", "usr_local"])
    }

    @Test("A token is found by its hash, also after a restart, until it is revoked", arguments: StoreKind.all)
    func tokens(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let record = TokenRecord(
            hash: hash("t"), account: .localOwner, issuedSeconds: 1.5, expiresSeconds: 100, project: ProjectID("ses_x"),
            address: "10.0.0.1")
        try await open.stores.tokens.add(record)
        #expect(try await open.stores.tokens.record(hash("t")) == record)
        #expect(try await open.stores.tokens.record(hash("u")) == nil)
        open.close()
        let store = try kind.open(place).stores.tokens
        let found = try #require(try await store.record(hash("t")))
        #expect(found == record && found.isGood(at: 99.9) && !found.isGood(at: 100))
        #expect(try await store.revoke(hash("t"), at: 50))
        #expect(try await !store.revoke(hash("t"), at: 60))
        #expect(try await !store.revoke(hash("u"), at: 60))
        let revoked = try #require(try await store.record(hash("t")))
        #expect(revoked.revokedSeconds == 50 && !revoked.isGood(at: 60))
        #expect(try await store.tokens(of: .localOwner) == [revoked])
        #expect(try await store.tokens(of: .other).isEmpty)
        #expect(try await store.forget(expiredBefore: 100) == 0)
        #expect(try await store.forget(expiredBefore: 101) == 1)
        #expect(try await store.record(hash("t")) == nil)
    }

    @Test("So many tokens are issued in a while, and it is said when there is room again", arguments: StoreKind.all)
    func limits(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let names = ["a", "b", "c", "d"]
        for name in names { _ = try await stores.accounts.add(account(name)) }
        let limits = [
            TokenLimit(.account, most: 1, windowSeconds: 100), TokenLimit(.address, most: 2, windowSeconds: 100),
        ]
        func issue(_ name: String, at seconds: Double, from address: String? = "x") async throws -> TokenIssue {
            let record = TokenRecord(
                hash: hash("\(name)\(seconds)"), account: account(name).id, issuedSeconds: seconds, address: address)
            return try await stores.tokens.issue(record, within: limits)
        }
        #expect(try await issue("a", at: 0) == .issued)
        #expect(try await issue("a", at: 50, from: "y") == .tooMany(againSeconds: 100))
        #expect(try await issue("b", at: 60) == .issued)
        #expect(try await issue("c", at: 99) == .tooMany(againSeconds: 100))
        #expect(try await stores.tokens.record(hash("c99.0")) == nil)
        #expect(try await issue("c", at: 100) == .issued)
        #expect(try await issue("d", at: 159) == .tooMany(againSeconds: 160))
        #expect(try await issue("d", at: 159, from: "z") == .issued)
        // Who comes from nowhere in particular is held to the account alone, and a token for one project does not count.
        let scoped = TokenRecord(
            hash: hash("s"), account: account("a").id, issuedSeconds: 201, project: ProjectID("ses_x"), address: "w")
        #expect(try await stores.tokens.issue(scoped, within: []) == .issued)
        #expect(try await issue("a", at: 202, from: nil) == .issued)
    }

    @Test("However many ask at once, no more than the limit are issued", arguments: StoreKind.all)
    func limitAtOnce(_ kind: StoreKind) async throws {
        let store = try kind.stores().tokens
        let issued = try await withThrowingTaskGroup(of: TokenIssue.self) { group in
            for number in 0..<40 {
                let record = TokenRecord(
                    hash: hash("\(number)"), account: .localOwner, issuedSeconds: 10, address: "x")
                group.addTask {
                    try await store.issue(record, within: [TokenLimit(.address, most: 10, windowSeconds: 60)])
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 == .issued ? 1 : 0 }
        }
        #expect(issued == 10)
    }

    @Test("A claim is good once, for a while, and its token comes with it", arguments: StoreKind.all)
    func claims(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        let project = try #require(ProjectID("ses_x"))
        for (name, expires) in [("once", 100.0), ("late", 50.0)] {
            try await stores.claims.add(
                ClaimRecord(hash: hash(name), account: .localOwner, project: project, expiresSeconds: expires))
        }
        let claimed = try await withThrowingTaskGroup(of: ClaimRecord?.self) { group in
            for number in 0..<10 {
                let token = hash("token \(number)")
                group.addTask {
                    try await stores.claims.redeem(hash("once"), at: 60) { claim in
                        TokenRecord(hash: token, account: claim.account, issuedSeconds: 60, project: claim.project)
                    }
                }
            }
            return try await group.reduce(into: [ClaimRecord]()) { if let claim = $1 { $0.append(claim) } }
        }
        #expect(claimed.count == 1 && claimed.first?.project == project && claimed.first?.account == .localOwner)
        let tokens = try await stores.tokens.tokens(of: .localOwner)
        #expect(tokens.count == 1 && tokens.first?.project == project)
        for name in ["late", "unknown", "once"] {
            let claim = try await stores.claims.redeem(hash(name), at: 60) { _ in
                TokenRecord(hash: ContentHash(of: [9]), account: .localOwner, issuedSeconds: 60)
            }
            #expect(claim == nil)
        }
        #expect(try await stores.tokens.tokens(of: .localOwner).count == 1)
        #expect(try await stores.claims.forget(expiredBefore: 99) == 1)
    }
}
