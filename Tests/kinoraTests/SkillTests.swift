// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import CommandSyntax
import Foundation
import JSON
import Remote
import TestMedia
import Testing

@testable import kinora

/// The skills that come with the program: their format, and that what they say of the program is so.
@Suite struct SkillTests {
    @Test func allSixAreThere() {
        #expect(AgentSkills.all.map(\.name) == AgentSkills.names && AgentSkills.names.count == 6)
        #expect(SkillPage.all.count == 6)
    }

    /// The rules of agentskills.io, and ClawHub's: metadata on one line, as a text that is JSON.
    @Test(arguments: AgentSkills.names) func theFrontMatterKeepsToTheFormat(name: String) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == name })
        let lines = page.text.split(separator: "\n", omittingEmptySubsequences: false)
        let end = try #require(lines.dropFirst().firstIndex(of: "---"))
        let keys = lines[1..<end].compactMap { $0.split(separator: ":").first.map(String.init) }
        #expect(
            keys == ["name", "description", "license", "compatibility", "metadata"], "one line each, and no others")
        let fields = AgentSkill.frontMatter(of: page.text)
        #expect(fields["name"] == name && page.skill.folder.lastPathComponent == name)
        #expect(name.wholeMatch(of: /[a-z0-9]+(-[a-z0-9]+)*/) != nil && name.count <= 64)
        #expect((1...1024).contains(fields["description"]?.count ?? 0))
        #expect((1...500).contains(fields["compatibility"]?.count ?? 0))
        #expect(fields["license"] == "MIT-0")
        #expect(lines[1..<end].contains { $0.hasPrefix("metadata: '{\"version\":\"") && $0.hasSuffix("}'") })
        let metadata = try JSONValue(parsing: try #require(fields["metadata"]))
        #expect(metadata["openclaw"]?.object != nil)
        #expect(page.skill.version.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+/) != nil)
        #expect(lines.count < 300)
        let licence = try String(contentsOf: page.skill.folder.appendingPathComponent("LICENSE"), encoding: .utf8)
        #expect(licence.hasPrefix("MIT No Attribution"))
    }

    @Test(arguments: AgentSkills.names) func theHeadersAreThoseOfTheFrontMatter(name: String) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == name })
        let section = page.section("Without the program")
        #expect(section.contains("\nX-Skill-Source: \(name)\n"))
        #expect(section.contains("\nX-Skill-Version: \(page.skill.version)\n"))
        #expect(section.contains("\nX-Skill-Platform: unknown\n"))
        let attribution = RemoteSkill.attribution(of: name, environment: ["HOME": "/nowhere"])
        #expect(attribution == Attribution(source: name, version: page.skill.version))
    }

    @Test(arguments: AgentSkills.names) func everyCommandThatIsNamedExists(name: String) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == name })
        let lines = SkillPage.blocks(of: page.text).flatMap(\.self)
        #expect(lines.count > 12)
        for line in lines + page.spans {
            let words = SkillPage.words(of: line)
            #expect(words.first == "kinora", "\(line)")
            // In running text a command may stand without what it needs.
            let given = Array(words.dropFirst())
            do throws(UsageError) {
                _ = try kinoraProgram.order(given)
            } catch {
                #expect(!lines.contains(line) && error.code == .missingArgument, "\(line): \(error)")
            }
        }
    }

    @Test(arguments: AgentSkills.names) func everyCodeIsNamedAndEveryWordForARoute(name: String) throws {
        let page = try #require(SkillPage.all.first { $0.skill.name == name })
        let codes = page.section("When the server says no")
        for row in CodeTable.all { #expect(codes.contains("\n| \(row.code) |"), "\(row.code)") }
        let routing = page.section("What the person says")
        for word in [
            "export", "导出", "download", "send me the video", "credits", "积分", "balance", "余额", "status", "状态",
            "show tracks", "upload", "上传",
        ] {
            #expect(routing.contains("\"\(word)\""), "\(word)")
            #expect(Router.destination(of: word) != .chat, "\(word)")
        }
        let answers = page.section("Reading the answers")
        for word in [
            "click Export", "点击导出", "open the", "打开", "drag", "拖拽", "preview in timeline", "Export button",
            "heartbeats", "Empty `data:` lines",
        ] {
            #expect(answers.contains(word), "\(word)")
        }
        for heading in [
            "When to use it", "What people ask for", "Set-up", "Handing it over", "While it takes time", "Ways to work",
            "Tips", "Formats and limits",
        ] {
            #expect(!page.section(heading).isEmpty, "\(heading)")
        }
        #expect(page.section("Set-up").contains("\"Connecting…\"") && page.section("Set-up").contains("\"Ready!\""))
        #expect(page.section("While it takes time").contains("two\nminutes"))
        for way in ["**Quick.**", "**Batch.**", "**Iterative.**"] {
            #expect(page.section("Ways to work").contains(way))
        }
    }

    @Test func formatsAreThoseThatTheFaultsName() throws {
        for page in SkillPage.all {
            for format in ["mp4", "webm", "heic", "mp3", "opus", "srt"] {
                #expect(page.section("Formats and limits").contains(format))
            }
        }
    }

    // MARK: Putting them in place

    private func kinora() throws -> KinoraCommand {
        var kinora = try KinoraCommand()
        kinora.environment["HOME"] = kinora.path("home")
        kinora.environment["KINORA_LANG"] = "en"
        return kinora
    }

    @Test(arguments: [
        ("claude", ".claude/skills"), ("cursor", ".cursor/skills"), ("openclaw", ".openclaw/skills"),
        ("agents", ".agents/skills"),
    ])
    func skillsArePutWhereAnAgentLooks(agent: String, folder: String) throws {
        let kinora = try kinora()
        let answer = try kinora.run("skill", "install", "--for", agent)
        #expect(answer.status == 0, "\(answer.errors)")
        for page in SkillPage.all {
            let path = kinora.path("home/\(folder)/\(page.skill.name)")
            #expect(try String(contentsOfFile: "\(path)/SKILL.md", encoding: .utf8) == page.text)
            #expect(FileManager.default.fileExists(atPath: "\(path)/LICENSE"))
            #expect(answer.output.contains(path))
        }
        #expect(try kinora.run("skill", "install", "--for", agent).output.contains("already"))
    }

    @Test func withoutAnAgentNamedThoseOfThisMachineAreServed() throws {
        let kinora = try kinora()
        for folder in [".cursor", ".claude"] {
            try FileManager.default.createDirectory(
                atPath: kinora.path("home/\(folder)"), withIntermediateDirectories: true)
        }
        #expect(try kinora.run("skill", "install", "kinora").status == 0)
        let found = [".cursor", ".claude", ".agents", ".openclaw"].filter {
            FileManager.default.fileExists(atPath: kinora.path("home/\($0)/skills/kinora/SKILL.md"))
        }
        #expect(found == [".cursor", ".claude"])
        #expect(!FileManager.default.fileExists(atPath: kinora.path("home/.cursor/skills/ai-video-creation")))
    }

    @Test func whatIsNotOursIsLeftAloneAndNamed() throws {
        let kinora = try kinora()
        let place = kinora.path("home/.claude/skills/kinora")
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try "somebody's own".write(toFile: "\(place)/SKILL.md", atomically: true, encoding: .utf8)
        let answer = try kinora.run("skill", "install", "kinora", "--for", "claude")
        #expect(answer.status == 1 && answer.errors.contains(place) && answer.errors.contains("--force"))
        #expect(try String(contentsOfFile: "\(place)/SKILL.md", encoding: .utf8) == "somebody's own")
        let forced = try kinora.run("skill", "install", "kinora", "--for", "claude", "--force")
        #expect(forced.status == 0 && forced.output.contains(".before"))
        #expect(try String(contentsOfFile: "\(place)/SKILL.md.before", encoding: .utf8) == "somebody's own")
        #expect(try String(contentsOfFile: "\(place)/SKILL.md", encoding: .utf8).hasPrefix("---\nname: kinora\n"))
    }

    @Test func oursIsBroughtUpToDateUnlessSomebodyChangedIt() throws {
        let folder = try TestMedia.scratchFolder()
        let skill = try #require(AgentSkills.named("kinora"))
        let older = folder.appendingPathComponent("old/kinora")
        try FileManager.default.createDirectory(at: older, withIntermediateDirectories: true)
        try "---\nname: kinora\ndescription: old\n---\n".write(
            to: older.appendingPathComponent("SKILL.md"), atomically: true, encoding: .utf8)
        try "free".write(to: older.appendingPathComponent("LICENSE"), atomically: true, encoding: .utf8)
        let target = SkillTarget(folder: folder.appendingPathComponent("skills/kinora").path)
        #expect(try target.put(try #require(AgentSkill(folder: older)), overwriting: false) == .installed)
        #expect(try target.put(skill, overwriting: false) == .updated)
        #expect(try target.put(skill, overwriting: false) == .current)
        try "mine".write(toFile: "\(target.folder)/SKILL.md", atomically: true, encoding: .utf8)
        #expect(try target.put(skill, overwriting: false) == .changed)
        #expect(try String(contentsOfFile: "\(target.folder)/SKILL.md", encoding: .utf8) == "mine")
    }

    @Test func theListNamesEachWithItsVersion() throws {
        let answer = try kinora().run("skill", "list", "--json")
        let lines = try answer.output.split(separator: "\n").map { try JSONValue(parsing: String($0)) }
        #expect(lines.compactMap { $0["name"]?.string } == AgentSkills.names)
        #expect(lines.allSatisfy { $0["version"]?.string == "1.0.0" })
    }
}
