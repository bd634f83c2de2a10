// SPDX-License-Identifier: GPL-3.0-or-later
package import Director
package import EditModel

/// Answers what a person says about a project.
package protocol Responder: Sendable {
    /// The project is as it was when the message's turn came; no other change of it happens meanwhile.
    func answer(_ message: String, in project: Project) async throws -> Answer
}

/// What comes of a message.
package struct Answer: Sendable {
    /// The edit, with the revision that the message led to.
    package var history: EditHistory
    package var memory: Memory
    /// What is said to the person; never empty.
    package var text: String

    package init(history: EditHistory, memory: Memory, text: String) {
        self.history = history
        self.memory = memory
        self.text = text
    }
}
