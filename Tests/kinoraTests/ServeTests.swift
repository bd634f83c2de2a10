// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// The program as a server: started, used with curl as people do, stopped politely.
@Suite struct ServeTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    /// A running server; its first line says where it is.
    private func start(_ arguments: [String] = []) throws -> (process: Process, url: String) {
        let process = kinora.process(
            ["serve", "--port", "0", "--data", kinora.path("data"), "--json"] + arguments)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line = Data()
        while line.last != 0x0A {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { break }
            line += byte
        }
        let ready = try #require(JSONSerialization.jsonObject(with: line) as? [String: Any])
        #expect(ready["event"] as? String == "ready")
        return (process, try #require(ready["url"] as? String))
    }

    private func post(_ url: String, _ arguments: [String]) throws -> [String: Any] {
        let text = try TestMedia.run("curl", ["-sS", "-X", "POST"] + arguments + [url])
        let reply = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(reply["code"] as? Int == 0, "\(text)")
        return try #require(reply["data"] as? [String: Any])
    }

    @Test func aFilmIsTalkedIntoBeingAndIsThereAfterARestart() throws {
        let photos = try kinora.photos(3)
        let (process, url) = try start()
        let json = ["-H", "Content-Type: application/json"]
        let session = try #require(
            try post(
                "\(url)/api/tasks/me/with-session/nemo_agent", json + ["-d", #"{"task_name":"trip","language":"en"}"#])[
                    "session_id"] as? String)
        let files = try post(
            "\(url)/api/upload-video/nemo_agent/me/\(session)",
            (1...3).flatMap { ["-F", "files=@\(photos.path)/p\($0).jpg"] })
        #expect((files["files"] as? [Any])?.count == 3)
        let body =
            #"{"app_name":"nemo_agent","user_id":"me","session_id":"\#(session)","new_message":{"parts":[{"text":"make a 9 second video"}]}}"#
        let events = try TestMedia.run("curl", ["-sSN", "-X", "POST", "\(url)/run_sse"] + json + ["-d", body])
        #expect(events.hasPrefix("data: {"), "\(events)")
        let stateURL = "/api/state/nemo_agent/me/\(session)/latest"
        let before = try TestMedia.run("curl", ["-sS", url + stateURL])
        #expect(before.contains(#""d":9000"#), "\(before.prefix(400))")

        process.terminate()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)

        let (again, newURL) = try start()
        let after = try TestMedia.run("curl", ["-sS", newURL + stateURL])
        #expect(after.replacingOccurrences(of: newURL, with: url) == before)
        again.interrupt()
        again.waitUntilExit()
        #expect(again.terminationReason == .exit && again.terminationStatus == 0)
    }

    @Test func theDataFolderHasOneOwner() throws {
        let (process, _) = try start()
        let second = try kinora.run("serve", "--port", "0", "--data", kinora.path("data"))
        #expect(second.status == 1)
        #expect(second.errors.contains("process \(process.processIdentifier)"), "\(second.errors)")
        process.terminate()
        process.waitUntilExit()
    }

    @Test func aPortInUseAndAnOpenAddressAreSaidWithWhatToDo() throws {
        let (process, url) = try start()
        let port = try #require(url.split(separator: ":").last)
        let taken = try kinora.run("serve", "--port", String(port), "--data", kinora.path("other"))
        #expect(taken.status == 1)
        #expect(taken.errors.contains("--port"), "\(taken.errors)")
        let open = try kinora.run("serve", "--host", "0.0.0.0", "--port", "0", "--data", kinora.path("other"))
        #expect(open.status == 2)
        #expect(open.errors.contains("--allow-remote"), "\(open.errors)")
        process.terminate()
        process.waitUntilExit()
    }
}
