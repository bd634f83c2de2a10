// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import CommandSyntax
import FileStore
import Foundation
import JSON

extension SkillOrder {
    func run(_ console: Console) throws -> ExitStatus {
        switch self {
        case .list(let order): order.run(console)
        case .install(let order): try order.run(console)
        }
    }

    var reporting: Reporting {
        switch self {
        case .list(let order): Reporting(json: order.json)
        case .install(let order): order.reporting
        }
    }
}

extension SkillList {
    func run(_ console: Console) -> ExitStatus {
        let skills = AgentSkills.all
        for skill in skills {
            console.event(
                "skill",
                [
                    "name": .string(skill.name), "version": .string(skill.version),
                    "description": .string(skill.description), "path": .string(skill.folder.path),
                ])
        }
        if !console.isJSON {
            for skill in skills { console.result("\(skill.name) \(skill.version)\n    \(skill.description)") }
        }
        return skills.count == AgentSkills.names.count ? .ok : .failed
    }
}

extension SkillInstall {
    func run(_ console: Console) throws -> ExitStatus {
        let skills = names.isEmpty ? AgentSkills.all : names.compactMap(AgentSkills.named)
        guard skills.count == (names.isEmpty ? AgentSkills.names.count : names.count) else {
            console.fail(console.words.text("skill missing", ["folder": AgentSkills.ownFolder.path]))
            return .failed
        }
        var isAllDone = true
        for place in places {
            for skill in skills {
                let target = SkillTarget(folder: "\(place)/\(skill.name)")
                let outcome = try target.put(skill, overwriting: overwrites)
                isAllDone = isAllDone && outcome.isDone
                console.event(
                    "installed",
                    [
                        "skill": .string(skill.name), "version": .string(skill.version), "path": .string(target.folder),
                        "outcome": .string(outcome.rawValue),
                    ])
                let line = console.words.text(
                    "skill \(outcome.rawValue)",
                    ["name": skill.name, "version": skill.version, "path": target.folder])
                if console.isJSON { continue }
                if outcome.isDone { console.result(line) } else { console.warn(line) }
            }
        }
        // An agent calls the program by its name.
        if !Self.isOnPath { console.note(console.words.text("skill no path", ["program": Self.program])) }
        return isAllDone ? .ok : .failed
    }

    /// Where this program lies.
    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "kinora"
    }

    private static var isOnPath: Bool {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").contains { FileManager.default.isExecutableFile(atPath: "\($0)/kinora") }
    }

    /// The folders to put them in: the one that was named, those of the agents that were named, else of those that are on
    /// this machine, else the shared one.
    private var places: [String] {
        if let folder { return [URL(fileURLWithPath: (folder as NSString).expandingTildeInPath).path] }
        let home = ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? NSHomeDirectory()
        let present = SkillHome.allCases.filter { FileManager.default.fileExists(atPath: "\(home)/\($0.trace)") }
        let chosen = !agents.isEmpty ? agents : present.isEmpty ? [.agents] : present
        return chosen.map { "\(home)/\($0.folder)" }
    }
}

/// A folder that a skill is put in. A note beside its files says what was put there, so that only what is ours and as we
/// left it is ever replaced.
struct SkillTarget {
    let folder: String

    enum Outcome: String {
        case installed, updated, current
        /// It is ours, but somebody has changed it.
        case changed
        /// Something else of that name is there.
        case foreign
        /// Something else was there, and replaced because that was asked for; it stands beside.
        case replaced

        var isDone: Bool { self != .changed && self != .foreign }
    }

    private static let files = ["SKILL.md", "LICENSE"]
    private var note: String { "\(folder)/.kinora-skill" }

    func put(_ skill: AgentSkill, overwriting: Bool) throws -> Outcome {
        let new = try Self.files.map { try Data(contentsOf: skill.folder.appendingPathComponent($0)) }
        var outcome = state(new)
        if outcome == .current { return .current }
        if !outcome.isDone {
            guard overwriting else { return outcome }
            try keepBeside()
            outcome = .replaced
        }
        try Folders.make(folder)
        for (name, bytes) in zip(Self.files, new) { try write([UInt8](bytes), "\(folder)/\(name)") }
        try write(Array(Self.mark(new).utf8), note)
        return outcome
    }

    /// What is there now.
    private func state(_ new: [Data]) -> Outcome {
        let manager = FileManager.default
        // A link is somebody's own arrangement, wherever it leads.
        let isLink = (try? manager.destinationOfSymbolicLink(atPath: folder)) != nil
        guard isLink || manager.fileExists(atPath: folder) else { return .installed }
        let old = Self.files.compactMap { manager.contents(atPath: "\(folder)/\($0)") }
        if old == new { return .current }
        guard !isLink, let marked = manager.contents(atPath: note).flatMap({ String(data: $0, encoding: .utf8) }) else {
            // An empty folder is nobody's.
            let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
            return !isLink && names.isEmpty ? .installed : .foreign
        }
        return marked == Self.mark(old) ? .updated : .changed
    }

    private func keepBeside() throws {
        for name in Self.files {
            let path = "\(folder)/\(name)"
            guard let bytes = FileManager.default.contents(atPath: path) else { continue }
            try write([UInt8](bytes), "\(path).before")
        }
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        let file = try AtomicFile(replacing: path)
        try file.write(bytes)
        try file.commit(durable: false)
    }

    /// Different for different files.
    private static func mark(_ files: [Data]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for file in files {
            for byte in file { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = hash &* 31 &+ UInt64(file.count)
        }
        return String(hash, radix: 16)
    }
}
