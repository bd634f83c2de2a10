// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import JobQueue
import Synchronization

/// Where finished films lie: named by their content and the task that made them. All of it blocks.
///
/// ```
/// DATA/exports/making/‹task›-‹epoch›.mp4   films being made; nothing here outlives its process
/// DATA/exports/ab/ab12…-‹task›.mp4         finished films
/// ```
final class ExportShelf: Sendable {
    let path: String
    private let used: Mutex<Int64>

    /// Makes the folders, removes what an earlier process was making, and counts what is there.
    init(_ path: String) throws(FileError) {
        self.path = path
        try Folders.make(path)
        Folders.remove("\(path)/making")
        try Folders.make("\(path)/making")
        var bytes: Int64 = 0
        for shelf in Folders.names(in: path) where shelf != "making" {
            for name in Folders.names(in: "\(path)/\(shelf)") { bytes += Self.size("\(path)/\(shelf)/\(name)") }
        }
        used = Mutex(bytes)
    }

    /// Bytes of all finished films.
    var usedBytes: Int64 { used.withLock { $0 } }

    /// Bytes that films may still take.
    func free(_ settings: ExportSettings) -> Int64 {
        let disk = (Folders.freeBytes(at: path) ?? .max) - settings.reserveBytes
        return max(0, min(disk, settings.mostBytes.map { $0 - usedBytes } ?? .max))
    }

    func making(_ lease: Lease, _ ending: String) -> String { "\(path)/making/\(lease.task)-\(lease.epoch).\(ending)" }

    func place(of hash: String, task: TaskID, _ ending: String) -> String {
        "\(path)/\(hash.prefix(2))/\(hash)-\(task).\(ending)"
    }

    /// Gives a finished film its place; on the disk when this returns.
    func keep(_ made: String, as place: String) throws(FileError) {
        try Durable.makeShelf((place as NSString).deletingLastPathComponent)
        try Durable.sync(file: made)
        guard rename(made, place) == 0 else { throw FileError("replace", place, errno: errno) }
        try Durable.sync(folder: (place as NSString).deletingLastPathComponent)
        used.withLock { $0 += Self.size(place) }
    }

    /// Removes a film, where it is there.
    func remove(_ place: String) {
        let bytes = Self.size(place)
        if unlink(place) == 0 { used.withLock { $0 -= bytes } }
    }

    /// All finished films.
    func films() -> [(place: String, hash: String, task: TaskID)] {
        var films: [(place: String, hash: String, task: TaskID)] = []
        for shelf in Folders.names(in: path) where shelf != "making" {
            for name in Folders.names(in: "\(path)/\(shelf)") {
                let stem = name.split(separator: ".").first?.split(separator: "-") ?? []
                guard stem.count == 2, let task = Int64(stem[1]) else { continue }
                films.append(("\(path)/\(shelf)/\(name)", String(stem[0]), TaskID(rawValue: task)))
            }
        }
        return films
    }

    private static func size(_ path: String) -> Int64 {
        var facts = stat()
        return stat(path, &facts) == 0 ? Int64(facts.st_size) : 0
    }
}
