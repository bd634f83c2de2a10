// SPDX-License-Identifier: GPL-3.0-or-later
import AgentSkills
import CommandSyntax
import Dispatch
import Foundation
import KinoraKit
import Remote

extension RemoteOrder {
    var place: RemotePlace {
        switch self {
        case .setup(let order): order.place
        case .upload(let order): order.place
        case .say(let order): order.place
        case .status(let place), .credits(let place), .claim(let place): place
        case .export(let order): order.place
        case .make(let order): order.place
        }
    }

    func run(_ console: Console) throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        let name = place.film ?? RemoteFilm.usualName
        let memory = RemoteMemory(environment: environment)
        let skill = place.skill ?? memory.note(of: name)?.skill
        let studio = RemoteStudio(
            server: place.url, environment: environment,
            attribution: RemoteSkill.attribution(of: skill, environment: environment)
        ) { console.tell($0) }
        let film = RemoteFilm(studio, named: name, language: console.language.rawValue)
        let room = RemoteRoom(film: film, console: console)
        let order = self
        return try untilInterrupted {
            switch order {
            case .setup(let order): try await room.setUp(order)
            case .upload(let order): try await room.upload(order.inputs)
            case .say(let order): try await room.hear(order)
            case .status: try await room.status()
            case .credits: try await room.credits()
            case .export(let order): try await room.export(order.file, waits: order.waits)
            case .make(let order): try await room.make(order)
            case .claim: try await room.claim()
            }
        }
    }

    /// Does asynchronous work; Ctrl-C cancels it.
    private func untilInterrupted(_ work: @escaping @Sendable () async throws -> ExitStatus) throws -> ExitStatus {
        try Waiting().value {
            let task = Task { try await work() }
            // A thread of its own, which ends with the process.
            Thread.detachNewThread {
                Interrupt.waitUntilAsked()
                task.cancel()
            }
            return try await task.value
        }
    }
}

/// Which skill a command is run for.
enum RemoteSkill {
    /// The headers for a skill by its name or its folder; of Kinora's own skill where none is named.
    static func attribution(of skill: String?, environment: [String: String]) -> Attribution {
        let home = environment["HOME"] ?? "/"
        let named = skill.flatMap { $0.isEmpty ? nil : $0 } ?? "kinora"
        let path = named.contains("/") ? URL(fileURLWithPath: (named as NSString).expandingTildeInPath).path : nil
        let name = path.map { ($0 as NSString).lastPathComponent } ?? named
        // Where it is installed, its own front matter says the version; else the one that came with the program.
        let places = [path, "\(home)/.clawhub/skills/\(name)", "\(home)/.cursor/skills/\(name)"].compactMap(\.self)
        let place = places.first { FileManager.default.fileExists(atPath: "\($0)/SKILL.md") }
        let installed = place.flatMap { AgentSkill(folder: URL(fileURLWithPath: $0)) }
        return Attribution(
            source: name, version: (installed ?? AgentSkills.named(name))?.version ?? KinoraVersion.current,
            platform: place.map { Attribution.platform(ofSkillAt: $0, home: home) } ?? "unknown")
    }
}
