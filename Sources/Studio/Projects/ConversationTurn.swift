// SPDX-License-Identifier: GPL-3.0-or-later

/// One thing a person said, and what came of it.
package struct ConversationTurn: Hashable, Sendable, Codable {
    package var id: String
    package var said: String
    package var answer: String
    /// Seconds since 1970.
    package var saidSeconds: Double
    package var answeredSeconds: Double
    package var revisionBefore: Int
    package var revisionAfter: Int

    package init(
        id: String, said: String, answer: String, saidSeconds: Double, answeredSeconds: Double, revisionBefore: Int,
        revisionAfter: Int
    ) {
        self.id = id
        self.said = said
        self.answer = answer
        self.saidSeconds = saidSeconds
        self.answeredSeconds = answeredSeconds
        self.revisionBefore = revisionBefore
        self.revisionAfter = revisionAfter
    }
}
