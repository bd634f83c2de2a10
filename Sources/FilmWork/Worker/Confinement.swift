// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import Glibc
import WorkerPool

/// Where a worker gives up what its tasks do not need, once, before the first of them: the limits are set by then
/// (`WorkerLimits`), no descriptors of the server's are there, and nothing has been opened. What is left, by lane:
///
/// | lane | system calls | reads | writes |
/// |---|---|---|---|
/// | `examine` | those on a list | the system's libraries, what is coming in | the cache, scratch |
/// | `view` | all but the never needed | besides: fonts, voices, instruments, media | the cache, scratch |
/// | `films` | as `view` | as `view` | besides: films |
package struct Confinement: Sendable {
    /// The folders of a server, each with all that is below it. One that is not there when a worker starts is not seen.
    package struct Folders: Hashable, Sendable {
        package var cache: String
        /// Files under examination.
        package var incoming: [String]
        package var media: [String]
        /// Where films are put.
        package var films: [String]

        package init(cache: String, incoming: [String], media: [String], films: [String]) {
            self.cache = cache
            self.incoming = incoming
            self.media = media
            self.films = films
        }
    }

    private let folders: Folders
    private let environment: [String: String]

    package init(_ folders: Folders, environment: [String: String] = ProcessInfo.processInfo.environment) {
        self.folders = folders
        self.environment = environment
    }

    /// For good. Throws where the machine has a layer that cannot be entered, or none, unless it is told that none will do.
    package func confine(_ lane: String) throws {
        // Bytes of strangers decide nothing about what else is loaded: libraries ask the environment for their plug-ins.
        for name in ["VIPSHOME", "MAGICK_CODER_MODULE_PATH", "LIBHEIF_PLUGIN_PATH", "LADSPA_PATH"] { unsetenv(name) }
        let scratch = try ownScratch()
        setenv("TMPDIR", scratch, 1)
        try sandbox(lane, scratch: scratch).enter(mayBeBare: environment[Sandbox.bareVariable] == "1")
    }

    func sandbox(_ lane: String, scratch: String) -> Sandbox {
        let writes = [folders.cache, scratch, "/dev/null"]
        switch lane {
        case FilmWorkers.examining:
            return Sandbox(calls: .listed, reads: Self.system + folders.incoming, writes: writes)
        case FilmWorkers.viewing:
            return Sandbox(calls: .unlisted, reads: Self.system + fonts + folders.media, writes: writes)
        case FilmWorkers.filming:
            return Sandbox(calls: .unlisted, reads: Self.system + fonts + folders.media, writes: writes + folders.films)
        default: return Sandbox(calls: .listed, reads: [], writes: [])
        }
    }

    /// A folder for what is only passing: not the system's own, in which others have theirs.
    private func ownScratch() throws(FileError) -> String {
        let named = environment["TMPDIR"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let path = named.map { "\($0)/kinora-workers-\(geteuid())" } ?? "\(folders.cache)/scratch"
        var facts = stat()
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileError("make the folder", path, errno: errno) }
        // Anybody may have been there first where all may make folders.
        guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == geteuid() else {
            throw FileError("use the folder", path, errno: EPERM)
        }
        return path
    }

    /// Libraries and their data, what there is of processors and memory, what the process may know of itself.
    private static let system = [
        "/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/timezone", "/etc/locale.alias",
        "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/proc/self", "/proc/cpuinfo", "/proc/meminfo",
        "/proc/stat", "/proc/sys/vm/overcommit_memory", "/sys/devices/system/cpu", "/sys/devices/system/node",
        "/sys/fs/cgroup",
    ]

    private var fonts: [String] {
        var places = ["/etc/fonts", "/var/cache/fontconfig", "/var/lib/fonts"]
        places += ["FONTCONFIG_FILE", "FONTCONFIG_PATH"].compactMap { environment[$0] }
        if let home = environment["HOME"], home.hasPrefix("/") {
            places += ["\(home)/.fonts", "\(home)/.local/share/fonts", "\(home)/.config/fontconfig"]
            places.append("\(home)/.cache/fontconfig")
        }
        if let data = environment["XDG_DATA_HOME"] { places.append("\(data)/fonts") }
        if let config = environment["XDG_CONFIG_HOME"] { places.append("\(config)/fontconfig") }
        if let cache = environment["XDG_CACHE_HOME"] { places.append("\(cache)/fontconfig") }
        return places
    }
}
