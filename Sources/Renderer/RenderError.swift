// SPDX-License-Identifier: GPL-3.0-or-later
public import Wording

/// Why a film could not be rendered. What a source, an encoder or a file itself says is thrown as it is.
public enum RenderError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Somebody asked for it.
    case stopped
    /// A file that the draft needs is not where it was.
    case missingSource(name: String, path: String)
    /// A file changed since it was taken in.
    case changedSource(name: String, path: String)
    /// The draft uses a content that no file was given for.
    case unknownSource(hash: String)
    /// The film does not fit into the size asked for at any sensible quality.
    case tooLarge(bytes: Int64, limit: Int64)
    /// What came out is not what was planned; the film was not written. The detail is for whoever mends the program.
    case checkFailed(String)
    /// The drawing of a text went from the cache while the film was rendered.
    case drawingLost
    /// A file named as a colour table is none.
    case notAColourTable(name: String)
    /// A frame was asked of a film without any.
    case noFrames
    /// A chunk could not be read back from the cache.
    case chunkLost

    /// The case's own name; its words are under `render ‹name›`.
    public enum Code: String, CaseIterable, Hashable, Sendable, Codable {
        case stopped, missingSource, changedSource, unknownSource, tooLarge, checkFailed, drawingLost, notAColourTable
        case noFrames, chunkLost
    }

    public var code: Code {
        switch self {
        case .stopped: .stopped
        case .missingSource: .missingSource
        case .changedSource: .changedSource
        case .unknownSource: .unknownSource
        case .tooLarge: .tooLarge
        case .checkFailed: .checkFailed
        case .drawingLost: .drawingLost
        case .notAColourTable: .notAColourTable
        case .noFrames: .noFrames
        case .chunkLost: .chunkLost
        }
    }

    private var values: [String: Wording.Value] {
        switch self {
        case .stopped, .drawingLost, .noFrames, .chunkLost: [:]
        case .missingSource(let name, let path), .changedSource(let name, let path):
            ["name": .text(name), "path": .text(path)]
        case .unknownSource(let hash): ["hash": .text(String(hash.prefix(12)))]
        case .tooLarge(let bytes, let limit): ["bytes": "\(bytes)", "limit": "\(limit)"]
        case .checkFailed(let detail): ["detail": .text(detail)]
        case .notAColourTable(let name): ["name": .text(name)]
        }
    }

    public var description: String { text(in: FaultWords.english) }
}

extension RenderError: Phrased {
    public var wording: Wording { Wording("render \(code.rawValue)", values) }
}
