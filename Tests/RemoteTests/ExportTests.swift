// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestSockets
import Testing
import Wording

@testable import Remote

/// Exports: both published shapes, servers that come and go, films that come in pieces.
@Suite struct ExportTests {
    @Test(arguments: [
        (
            #"{"success":true,"id":"r","status":"processing","progress":40,"output":{"url":null}}"#,
            ExportState.Status.processing, 40.0, nil
        ),
        (
            #"{"code":0,"data":{"render_id":"r","status":"processing","progress":0.4,"outputUrl":null}}"#, .processing,
            40.0, nil
        ),
        (
            #"{"success":true,"id":"r","status":"completed","progress":100,"output":{"url":"http://x/f","size":7}}"#,
            .completed, 100.0, "http://x/f"
        ),
        (
            #"{"code":0,"data":{"taskId":"r","status":"completed","outputUrl":"http://x/f"}}"#, .completed, 100.0,
            "http://x/f"
        ),
        (
            #"{"success":true,"data":{"id":"r","status":"SUCCEEDED","output":{"url":"http://x/f"}}}"#, .completed,
            100.0, "http://x/f"
        ),
        (#"{"success":true,"id":"r","status":"queued"}"#, .pending, 0.0, nil),
        (#"{"success":true,"id":"r","status":"canceled","progress":12}"#, .cancelled, 12.0, nil),
        (#"{"success":true,"id":"r","status":"failed","error":"no room"}"#, .failed, 0.0, nil),
    ])
    func bothPublishedShapesAreRead(json: String, status: ExportState.Status, progress: Double, url: String?) throws {
        let state = ExportState(try JSONValue(parsing: json))
        #expect(state.status == status && state.progress == progress && state.url == url && state.id == "r")
        if status == .failed { #expect(state.error == "no room") }
    }

    private func export(_ harness: Harness, _ name: String = "f.mp4") async throws -> ExportState {
        let film = harness.film()
        if film.note == nil { try await film.begin() }
        let path = harness.path(name)
        return try await film.fetch(try await film.order(RemoteOutput(), to: path), to: path)
    }

    @Test func aFilmIsOrderedWaitedForAndFetched() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "poll", .json(["status": "processing", "progress": 30]),
            .json(["data": ["status": "processing", "progress": 20]]),
            .json(["status": "processing", "progress": 80]))
        _ = try await export(harness)
        #expect(try Data(contentsOf: URL(fileURLWithPath: harness.path("f.mp4"))) == Data(HostileStudio.bytes))
        let percents = harness.told.compactMap { if case .exporting(let percent) = $0 { percent } else { nil } }
        #expect(percents == [0, 30, 80, 100], "never falling")
        let order = try JSONValue(parsing: try #require(harness.studio.requests("export").first).body)
        #expect(order["sessionId"] == "ses_1" && order["draft"] == HostileStudio.film())
        #expect(order["id"]?.string?.hasPrefix("render_") == true)
    }

    @Test func theLinkIsFetchedWithoutTheToken() async throws {
        let harness = try Harness()
        _ = try await export(harness)
        #expect(harness.studio.requests("film").count == 1)
        #expect(harness.studio.requests("film").allSatisfy { $0.headers["authorization"] == nil })
    }

    @Test func anEmptyTimelineIsNotExported() async throws {
        let harness = try Harness()
        harness.studio.change(to: ["t": [["tt": 0, "sg": []]], "d": 0])
        await #expect(throws: RemoteFault.nothingToExport) { try await export(harness) }
        #expect(harness.studio.requests("export").isEmpty)
    }

    @Test func aServerThatIsAwayForAWhileIsWaitedFor() async throws {
        let harness = try Harness()
        harness.studio.answers("poll", .text("bad gateway", status: 502), .steps([.reset]), .text("", status: 503))
        _ = try await export(harness)
        #expect(FileManager.default.fileExists(atPath: harness.path("f.mp4")))
    }

    @Test func aFailureIsToldInTheServersWords() async throws {
        let harness = try Harness()
        harness.studio.answers("poll", .json(["status": "failed", "error": "the disk is full"]))
        await #expect(throws: RemoteFault.exportFailed("the disk is full")) { try await export(harness) }
        harness.studio.answers("poll", .json(["status": "failed"]), .json(["status": "cancelled"]))
        await #expect(throws: RemoteFault.exportCancelled) { try await export(harness) }
    }

    @Test func aClientThatDiedGoesOnWithItsOrder() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        _ = try await film.order(RemoteOutput(), to: harness.path("f.mp4"))
        let id = try #require(film.note?.order?.id)
        // Another process, later.
        harness.studio.answers("poll", .json(["status": "processing", "progress": 50]))
        _ = try await export(harness)
        #expect(harness.studio.requests("export").count == 1)
        #expect(harness.studio.requests("poll").allSatisfy { $0.target.hasSuffix(id) })
        #expect(harness.told.contains(.goingOn(export: id)))
        #expect(harness.film().note?.order == nil, "what was fetched is over")
    }

    @Test func aFilmThatHasChangedIsAnotherOrder() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        _ = try await film.order(RemoteOutput(), to: harness.path("f.mp4"))
        harness.studio.change(to: HostileStudio.film(seconds: 20))
        _ = try await film.order(RemoteOutput(), to: harness.path("f.mp4"))
        let ids = harness.studio.requests("export").compactMap { try? JSONValue(parsing: $0.body)["id"]?.string }
        #expect(ids.count == 2 && ids[0] != ids[1])
    }

    @Test func anIDThatIsTakenIsReplaced() async throws {
        let harness = try Harness()
        harness.studio.answers("export", .json(["success": false, "code": 409, "error": "taken"], status: 409))
        _ = try await export(harness)
        #expect(
            Set(harness.studio.requests("export").compactMap { try? JSONValue(parsing: $0.body)["id"]?.string }).count
                == 2)
    }

    private func part(_ bytes: ArraySlice<UInt8>, of length: Int, status: Int = 200, tag: String = "\"film\"")
        -> HostileStudio.Answer
    {
        .steps([
            .send(HostileStudio.reply(status, "video/mp4", Array(bytes), ["ETag": tag], length: length)), .reset,
        ])
    }

    @Test func aDownloadThatBreaksOffGoesOnWhereItWas() async throws {
        let harness = try Harness()
        let bytes = HostileStudio.bytes
        harness.studio.answers(
            "film", part(bytes[..<10], of: bytes.count), part(bytes[10..<20], of: bytes.count - 10, status: 206),
            .steps([.send(HostileStudio.reply(206, "video/mp4", Array(bytes[20...])))]))
        _ = try await export(harness)
        #expect(try Data(contentsOf: URL(fileURLWithPath: harness.path("f.mp4"))) == Data(bytes))
        let ranges = harness.studio.requests("film").map { $0.headers["range"] }
        #expect(ranges == [nil, "bytes=10-", "bytes=20-"])
        #expect(harness.studio.requests("film").last?.headers["if-range"] == "\"film\"")
    }

    @Test func aFilmThatIsAnotherOneByNowIsNotPutTogether() async throws {
        let harness = try Harness()
        let bytes = HostileStudio.bytes
        harness.studio.answers("film", part(bytes[..<10], of: bytes.count))
        // The server answers the rest's request with the whole of another film: status 200.
        let path = try harness.file("f.mp4", "what was there")
        let fault = await #expect(throws: RemoteFault.self) { try await export(harness) }
        #expect(fault?.wording.key == "remote broken download")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "what was there")
    }

    @Test func aFilmOfAnotherSizeThanSaidIsNotTaken() async throws {
        let harness = try Harness()
        harness.studio.answers("film", .text("<html>sign in</html>", status: 200))
        let fault = await #expect(throws: RemoteFault.self) { try await export(harness) }
        #expect(fault?.wording.key == "remote broken download")
        let left = try FileManager.default.contentsOfDirectory(atPath: harness.folder.path).filter {
            !$0.hasPrefix(".config")
        }
        #expect(left.isEmpty, "\(left)")
    }

    @Test func aFolderThatIsNotThereIsSaid() async throws {
        let harness = try Harness()
        await #expect(throws: (any Error).self) { try await export(harness, "nowhere/f.mp4") }
    }
}
