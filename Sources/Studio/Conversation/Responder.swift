// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
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
    /// Media that came with the answer and that the history points at, with their names; the project takes them in, in
    /// this order.
    package var arrived: [Arrived]

    /// A file that nobody uploaded; it is kept with the turn, or gone with this value.
    package struct Arrived: Sendable {
        package var examined: Examined
        package var name: String
        var file: IncomingFile
        var hash: ContentHash

        init(_ examined: Examined, named name: String, file: IncomingFile, hash: ContentHash) {
            self.examined = examined
            self.name = name
            self.file = file
            self.hash = hash
        }
    }

    package init(history: EditHistory, memory: Memory, text: String, arrived: [Arrived] = []) {
        self.history = history
        self.memory = memory
        self.text = text
        self.arrived = arrived
    }
}
