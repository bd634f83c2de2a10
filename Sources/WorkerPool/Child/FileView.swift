// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSeccomp
import Glibc

/// What of the file system a process still sees, by Landlock: the folders and files named here, and nothing else. Nothing may
/// be run, no link, pipe, socket or device made. Newer kernels add: no TCP (6.7), no signal to any process outside (6.12).
///
/// Descriptors that are open already stay good; opening one of them anew by its path counts as opening the file.
struct FileView {
    /// Version 2, of kernel 5.19, is the first with which files can be moved between folders.
    static let leastVersion: Int32 = 2

    static var isThere: Bool { kinora_landlock_version() >= leastVersion }

    /// Folders and files; one that is not there is passed over.
    var reads: [String]
    /// Folders in which files may also be made, changed, moved and removed; files that may be written.
    var writes: [String]

    /// For good, for the calling thread and all that it starts: it must be the only one.
    func enter() throws(SandboxFailure) {
        let version = kinora_landlock_version()
        let rules = kinora_landlock_make(version)
        guard rules >= 0 else { throw SandboxFailure("make rules for files", -rules) }
        defer { close(rules) }
        let reading = UInt64(KINORA_LANDLOCK_READ_FILE | KINORA_LANDLOCK_READ_DIR)
        let writing =
            reading | KINORA_LANDLOCK_WRITE_FILE | KINORA_LANDLOCK_REMOVE_DIR | KINORA_LANDLOCK_REMOVE_FILE
            | KINORA_LANDLOCK_MAKE_DIR | KINORA_LANDLOCK_MAKE_REG | KINORA_LANDLOCK_REFER | KINORA_LANDLOCK_TRUNCATE
        for path in reads { try Self.allow(path, reading, in: rules, version) }
        for path in writes { try Self.allow(path, writing, in: rules, version) }
        let result = kinora_landlock_enter(rules)
        guard result == 0 else { throw SandboxFailure("keep to its files", result) }
    }

    private static func allow(
        _ path: String, _ rights: UInt64, in rules: Int32, _ version: Int32
    ) throws(SandboxFailure) {
        // O_PATH, which Swift's Glibc does not know: the place, without opening what is there.
        let place = open(path, 0o10000000 | O_CLOEXEC)
        guard place >= 0 else { return }
        defer { close(place) }
        var facts = stat()
        guard fstat(place, &facts) == 0 else { return }
        var rights = rights & kinora_landlock_governed(version)
        if facts.st_mode & S_IFMT != S_IFDIR {
            rights &= KINORA_LANDLOCK_READ_FILE | KINORA_LANDLOCK_WRITE_FILE | KINORA_LANDLOCK_TRUNCATE
        }
        let result = kinora_landlock_allow(rules, place, rights)
        guard result == 0 else { throw SandboxFailure("allow \(path)", result) }
    }
}
