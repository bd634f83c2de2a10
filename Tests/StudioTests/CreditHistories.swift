// SPDX-License-Identifier: GPL-3.0-or-later
import Database
import EditModel
import Foundation
import TestMedia
import Testing

@testable import Studio

/// Histories of the ledger of credits: grants, reservations, ends that come twice, late or for somebody else, servers that are
/// killed with turns open; held against sums. `scripts/histories.sh` plays many.
@Suite("Histories of credits")
struct CreditHistories {
    static let count = ProcessInfo.processInfo.environment["KINORA_HISTORIES"].flatMap { Int($0) } ?? 300

    /// Ends a transaction of which nothing is to stay.
    private struct Over: Error {
        let steps: Int
        let fault: String?
    }

    @Test("In every history each turn is charged once or not at all, and the lines add up to the balance")
    func all() async throws {
        let place = try TestMedia.scratchFolder().appendingPathComponent("credits.sqlite").path
        let database = try Database(path: place, migrations: StudioSchema.migrations)
        var steps = 0
        for seed in 0..<Self.count {
            do {
                try await database.write("play a history") { transaction in
                    var history = CreditHistory(seed: UInt64(seed), transaction)
                    let fault = try history.play()
                    throw Over(steps: history.steps, fault: fault)
                }
            } catch let over as Over {
                steps += over.steps
                guard let fault = over.fault else { continue }
                Issue.record("history \(seed), step \(over.steps): \(fault)")
                return
            }
        }
        database.close()
        print("histories of credits: \(Self.count), \(steps) steps")
    }
}

/// One history within a transaction, and what it should be.
private struct CreditHistory {
    private var random: SeededRandom
    private let transaction: Transaction
    private let me = AccountID.localOwner
    private var given = 0
    private var used = 0
    private var open: [String: Int] = [:]
    private var known: Set<String> = []
    private var grants: Set<String> = []
    private(set) var steps = 0

    init(seed: UInt64, _ transaction: Transaction) {
        random = SeededRandom(seed: seed)
        self.transaction = transaction
    }

    mutating func play() throws -> String? {
        let length = Int.random(in: 5...25, using: &random)
        while steps < length {
            steps += 1
            if let fault = try step() ?? standing() { return fault }
        }
        return nil
    }

    private mutating func step() throws -> String? {
        let turn = "t\(Int.random(in: 0..<6, using: &random))"
        switch Int.random(in: 0..<10, using: &random) {
        case 0..<2:
            let (name, amount) = ("g\(Int.random(in: 0..<4, using: &random))", Int.random(in: 0...20, using: &random))
            let isNew = try CreditTable.grant(amount, to: me, reference: name, at: 1, in: transaction)
            if isNew == grants.contains(name) { return "\(name) was granted \(isNew ? "twice" : "never")" }
            if grants.insert(name).inserted { given += amount }
        case 2..<5: return try reserve(turn, Int.random(in: -1...9, using: &random))
        case 5..<7:
            let amount = Int.random(in: -3...12, using: &random)
            let isEnded = try CreditTable.end(turn, of: me, using: amount, at: 2, in: transaction)
            return end(turn, isEnded, using: amount)
        case 7: return end(turn, try CreditTable.end(turn, of: me, using: nil, at: 2, in: transaction), using: 0)
        case 8:
            let isEnded = try CreditTable.end(turn, of: AccountID(rawValue: "usr_x"), using: 1, at: 2, in: transaction)
            return isEnded ? "somebody else ended \(turn)" : nil
        default:
            // The server is killed and starts: what is open is given back.
            for turn in open.keys.sorted() {
                let isEnded = try CreditTable.end(turn, of: me, using: nil, at: 3, in: transaction)
                if let fault = end(turn, isEnded, using: 0) { return fault }
            }
        }
        return nil
    }

    private mutating func reserve(_ turn: String, _ amount: Int) throws -> String? {
        let free = given - used - open.values.reduce(0, +)
        switch try CreditTable.reserve(amount, of: me, reference: turn, at: 1, in: transaction) {
        case .reserved:
            if known.contains(turn) || amount < 0 || amount > free {
                return "\(turn) was reserved \(amount) of \(free)"
            }
            known.insert(turn)
            open[turn] = amount
        case .known(let isOpen):
            if !known.contains(turn) || isOpen != (open[turn] != nil) { return "\(turn) is known wrongly" }
        case .notEnough:
            if known.contains(turn) || (0...max(0, free)).contains(amount) {
                return "\(turn): \(amount) of \(free) refused"
            }
        }
        return nil
    }

    private mutating func end(_ turn: String, _ isEnded: Bool, using amount: Int) -> String? {
        if isEnded != (open[turn] != nil) { return "\(turn) was ended \(isEnded ? "twice" : "in vain")" }
        if let held = open.removeValue(forKey: turn) { used += min(max(0, amount), held) }
        return nil
    }

    private func standing() throws -> String? {
        let balance = try CreditTable.balance(of: me, in: transaction)
        let frozen = open.values.reduce(0, +)
        let wanted = CreditBalance(available: given - used - frozen, frozen: frozen)
        if balance != wanted { return "\(balance) where \(wanted) is right" }
        let sums = try transaction.first(
            "SELECT coalesce(sum(available), 0), coalesce(sum(frozen), 0) FROM credit_entry WHERE account = ?", me
        ) { row in CreditBalance(available: try row.get(0), frozen: try row.get(1)) }
        return sums == balance ? nil : "the lines add up to \(String(describing: sums)), not to \(balance)"
    }
}
