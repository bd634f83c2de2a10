// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import HandOver

/// Media that are laid beside a document, each under a name of its own.
struct MediaShelf {
    struct Item {
        let source: URL
        let name: String
        /// Whether it may be the same file under a second name; what lies in the cache may not.
        let mayLink: Bool
    }

    /// Its folder's name, as the document says it.
    let folder: String
    private(set) var items: [Item] = []
    private var names: [String: URL] = [:]

    init(folder: String) { self.folder = folder }

    var isEmpty: Bool { items.isEmpty }
    var count: Int { items.count }

    /// Puts a file on the shelf; answers its path as the document says it. The same file stands there once.
    mutating func add(_ source: URL, named name: String, mayLink: Bool) -> String {
        let source = source.standardizedFileURL
        if let known = items.first(where: { $0.source == source }) { return "\(folder)/\(known.name)" }
        let plain = Self.plain(name)
        let end = (plain as NSString).pathExtension
        let stem = (plain as NSString).deletingPathExtension
        var own = plain
        var count = 1
        while names[own.lowercased()] != nil {
            count += 1
            own = end.isEmpty ? "\(stem) \(count)" : "\(stem) \(count).\(end)"
        }
        names[own.lowercased()] = source
        items.append(Item(source: source, name: own, mayLink: mayLink))
        return "\(folder)/\(own)"
    }

    /// A file name that every system takes: no separators or marks with a meaning, not hidden, at most 120 bytes before its end.
    private static func plain(_ name: String) -> String {
        let marks: Set<Character> = ["/", "\\", ":", "*", "?", "\"", "<", ">", "|", "%", "#"]
        var plain = String(
            name.map { marks.contains($0) || $0.isNewline || $0.asciiValue.map { $0 < 0x20 } == true ? "_" : $0 })
        while plain.hasPrefix(".") || plain.hasPrefix(" ") { plain.removeFirst() }
        let end = (plain as NSString).pathExtension.prefix(10)
        var stem = (plain as NSString).deletingPathExtension
        while stem.utf8.count > 120 { stem.removeLast() }
        if stem.isEmpty { stem = "media" }
        return end.isEmpty ? stem : "\(stem).\(end)"
    }
}

/// Writes a document and the media beside it: all of it, or nothing new.
struct HandOverDesk {
    let url: URL
    let format: HandOverFormat
    let bundlesMedia: Bool

    private var isFolder: Bool { format.pathExtension == nil }
    private var parent: URL { url.standardizedFileURL.deletingLastPathComponent() }

    /// The media's folder, as the document says it.
    var mediaName: String { isFolder ? "materials" : "\(url.deletingPathExtension().lastPathComponent) media" }
    var mediaFolder: URL { (isFolder ? url.standardizedFileURL : parent).appendingPathComponent(mediaName) }

    /// Throws where nothing may be written there, before anything was made.
    func check() throws {
        guard isFolder else { return try AtomicFile.check(replacing: url.path) }
        var isDirectory: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isDirectory) else {
            return try AtomicFile.check(replacing: url.path)
        }
        let inside = isDirectory.boolValue ? try FileManager.default.contentsOfDirectory(atPath: url.path) : ["?"]
        if !inside.isEmpty, !inside.contains("draft_content.json") { throw KitError.occupied(path: url.path) }
    }

    func write(_ files: [HandOver.File], _ shelf: MediaShelf) throws {
        if isFolder { try writeFolder(files, shelf) } else { try writeFile(files, shelf) }
    }

    private func writeFile(_ files: [HandOver.File], _ shelf: MediaShelf) throws {
        let document = try AtomicFile(replacing: url.path)
        for file in files { try document.write(file.bytes) }
        let isNew = !FileManager.default.fileExists(atPath: mediaFolder.path)
        do {
            try lay(shelf, in: mediaFolder)
            try document.commit(durable: true)
        } catch {
            if isNew { try? FileManager.default.removeItem(at: mediaFolder) }
            throw error
        }
    }

    /// The folder is made beside its place, then takes it.
    private func writeFolder(_ files: [HandOver.File], _ shelf: MediaShelf) throws {
        let manager = FileManager.default
        let own = ".kinora-\(UUID().uuidString)"
        let making = parent.appendingPathComponent("\(own).part")
        let old = parent.appendingPathComponent("\(own).old")
        defer {
            try? manager.removeItem(at: making)
            try? manager.removeItem(at: old)
        }
        try Folders.make(making.path)
        try lay(shelf, in: making.appendingPathComponent(mediaName))
        for file in files {
            let document = try AtomicFile(replacing: making.appendingPathComponent(file.name).path)
            try document.write(file.bytes)
            try document.commit(durable: true)
        }
        if manager.fileExists(atPath: url.path) { try manager.moveItem(at: url.standardizedFileURL, to: old) }
        do {
            try manager.moveItem(at: making, to: url.standardizedFileURL)
        } catch {
            try? manager.moveItem(at: old, to: url.standardizedFileURL)
            throw error
        }
    }

    private func lay(_ shelf: MediaShelf, in folder: URL) throws {
        guard !shelf.isEmpty else { return }
        try Folders.make(folder.path)
        for item in shelf.items {
            let place = folder.appendingPathComponent(item.name)
            if place.resolvingSymlinksInPath() == item.source.resolvingSymlinksInPath() { continue }
            let part = folder.appendingPathComponent(".kinora-\(UUID().uuidString).part")
            do {
                let source = item.source.resolvingSymlinksInPath()
                if !item.mayLink || link(source.path, part.path) != 0 {
                    try FileManager.default.copyItem(at: source, to: part)
                }
                guard rename(part.path, place.path) == 0 else {
                    throw FileError("replace", place.path, errno: errno)
                }
                // Two names of one file already: a rename between them leaves both.
                unlink(part.path)
            } catch {
                unlink(part.path)
                throw error
            }
        }
    }
}
