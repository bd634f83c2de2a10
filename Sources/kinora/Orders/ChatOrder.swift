// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora chat`: a film made by talking, in the terminal.
struct ChatOrder: Sendable {
    var inputs: [String] = []
    /// Nil: the user's own.
    var data: String?
    /// A new film instead of the last one.
    var isNew = false
    var coding = Coding()

    static let command = Command<Order>(
        "chat", from: ChatOrder(), to: checked,
        examples: [
            Example("new", "kinora chat photos/ song.mp3"),
            Example("on", "kinora chat"),
        ]
    ) {
        Argument("FILE", \.inputs, .path, isRequired: false)
        Flag("new", \.isNew)
        Option("data", \.data, .folder)
        Shared(\.coding, Coding.parameters)
    }

    private static func checked(_ order: ChatOrder) throws(UsageError) -> Order { .chat(order) }
}
