// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import TestMedia
import Testing

@testable import StudioServer

@Suite("Uploads over the wire")
struct UploadWireTests {
    @Test("Each file comes back as the wire has it, told by content, and stands in the state")
    func upload() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let photo = try SampleFile.photo()
        let reply = try await server.upload(
            session,
            [("IMG_0412.HEIC", photo), ("海滩.mp4", SampleFile.clip()), ("script.txt", Array("Run further.".utf8))])
        #expect(try reply.code == 0)
        let data = try reply.data
        #expect(data["session_state_applied"]?.bool == true)
        let files = try #require(data["files"]?.array)
        #expect(files.map { $0["filename"]?.string } == ["IMG_0412.HEIC", "海滩.mp4", "script.txt"])
        #expect(files.map { $0["file_type"]?.string } == ["image", "video", "text"])
        for file in files {
            let keys = Set(try #require(file.object).keys)
            #expect(
                keys == ["filename", "file_type", "cdn_url", "duration", "width", "height", "fps", "hash", "id"])
        }
        #expect(files[0]["width"]?.integer == 320 && files[0]["height"]?.integer == 240)
        #expect(files[0]["duration"] == .null && files[2]["width"] == .null)
        #expect(abs((files[1]["duration"]?.number ?? 0) - 2) < 0.05 && files[1]["fps"]?.number == 25)
        #expect(try await server.state(session)["state"]?["video_infos"]?.array == files)

        // The link works on this machine, whole and in part.
        let url = try #require(files[0]["cdn_url"]?.string)
        let base = "http://127.0.0.1:\(server.server.port)"
        #expect(url.hasPrefix(base + "/v1/assets/"))
        let path = String(url.dropFirst(base.count))
        let whole = try await server.call("GET", path)
        #expect(whole.status == 200 && whole.body == photo && whole.headers["content-type"] == "image/jpeg")
        let part = try await server.call("GET", path, ["Range": "bytes=2-9"])
        #expect(part.status == 206 && part.body == Array(photo[2..<10]))
        #expect(try await server.call("GET", path + "9").status == 404)
        await server.stop()
    }

    @Test("One bad file does not lose the good ones, and is named")
    func oneBad() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.upload(
            session, [("a.jpg", SampleFile.photo()), ("evil.mp4", Array("#!/bin/sh\nrm -rf /\n".utf8))])
        #expect(reply.status == 200)
        #expect(try reply.code == 0)
        let data = try reply.data
        #expect(data["files"]?.array?.map { $0["filename"]?.string } == ["a.jpg"])
        #expect(data["refused"]?.array?.map { $0["filename"]?.string } == ["evil.mp4"])
        #expect(data["refused"]?.array?.first?["code"]?.integer == 4001)
        #expect(try reply.json["message"]?.string?.contains("evil.mp4") == true)
        await server.stop()
    }

    @Test("A file of the wrong kind alone is 4001 with what is taken")
    func wrongKind() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.upload(session, [("page.jpg", Array("<!doctype html><p>hi".utf8))])
        #expect(reply.status == 415)
        #expect(try reply.code == 4001)
        #expect(try reply.data["accepted_formats"]?.array?.contains("heic") == true)
        #expect(try await server.state(session)["state"]?["video_infos"]?.array == [])
        await server.stop()
    }

    @Test("A file over the limit alone is 4002 with the limit")
    func tooLarge() async throws {
        var limits = StudioLimits()
        limits.fileBytes = 1 << 20
        let server = try TestServer(limits: limits)
        let session = try await server.session()
        let reply = try await server.upload(session, [("big.jpg", [UInt8](repeating: 7, count: (1 << 20) + 1))])
        #expect(reply.status == 413)
        #expect(try reply.code == 4002)
        #expect(try reply.data["max_bytes"]?.integer == 1 << 20)
        await server.stop()
    }

    @Test(
        "What is no form of files is refused with what to do",
        arguments: [
            ("application/json", "{\"urls\":[]}"), ("multipart/form-data", "x"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a\"\r\n\r\nxx"
            ),
            ("multipart/form-data; boundary=b", "--b--\r\n"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nx\r\n--b--\r\n"
            ),
        ])
    func noForm(type: String, body: String) async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.call(
            "POST", "/api/upload-video/nemo_agent/me/\(session)", ["Content-Type": type], Array(body.utf8))
        #expect(reply.status == 400)
        #expect(try reply.code == 400)
        #expect(try await server.state(session)["state"]?["video_infos"]?.array == [])
        await server.stop()
    }
}
