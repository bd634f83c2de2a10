// SPDX-License-Identifier: GPL-3.0-or-later

/// On what terms a service for others gives what it gives. A studio without terms is a person's own: nothing is counted.
package struct ServiceTerms: Hashable, Sendable {
    /// What a plan includes.
    package struct PlanTerms: Hashable, Sendable {
        /// Pixels of the short side of an export; nil: any.
        package var mostShortSide: Int?

        package init(mostShortSide: Int? = nil) { self.mostShortSide = mostShortSide }
    }

    /// How long a token is good.
    package var tokenSeconds = 7 * 86400.0
    /// Tokens that an address gets in that time.
    package var tokensPerAddress = 10
    /// What a new account begins with.
    package var firstCredits = 100
    /// What a turn costs that changes the draft.
    package var turnCost = 1
    package var free = PlanTerms(mostShortSide: 1080)
    package var paid = PlanTerms()
    /// Where to register and to get more, where that is not here: `?bind=` and the user's id are put behind.
    package var registerPage: String?
    package var upgradePage: String?
    /// Requests of an account: so many at once, and so many a second after that.
    package var requestsAtOnce = 300.0
    package var requestsPerSecond = 20.0

    package init() {}

    package subscript(_ plan: Plan) -> PlanTerms {
        switch plan {
        case .free: free
        case .paid: paid
        }
    }
}
