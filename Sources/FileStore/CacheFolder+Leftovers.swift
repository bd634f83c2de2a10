// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

extension CacheFolder {
    /// Removes what processes that were killed left behind: work folders (`mixing-…`) in this cache that are a day old.
    func removeLeftovers() {
        for name in Folders.names(in: path) where name.hasPrefix("mixing-") {
            Self.remove("\(path)/\(name)", olderThanHours: 24)
        }
    }

    /// Removes throwaway folders in `parent` whose process is gone.
    static func removeLeftovers(in parent: String) {
        for name in Folders.names(in: parent) {
            let parts = name.split(separator: "-", omittingEmptySubsequences: false)
            guard parts.count == 3, parts[0] == "kinora", let process = Int32(parts[1]), UInt32(parts[2]) != nil,
                process > 0, kill(process, 0) != 0, errno == ESRCH
            else { continue }
            remove("\(parent)/\(name)", olderThanHours: 1)
        }
    }

    /// Removes a folder of this user's that nothing was put into for so long.
    private static func remove(_ folder: String, olderThanHours hours: Int) {
        var facts = stat()
        guard lstat(folder, &facts) == 0, facts.st_mode & S_IFMT == S_IFDIR, facts.st_uid == geteuid(),
            time(nil) - facts.st_mtim.tv_sec > hours * 3600
        else { return }
        Folders.remove(folder)
    }
}
