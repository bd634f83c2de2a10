// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import HTTPWire
import JSON
import Studio

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
        case .tooManyNotes: self = .bad(words)
        case .tooManyTurns: self.init(.tooMany, words, headers: ["Retry-After": "30"])
        case .staleBase(let revision, let draft):
            self.init(
                .conflict, words, data: ["revision": .integer(Int64(revision)), "draft": draft.json])
        case .nothingToUndo(let revision, let draft), .nothingToRedo(let revision, let draft):
            self.init(.conflict, words, data: ["revision": .integer(Int64(revision)), "draft": draft.json])
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
