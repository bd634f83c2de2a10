// SPDX-License-Identifier: GPL-3.0-or-later

/// Pictures from files and back: probing, loading, looking at, writing. libvips does the formats and the colours.
///
/// Every function may be called from any thread, and many at once; each works in the calling thread and blocks it,
/// so call them from threads of your own, not from Swift's cooperative pool.
public enum StillImages {
    /// Larger pictures are refused from their header alone.
    public static let largestPixelCount = 100_000_000

    /// Version of what this module does to pixels; part of every cache key. Raised when its output changes.
    public static let stage = 2

    /// libvips' version, "8.14.1"; part of every cache key.
    public static var libraryVersion: String { Vips.version }
}
