// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

/// What the header of a picture file says; no pixel is decoded for it.
public struct PhotoFacts: Hashable, Sendable, Codable {
    public var format: StillFormat
    /// As shown, upright, in pixels.
    public var size: PixelSize
    /// Whether there is an alpha channel; it may still be opaque everywhere.
    public var hasAlpha: Bool
    /// Pictures in the file: frames of a moving gif or webp, pages of a tiff. Only the first is used.
    public var frameCount: Int
    /// How the camera was held, 1…8 as in EXIF; 1 when it is upright or the loader has turned it already.
    public var orientation: Int
    /// When it was taken, as sortable text `2024-07-01T12:34:56`, the camera's own clock.
    public var captureTime: String?
    /// How far that clock was ahead of UTC, in minutes, where the file says so.
    public var captureOffsetMinutes: Int?
    /// What the embedded ICC profile calls itself ("Display P3"); nil where there is none, which means sRGB.
    public var profileName: String?
    /// Maker and model of the camera, as they wrote it.
    public var camera: String?

    public var isAnimated: Bool { frameCount > 1 && (format == .gif || format == .webp) }
}
