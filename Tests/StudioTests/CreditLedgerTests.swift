// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import Studio

/// What every `CreditLedger` has to do.
@Suite("The ledger of credits")
struct CreditLedgerTests {
    @Test("Granted once, set aside, used or given back: the balance is the sum of the lines", arguments: StoreKind.all)
    func way(_ kind: StoreKind) async throws {
        let ledger = try kind.stores().credits
        let me = AccountID.localOwner
        #expect(try await ledger.balance(of: me) == CreditBalance())
        #expect(try await ledger.grant(10, to: me, reference: "welcome", at: 1))
        #expect(try await !ledger.grant(10, to: me, reference: "welcome", at: 2))
        #expect(try await ledger.reserve(4, of: me, reference: "t1", at: 3) == .reserved)
        #expect(try await ledger.reserve(4, of: me, reference: "t1", at: 3) == .known(isOpen: true))
        let balance = try await ledger.balance(of: me)
        #expect(balance == CreditBalance(available: 6, frozen: 4) && balance.total == 10)
        #expect(try await ledger.reserve(7, of: me, reference: "t2", at: 4) == .notEnough(balance))
        #expect(try await ledger.settle("t1", of: me, using: 3, at: 5))
        #expect(try await ledger.balance(of: me) == CreditBalance(available: 7, frozen: 0))
        // It ended: once.
        #expect(try await !ledger.settle("t1", of: me, using: 3, at: 6))
        #expect(try await !ledger.release("t1", of: me, at: 6))
        #expect(try await ledger.reserve(1, of: me, reference: "t1", at: 6) == .known(isOpen: false))
        #expect(try await ledger.reserve(7, of: me, reference: "t3", at: 7) == .reserved)
        #expect(try await ledger.release("t3", of: me, at: 8))
        #expect(try await ledger.balance(of: me) == CreditBalance(available: 7, frozen: 0))
        let entries = try await ledger.entries(of: me, limit: 99)
        #expect(entries.map(\.reason) == [.released, .reserved, .settled, .reserved, .granted])
        #expect(entries.reduce(0) { $0 + $1.available } == 7 && entries.reduce(0) { $0 + $1.frozen } == 0)
        #expect(try await ledger.entries(of: me, limit: 1) == Array(entries.prefix(1)))
    }

    @Test("Accounts do not know of each other's references", arguments: StoreKind.all)
    func tenants(_ kind: StoreKind) async throws {
        let stores = try kind.stores()
        _ = try await stores.accounts.add(Account(id: .other, createdSeconds: 1))
        let ledger = stores.credits
        for account in [AccountID.localOwner, .other] {
            #expect(try await ledger.grant(5, to: account, reference: "welcome", at: 1))
        }
        #expect(try await ledger.reserve(2, of: .localOwner, reference: "t", at: 2) == .reserved)
        #expect(try await !ledger.settle("t", of: .other, using: 2, at: 3))
        #expect(try await ledger.reserve(3, of: .other, reference: "t", at: 2) == .reserved)
        #expect(try await ledger.balance(of: .localOwner) == CreditBalance(available: 3, frozen: 2))
        #expect(try await ledger.balance(of: .other) == CreditBalance(available: 2, frozen: 3))
    }

    @Test("What a dead server left open is given back, once", arguments: StoreKind.all)
    func releaseAll(_ kind: StoreKind) async throws {
        let place = try TestMedia.scratchFolder()
        let open = try kind.open(place)
        let me = AccountID.localOwner
        _ = try await open.stores.credits.grant(10, to: me, reference: "g", at: 1)
        for turn in ["a", "b", "c"] { _ = try await open.stores.credits.reserve(2, of: me, reference: turn, at: 2) }
        _ = try await open.stores.credits.settle("b", of: me, using: 2, at: 3)
        open.close()
        let ledger = try kind.open(place).stores.credits
        #expect(try await ledger.balance(of: me) == CreditBalance(available: 4, frozen: 4))
        #expect(try await ledger.releaseAll(at: 9) == 2)
        #expect(try await ledger.releaseAll(at: 9) == 0)
        #expect(try await ledger.balance(of: me) == CreditBalance(available: 8, frozen: 0))
    }

    @Test("Many at once never use more than there is", arguments: StoreKind.all)
    func crowd(_ kind: StoreKind) async throws {
        let ledger = try kind.stores().credits
        let me = AccountID.localOwner
        _ = try await ledger.grant(10, to: me, reference: "g", at: 1)
        let used = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<60 {
                group.addTask {
                    guard try await ledger.reserve(1, of: me, reference: "t\(number)", at: 2) == .reserved else {
                        return 0
                    }
                    if number % 2 == 0 { return try await ledger.settle("t\(number)", of: me, using: 1, at: 3) ? 1 : 0 }
                    _ = try await ledger.release("t\(number)", of: me, at: 3)
                    return 0
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(used <= 10)
        #expect(try await ledger.balance(of: me) == CreditBalance(available: 10 - used, frozen: 0))
    }
}
