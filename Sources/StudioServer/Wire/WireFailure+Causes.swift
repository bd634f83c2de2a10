// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FilmWork
import HTTPWire
import JSON
import Studio
import Wording

extension WireFailure {
    /// What any error comes to on the wire; nil for one that is a fault of ours.
    init?(cause: any Error) {
        switch cause {
        case let failure as WireFailure: self = failure
        case let error as StudioError: self.init(error)
        case let error as MultipartError: self = .bad(error.message)
        case let error as EditError: self.init(.badRequest, Self.sentence(error.description), data: error.wireData)
        case let error as DraftError: self = .bad(Self.sentence("the draft is wrong: \(error)"))
        case let failure as HTTPFailure: self.init(failure)
        case let fault as OutputFault:
            self.init(.badRequest, Self.sentence(fault.description), data: ["field": .string("output.\(fault.field)")])
        case let error as ExportError: self.init(error)
        case let error as PreviewError: self.init(error)
        case let error as ResumableUploadError: self.init(error)
        default: return nil
        }
    }

    /// What the studio says no to.
    init(_ error: StudioError) {
        let words = Self.sentence("\(error)")
        switch error {
        case .noSuchProject: self = .noSuchSession
        case .emptyMessage: self = .bad(words)
        case .messageTooLong(let most):
            self.init(.tooLarge, words, data: ["max_bytes": .integer(Int64(most))])
        case .outOfCredits(let balance):
            self.init(
                .outOfCredits, words,
                data: [
                    "available": .integer(Int64(balance.available)), "frozen": .integer(Int64(balance.frozen)),
                    "total": .integer(Int64(balance.total)),
                ])
        case .tooManyTokens(let wait):
            let seconds = Int64(wait.rounded(.up))
            self.init(
                .tooMany, words, data: ["retry_after": .integer(seconds)], headers: ["Retry-After": "\(seconds)"])
        case .tooManyNotes: self = .bad(words)
        case .tooManyTurns: self.init(.tooMany, words, headers: ["Retry-After": "30"])
        case .staleBase(let revision, let draft):
            self.init(
                .conflict, words, data: ["revision": .integer(Int64(revision)), "draft": draft.json])
        case .nothingToUndo(let revision, let draft), .nothingToRedo(let revision, let draft):
            self.init(.conflict, words, data: ["revision": .integer(Int64(revision)), "draft": draft.json])
        }
    }

    /// Why there is no film.
    init(_ error: ExportError) {
        let words = Self.sentence("\(error)")
        switch error {
        case .noSuchExport: self.init(.noSuchSession, words)
        case .idTaken: self.init(.conflict, words)
        case .output(let fault):
            self.init(.badRequest, words, data: ["field": .string("output.\(fault.field)")])
        case .draft, .emptyFilm, .badWebhook: self.init(.badRequest, words)
        case .missingMedia(let ids): self.init(.badRequest, words, data: ["ids": .array(ids.map { .string($0) })])
        case .tooMany: self.init(.tooMany, words, headers: ["Retry-After": "30"])
        case .noRoom: self.init(.noRoom, words)
        case .noFile: self.init(.noSuchThing, words)
        case .unavailable: self.init(.stopping, words, headers: ["Retry-After": "5"])
        }
    }

    /// Why a piece of an upload is not taken.
    init(_ error: ResumableUploadError) {
        let words = Self.sentence("\(error)")
        switch error {
        case .noSuchUpload: self.init(.noSuchSession, words)
        case .expired: self.init(.gone, words)
        case .wrongOffset(let offset):
            self.init(.conflict, words, data: ["offset": .integer(offset)], headers: ["Upload-Offset": "\(offset)"])
        case .lengthKnown: self.init(.conflict, words)
        case .busy: self.init(.locked, words)
        case .longerThanSaid: self = .bad(words)
        case .tooLarge(let most): self.init(.tooLarge, words, data: ["max_bytes": .integer(Int64(most))])
        case .noRoom(let most): self.init(.noRoom, words, data: ["max_bytes": .integer(most)])
        case .checksumMismatch: self.init(.checksum, words)
        }
    }

    /// Why there is nothing to look at.
    init(_ error: PreviewError) {
        let words = Self.sentence("\(error)")
        switch error {
        case .noSuchAsset: self.init(.noSuchSession, words)
        case .emptyFilm, .noPicture, .noSound, .noSuchPart: self.init(.noSuchThing, words)
        case .failed: self.init(.ours, words)
        case .unavailable: self.init(.stopping, words, headers: ["Retry-After": "2"])
        }
    }

    /// What the HTTP server itself refuses.
    init(_ failure: HTTPFailure) {
        var carrier = HTTPResponse(status: failure.status)
        failure.addHeaders(to: &carrier)
        self.init(
            code: failure.status.rawValue, status: failure.status, message: failure.message,
            headers: Dictionary(carrier.headers.fields.map { ($0.name, $0.value) }) { first, _ in first })
    }
}

extension EditError {
    /// Which call and which field, for programs.
    var wireData: JSONValue {
        var data: [String: JSONValue] = ["index": .integer(Int64(index))]
        data["op"] = operation.map { .string($0) }
        data["field"] = field.map { .string($0) }
        return .object(data)
    }
}
