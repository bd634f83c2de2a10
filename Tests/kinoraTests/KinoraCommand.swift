// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// The built program, run as a person runs it: in a folder of its own, with a cache of its own.
struct KinoraCommand: Sendable {
    let folder: URL
    var environment: [String: String] = [:]

    init() throws { folder = try TestMedia.scratchFolder() }

    struct Answer: Sendable {
        var status: Int32
        var output: String
        var errors: String

        /// The last line of standard output.
        var lastLine: String { output.split(separator: "\n").last.map(String.init) ?? "" }
    }

    /// Beside the test program, where the build puts both.
    static let program: URL = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("kinora")
    }()

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func process(_ arguments: [String]) -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var all = ProcessInfo.processInfo.environment
        for name in ["LANG", "LC_ALL", "LC_MESSAGES", "KINORA_LANG", "KINORA_CACHE_LIMIT"] { all[name] = nil }
        all["XDG_CACHE_HOME"] = path("cache")
        process.environment = all.merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        return process
    }

    /// Runs it to its end.
    func run(_ arguments: String...) throws -> Answer { try run(arguments) }

    /// Runs it with lines to read on its standard input.
    func run(_ arguments: [String], typing lines: [String]) throws -> Answer {
        let typed = path("stdin-\(UUID().uuidString)")
        try (lines.joined(separator: "\n") + "\n").write(toFile: typed, atomically: true, encoding: .utf8)
        return try run(arguments, reading: FileHandle(forReadingAtPath: typed))
    }

    func run(_ arguments: [String], reading input: FileHandle? = nil) throws -> Answer {
        let process = process(arguments)
        if let input { process.standardInput = input }
        let output = path("stdout-\(UUID().uuidString)")
        let errors = path("stderr-\(UUID().uuidString)")
        for file in [output, errors] { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        process.standardOutput = FileHandle(forWritingAtPath: output)
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
        process.waitUntilExit()
        defer {
            try? FileManager.default.removeItem(atPath: output)
            try? FileManager.default.removeItem(atPath: errors)
        }
        return Answer(
            status: process.terminationReason == .uncaughtSignal
                ? -process.terminationStatus : process.terminationStatus,
            output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }

    /// Small photographs with names `p1.jpg` …, in a sub-folder.
    func photos(_ count: Int, in name: String = "photos", size: String = "640x480") throws -> URL {
        let place = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        for index in 1...count {
            let made = try TestMedia.ffmpeg(
                "p\(index).jpg",
                ["-f", "lavfi", "-i", "testsrc2=s=\(size),hue=h=\(index * 47)", "-frames:v", "1", "-update", "1"])
            try FileManager.default.copyItem(at: made, to: place.appendingPathComponent("p\(index).jpg"))
        }
        return place
    }

    func song(_ seconds: Int = 20) throws -> URL {
        try TestMedia.ffmpeg("song.mp3", ["-f", "lavfi", "-i", "sine=f=330:d=\(seconds)", "-b:a", "128k"])
    }

    /// One value that ffprobe tells of a film.
    static func probe(_ path: String, _ entry: String, stream: String = "v") throws -> String {
        try TestMedia.run(
            "ffprobe",
            ["-v", "error", "-select_streams", stream, "-show_entries", entry, "-of", "csv=p=0", path]
        ).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Small and quick: what most tests ask for.
    static let quick = ["--canvas", "320x180", "--x264-preset", "ultrafast", "--crf", "30"]
}
