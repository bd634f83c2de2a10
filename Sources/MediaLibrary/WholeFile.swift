// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

/// Reads a small file whole.
enum WholeFile {
    /// Its bytes, at most `most` of them and one more, by which a longer file is known. Throws `Refusal` where it cannot be read.
    static func read(_ url: URL, atMost most: Int) throws(Refusal) -> Data {
        do {
            let file = try FileHandle(forReadingFrom: url)
            defer { try? file.close() }
            return try file.read(upToCount: most + 1) ?? Data()
        } catch {
            throw Refusal(.unreadable, url.path, .cannotRead, .allowReading)
        }
    }
}
