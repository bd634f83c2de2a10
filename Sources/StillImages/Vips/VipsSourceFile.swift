// SPDX-License-Identifier: GPL-3.0-or-later
import CVips

/// Owns libvips' reader of an open file.
final class VipsSourceFile {
    let raw: UnsafeMutablePointer<VipsSource>

    /// Reads from a duplicate of `descriptor`, which stays the caller's.
    init(descriptor: Int32) throws(VipsFailure) {
        try Vips.start()
        guard let raw = vips_source_new_from_descriptor(descriptor) else { throw VipsFailure(operation: "source") }
        self.raw = raw
    }

    deinit { g_object_unref(raw) }
}
