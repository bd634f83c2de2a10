// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Director
import EditModel
import EditTime
import Foundation
import KinoraKit
import MediaLibrary
import Renderer
import Studio

/// One conversation in the terminal about one film of the studio.
struct ChatRoom {
    let studio: Studio
    let project: ProjectID
    let order: ChatOrder
    let console: Console
    let columns: Int

    private var words: Catalogue { console.words }

    private func state() async throws -> Project { try await studio.project(project, of: .localOwner) }

    // MARK: Files

    /// Takes files and folders into the film's media; what cannot be used is named.
    func add(_ inputs: [String]) async throws {
        let library = MediaLibrary(cache: try order.coding.kit().cache)
        let taken = library.takeIn(inputs, order: .name)
        console.tell(taken.refused, of: taken.assets.count + taken.refused.count)
        let batch = try await studio.beginUpload(into: project, of: .localOwner)
        // Whoever comes back to a film names the same files again.
        let known = Set(try await state().media.map(\.contentHash))
        let new = taken.assets.filter { !known.contains($0.contentHash) }
        if new.count < taken.assets.count {
            say(words.text("chat known", ["count": String(taken.assets.count - new.count)]))
        }
        for facts in new {
            guard let path = taken.paths[facts.id], let file = FileHandle(forReadingAtPath: path) else { continue }
            defer { try? file.close() }
            try await batch.begin(named: facts.name, fileTime: facts.fileTime)
            while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
                try await batch.write([UInt8](piece))
            }
            try await batch.end()
        }
        var count = 0
        for outcome in try await batch.finish() {
            switch outcome {
            case .taken: count += 1
            case .refused(let refusal): console.warn("\(refusal)")
            }
        }
        if count > 0 { say(words.text("chat added", ["count": String(count)])) }
    }

    // MARK: Talking

    /// What the person typed: a command that begins with `/`, or words for the director. False ends the conversation.
    func answer(_ line: String) async throws -> Bool {
        let typed = line.trimmingCharacters(in: .whitespaces)
        if typed.isEmpty { return true }
        guard typed.hasPrefix("/") else {
            try await say(toDirector: typed)
            return true
        }
        let parts = typed.dropFirst().split(separator: " ", maxSplits: 1)
        let rest = parts.count > 1 ? String(parts[1]).trimmingCharacters(in: .whitespaces) : ""
        switch parts.first.map({ $0.lowercased() }) {
        case "quit", "exit", "q": return false
        case "undo": try await say(toDirector: words.text("chat undo words"))
        case "redo": try await say(toDirector: words.text("chat redo words"))
        case "timeline": try await draw()
        case "add" where !rest.isEmpty: try await add(Self.paths(rest))
        case "export": try await export(to: rest.isEmpty ? nil : rest)
        case "help": say(words.text("chat help"))
        default: say(words.text("chat unknown", ["command": typed]))
        }
        return true
    }

    private func say(toDirector message: String) async throws {
        let before = try await state().draft
        let turn = try await studio.say(message, in: project, of: .localOwner).done.turn
        say(turn.answer)
        if try await state().draft != before { try await draw() }
    }

    /// Paths as typed: separated by spaces, in quotes where they hold some.
    static func paths(_ text: String) -> [String] {
        var paths: [String] = []
        var current = ""
        var quote: Character?
        for character in text {
            if let open = quote {
                if character == open { quote = nil } else { current.append(character) }
            } else if character == "\"" || character == "'" {
                quote = character
            } else if character == " " {
                if !current.isEmpty { paths.append(current) }
                current = ""
            } else {
                current.append(character)
            }
        }
        if !current.isEmpty { paths.append(current) }
        return paths.map { $0.hasPrefix("~/") ? NSHomeDirectory() + $0.dropFirst(1) : $0 }
    }

    // MARK: Showing

    private func say(_ text: String) { console.result(text) }

    func draw() async throws {
        let lines = TimelineDrawing(try await state().draft, columns: columns).lines
        if !lines.isEmpty { say(lines.joined(separator: "\n")) }
    }

    /// What there is when the conversation begins.
    func greet() async throws {
        let state = try await state()
        if !state.draft.tracks.flatMap(\.segments).isEmpty {
            say(words.text("chat welcome back", ["name": state.name, "count": String(state.media.count)]))
            try await draw()
        } else {
            say(words.text(state.media.isEmpty ? "chat welcome" : "chat ready", ["count": String(state.media.count)]))
        }
    }

    // MARK: Export

    func export(to path: String?) async throws {
        let state = try await state()
        guard state.draft.duration.ticks > 0 else { return say(words.text("chat no film")) }
        var material = Material()
        for facts in state.media {
            if let place = try await studio.asset(facts.id, of: .localOwner)?.location {
                material.add(facts, at: place)
            }
        }
        material.beats = state.beats
        let target = path ?? Self.freePath(state.draft.film.title)
        guard Coding.container(of: target) != nil else { return say(words.text("bad output", ["name": target])) }
        let preset = state.draft.film.preset.flatMap(PlatformPreset.named)
        let (kit, coding, draft, limit) = (try order.coding.kit(), order.coding, state.draft, state.memory.sizeLimit)
        let console = console
        // Rendering blocks; it has threads of its own.
        let report = try await withCheckedThrowingContinuation {
            (done: CheckedContinuation<FilmRenderer.Report, any Error>) in
            Thread.detachNewThread { [material] in
                done.resume(
                    with: Result {
                        try kit.render(
                            draft, material, to: target, encoding: coding.encoding(for: target, preset: preset),
                            mostBytes: coding.mostBytes(preset: preset) ?? limit, verifiesAll: coding.verifies,
                            stop: Interrupt.stop
                        ) { console.show($0) }
                    })
            }
        }
        console.tell(report, state.draft, try kit.voiceTroubles(in: state.draft), path: target)
    }

    /// A name that nothing has yet.
    private static func freePath(_ title: String) -> String {
        let plain = title.filter { !"/\\:\0\n".contains($0) }.prefix(60).trimmingCharacters(in: .whitespaces)
        let stem = plain.isEmpty || plain.hasPrefix(".") ? "film" : plain
        for number in 1...10_000 {
            let path = number == 1 ? "\(stem).mp4" : "\(stem)-\(number).mp4"
            if !FileManager.default.fileExists(atPath: path) { return path }
        }
        return "\(stem)-\(UUID().uuidString).mp4"
    }
}
