// SPDX-License-Identifier: GPL-3.0-or-later
public import FileStore
public import MediaIO

/// Why a film could not be rendered.
public enum RenderError: Error, Sendable, CustomStringConvertible {
    /// Somebody asked for it.
    case stopped
    /// A file that the draft needs is not where it was.
    case missingSource(name: String, path: String)
    /// A file changed since it was taken in.
    case changedSource(name: String, path: String)
    /// A source, or the encoder, failed.
    case media(MediaError)
    case file(FileError)
    /// The film does not fit into the size asked for at any sensible quality.
    case tooLarge(bytes: Int64, limit: Int64)
    /// What came out is not what was planned; the film was not written.
    case checkFailed(String)
    /// Anything else that went wrong on the way: `what` was being done, and why it failed.
    case failed(what: String, why: String)

    public var description: String {
        switch self {
        case .stopped: return "stopped"
        case .missingSource(let name, let path):
            return "could not read “\(name)”: there is no file at \(path); put it back, or replace it in the draft"
        case .changedSource(let name, let path):
            return "“\(name)” at \(path) is not the file it was when it was taken in; take it in again"
        case .media(let error): return error.description
        case .file(let error): return error.description
        case .tooLarge(let bytes, let limit):
            return
                "the film needs \(bytes) bytes, more than the \(limit) asked for: make it shorter, or its picture smaller"
        case .checkFailed(let what):
            return "the finished film failed its check and was not written: \(what); please report this"
        case .failed(let what, let why): return "could not \(what): \(why)"
        }
    }
}
