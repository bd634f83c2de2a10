// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension CacheFolder {
    public struct Usage: Hashable, Sendable {
        public var files = 0
        public var bytes: Int64 = 0
        /// Bytes by kind, name first.
        public var kinds: [String: Int64] = [:]

        public init() {}
    }

    private struct Entry {
        let path: String
        let kind: String
        let bytes: Int64
        let used: timespec
    }

    /// What the folder holds now.
    public func usage() -> Usage {
        entries().reduce(into: Usage()) { usage, entry in
            usage.files += 1
            usage.bytes += entry.bytes
            usage.kinds[entry.kind, default: 0] += entry.bytes
        }
    }

    /// Removes what was used longest ago until the folder keeps to its limit; returns the bytes it freed.
    @discardableResult
    public func trim() -> Int64 {
        removeLeftovers()
        return remove(downTo: limit)
    }

    /// Removes everything.
    @discardableResult
    public func clear() -> Int64 { remove(downTo: 0) }

    private func remove(downTo limit: Int64) -> Int64 {
        let all = entries().sorted { ($0.used.tv_sec, $0.used.tv_nsec) < ($1.used.tv_sec, $1.used.tv_nsec) }
        var total = all.reduce(0) { $0 + $1.bytes }
        var freed: Int64 = 0
        for entry in all {
            if total <= limit { break }
            guard unlink(entry.path) == 0 else { continue }
            total -= entry.bytes
            freed += entry.bytes
        }
        return freed
    }

    private func entries() -> [Entry] {
        var found: [Entry] = []
        for kind in Folders.names(in: path) {
            for shelf in Folders.names(in: "\(path)/\(kind)") {
                for name in Folders.names(in: "\(path)/\(kind)/\(shelf)") {
                    let file = "\(path)/\(kind)/\(shelf)/\(name)"
                    var facts = stat()
                    guard lstat(file, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { continue }
                    found.append(Entry(path: file, kind: kind, bytes: Int64(facts.st_size), used: facts.st_mtim))
                }
            }
        }
        return found
    }
}
