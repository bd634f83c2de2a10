// SPDX-License-Identifier: GPL-3.0-or-later
package import Wording

/// Why there is nothing to look at.
package enum PreviewError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is nothing in the film yet (HTTP 404).
    case emptyFilm
    /// HTTP 404; code 1002.
    case noSuchAsset
    /// A song has no picture, a script none (HTTP 404).
    case noPicture
    /// HTTP 404.
    case noSound
    /// The draft has changed since; ask for the preview anew (HTTP 404).
    case noSuchPart
    /// It could not be drawn; why, in words (HTTP 500).
    case failed(Wording)
    /// The service is ending, or too much is asked for at once (HTTP 503).
    case unavailable

    /// The case's own name; its words are under `preview ‹name›`.
    package enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case emptyFilm, noSuchAsset, noPicture, noSound, noSuchPart, failed, unavailable
    }

    package var code: Code {
        switch self {
        case .emptyFilm: .emptyFilm
        case .noSuchAsset: .noSuchAsset
        case .noPicture: .noPicture
        case .noSound: .noSound
        case .noSuchPart: .noSuchPart
        case .failed: .failed
        case .unavailable: .unavailable
        }
    }

    package var description: String { text(in: FaultWords.english) }
}

extension PreviewError: Phrased {
    package var wording: Wording {
        var blanks: [String: Wording.Value] = [:]
        if case .failed(let reason) = self { blanks["reason"] = .words(reason) }
        return Wording("preview \(code.rawValue)", blanks)
    }
}
