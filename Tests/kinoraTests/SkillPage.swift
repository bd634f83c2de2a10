// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import Foundation

/// A skill's page as an agent reads it: its sections, the command lines of their blocks.
struct SkillPage {
    let skill: AgentSkill
    let text: String

    static let all = AgentSkills.all.compactMap { SkillPage($0) }

    init?(_ skill: AgentSkill) {
        guard let text = try? String(contentsOf: skill.folder.appendingPathComponent("SKILL.md"), encoding: .utf8)
        else {
            return nil
        }
        self.skill = skill
        self.text = text
    }

    /// The section whose heading begins so, up to the next one.
    func section(_ heading: String) -> Substring {
        guard let start = text.firstRange(of: "\n## \(heading)")?.lowerBound else { return "" }
        let rest = text[start...].dropFirst(4)
        return rest[..<(rest.firstRange(of: "\n## ")?.lowerBound ?? rest.endIndex)]
    }

    /// The blocks of shell commands in a part of the page, line by line.
    static func blocks(of part: some StringProtocol) -> [[String]] {
        var blocks: [[String]] = []
        var open: [String]?
        for line in part.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                if let block = open { blocks.append(block) }
                open = open == nil && line == "```sh" ? [] : nil
            } else if !line.isEmpty {
                open?.append(String(line))
            }
        }
        return blocks
    }

    /// What stands in backticks and begins with the program's name, in running text; line ends are spaces.
    var spans: [String] {
        let prose = text.replacing(/```[^`]*```/, with: "")
        return prose.matches(of: /`(kinora [^`]*)`/).map { String($0.1).replacing("\n", with: " ") }
    }

    /// A command line as a shell cuts it into words.
    static func words(of line: String) -> [String] {
        var words: [String] = []
        var word: String?
        var isQuoted = false
        var escapes = false
        for character in line {
            if escapes {
                word = (word ?? "") + String(character)
                escapes = false
            } else if character == "\\" {
                escapes = true
            } else if character == "\"" {
                isQuoted.toggle()
                word = word ?? ""
            } else if character == " ", !isQuoted {
                if let done = word { words.append(done) }
                word = nil
            } else {
                word = (word ?? "") + String(character)
            }
        }
        return words + [word].compactMap(\.self)
    }
}
