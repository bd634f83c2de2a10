// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora mcp`: the studio as tools of an agent that started this program (Model Context Protocol over standard streams).
struct McpOrder: Sendable {
    /// Folders that may be read and written; empty: the present one.
    var folders: [String] = []
    /// Nil: the user's own.
    var data: String?

    static let command = Command<Order>(
        "mcp", from: McpOrder(), to: { .mcp($0) },
        examples: [
            Example("plain", "kinora mcp --allow ~/Pictures --allow ~/Films"),
            Example("claude", "claude mcp add kinora -- kinora mcp --allow ~/Pictures"),
        ]
    ) {
        Option("allow", \.folders, .folder)
        Option("data", \.data, .folder)
    }
}
