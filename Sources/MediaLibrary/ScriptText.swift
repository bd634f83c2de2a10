// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Reads the words of a script or a captions file.
enum ScriptText {
    /// A long film's script is some tens of kilobytes.
    static let largestByteCount = 1 << 20

    /// The text with line ends as `\n`, without a byte-order mark. Throws `Refusal`.
    static func read(_ url: URL) throws(Refusal) -> String {
        let data = try WholeFile.read(url, atMost: largestByteCount)
        guard data.count <= largestByteCount else {
            throw Refusal(.tooLarge, url.path, .textTooLong, .keepPart)
        }
        guard let text = TextFormat.decode(Array(data), isWhole: true) else {
            throw Refusal(.damaged, url.path, .notText, .saveAsUTF8)
        }
        return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }
}
