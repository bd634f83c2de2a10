// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestMedia
import Testing

/// `kinora mcp` as an agent runs it: lines in, lines out.
private final class McpProcess {
    let process: Process
    private let input = Pipe()
    private let output = Pipe()
    private let errors: String
    private var waiting: [UInt8] = []
    private var asked: Int64 = 0
    /// Everything that came that was no answer.
    private(set) var notifications: [JSONValue] = []

    init(_ kinora: KinoraCommand, _ arguments: [String]) throws {
        process = kinora.process(["mcp", "--data", kinora.path("data")] + arguments)
        errors = kinora.path("errors-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: errors, contents: nil)
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle(forWritingAtPath: errors)
        try process.run()
    }

    var told: String { (try? String(contentsOfFile: errors, encoding: .utf8)) ?? "" }

    func write(_ message: JSONValue) throws {
        try input.fileHandleForWriting.write(contentsOf: Data((message.text() + "\n").utf8))
    }

    /// The next message. All that comes has to be one.
    func message() throws -> JSONValue {
        while true {
            if let end = waiting.firstIndex(of: 0x0A) {
                let line = Array(waiting[..<end])
                waiting.removeFirst(end + 1)
                return try JSONValue(parsing: line)
            }
            let bytes = output.fileHandleForReading.availableData
            guard !bytes.isEmpty else { throw Ended(description: "the output ended: \(told)") }
            waiting += bytes
        }
    }

    struct Ended: Error, CustomStringConvertible { let description: String }

    @discardableResult
    func ask(_ method: String, _ params: [String: JSONValue] = [:]) throws -> Int64 {
        asked += 1
        try write([
            "jsonrpc": "2.0", "id": .integer(asked), "method": .string(method), "params": .object(params),
        ])
        return asked
    }

    func answer(to id: Int64) throws -> JSONValue {
        while true {
            let message = try message()
            if message["id"]?.integer == id { return message }
            notifications.append(message)
        }
    }

    func call(_ name: String, _ arguments: [String: JSONValue] = [:], progress: Bool = false) throws -> JSONValue {
        var params: [String: JSONValue] = ["name": .string(name), "arguments": .object(arguments)]
        if progress { params["_meta"] = ["progressToken": "p"] }
        let answer = try answer(to: try ask("tools/call", params))
        return try #require(answer["result"], "\(answer.text())")
    }

    func values(_ name: String, _ arguments: [String: JSONValue] = [:], progress: Bool = false) throws -> JSONValue {
        let result = try call(name, arguments, progress: progress)
        return try #require(result["structuredContent"], "\(result.text().prefix(600))")
    }

    func initialize() throws -> JSONValue {
        let answer = try answer(
            to: try ask(
                "initialize",
                [
                    "protocolVersion": "2025-11-25", "capabilities": .object([:]),
                    "clientInfo": ["name": "test", "version": "1"],
                ]))
        try write(["jsonrpc": "2.0", "method": "notifications/initialized"])
        return try #require(answer["result"])
    }

    /// Closes its input and waits for its end; all that still comes has to be messages.
    func close() throws -> Int32 {
        try input.fileHandleForWriting.close()
        while let message = try? message() { notifications.append(message) }
        #expect(waiting.isEmpty, "\(String(decoding: waiting, as: UTF8.self))")
        process.waitUntilExit()
        return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    }
}

// Each has processes of its own; beside one another they would only wait.
@Suite(.serialized) struct McpTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    /// A film of two small photos; its project.
    private func film(_ agent: McpProcess) throws -> JSONValue {
        let project = try #require(try agent.values("create_project", ["name": "trip"])["project"])
        _ = try agent.values("add_media", ["project": project, "paths": ["."]])
        _ = try agent.values(
            "create",
            [
                "project": project, "width": 320, "height": 180, "each": 500, "music": "none", "motion": "none",
                "transition": "none",
            ])
        return project
    }

    @Test func anAgentMakesAFilmOverStandardStreams() throws {
        let photos = try kinora.photos(2, size: "320x240")
        let agent = try McpProcess(kinora, ["--allow", photos.path])
        #expect(try agent.initialize()["serverInfo"]?["name"] == "kinora")
        let tools = try agent.answer(to: try agent.ask("tools/list"))["result"]?["tools"]?.array
        #expect((tools?.count ?? 0) > 50)
        let project = try film(agent)
        let outside = try agent.call("add_media", ["project": project, "paths": [.string(kinora.path("data"))]])
        #expect(outside["isError"] == true)
        let film = try agent.values(
            "export", ["project": project, "save_as": "film.mp4", "quality": "draft"], progress: true)
        let path = photos.resolvingSymlinksInPath().path + "/film.mp4"
        #expect(film["path"] == .string(path))
        #expect(try KinoraCommand.probe(path, "stream=width,height") == "320,180")
        let steps = agent.notifications.compactMap { $0["params"]?["progress"]?.number }
        #expect(steps.count > 1 && steps == steps.sorted() && steps.last == 100)
        // A broken line is answered, and the next one is taken.
        try agent.write("no message")
        #expect(try agent.message()["error"]?["code"] == -32600)
        // The revision without a handshake, in the same process.
        let meta: JSONValue = [
            "io.modelcontextprotocol/protocolVersion": "2026-07-28",
            "io.modelcontextprotocol/clientCapabilities": .object([:]),
        ]
        let found = try agent.answer(to: try agent.ask("server/discover", ["_meta": meta]))
        #expect(found["result"]?["supportedVersions"] == ["2026-07-28"])
        #expect(try agent.close() == 0)
    }

    @Test func aSecondAgentAsksTheFirstAndTakesOverWhenItEnds() throws {
        let photos = try kinora.photos(2, size: "320x240")
        let first = try McpProcess(kinora, ["--allow", photos.path])
        _ = try first.initialize()
        // Where the first is not allowed to, the second may: each has its own folders.
        let own = try kinora.photos(2, in: "own", size: "320x240")
        let second = try McpProcess(kinora, ["--allow", own.path])
        _ = try second.initialize()
        let project = try film(second)
        #expect(try first.values("list_projects")["projects"]?.array?.first?["project"] == project)
        #expect(try second.call("add_media", ["project": project, "paths": [.string(photos.path)]])["isError"] == true)

        // Taken back over the socket: the film is cancelled.
        _ = try second.values("length", ["project": project, "length": 600_000])
        let id = try second.ask(
            "tools/call",
            ["name": "export", "arguments": ["project": project], "_meta": ["progressToken": "x"]])
        #expect(try second.message()["method"] == "notifications/progress")
        try second.write(["jsonrpc": "2.0", "method": "notifications/cancelled", "params": ["requestId": .integer(id)]])
        var status = ""
        for _ in 0..<200 where status != "cancelled" {
            let list = try TestMedia.run(
                "curl", ["-sS", "--unix-socket", kinora.path("data") + "/socket", "http://localhost/v1/exports"])
            status = try JSONValue(parsing: list)["data"]?["exports"]?.array?.first?["status"]?.string ?? ""
        }
        #expect(status == "cancelled")

        #expect(try first.close() == 0)
        #expect(try second.values("timeline", ["project": project])["duration_ms"] == 600_000)
        #expect(try second.close() == 0)
        #expect(second.told.contains("ended"), "\(second.told)")
    }

    @Test func aFolderThatNobodyCanBeAskedForIsSaid() throws {
        let agent = try McpProcess(kinora, ["--allow", kinora.path("nowhere")])
        _ = try agent.initialize()
        let project = try #require(try agent.values("create_project")["project"])
        let refused = try agent.call("add_media", ["project": project, "paths": ["/etc/hostname"]])
        #expect(refused["content"]?.array?.first?["text"]?.string?.contains("--allow") == true, "\(refused.text())")
        #expect(try agent.close() == 0)
        #expect(agent.told.contains("nowhere"))
    }
}
