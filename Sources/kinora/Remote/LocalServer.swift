// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import Remote

/// This machine's own server, started where it is needed and not there yet. It stays when the program that started it ends.
enum LocalServer {
    /// Starts `kinora serve` in a session of its own, so that neither Ctrl-C nor a closed terminal ends it, and returns when
    /// it answers. Its words are in `serve.log` of the data folder.
    ///
    /// - Parameter isThere: whether it answers.
    static func start(_ isThere: () async -> Bool) async throws {
        let environment = ProcessInfo.processInfo.environment
        let folder = StudioParts.dataPath(nil, environment)
        try Folders.make(folder)
        let log = "\(folder)/serve.log"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/setsid")
        let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "kinora"
        process.arguments = [program, "serve"]
        process.standardInput = FileHandle.nullDevice
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let output = FileHandle(forWritingAtPath: log) ?? FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        for _ in 0..<150 {
            if await isThere() { return }
            // Another one may have been quicker with the port and the folder: then that one answers soon.
            try await Task.sleep(for: .milliseconds(100))
        }
        let words = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        throw RemoteFault.unreachable(
            server: RemoteStudio.usual, reason: words.split(separator: "\n").last.map(String.init) ?? log)
    }
}
