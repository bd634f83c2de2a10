// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
package import FilmWork
import Wording

/// Why an export cannot be taken on, found or given out. A project that is not there is `StudioError.noSuchProject`.
package enum ExportError: Error, Hashable, Sendable, CustomStringConvertible {
    /// This account has none of that id (HTTP 404, code 1002). The same for one of another account.
    case noSuchExport
    /// The id stands for an export with another body (HTTP 409).
    case idTaken
    /// The `output` (HTTP 400); the fault names the field.
    case output(OutputFault)
    /// The draft breaks its rules (HTTP 400).
    case draft(DraftError)
    /// There is nothing in the film yet (HTTP 400).
    case emptyFilm
    /// The draft uses assets that the project has not, or whose bytes are gone (HTTP 400); their ids.
    case missingMedia([String])
    /// The webhook's address cannot be used (HTTP 400).
    case badWebhook
    /// So many of the account's exports are waiting or under way (HTTP 429).
    case tooMany(most: Int)
    /// No room for the film (HTTP 507): bytes it may need, bytes that are free for exports.
    case noRoom(needed: Int64, free: Int64)
    /// There is no file: not completed yet, or removed (HTTP 404).
    case noFile(Export.Status)
    /// The service is ending, or nothing can be rendered (HTTP 503).
    case unavailable

    /// The case's own name; its words are under `export ‹name›`.
    package enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case noSuchExport, idTaken, output, draft, emptyFilm, missingMedia, badWebhook, tooMany, noRoom, noFile
        case unavailable
    }

    package var code: Code {
        switch self {
        case .noSuchExport: .noSuchExport
        case .idTaken: .idTaken
        case .output: .output
        case .draft: .draft
        case .emptyFilm: .emptyFilm
        case .missingMedia: .missingMedia
        case .badWebhook: .badWebhook
        case .tooMany: .tooMany
        case .noRoom: .noRoom
        case .noFile: .noFile
        case .unavailable: .unavailable
        }
    }

    package var description: String { text(in: FaultWords.english) }
}

extension ExportError: Worded {
    package func text(in words: [String: String]) -> String {
        let blanks: [String: Wording.Value] =
            switch self {
            case .noSuchExport, .idTaken, .emptyFilm, .badWebhook, .unavailable: [:]
            case .output(let fault): ["fault": .text(fault.text(in: words))]
            case .draft(let error): ["problems": .text(error.text(in: words))]
            case .missingMedia(let ids): ["ids": .text(ids.prefix(5).joined(separator: ", ")), "count": "\(ids.count)"]
            case .tooMany(let most): ["most": "\(most)"]
            case .noRoom(let needed, let free): ["needed": "\(needed >> 20)", "free": "\(free >> 20)"]
            case .noFile(let status): ["status": .words(Wording("export status \(status.rawValue)"))]
            }
        return Wording("export \(code.rawValue)", blanks).text(in: words)
    }
}
