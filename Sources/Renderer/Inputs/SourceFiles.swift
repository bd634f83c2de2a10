// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import Foundation

/// Where the files of a film lie, by content hash.
public struct SourceFiles: Sendable {
    private struct Entry: Sendable {
        var url: URL
        var facts: MediaFacts
    }

    private var entries: [String: Entry] = [:]

    public init() {}

    /// A file that was taken in as `facts`.
    public mutating func add(_ facts: MediaFacts, at url: URL) {
        entries[facts.contentHash] = Entry(url: url, facts: facts)
    }

    /// The file with this content. Throws `missingSource` when it is gone, `changedSource` when its length is another.
    package func url(of hash: String) throws(RenderError) -> URL {
        guard let entry = entries[hash] else {
            throw RenderError.unknownSource(hash: hash)
        }
        let name = entry.facts.name
        guard let size = try? FileManager.default.attributesOfItem(atPath: entry.url.path)[.size] as? Int64 else {
            throw RenderError.missingSource(name: name, path: entry.url.path)
        }
        guard size == entry.facts.byteCount || entry.facts.byteCount == 0 else {
            throw RenderError.changedSource(name: name, path: entry.url.path)
        }
        return entry.url
    }
}
