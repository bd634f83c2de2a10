// SPDX-License-Identifier: MIT-0
package import Foundation
import JSON

/// One of the Agent Skills that come with the program: a folder with `SKILL.md` (agentskills.io) and a licence of its own.
package struct AgentSkill: Hashable, Sendable {
    /// The folder's name, and that of its front matter.
    package let name: String
    /// What it does and when to use it.
    package let description: String
    /// Of its `metadata`; what it is called in `X-Skill-Version`.
    package let version: String
    package let folder: URL

    /// Reads the front matter of a skill's folder; nil where there is none that can be read.
    package init?(folder: URL) {
        let file = folder.appendingPathComponent("SKILL.md")
        guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
        let fields = Self.frontMatter(of: text)
        guard let name = fields["name"], !name.isEmpty else { return nil }
        self.name = name
        self.folder = folder
        description = fields["description"] ?? ""
        let metadata = fields["metadata"].flatMap { try? JSONValue(parsing: $0) }
        version = metadata?["version"]?.string ?? fields["version"] ?? "0"
    }

    /// The one-line fields between the first two lines of `---`, without their quotes. Front matter of skills has no others.
    package static func frontMatter(of text: String) -> [String: String] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.first == "---" else { return [:] }
        var fields: [String: String] = [:]
        for line in lines.dropFirst() {
            if line == "---" { return fields }
            guard let colon = line.firstIndex(of: ":"), let first = line.first, first.isLetter else { continue }
            fields[String(line[..<colon])] = unquoted(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return [:]
    }

    /// YAML's two kinds of quotes round a text on one line.
    private static func unquoted(_ text: Substring) -> String {
        guard text.count >= 2, let quote = text.first, quote == text.last else { return String(text) }
        let inside = String(text.dropFirst().dropLast())
        switch quote {
        case "'": return inside.replacing("''", with: "'")
        case "\"": return inside.replacing("\\\"", with: "\"")
        default: return String(text)
        }
    }
}

/// The skills that come with the program.
package enum AgentSkills {
    /// Where they are kept: beside the program when installed, in the build folder when not.
    package static var ownFolder: URL { Bundle.module.bundleURL }

    /// All of them, the general one first.
    package static let names = [
        "kinora", "photo-to-video-with-music", "photo-to-video-ai-online", "image-to-video-download",
        "image-to-video-tiktok", "ai-video-creation",
    ]

    package static var all: [AgentSkill] {
        names.compactMap { AgentSkill(folder: ownFolder.appendingPathComponent($0)) }
    }

    package static func named(_ name: String) -> AgentSkill? { all.first { $0.name == name } }
}
