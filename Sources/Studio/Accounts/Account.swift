// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash

/// Names who owns projects: part of every key and of every look-up.
package struct AccountID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }

    /// A new one, of 100 random bits.
    package init(_ surroundings: Surroundings) { rawValue = "usr_" + surroundings.randomText(20) }

    /// The one person whose own machine this is, under the `open` policy. There from the start.
    package static let localOwner = AccountID(rawValue: "usr_local")
}

/// What an account may have.
package enum Plan: String, Hashable, Sendable, Codable, CaseIterable {
    case free, paid
}

/// What is kept of an account.
package struct Account: Hashable, Sendable {
    package let id: AccountID
    /// Of the client's own id, for an account that began with one.
    package var client: ContentHash?
    package var plan: Plan
    /// When somebody stood up for it; nil while it is anonymous.
    package var registeredSeconds: Double?
    /// Seconds since 1970.
    package var createdSeconds: Double

    package init(
        id: AccountID, client: ContentHash? = nil, plan: Plan = .free, registeredSeconds: Double? = nil,
        createdSeconds: Double
    ) {
        self.id = id
        self.client = client
        self.plan = plan
        self.registeredSeconds = registeredSeconds
        self.createdSeconds = createdSeconds
    }

    package var isRegistered: Bool { registeredSeconds != nil }
}
