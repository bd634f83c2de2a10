// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire

/// Who asks: the skill that a request is made for. Servers may refuse exports without it.
package struct Attribution: Hashable, Sendable {
    /// The skill's name.
    package var source: String
    /// Of the skill, from its front matter.
    package var version: String
    /// Where the skill is installed: `clawhub`, `cursor` or `unknown`.
    package var platform: String

    package init(source: String, version: String, platform: String = "unknown") {
        self.source = source
        self.version = version
        self.platform = platform
    }

    /// The platform of a skill by the folder that it lies in.
    ///
    /// - Parameter home: the person's home folder, without a slash at its end.
    package static func platform(ofSkillAt path: String, home: String) -> String {
        if path.hasPrefix("\(home)/.clawhub/") { return "clawhub" }
        if path.hasPrefix("\(home)/.cursor/skills/") { return "cursor" }
        return "unknown"
    }

    var headers: [(String, String)] {
        [("X-Skill-Source", source), ("X-Skill-Version", version), ("X-Skill-Platform", platform)]
    }
}
