// SPDX-License-Identifier: GPL-3.0-or-later
import AgentTools
import CommandSyntax
import Foundation
import KinoraKit
import ModelContext

extension McpOrder {
    /// Serves until the client closes standard input, or asks the program to end.
    func run(_ console: Console) throws -> ExitStatus {
        let environment = ProcessInfo.processInfo.environment
        let allowed = AllowedFolders(Self.folders(folders, present: FileManager.default.currentDirectoryPath))
        for folder in folders where AllowedFolders([folder]).folders.isEmpty {
            console.warn(console.words.text("mcp no folder", ["folder": folder]))
        }
        // Whatever else in this process prints, prints beside the protocol.
        let output = try MessageOutput.takingStandardOutput()
        let input = MessageInput(reading: STDIN_FILENO)
        let path = StudioParts.dataPath(data, environment)
        console.say(
            console.words.text(
                "mcp ready",
                ["folders": allowed.folders.isEmpty ? "–" : allowed.folders.joined(separator: ", "), "data": path]))
        let machine = ContextMachine(.kinora)
        let failed: @Sendable (any Error) -> Void = { error in
            console.warn(console.words.text("mcp failed", ["why": "\(error)"]))
        }
        Thread.detachNewThread {
            Interrupt.waitUntilAsked()
            input.end()
        }
        try Waiting().value {
            let host = try await StandingHost(path, environment, console, folders: allowed)
            await Self.serve(ContextConversation(machine, host: host, failed: failed), input, output)
            await host.close()
        }
        return .ok
    }

    /// The folders that were named, or the present one; the whole disk is nobody's folder unless it was named.
    static func folders(_ named: [String], present: String) -> [String] {
        guard named.isEmpty else {
            return named.map { $0.hasPrefix("~/") ? NSHomeDirectory() + $0.dropFirst() : $0 }
        }
        return present == "/" ? [] : [present]
    }

    /// How long answers that are nearly there are waited for, once the client says no more. Clients wait two seconds for a
    /// server to end.
    private static let parting = Duration.seconds(1)

    static func serve(_ conversation: ContextConversation, _ input: MessageInput, _ output: MessageOutput) async {
        let writing = Task {
            for await message in conversation.messages {
                // A client that does not read any more has left.
                guard await output.write(message) else {
                    input.end()
                    break
                }
            }
        }
        for await line in input.lines { await conversation.receive(line) }
        await conversation.settle()
        let parting = Task {
            try? await Task.sleep(for: Self.parting)
            await conversation.end()
        }
        await writing.value
        parting.cancel()
    }
}

extension ContextIdentity {
    static let kinora = ContextIdentity(
        name: "kinora", title: "Kinora", version: KinoraVersion.current, instructions: ToolTable.instructions)
}
