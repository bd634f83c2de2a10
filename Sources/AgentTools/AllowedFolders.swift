// SPDX-License-Identifier: GPL-3.0-or-later
import CLinux
package import FileStore
import Glibc
import MediaLibrary

/// The folders that an agent on this machine may have read and written, and nothing beside them.
///
/// What counts is where a path leads, not how it is written: a place is opened without its content first (`O_PATH`), the
/// kernel is asked where it is, and that same place is read. A link that leads out, or is put there in between, leads nowhere.
/// Hidden files and folders below an allowed one are not read.
package struct AllowedFolders: Hashable, Sendable {
    /// Why a path is not used.
    package enum Fault: Error, Hashable, Sendable {
        case outside(String, allowed: [String])
        case hidden(String)
        case notThere(String)
        case notAllowed(String)
        case noFile(String)
        case noFolder(String)
        case exists(String)
    }

    /// Canonical.
    package let folders: [String]

    /// - Parameter folders: those that are no folders are left out.
    package init(_ folders: [String]) {
        var known: [String] = []
        for folder in folders {
            guard let place = Self.canonical(folder), !known.contains(place) else { continue }
            known.append(place)
        }
        self.folders = known
    }

    /// Where relative paths begin.
    private var base: String { folders.first ?? "/" }

    private static func canonical(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        var facts = stat()
        guard stat(found, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else { return nil }
        return String(cString: found)
    }

    // MARK: Reading

    /// A file that may be read, opened. Used by one task at a time.
    package struct OpenFile: ~Copyable {
        package let path: String
        /// `2024-07-01T12:34:56`, the file's own date on this machine's clock.
        package let fileTime: String
        package let descriptor: Int32

        deinit { close(descriptor) }

        /// Up to `count` bytes more; empty at the end.
        package func read(_ count: Int) throws(FileError) -> [UInt8] {
            while true {
                var got = 0
                let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                    got = Glibc.read(descriptor, buffer.baseAddress, count)
                    filled = max(0, got)
                }
                if got >= 0 { return bytes }
                guard errno == EINTR else { throw FileError("read", path, errno: errno) }
            }
        }
    }

    /// The files that a path stands for: itself, or of a folder all in it, in natural order, up to `most`. Blocks.
    package func files(at path: String, most: Int) throws(Fault) -> [String] {
        let place = try Place(path, in: self)
        guard place.isFolder else { return [place.path] }
        var found: [String] = []
        list(place.path, depth: 8, most: most, into: &found)
        guard !found.isEmpty else { throw .noFile(path) }
        return found
    }

    private func list(_ folder: String, depth: Int, most: Int, into found: inout [String]) {
        var inner: [String] = []
        for name in Folders.names(in: folder).sorted(by: NaturalOrder.isBefore) where !name.hasPrefix(".") {
            guard found.count < most else { return }
            guard let place = try? Place("\(folder)/\(name)", in: self) else { continue }
            if place.isFolder {
                inner.append(place.path)
            } else if place.isFile {
                found.append(place.path)
            }
        }
        // A link to a folder may lead back up.
        guard depth > 0 else { return }
        for next in inner where next.hasPrefix(folder + "/") { list(next, depth: depth - 1, most: most, into: &found) }
    }

    /// Opens a file. Blocks.
    package func open(_ path: String) throws(Fault) -> OpenFile {
        let place = try Place(path, in: self)
        guard place.isFile else { throw .noFile(path) }
        let descriptor = Glibc.open("/proc/self/fd/\(place.descriptor)", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .notAllowed(path) }
        return OpenFile(path: place.path, fileTime: Self.text(place.changed), descriptor: descriptor)
    }

    private static func text(_ seconds: Int) -> String {
        var (time, parts) = (time_t(seconds), tm())
        localtime_r(&time, &parts)
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))"
        return "\(day)T\(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec))"
    }

    // MARK: Writing

    /// Where a new file may be put: its canonical path. Throws for one that is there, unless it may be replaced. Blocks.
    package func newFile(_ path: String, replacing: Bool) throws(Fault) -> String {
        let whole = path.hasPrefix("/") ? path : "\(base)/\(path)"
        guard let slash = whole.lastIndex(of: "/") else { throw .noFolder(path) }
        let name = whole[whole.index(after: slash)...]
        guard !name.isEmpty, name != "..", name != "." else { throw .noFile(path) }
        guard !name.hasPrefix(".") else { throw .hidden(path) }
        let folder: Place
        do throws(Fault) {
            folder = try Place(String(whole[...slash]), in: self)
        } catch {
            if case .notThere = error { throw .noFolder(path) }
            throw error
        }
        guard folder.isFolder else { throw .noFolder(path) }
        let file = "\(folder.path)/\(name)"
        var facts = stat()
        if lstat(file, &facts) == 0 {
            // A link there, or a folder, is never written through or over.
            guard facts.st_mode & S_IFMT == S_IFREG, replacing else { throw .exists(path) }
        }
        return file
    }
}

extension AllowedFolders {
    /// A place in the file system that was looked at and not opened.
    private struct Place: ~Copyable {
        let descriptor: Int32
        /// Canonical.
        let path: String
        let isFile: Bool
        let isFolder: Bool
        /// Seconds since 1970.
        let changed: Int

        deinit { close(descriptor) }

        init(_ path: String, in allowed: AllowedFolders) throws(Fault) {
            let whole = path.hasPrefix("/") ? path : "\(allowed.base)/\(path)"
            guard !whole.utf8.contains(0), !allowed.folders.isEmpty else {
                throw .outside(path, allowed: allowed.folders)
            }
            let descriptor = Glibc.open(whole, kinora_o_path | O_CLOEXEC)
            guard descriptor >= 0 else {
                let code = errno
                // Whether there is something elsewhere is not told.
                guard allowed.contains(written: whole) else { throw .outside(path, allowed: allowed.folders) }
                throw code == EACCES ? .notAllowed(path) : .notThere(path)
            }
            var facts = stat()
            guard let real = Self.place(of: descriptor), fstat(descriptor, &facts) == 0 else {
                close(descriptor)
                throw .notThere(path)
            }
            switch allowed.verdict(on: real) {
            case .inside: break
            case .hidden:
                close(descriptor)
                throw .hidden(path)
            case .outside:
                close(descriptor)
                throw .outside(path, allowed: allowed.folders)
            }
            self.descriptor = descriptor
            self.path = real
            isFile = facts.st_mode & S_IFMT == S_IFREG
            isFolder = facts.st_mode & S_IFMT == S_IFDIR
            changed = Int(facts.st_mtim.tv_sec)
        }

        private static func place(of descriptor: Int32) -> String? {
            var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
            let count = buffer.withUnsafeMutableBytes { bytes -> Int in
                guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return 0 }
                return readlink("/proc/self/fd/\(descriptor)", start, bytes.count)
            }
            guard count > 0, count < buffer.count else { return nil }
            return String(decoding: buffer[..<count], as: UTF8.self)
        }
    }

    private enum Verdict { case inside, hidden, outside }

    private func verdict(on real: String) -> Verdict {
        var verdict = Verdict.outside
        for folder in folders {
            if real == folder { return .inside }
            let start = folder == "/" ? folder : folder + "/"
            guard real.hasPrefix(start) else { continue }
            if !real.dropFirst(start.count).split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
                return .inside
            }
            verdict = .hidden
        }
        return verdict
    }

    /// Whether a path that leads nowhere would lie in one of the folders, as it is written.
    private func contains(written path: String) -> Bool {
        var parts: [Substring] = []
        for part in path.split(separator: "/") {
            if part == ".." { _ = parts.popLast() } else if part != "." { parts.append(part) }
        }
        return verdict(on: "/" + parts.joined(separator: "/")) == .inside
    }
}

extension AllowedFolders.Fault {
    /// Why it is not used and what to do.
    package var sentence: String {
        switch self {
        case .outside(let path, let allowed):
            allowed.isEmpty
                ? "\(path) is in no folder that may be read: none is allowed. Start kinora mcp with --allow FOLDER."
                : "\(path) is outside of the folders that may be used (\(allowed.joined(separator: ", "))). Name a file "
                    + "in one of them, or start kinora mcp with --allow FOLDER."
        case .hidden(let path): "\(path) is hidden, and hidden files are not used. Name another, or copy it."
        case .notThere(let path): "There is no file \(path). Check its name."
        case .notAllowed(let path): "\(path) may not be read by this user. Change its permissions, or copy it."
        case .noFile(let path): "\(path) is no file, and no folder with files in it. Name a file."
        case .noFolder(let path): "The folder of \(path) is not there. Name one that is."
        case .exists(let path): "\(path) is there already. Name another, or say overwrite."
        }
    }
}
