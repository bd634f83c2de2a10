// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import FileStore
import Foundation
import KinoraKit
import Studio

extension ChatOrder {
    func run(_ console: Console) throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        let folder = try DataFolder(path: StudioParts.dataPath(data, environment))
        let studio = try StudioParts.studio(in: folder, environment)
        let columns = StandardStream.output.terminal(environment: environment).width
        let outcome = Waiting<ExitStatus>()
        return try outcome.value {
            let project = try await self.project(studio, folder, console)
            let room = ChatRoom(studio: studio, project: project, order: self, console: console, columns: columns)
            if !self.inputs.isEmpty { try await room.add(self.inputs) }
            try await room.greet()
            var hasFailed = false
            let prompt = LinePrompt(historyPath: "\(folder.path)/chat-history")
            while let line = prompt.line("› ") {
                do {
                    guard try await room.answer(line) else { break }
                } catch {
                    console.fail(error)
                    hasFailed = true
                }
            }
            await studio.finish()
            // A person saw it and went on; a script has the status alone.
            return hasFailed && isatty(STDIN_FILENO) == 0 ? .failed : .ok
        }
    }

    /// The film that was talked about last, or a new one.
    private func project(_ studio: Studio, _ folder: DataFolder, _ console: Console) async throws -> ProjectID {
        let note = "\(folder.path)/chat"
        if !isNew, let text = try? String(contentsOfFile: note, encoding: .utf8),
            let id = ProjectID(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            (try? await studio.project(id, of: .localOwner)) != nil
        {
            return id
        }
        let project = try await studio.createProject(
            named: console.words.text("chat project"), language: console.language.rawValue, for: .localOwner)
        let file = try AtomicFile(replacing: note)
        try file.write(Array(project.id.text.utf8))
        try file.commit(durable: true)
        return project.id
    }
}
