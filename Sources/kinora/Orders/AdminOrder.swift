// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// `kinora admin`: accounts, tokens, credits, sessions and exports of a data folder.
struct AdminOrder: Sendable {
    enum What: String, CaseIterable, Sendable {
        case tokens, plans, credits, sessions, exports
    }

    var what = What.plans
    var account: String?
    var data: String?
    var json = false
    // What is done with it; nothing: it is listed
    var makesToken = false
    var revoked: String?
    var plan: String?
    var granted: Int?
    var removed: String?
    var restored: String?

    static let command = Command<Order>(
        "admin", from: AdminOrder(), to: checked,
        examples: [
            Example("plans", "kinora admin plans"),
            Example("credits", "kinora admin credits --account usr_1 --grant 100"),
        ]
    ) {
        Argument("WHAT", \.what, .name)
        Option("account", \.account, .text)
        Option("data", \.data, .folder)
        Flag("json", \.json)
        Flag("new", \.makesToken)
        Option("revoke", \.revoked, .text)
        Option("plan", \.plan, .name(of: ["free", "paid"]))
        Option("grant", \.granted, .integer(in: -1_000_000...1_000_000))
        Option("remove", \.removed, .text)
        Option("restore", \.restored, .text)
    }

    private static func checked(_ order: AdminOrder) throws(UsageError) -> Order { .admin(order) }
}
