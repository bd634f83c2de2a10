// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
import Synchronization

/// Real media for tests, made by the `ffmpeg` and other commands when a test asks for it.
///
/// Files lie in one folder a process, gone when it ends. A recipe is run once: the same name and arguments give the same file.
public enum TestMedia {
    public struct CommandFailed: Error, CustomStringConvertible {
        public let description: String
    }

    /// The folder of this process's test media.
    public static let folder: URL = {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("kinora-tests-\(ProcessInfo.processInfo.processIdentifier)")
        try? FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        atexit { try? FileManager.default.removeItem(at: TestMedia.folder) }
        return url
    }()

    private static let recipes = Mutex<[String: URL]>([:])

    /// A file made by ffmpeg from `arguments` (what stands between `ffmpeg -v error -y` and the output's path).
    public static func ffmpeg(_ name: String, _ arguments: [String]) throws -> URL {
        let key = name + "\u{0}" + arguments.joined(separator: "\u{0}")
        return try recipes.withLock { made in
            if let url = made[key] { return url }
            let place = folder.appendingPathComponent("m\(made.count)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let url = place.appendingPathComponent(name)
            try run("ffmpeg", ["-v", "error", "-nostdin", "-y"] + arguments + [url.path])
            made[key] = url
            return url
        }
    }

    /// A fresh empty folder.
    public static func scratchFolder() throws -> URL {
        let url = folder.appendingPathComponent("scratch-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        return url
    }

    /// What a command said and how it ended.
    public struct Answer: Sendable {
        public var status: Int32
        public var output: String
        public var errors: String
    }

    /// Runs a command found on the PATH and returns its standard output; throws with its standard error when it fails.
    @discardableResult
    public static func run(_ command: String, _ arguments: [String], in directory: URL? = nil) throws -> String {
        let answer = try answer(command, arguments, in: directory)
        guard answer.status == 0 else {
            throw CommandFailed(
                description: "\(command) \(arguments.joined(separator: " ")): exit \(answer.status): \(answer.errors)")
        }
        return answer.output
    }

    /// Runs a command found on the PATH, however it ends.
    public static func answer(_ command: String, _ arguments: [String], in directory: URL? = nil) throws -> Answer {
        let errors = folder.appendingPathComponent("stderr-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: errors) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [command] + arguments
        process.currentDirectoryURL = directory
        let output = Pipe()
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: errors)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let words = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        return Answer(
            status: process.terminationStatus, output: String(decoding: data, as: UTF8.self), errors: words)
    }
}
