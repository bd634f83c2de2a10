// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

/// What looking at a photo tells: where the eye goes, how sharp it is, what it resembles.
public struct PhotoAnalysis: Hashable, Sendable, Codable {
    /// Where the eye goes, of the upright photo.
    public var focus: UnitPoint
    /// Heads whose faces are seen from the front, from the crown to under the chin, of the upright photo, the largest first.
    /// Empty where no detector is installed (`StillImages.findsFaces`).
    public var faces: [UnitRect]
    /// How much fine detail the best quarter of the photo shows; comparable between photos, higher is sharper.
    /// Below about 10 nothing is sharp at the size of a film.
    public var sharpness: Double
    /// Like photos have hashes that differ in few bits: up to 10 of 64 is the same scene, unrelated photos differ in about 32.
    public var perceptualHash: UInt64
    /// 0 black … 1 white.
    public var meanLuma: Double
    /// The colour that stands out, sRGB.
    public var accent: RGBColour

    public struct RGBColour: Hashable, Sendable, Codable {
        public var red: UInt8
        public var green: UInt8
        public var blue: UInt8
    }
}
