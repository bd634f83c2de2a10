// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import CommandSyntax

/// `kinora skill …`: the Agent Skills that come with the program, put where agents look for them.
enum SkillOrder: Sendable {
    case list(SkillList)
    case install(SkillInstall)

    static let command = Command<Order>(
        "skill", examples: [Example("install", "kinora skill install --for claude")],
        subcommands: [SkillList.command, SkillInstall.command])
}

struct SkillList: Sendable {
    var json = false

    static let command = Command<Order>(
        "list", from: SkillList(), to: { order throws(UsageError) in .skill(.list(order)) }
    ) {
        Flag("json", \.json)
    }
}

struct SkillInstall: Sendable {
    var names: [String] = []
    var agents: [SkillHome] = []
    var folder: String?
    var overwrites = false
    var reporting = Reporting()

    static let command = Command<Order>(
        "install", from: SkillInstall(), to: { order throws(UsageError) in .skill(.install(order)) },
        examples: [
            Example("all", "kinora skill install"),
            Example("one", "kinora skill install image-to-video-tiktok --for cursor"),
        ]
    ) {
        Argument("SKILL", \.names, .name(of: AgentSkills.names), isRequired: false)
        Option("for", \.agents, .name, separator: ",")
        Option("to", \.folder, .folder)
        Flag("force", \.overwrites)
        Shared(\.reporting, Reporting.parameters)
    }
}

/// Agents, and where below the person's home each looks for skills of its own.
enum SkillHome: String, CaseIterable, Sendable {
    case claude, cursor, openclaw
    /// The folder that agents share.
    case agents

    /// Below the home folder.
    var folder: String { ".\(rawValue)/skills" }
    /// There where the agent is.
    var trace: String { ".\(rawValue)" }
}
