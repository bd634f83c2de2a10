// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
package import Wording

/// Why the client cannot do what it was asked to: what was tried, on what, and the way out, in words of a catalogue.
package enum RemoteFault: Phrased, Hashable {
    /// Nobody answers there.
    case unreachable(server: String, reason: String)
    /// The server said no, and what the table of codes has for it did not help.
    case refused(Refusal, server: String, user: String?)
    /// An answer that is none of the wire's.
    case unreadable(server: String, call: String)
    /// No session was begun yet.
    case noSession
    /// The session was gone; a new one has the files, but nothing was said in it.
    case begunAnew
    case emptyMessage
    /// The turn ended with this.
    case turnFailed(String)
    case nothingToExport
    case exportFailed(String)
    case exportCancelled
    /// Nothing was given that can be sent.
    case noFiles
    case unreadableFile(path: String, reason: String)
    /// The film came, but not whole.
    case brokenDownload(path: String, reason: String)
    /// A kind of file that no film is written to.
    case badTarget(String)

    package var wording: Wording {
        switch self {
        case .unreachable(let server, let reason):
            return Wording("remote unreachable", ["server": .text(server), "reason": .text(reason)])
        case .refused(let refusal, let server, let user): return Self.wording(refusal, server, user)
        case .unreadable(let server, let call):
            return Wording("remote unreadable", ["server": .text(server), "call": .text(call)])
        case .noSession: return Wording("remote no session")
        case .begunAnew: return Wording("remote begun anew")
        case .emptyMessage: return Wording("remote empty message")
        case .turnFailed(let why): return Wording("remote turn failed", ["why": .text(why)])
        case .nothingToExport: return Wording("remote nothing to export")
        case .exportFailed(let why): return Wording("remote export failed", ["why": .text(why)])
        case .exportCancelled: return Wording("remote export cancelled")
        case .noFiles: return Wording("remote no files")
        case .unreadableFile(let path, let reason):
            return Wording("remote unreadable file", ["path": .text(path), "reason": .text(reason)])
        case .brokenDownload(let path, let reason):
            return Wording("remote broken download", ["path": .text(path), "reason": .text(reason)])
        case .badTarget(let path): return Wording("remote bad target", ["path": .text(path)])
        }
    }

    /// The refusals that the table knows have words of their own; what the server says stands behind them.
    private static func wording(_ refusal: Refusal, _ server: String, _ user: String?) -> Wording {
        let said = refusal.message.isEmpty ? "HTTP \(refusal.status)" : refusal.message
        var blanks: [String: Wording.Value] = ["said": .text(said), "code": .text("\(refusal.code)")]
        switch CodeTable.row(for: refusal)?.remedy {
        case .newToken: return Wording("remote refused 1001", blanks)
        case .newSession: return Wording("remote refused 1002", blanks)
        case .register:
            blanks["link"] = .text(page(refusal, ["register_url", "upgrade_url"], server, user))
            return Wording("remote refused 2001", blanks)
        case .formats:
            let list = refusal.data["accepted_formats"]?.array?.compactMap(\.string) ?? formats
            blanks["formats"] = .text(list.joined(separator: " "))
            return Wording("remote refused 4001", blanks)
        case .limit:
            let bytes = refusal.data["max_bytes"]?.integer
            blanks["limit"] = .text(bytes.map { "\($0 / 1_000_000) MB" } ?? "500 MB")
            return Wording("remote refused 4002", blanks)
        case .newClientID: return Wording("remote refused 400", blanks)
        case .plan:
            blanks["link"] = .text(page(refusal, ["upgrade_url", "register_url"], server, user))
            return Wording("remote refused 402", blanks)
        case .wait(let seconds):
            blanks["wait"] = .text(wait(refusal.retryAfterSeconds ?? seconds))
            return Wording("remote refused 429", blanks)
        case .goOn, nil: return Wording("remote refused", blanks)
        }
    }

    /// The page that the server names, else the one that the wire has for it.
    private static func page(_ refusal: Refusal, _ keys: [String], _ server: String, _ user: String?) -> String {
        for key in keys { if let link = refusal.data[key]?.string, !link.isEmpty { return link } }
        return "\(server)/register" + (user.map { "?bind=\($0)" } ?? "")
    }

    private static func wait(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(Int(seconds.rounded(.up))) s"
        case ..<7200: "\(Int((seconds / 60).rounded(.up))) min"
        default: "\(Int((seconds / 3600).rounded(.up))) h"
        }
    }

    /// What the wire takes, for servers that do not say.
    private static let formats = [
        "mp4", "mov", "avi", "webm", "mkv", "jpg", "png", "gif", "webp", "heic", "avif", "bmp", "tiff", "mp3", "wav",
        "m4a", "aac", "flac", "ogg", "opus", "txt", "md", "srt", "vtt", "cube",
    ]
}
