// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import HTTPWire
import JSON
import Studio
import Testing

@testable import StudioServer

@Suite("Uploads in pieces (tus 1.0.0)")
struct ResumableUploadTests {
    private static let tus = ["Tus-Resumable": "1.0.0"]
    private static let octets = ["Content-Type": "application/offset+octet-stream"]

    private func metadata(_ session: String, name: String = "写.txt") -> String {
        "filename \(Data(name.utf8).base64EncodedString()),session_id \(Data(session.utf8).base64EncodedString()),empty"
    }

    private func create(
        _ server: TestServer, _ session: String, length: Int, _ headers: [String: String] = [:], _ body: [UInt8] = []
    ) async throws -> WireClient.Reply {
        let own = ["Upload-Length": "\(length)", "Upload-Metadata": metadata(session)]
        return try await server.call(
            "POST", "/v1/uploads", Self.tus.merging(own) { a, _ in a }.merging(headers) { _, b in b }, body)
    }

    private func path(_ reply: WireClient.Reply) throws -> String {
        let location = try #require(reply.headers["location"])
        return String(location[try #require(location.range(of: "/v1/uploads/")).lowerBound...])
    }

    private func patch(
        _ server: TestServer, _ path: String, at offset: Int, _ bytes: [UInt8], _ headers: [String: String] = [:]
    ) async throws -> WireClient.Reply {
        try await server.call(
            "PATCH", path,
            Self.tus.merging(Self.octets) { a, _ in a }.merging(["Upload-Offset": "\(offset)"]) { a, _ in a }
                .merging(headers) { _, b in b }, bytes)
    }

    @Test("What the server can do is told before anything else")
    func abilities() async throws {
        let server = try TestServer()
        let reply = try await server.call("OPTIONS", "/v1/uploads")
        #expect(reply.status == 204 && reply.headers["tus-version"] == "1.0.0")
        let extensions = reply.headers["tus-extension"]?.split(separator: ",").map(String.init) ?? []
        #expect(
            Set(extensions).isSuperset(of: [
                "creation", "creation-with-upload", "expiration", "termination", "checksum",
            ]))
        #expect(reply.headers["tus-max-size"] == "\(500 << 20)")
        #expect(reply.headers["tus-checksum-algorithm"]?.contains("sha1") == true)
        await server.stop()
    }

    @Test("A file in pieces becomes a file of the session; the last piece is answered as an upload is")
    func pieces() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let words = Array("Words of a script, in three pieces.".utf8)
        let created = try await create(server, session, length: words.count)
        #expect(created.status == 201 && created.headers["upload-offset"] == "0")
        #expect(
            created.headers["tus-resumable"] == "1.0.0" && created.headers["upload-expires"]?.hasSuffix("GMT") == true)
        let path = try path(created)
        let first = try await patch(server, path, at: 0, Array(words[..<10]))
        #expect(first.status == 204 && first.headers["upload-offset"] == "10")
        let state = try await server.call("HEAD", path, Self.tus)
        #expect(state.status == 200 && state.headers["upload-offset"] == "10")
        #expect(state.headers["upload-length"] == "\(words.count)" && state.headers["cache-control"] == "no-store")
        #expect(state.headers["upload-metadata"] == metadata(session))
        _ = try await patch(server, path, at: 10, Array(words[10..<20]))
        let last = try await patch(server, path, at: 20, Array(words[20...]))
        #expect(last.status == 200 && last.headers["upload-offset"] == "\(words.count)")
        let file = try #require(try last.data["files"]?.array?.first)
        #expect(file["filename"] == "写.txt" && file["file_type"] == "text")
        #expect(file["hash"]?.string == ContentHash(of: words).hex)
        #expect(try await server.state(session)["state"]?["video_infos"]?.array == [file])
        // Asking again tells the same; sending again does nothing more.
        #expect(try await server.call("HEAD", path, Self.tus).headers["upload-offset"] == "\(words.count)")
        let again = try await patch(server, path, at: words.count, [])
        #expect(try again.data["files"]?.array == [file])
        #expect(try await server.state(session)["state"]?["video_infos"]?.array?.count == 1)
        await server.stop()
    }

    @Test("The first bytes, or all, may come with the creation; the length may come later")
    func withCreation() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let words = Array("All at once.".utf8)
        let whole = try await create(server, session, length: words.count, Self.octets, words)
        #expect(whole.status == 201 && whole.headers["upload-offset"] == "\(words.count)")
        #expect(try whole.data["files"]?.array?.count == 1)
        let part = try await create(server, session, length: words.count, Self.octets, Array(words[..<5]))
        #expect(part.status == 201 && part.headers["upload-offset"] == "5")

        let open = try await create(
            server, session, length: 0, ["Upload-Length": "", "Upload-Defer-Length": "1"])
        let path = try path(open)
        #expect(try await server.call("HEAD", path, Self.tus).headers["upload-defer-length"] == "1")
        _ = try await patch(server, path, at: 0, words)
        let done = try await patch(server, path, at: words.count, [], ["Upload-Length": "\(words.count)"])
        #expect(done.status == 200)
        #expect(try done.data["files"]?.array?.count == 1)
        await server.stop()
    }

    @Test("A line that breaks loses nothing that was durable, and the rest goes on behind it, over a restart too")
    func broken() async throws {
        let first = try TestServer()
        let session = try await first.session()
        let photo = try SampleFile.photo()
        let path = try path(try await create(first, session, length: photo.count))
        let half = photo.count / 2
        let client = try WireClient(port: first.server.port)
        let request = WireClient.request(
            first.server.port, "PATCH", path,
            Self.tus.merging(Self.octets) { a, _ in a }.merging([
                "Upload-Offset": "0", "Content-Length": "\(photo.count)",
            ]) { a, _ in a })
        try await client.send(request + photo[..<half])
        client.leave()
        // As long as the server has not noticed, somebody else is at it.
        var next = try await patch(first, path, at: photo.count + 1, [])
        while next.status == 423 { next = try await patch(first, path, at: photo.count + 1, []) }
        #expect(next.status == 409)
        let offset = try #require(next.headers["upload-offset"].flatMap { Int($0) })
        #expect(offset <= half)
        await first.stop()

        let second = try TestServer(in: first.folder)
        let state = try await second.call("HEAD", path, Self.tus)
        #expect(state.headers["upload-offset"] == "\(offset)")
        let done = try await patch(second, path, at: offset, Array(photo[offset...]))
        #expect(try done.data["files"]?.array?.first?["hash"]?.string == ContentHash(of: photo).hex)
        await second.stop()
    }

    private struct Broken: Error {}

    /// Pieces, and then the line breaks.
    private func breaking(_ pieces: [UInt8]...) -> AsyncThrowingStream<[UInt8], any Error> {
        AsyncThrowingStream { continuation in
            for piece in pieces { continuation.yield(piece) }
            continuation.finish(throwing: Broken())
        }
    }

    @Test("What came before a line broke is kept, to the byte; with a checksum nothing of it is")
    func half() async throws {
        let server = try TestServer()
        let id = try #require(ProjectID(try await server.session()))
        let upload = try await server.studio.beginUpload(
            UploadAnnouncement(project: id, name: "a.txt", length: 9, metadata: ""), of: .localOwner)
        await #expect(throws: Broken.self) {
            try await server.studio.append(breaking([1, 2], [3, 4, 5]), to: upload.id, of: .localOwner, at: 0)
        }
        #expect(try await server.studio.upload(upload.id, of: .localOwner).offset == 5)
        await #expect(throws: Broken.self) {
            try await server.studio.append(
                breaking([6, 7]), to: upload.id, of: .localOwner, at: 5,
                checksum: ExpectedChecksum(algorithm: .sha1, digest: []))
        }
        #expect(try await server.studio.upload(upload.id, of: .localOwner).offset == 5)
        await server.stop()
    }

    @Test("A piece with a wrong checksum leaves no trace; with the right one it is taken")
    func checksum() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let words = Array("hello world".utf8)
        let path = try path(try await create(server, session, length: words.count))
        // SHA-1 of "hello world", from its specification's usual example.
        let right = "sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="
        let wrong = try await patch(server, path, at: 0, Array("hello werld".utf8), ["Upload-Checksum": right])
        #expect(wrong.status == 460)
        #expect(try await server.call("HEAD", path, Self.tus).headers["upload-offset"] == "0")
        let unknown = try await patch(server, path, at: 0, words, ["Upload-Checksum": "crc32 AAAA"])
        #expect(unknown.status == 400)
        #expect(try await patch(server, path, at: 0, words, ["Upload-Checksum": right]).status == 200)
        await server.stop()
    }

    @Test("What does not hold to the protocol is refused with its own status")
    func refused() async throws {
        var limits = StudioLimits()
        limits.fileBytes = 1000
        let time = StoppedTime()
        let server = try TestServer(limits: limits, surroundings: time.surroundings)
        let session = try await server.session()
        let old = try await server.call(
            "POST", "/v1/uploads", ["Upload-Length": "3", "Upload-Metadata": metadata(session)])
        #expect(old.status == 412 && old.headers["tus-version"] == "1.0.0")
        let large = try await create(server, session, length: 1001)
        #expect(large.status == 413)
        #expect(try large.code == 4002)
        #expect(try await create(server, "ses_0000000000", length: 3).code == 1002)
        #expect(try await create(server, session, length: 3, ["Upload-Metadata": "filename YQ=="]).status == 400)
        #expect(try await create(server, session, length: 3, ["Upload-Length": ""]).status == 400)
        #expect(try await create(server, session, length: 3, ["Upload-Length": "-1"]).status == 400)

        let path = try path(try await create(server, session, length: 5))
        #expect(try await patch(server, path, at: 0, [1, 2, 3], ["Content-Type": "text/plain"]).status == 415)
        #expect(try await patch(server, path, at: 2, [1, 2, 3]).status == 409)
        #expect(try await patch(server, path, at: 0, [1, 2, 3, 4, 5, 6]).status == 400)
        #expect(try await patch(server, "/v1/uploads/upl_nothing", at: 0, [1]).code == 1002)
        time.advance(days: 1.1)
        #expect(try await server.call("HEAD", path, Self.tus).status == 410)
        #expect(try await server.studio.removeExpiredUploads() == 1)
        #expect(try await server.call("HEAD", path, Self.tus).status == 404)
        await server.stop()
    }

    @Test("An upload is given up, also by clients that can only POST")
    func termination() async throws {
        let server = try TestServer()
        let session = try await server.session()
        for (method, more) in [("DELETE", [:]), ("POST", ["X-HTTP-Method-Override": "DELETE"])] {
            let path = try path(try await create(server, session, length: 5))
            #expect(try await server.call(method, path, Self.tus.merging(more) { a, _ in a }).status == 204)
            #expect(try await server.call("HEAD", path, Self.tus).status == 404)
        }
        let path = try path(try await create(server, session, length: 5))
        let posted = try await server.call(
            "POST", path,
            Self.tus.merging(Self.octets) { a, _ in a }.merging([
                "Upload-Offset": "0", "X-HTTP-Method-Override": "PATCH",
            ]) { a, _ in a }, [1, 2])
        #expect(posted.status == 204 && posted.headers["upload-offset"] == "2")
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/uploads").count == 1)
        await server.stop()
    }

    @Test("A file of a kind that is not taken is told at its end, and its bytes are gone")
    func wrongKind() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let bytes = Array("<!doctype html><p>hi".utf8)
        let path = try path(try await create(server, session, length: bytes.count))
        let reply = try await patch(server, path, at: 0, bytes)
        #expect(reply.status == 415)
        #expect(try reply.code == 4001)
        #expect(try FileManager.default.contentsOfDirectory(atPath: server.folder.path + "/uploads").isEmpty)
        await server.stop()
    }
}
