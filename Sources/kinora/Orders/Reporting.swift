// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax

/// How a command tells what it does; shared by those that take a while.
struct Reporting: Sendable {
    var json = false
    var isQuiet = false

    static let parameters = ParameterList<Reporting>.of {
        Flag("json", \.json)
        Flag("quiet", short: "q", \.isQuiet)
    }
}
