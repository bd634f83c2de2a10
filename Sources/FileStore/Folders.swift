// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// Folders of the file system, and those that belong to Kinora.
public enum Folders {
    /// `$XDG_CACHE_HOME/kinora`, else `~/.cache/kinora`: what can be made again.
    public static func cache(environment: [String: String]) -> String {
        standard("XDG_CACHE_HOME", ".cache", environment)
    }

    /// `$XDG_DATA_HOME/kinora`, else `~/.local/share/kinora`: what cannot.
    public static func data(environment: [String: String]) -> String {
        standard("XDG_DATA_HOME", ".local/share", environment)
    }

    private static func standard(_ variable: String, _ inHome: String, _ environment: [String: String]) -> String {
        // The XDG specification: a relative path is not valid and is ignored.
        if let base = environment[variable], base.hasPrefix("/") { return "\(base)/kinora" }
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        return "\(home)/\(inHome)/kinora"
    }

    /// Makes a folder and those above it; fine when it is there already.
    public static func make(_ path: String) throws(FileError) {
        if mkdir(path, 0o777) == 0 { return }
        switch errno {
        case EEXIST:
            var facts = stat()
            guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR else {
                throw FileError("make the folder", path, errno: ENOTDIR)
            }
        case ENOENT:
            guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
                throw FileError("make the folder", path, errno: ENOENT)
            }
            try make(String(path[..<slash]))
            guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
                throw FileError("make the folder", path, errno: errno)
            }
        default: throw FileError("make the folder", path, errno: errno)
        }
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    public static func remove(_ path: String) {
        for name in names(in: path) {
            let inside = "\(path)/\(name)"
            var facts = stat()
            guard lstat(inside, &facts) == 0 else { continue }
            if facts.st_mode & S_IFMT == S_IFDIR { remove(inside) } else { unlink(inside) }
        }
        rmdir(path)
    }

    /// Names in a folder, sorted; none when it cannot be read.
    public static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// Bytes that may still be written at `path`; nil where the system does not say.
    public static func freeBytes(at path: String) -> Int64? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        return Int64(clamping: UInt64(facts.f_bavail) * UInt64(facts.f_frsize))
    }
}
