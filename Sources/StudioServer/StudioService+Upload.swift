// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import HTTPWire
import JSON
import Studio

extension StudioService {
    /// Files of one request at most.
    private static let mostFiles = 500

    /// `POST /api/upload-video/nemo_agent/{user}/{session}`: a form with one or more files.
    func upload(_ request: HTTPRequest) async throws -> HTTPResponse {
        let (account, id) = try await project(of: request)
        let batch = try await studio.beginUpload(into: id, of: account)
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
        return reply(try await batch.finish(), base: base(request))
    }

    /// What was taken, and by name what was not and why. It is a failure only when nothing was taken.
    private func reply(_ outcomes: [UploadOutcome], base: String) -> HTTPResponse {
        let taken = outcomes.compactMap { outcome -> MediaFacts? in
            if case .taken(let facts) = outcome { facts } else { nil }
        }
        let refused = outcomes.compactMap { outcome -> UploadRefusal? in
            if case .refused(let refusal) = outcome { refusal } else { nil }
        }
        guard let first = refused.first else {
            guard !taken.isEmpty else {
                return WireFailure.bad("The form holds no file; send each as a part named files.").response
            }
            return Envelope.response(data: data(taken, refused, base: base))
        }
        let told = refused.map { "\($0.name): \($0.reason); \($0.advice)." }.joined(separator: " ")
        if !taken.isEmpty {
            return Envelope.response(
                message: "\(taken.count) of \(outcomes.count) files were taken. \(told)",
                data: data(taken, refused, base: base))
        }
        let (code, status) = first.wireCode
        return Envelope.response(code: code, message: told, data: data([], refused, base: base), status: status)
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
                    "filename": .string(refusal.name), "code": .integer(Int64(refusal.wireCode.0)),
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
    fileprivate var wireCode: (Int, HTTPStatus) {
        switch code {
        case .notTaken: (4001, .unsupportedMediaType)
        case .tooLarge: (4002, .contentTooLarge)
        case .tooMany: (409, .conflict)
        case .notKept: (507, .insufficientStorage)
        }
    }
}
