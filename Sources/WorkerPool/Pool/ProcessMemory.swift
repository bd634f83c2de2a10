// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// What a process holds, as the system tells it.
package enum ProcessMemory {
    /// Bytes that are its own (`RssAnon` of `/proc/‹process›/status`): files that it maps can be taken back at any time and
    /// do not count. Nil where there is no such process.
    package static func ownBytes(of process: Int32) -> Int? { field("RssAnon:", of: process) }

    /// Bytes of all its pages that are in memory (`VmRSS`).
    package static func residentBytes(of process: Int32) -> Int? { field("VmRSS:", of: process) }

    private static func field(_ name: String, of process: Int32) -> Int? {
        let file = open("/proc/\(process)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        let text = String(
            unsafeUninitializedCapacity: 8192,
            initializingUTF8With: { max(0, read(file, $0.baseAddress, $0.count)) })
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
        return line.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first.flatMap { Int($0) }.map {
            $0 << 10
        }
    }
}
