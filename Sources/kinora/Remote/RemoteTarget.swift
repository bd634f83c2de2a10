// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import Remote

/// Where an export goes and what kind of file it is: the name decides, and has to agree with `--format`.
enum RemoteTarget {
    static let formats = ["mp4", "mov", "webm", "gif"]

    static func output(_ wish: RemoteFileWish) throws -> RemoteOutput {
        var output = RemoteOutput()
        output.format = wish.format
        output.quality = wish.quality
        output.resolution = wish.resolution
        output.fps = wish.fps
        output.preset = wish.preset
        guard let path = wish.output else { return output }
        let ending = (path as NSString).pathExtension.lowercased()
        guard formats.contains(ending) else { throw RemoteFault.badTarget(path) }
        if let format = wish.format, format != ending {
            throw UsageError(.conflict, subject: "--format \(format)", given: ".\(ending)")
        }
        output.format = ending
        return output
    }

    /// The absolute path of the name that was given; without one, a name in this folder that nothing has yet.
    static func path(_ given: String?, format: String?, named name: String) -> String {
        let format = format ?? "mp4"
        if let given, !given.isEmpty, (given as NSString).pathExtension.lowercased() == format {
            return URL(fileURLWithPath: (given as NSString).expandingTildeInPath).path
        }
        let folder = FileManager.default.currentDirectoryPath
        let plain = name.filter { !"/\\:\0\n".contains($0) }.prefix(60).trimmingCharacters(in: .whitespaces)
        let stem = plain.isEmpty || plain.hasPrefix(".") ? RemoteFilm.usualName : plain
        for number in 1...10_000 {
            let path = "\(folder)/\(stem)\(number == 1 ? "" : "-\(number)").\(format)"
            if !FileManager.default.fileExists(atPath: path) { return path }
        }
        return "\(folder)/\(stem)-\(UUID().uuidString).\(format)"
    }
}
