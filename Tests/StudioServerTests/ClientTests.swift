// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import HTTPWire
import JSON
import Studio
import TestMedia
import Testing

@testable import StudioServer

/// Programs of others, run beside the tests on threads of their own.
private enum Clients {
    static let threads = WorkThreads("clients", atOnce: 2)

    /// `KINORA_PYTHON` names a Python that has the packages, `python3` otherwise.
    static let python = ProcessInfo.processInfo.environment["KINORA_PYTHON"] ?? "python3"

    static func has(_ module: String) -> Bool {
        (try? TestMedia.run(python, ["-c", "import \(module)"])) != nil
    }

    static func script(_ name: String, _ arguments: [String]) async throws -> String {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Clients/\(name)").path
        return try await run(python, [path] + arguments)
    }

    static func run(_ command: String, _ arguments: [String]) async throws -> String {
        try await threads.attempt { try TestMedia.run(command, arguments) }
    }

    static func curl(_ arguments: [String]) async throws -> String { try await run("curl", ["-sS"] + arguments) }
}

@Suite("Clients of others")
struct ClientTests {
    @Test(
        "tuspy sends a file in pieces, cut off again and again, and it arrives whole",
        .enabled(if: Clients.has("tusclient")))
    func tuspy() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let photo = try SampleFile.photo()
        let file = try TestMedia.scratchFolder().appendingPathComponent("photo.jpg")
        try Data(photo).write(to: file)
        let said = try await Clients.script(
            "tus_client.py", ["http://127.0.0.1:\(server.server.port)", session, file.path, "7"])
        #expect(said.contains("\(photo.count)"))
        let files = try await server.state(session)["state"]?["video_infos"]?.array
        #expect(files?.map { $0["hash"]?.string } == [ContentHash(of: photo).hex])
        await server.stop()
    }

    @Test(
        "The client of google-adk makes, runs, reads, changes, lists and deletes a session",
        .enabled(if: Clients.has("google.adk")))
    func adk() async throws {
        let server = try TestServer()
        let said = try await Clients.script("adk_client.py", ["http://127.0.0.1:\(server.server.port)"])
        #expect(said.contains("fine"))
        await server.stop()
    }

    @Test("curl, in the forms that skills document")
    func curl() async throws {
        let server = try TestServer(terms: ServiceTerms(), exports: try LedExports())
        let base = "http://127.0.0.1:\(server.server.port)"
        let folder = try TestMedia.scratchFolder()
        let photo = folder.appendingPathComponent("a photo.jpg")
        try Data(try SampleFile.photo()).write(to: photo)
        func data(_ text: String) throws -> JSONValue { try #require(try JSONValue(parsing: text)["data"]) }

        let token = try data(
            try await Clients.curl(["-X", "POST", "\(base)/api/auth/anonymous-token", "-H", "X-Client-Id: 1b9d6bcd"]))
        let bearer = ["-H", "Authorization: Bearer \(token["token"]?.string ?? "")"]
        let skill = TestServer.skill.flatMap { ["-H", "\($0.key): \($0.value)"] }
        let json = ["-H", "Content-Type: application/json"]
        let made = try data(
            try await Clients.curl(
                ["-X", "POST", "\(base)/api/tasks/me/with-session/nemo_agent", "-d", #"{"task_name":"project"}"#]
                    + bearer + skill + json))
        let session = try #require(made["session_id"]?.string)

        let sent = try data(
            try await Clients.curl(
                ["-X", "POST", "\(base)/api/upload-video/nemo_agent/me/\(session)", "-F", "files=@\(photo.path)"]
                    + bearer + skill))
        #expect(sent["files"]?.array?.first?["filename"] == "a photo.jpg")
        let link = try JSONValue(
            parsing: try await Clients.curl(
                [
                    "-X", "POST", "\(base)/api/upload-video/nemo_agent/me/\(session)", "-d",
                    #"{"urls":["http://127.0.0.1:1/x.jpg"],"source_type":"url"}"#,
                ] + bearer + skill + json))
        #expect(link["data"]?["refused"]?.array?.count == 1)

        let events = try await Clients.curl(
            [
                "-N", "-X", "POST", "\(base)/run_sse", "-H", "Accept: text/event-stream", "--max-time", "900", "-d",
                TestServer.run("Seaside", session).text(),
            ] + bearer + skill + json)
        #expect(events.contains("data: {") && events.contains("named Seaside"))
        let state = try data(
            try await Clients.curl(["\(base)/api/state/nemo_agent/me/\(session)/latest"] + bearer + skill))
        #expect(state["state"]?["draft"]?["m"]?["title"] == "Seaside")
        let credits = try data(try await Clients.curl(["\(base)/api/credits/balance/simple"] + bearer + skill))
        #expect(credits["available"] == 99)
        let export = try JSONValue(
            parsing: try await Clients.curl(
                [
                    "-X", "POST", "\(base)/api/render/proxy/lambda", "-d",
                    #"{"id":"render_1700000000","sessionId":"\#(session)","draft":\#((state["state"]?["draft"] ?? .null).text()),"output":{"format":"mp4","quality":"high"}}"#,
                ] + bearer + skill + json))
        #expect(export["status"] == "pending")
        await server.stop()
    }
}
