// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let version = Parameter.header("Tus-Resumable", .text, "The protocol's version: 1.0.0")
    private static let whole = Schema.whole(0...(1 << 53))
    private static let bytes = Body.streamed([("application/offset+octet-stream", .text)])
    private static let refused: [WireFailure.Kind] = [
        .noSuchSession, .badRequest, .conflict, .gone, .locked, .tooLarge, .wrongType, .mediaType, .precondition,
        .checksum, .noRoom,
    ]

    /// tus 1.0.0: creation, creation-with-upload, creation-defer-length, expiration, termination, checksum.
    static let ofResumableUploads: [Call] = [
        Call(
            .options, "/v1/uploads", "describeUploads", .uploads, "What of tus 1.0.0 this server speaks",
            access: .anybody, reply: .nothing, status: .noContent
        ) { service, _ in service.uploadAbilities },
        Call(
            .post, "/v1/uploads", "createUpload", .uploads,
            "Begins a resumable upload (tus 1.0.0); the first bytes may come along", access: .session,
            parameters: [
                version, .header("Upload-Length", whole, "Bytes of the file"),
                .header("Upload-Defer-Length", .word(["1"]), "The length will be said later"),
                .header(
                    "Upload-Metadata", .text,
                    "filename, session_id and, if wanted, place (see upload), each with its value in base64"),
            ],
            body: bytes, reply: .nothing, status: .created, refusals: refused
        ) { try await $0.createUpload($1) },
        Call(
            .head, "/v1/uploads/{upload}", "getUpload", .uploads, "How many bytes of an upload are durable",
            access: .session, parameters: [version], reply: .nothing,
            refusals: [.noSuchSession, .gone, .precondition]
        ) { try await $0.uploadState($1) },
        Call(
            .patch, "/v1/uploads/{upload}", "continueUpload", .uploads,
            "The next piece; the last one is answered with 200 and the upload object", access: .session,
            parameters: [version, .header("Upload-Offset", whole, "Where the piece begins", required: true)],
            body: bytes, reply: .nothing, status: .noContent, also: [.ok: .envelope(WireSchemas.uploaded)],
            refusals: refused
        ) { try await $0.continueUpload($1) },
        Call(
            .delete, "/v1/uploads/{upload}", "removeUpload", .uploads, "Gives an upload up", access: .session,
            parameters: [version], reply: .nothing, status: .noContent,
            refusals: [.noSuchSession, .gone, .precondition]
        ) { try await $0.removeUpload($1) },
        Call(
            .post, "/v1/uploads/{upload}", "overrideUpload", .uploads,
            "PATCH or DELETE for clients that can only POST, by X-HTTP-Method-Override", access: .session,
            parameters: [
                version,
                .header("X-HTTP-Method-Override", .word(["PATCH", "DELETE"]), "What is meant", required: true),
            ],
            body: bytes, reply: .nothing, status: .noContent, also: [.ok: .envelope(WireSchemas.uploaded)],
            refusals: refused
        ) { service, asking in
            asking.request.headers["X-HTTP-Method-Override"] == "DELETE"
                ? try await service.removeUpload(asking) : try await service.continueUpload(asking)
        },
    ]
}

extension StudioService {
    private static let tusVersion = "1.0.0"
    private static let octets = "application/offset+octet-stream"

    var uploadAbilities: HTTPResponse {
        HTTPResponse(
            status: .noContent,
            headers: [
                "Tus-Resumable": Self.tusVersion, "Tus-Version": Self.tusVersion,
                "Tus-Extension":
                    "creation,creation-with-upload,creation-defer-length,expiration,termination,checksum",
                "Tus-Max-Size": "\(studio.limits.fileBytes)",
                "Tus-Checksum-Algorithm": Checksum.Algorithm.allCases.map(\.rawValue).joined(separator: ","),
            ])
    }

    func createUpload(_ asking: Asking) async throws -> HTTPResponse {
        try checkVersion(asking)
        let headers = asking.request.headers
        let metadata = UploadMetadata(headers["Upload-Metadata"] ?? "")
        guard let session = metadata["session_id"] ?? metadata["sessionId"] else {
            throw WireFailure.bad("The header Upload-Metadata must have a session_id, its value in base64.")
        }
        let (account, project) = try asking.project(named: session)
        let length = headers["Upload-Length"].flatMap { Int64($0) }
        guard (length == nil) == (headers["Upload-Defer-Length"] == "1") else {
            throw WireFailure.bad("Send either the header Upload-Length or Upload-Defer-Length: 1.")
        }
        let announced = UploadAnnouncement(
            project: project, name: metadata.name, length: length, metadata: metadata.text)
        var upload = try await studio.beginUpload(announced, of: account)
        var response = HTTPResponse(status: .created)
        if headers["Content-Type"] == Self.octets {
            upload = try await studio.append(
                asking.request.body, to: upload.id, of: account, at: 0, checksum: try checksum(headers))
        }
        if upload.length == upload.offset {
            response = try await finished(upload, metadata, asking)
            if response.status == .ok { response.status = .created }
        }
        response.headers["Location"] = "\(asking.base)/v1/uploads/\(upload.id)"
        return told(upload, response)
    }

    func uploadState(_ asking: Asking) async throws -> HTTPResponse {
        try checkVersion(asking)
        let upload = try await knownUpload(asking)
        var response = told(upload, HTTPResponse(status: .ok))
        if let length = upload.length { response.headers["Upload-Length"] = "\(length)" }
        if upload.length == nil { response.headers["Upload-Defer-Length"] = "1" }
        if !upload.metadata.isEmpty { response.headers["Upload-Metadata"] = upload.metadata }
        return response
    }

    func continueUpload(_ asking: Asking) async throws -> HTTPResponse {
        try checkVersion(asking)
        let headers = asking.request.headers
        guard headers["Content-Type"] == Self.octets else {
            throw WireFailure(.mediaType, "A piece of an upload has the Content-Type \(Self.octets).")
        }
        guard let offset = headers["Upload-Offset"].flatMap({ Int64($0) }), offset >= 0 else {
            throw WireFailure.bad("The header Upload-Offset is missing; say where the piece begins.")
        }
        let known = try await knownUpload(asking)
        let upload = try await studio.append(
            asking.request.body, to: known.id, of: known.account, at: offset,
            length: headers["Upload-Length"].flatMap { Int64($0) }, checksum: try checksum(headers))
        guard upload.length == upload.offset else { return told(upload, HTTPResponse(status: .noContent)) }
        return told(upload, try await finished(upload, UploadMetadata(upload.metadata), asking))
    }

    func removeUpload(_ asking: Asking) async throws -> HTTPResponse {
        try checkVersion(asking)
        let upload = try await knownUpload(asking)
        try await studio.removeUpload(upload.id, of: upload.account)
        return HTTPResponse(status: .noContent, headers: ["Tus-Resumable": Self.tusVersion])
    }

    /// The reply that a form with the file would have had.
    private func finished(
        _ upload: Upload, _ metadata: UploadMetadata, _ asking: Asking
    ) async throws -> HTTPResponse {
        let outcomes = try await studio.finishUpload(
            upload.id, named: metadata.name, place: metadata["place"].flatMap { Int($0) }, of: upload.account)
        return reply(outcomes, base: asking.base)
    }

    private func knownUpload(_ asking: Asking) async throws -> Upload {
        let upload = try await studio.upload(asking["upload"], of: try asking.account)
        guard upload.project.map(asking.reaches) ?? true else { throw ResumableUploadError.noSuchUpload }
        return upload
    }

    private func checkVersion(_ asking: Asking) throws {
        guard asking.request.headers["Tus-Resumable"] == Self.tusVersion else {
            throw WireFailure(
                .precondition, "Send the header Tus-Resumable: \(Self.tusVersion).",
                headers: ["Tus-Version": Self.tusVersion])
        }
    }

    private func checksum(_ headers: HTTPHeaders) throws -> ExpectedChecksum? {
        guard let text = headers["Upload-Checksum"] else { return nil }
        let parts = text.split(separator: " ")
        guard parts.count == 2, let algorithm = Checksum.Algorithm(rawValue: String(parts[0])),
            let digest = Data(base64Encoded: String(parts[1])), digest.count == algorithm.byteCount
        else {
            let names = Checksum.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
            throw WireFailure.bad(
                "The header Upload-Checksum must be one of \(names), a space, and the checksum in base64.")
        }
        return ExpectedChecksum(algorithm: algorithm, digest: [UInt8](digest))
    }

    private func told(_ upload: Upload, _ response: HTTPResponse) -> HTTPResponse {
        var response = response
        response.headers["Tus-Resumable"] = Self.tusVersion
        response.headers["Upload-Offset"] = "\(upload.offset)"
        response.headers["Cache-Control"] = "no-store"
        if upload.length != upload.offset {
            response.headers["Upload-Expires"] = HTTPDate.text(Int(upload.expiresSeconds))
        }
        return response
    }
}

/// What a sender says of a file: keys, each with a value in base64.
struct UploadMetadata: Hashable, Sendable {
    /// As it came.
    let text: String
    private let values: [String: String]

    init(_ text: String) {
        self.text = text
        var values: [String: String] = [:]
        for pair in text.split(separator: ",") {
            let parts = pair.split(separator: " ", maxSplits: 1)
            guard let key = parts.first else { continue }
            let bytes = parts.count > 1 ? Data(base64Encoded: String(parts[1])) : Data()
            values[String(key)] = bytes.flatMap { String(data: $0, encoding: .utf8) }
        }
        self.values = values
    }

    subscript(_ key: String) -> String? { values[key] }

    var name: String? { self["filename"] ?? self["name"] }
}
