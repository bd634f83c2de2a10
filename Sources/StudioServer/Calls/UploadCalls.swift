// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// Files that come in.
    static let ofUploads: [Call] = [
        Call(
            .post, "/api/upload-video/nemo_agent/{user}/{session}", "upload", .uploads,
            "Files into a session: a form with parts named files, or links for the server to fetch", access: .session,
            parameters: [
                .query(
                    "place", .whole(0...(1 << 53)),
                    "Where they stand among files sent at the same time: they come before those with a greater place")
            ],
            body: .streamed([
                ("multipart/form-data", .object([.required("files", .list(Schema.text.saying("", format: "binary")))])),
                ("application/json", WireSchemas.links),
            ]),
            reply: .envelope(WireSchemas.uploaded),
            refusals: [.noSuchSession, .badRequest, .wrongType, .tooLarge, .conflict, .noRoom, .unreachable]
        ) { try await $0.upload($1) },
        Call(
            .get, "/v1/assets/{asset}", "getAsset", .uploads, "A file that was taken in; takes Range", access: .session,
            reply: .media(["*/*"]), also: [.partialContent: .media(["*/*"]), .notModified: .nothing],
            refusals: [.noSuchThing]
        ) { try await $0.asset($1) },
    ]
}

extension StudioService {
    /// Files of one request at most.
    private static let mostFiles = 500

    func upload(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project
        let batch = try await studio.beginUpload(
            into: id, of: account, place: asking.query("place").flatMap { Int($0) })
        let request = asking.request
        let type = request.headers["Content-Type"]?.prefix { $0 != ";" && $0 != " " }.lowercased()
        if type == "application/json" {
            try await fetch(try await links(request), into: batch)
        } else {
            var isFile = false
            try await request.readForm(limits: MultipartParser.Limits(parts: Self.mostFiles)) { event in
                switch event {
                case .began(let part):
                    // A field without a file's name is somebody's note to somebody else.
                    isFile = part.filename != nil || part.name == "files"
                    if isFile { try await batch.begin(named: part.filename) }
                case .bytes(let bytes): if isFile { try await batch.write(bytes) }
                case .ended: if isFile { try await batch.end() }
                }
            }
        }
        return reply(try await batch.finish(), base: asking.base)
    }

    private func links(_ request: HTTPRequest) async throws -> [String] {
        let body: JSONValue
        do {
            body = try JSONValue(parsing: try await request.body.collect(upTo: 256 << 10))
            try WireSchemas.links.check(body)
        } catch let error as JSONError {
            throw WireFailure.bad(WireFailure.sentence("the body is \(error)"))
        } catch let fault as Schema.Fault {
            throw WireFailure.bad(fault.sentence)
        }
        return body["urls"]?.array?.compactMap(\.string) ?? []
    }

    func asset(_ asking: Asking) async throws -> HTTPResponse {
        let name = asking["asset"]
        guard let found = try await studio.asset(name, of: try asking.account),
            ProjectID(ofAsset: name).map(asking.reaches) ?? false
        else { throw WireFailure.nothing("file") }
        var response = HTTPResponse.file(
            try HTTPFile(path: found.location.path, entityTag: "\"\(found.facts.contentHash)\""),
            type: WireObjects.mediaType(of: found.facts))
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response
    }

    /// The names of what was taken; throws where something was not.
    func accepted(_ outcomes: [UploadOutcome]) throws(WireFailure) -> [String] {
        let (taken, refused) = Self.parted(outcomes)
        guard let first = refused.first else { return taken.map(\.name) }
        throw WireFailure(first.wireKind, Self.told(refused))
    }

    private static func parted(_ outcomes: [UploadOutcome]) -> (taken: [MediaFacts], refused: [UploadRefusal]) {
        var (taken, refused): ([MediaFacts], [UploadRefusal]) = ([], [])
        for outcome in outcomes {
            switch outcome {
            case .taken(let facts): taken.append(facts)
            case .refused(let refusal): refused.append(refusal)
            }
        }
        return (taken, refused)
    }

    private static func told(_ refused: [UploadRefusal]) -> String {
        refused.map { "\($0.name): \($0.reason); \($0.advice)." }.joined(separator: " ")
    }

    /// What was taken, and by name what was not and why. It is a failure only when nothing was taken.
    func reply(_ outcomes: [UploadOutcome], base: String) -> HTTPResponse {
        let (taken, refused) = Self.parted(outcomes)
        guard let first = refused.first else {
            guard !taken.isEmpty else {
                return WireFailure.bad("The form holds no file; send each as a part named files.").response()
            }
            return Envelope.response(data: data(taken, refused, base: base))
        }
        let told = Self.told(refused)
        if !taken.isEmpty {
            return Envelope.response(
                message: "\(taken.count) of \(outcomes.count) files were taken. \(told)",
                data: data(taken, refused, base: base))
        }
        return WireFailure(first.wireKind, told, data: data([], refused, base: base)).response()
    }

    private func data(_ taken: [MediaFacts], _ refused: [UploadRefusal], base: String) -> JSONValue {
        var data: [String: JSONValue] = [
            "files": .array(taken.map { WireObjects.file($0, base: base) }),
            "session_state_applied": .bool(!taken.isEmpty),
        ]
        guard !refused.isEmpty else { return .object(data) }
        data["refused"] = .array(
            refused.map { refusal -> JSONValue in
                [
                    "filename": .string(refusal.name), "code": .integer(Int64(refusal.wireKind.code)),
                    "message": .string(WireFailure.sentence("\(refusal.reason); \(refusal.advice)")),
                ]
            })
        data["accepted_formats"] = WireObjects.acceptedFormats
        data["max_bytes"] = .integer(Int64(studio.limits.fileBytes))
        return .object(data)
    }
}

extension UploadRefusal {
    /// The number of the wire's table, and the status where nothing at all was taken.
    var wireKind: WireFailure.Kind {
        switch code {
        case .notTaken: .wrongType
        case .tooLarge: .tooLarge
        case .tooMany: .conflict
        case .noRoom, .notKept: .noRoom
        case .badLink: .badRequest
        case .notReached: .unreachable
        }
    }
}
