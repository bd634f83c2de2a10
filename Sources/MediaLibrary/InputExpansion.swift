// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation

/// In which order files come.
public enum InputOrder: String, CaseIterable, Hashable, Sendable, Codable {
    /// As people count: folder by folder as given, natural order within each.
    case name
    /// By the camera's clock, or else the file's own date.
    case time
    /// As given; folders and patterns in natural order.
    case given
}

/// From what a person wrote to files: folders opened, patterns that the shell left alone filled in, sidecars passed over.
struct InputExpansion {
    struct File: Hashable {
        /// Absolute.
        var path: String
        /// Named by the person, rather than found in a folder.
        var isNamed: Bool
    }

    private(set) var files: [File] = []
    private(set) var refused: [Refusal] = []
    private var seen: Set<String> = []

    init(_ inputs: [String], relativeTo folder: String) {
        for input in inputs where !input.isEmpty { add(input, folder) }
    }

    private mutating func add(_ input: String, _ folder: String) {
        let path = input.hasPrefix("/") ? input : "\(folder)/\(input)"
        var facts = stat()
        if stat(path, &facts) == 0 {
            if facts.st_mode & S_IFMT == S_IFDIR {
                addFolder(path, input)
            } else {
                add(File(path: path, isNamed: true))
            }
        } else if lstat(path, &facts) == 0 {
            // A link to nothing: looking at it later tells where it points.
            add(File(path: path, isNamed: true))
        } else if errno == ENOENT, input.contains(where: { "*?[".contains($0) }) {
            let matches = Self.matches(path)
            if matches.isEmpty {
                refused.append(Refusal(.nothingFound, input, .noMatch, .checkPattern))
            }
            for match in matches { add(match, folder) }
        } else {
            // Opening it later tells why.
            add(File(path: path, isNamed: true))
        }
    }

    private mutating func addFolder(_ path: String, _ input: String) {
        let found = Self.filesBelow(path, depth: 8)
        if found.isEmpty {
            let isClosed = access(path, R_OK | X_OK) != 0
            refused.append(
                isClosed
                    ? Refusal(.noPermission, input, .notAllowed, .allowReading)
                    : Refusal(.nothingFound, input, .emptyFolder, .nameFolder))
        }
        for file in found { add(File(path: file, isNamed: false)) }
    }

    private mutating func add(_ file: File) {
        let path = URL(fileURLWithPath: file.path).standardizedFileURL.path
        guard seen.insert(path).inserted else { return }
        files.append(File(path: path, isNamed: file.isNamed))
    }

    // MARK: Folders

    /// Names that never are a film's material: hidden files, the system's own, and notes that other programs keep beside photos.
    static func isPassedOver(_ name: String) -> Bool {
        let lower = name.lowercased()
        let extensions = [
            ".xmp", ".aae", ".thm", ".lrv", ".ini", ".db", ".lnk", ".url", ".json", ".xml", ".html", ".csv", ".log",
            ".tmp", ".part", ".crdownload", ".lock", ".pp3", ".dop", ".cos", ".md5", ".sha256",
        ]
        return name.hasPrefix(".") || name.hasSuffix("~") || lower == "thumbs.db" || lower == "desktop.ini"
            || lower == "icon\r" || extensions.contains { lower.hasSuffix($0) }
    }

    private static func entries(in folder: String, where isWanted: (mode_t?) -> Bool) -> [String] {
        Folders.names(in: folder).filter { name in
            var facts = stat()
            let isThere = stat("\(folder)/\(name)", &facts) == 0
            return !isPassedOver(name) && isWanted(isThere ? facts.st_mode & S_IFMT : nil)
        }
        .sorted(by: NaturalOrder.isBefore)
        .map { "\(folder)/\($0)" }
    }

    /// All but folders: also links to nothing, pipes and devices, which are named when they are looked at.
    private static func files(in folder: String) -> [String] { entries(in: folder) { $0 != S_IFDIR } }
    /// Links to folders are not followed: they may lead back.
    private static func folders(in folder: String) -> [String] {
        entries(in: folder) { $0 == S_IFDIR }.filter { path in
            var facts = stat()
            return lstat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
        }
    }

    /// The folder's own files, then those of the folders in it.
    private static func filesBelow(_ folder: String, depth: Int) -> [String] {
        let files = files(in: folder)
        guard depth > 0 else { return files }
        return files + folders(in: folder).flatMap { filesBelow($0, depth: depth - 1) }
    }

    // MARK: Patterns

    /// Files and folders whose path fits a shell pattern, in natural order.
    private static func matches(_ pattern: String) -> [String] {
        var found = glob_t()
        defer { globfree(&found) }
        guard glob(pattern, GLOB_BRACE | GLOB_TILDE, nil, &found) == 0, let paths = found.gl_pathv else { return [] }
        return (0..<Int(found.gl_pathc)).compactMap { paths[$0].map { String(cString: $0) } }
            .filter { !isPassedOver(URL(fileURLWithPath: $0).lastPathComponent) }
            .sorted(by: NaturalOrder.isBefore)
    }
}
