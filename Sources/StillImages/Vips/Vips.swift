// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import Synchronization

/// libvips, set up once in a process: only the loaders named here may run, one thread a pipeline, nothing cached.
enum Vips {
    /// Loader classes that are let through; every other one is blocked, whatever Debian's build brings along.
    private static let loaders = ["Jpeg", "Png", "Webp", "Nsgif", "Heif", "Tiff"]

    /// nil when libvips could not be started.
    private static let started: Bool = {
        guard vips_init("kinora") == 0 else { return false }
        // Loaders warn of small oddities on standard error, which is the program's own.
        let all = GLogLevelFlags(rawValue: G_LOG_LEVEL_MASK.rawValue)
        g_log_set_handler("VIPS", all, dropVipsWarning, nil)
        // Callers run many pictures in parallel; a pipeline with threads of its own would only fight them.
        vips_concurrency_set(1)
        vips_cache_set_max(0)
        vips_operation_block_set("VipsForeignLoad", 1)
        for loader in loaders { vips_operation_block_set("VipsForeignLoad\(loader)", 0) }
        return true
    }()

    static func start() throws(VipsFailure) {
        guard started else { throw VipsFailure(operation: "init", message: "libvips did not start") }
    }

    /// "8.14.1".
    static var version: String { "\(vips_version(0)).\(vips_version(1)).\(vips_version(2))" }
}

/// Formed here, outside any actor: C calls it on whatever thread it is on.
private func dropVipsWarning(
    _ domain: UnsafePointer<CChar>?, _ level: GLogLevelFlags, _ message: UnsafePointer<CChar>?, _ data: gpointer?
) {}

/// libvips refused; the words are a hint for people, for its error buffer is shared by all threads.
struct VipsFailure: Error {
    let operation: String
    let message: String

    init(operation: String, message: String) {
        self.operation = operation
        self.message = message
    }

    /// Takes what libvips last said.
    init(operation: String) {
        self.operation = operation
        guard let text = vips_error_buffer_copy() else {
            message = ""
            return
        }
        defer { g_free(text) }
        message = String(cString: text).split(separator: "\n").prefix(2).joined(separator: "; ")
    }
}
