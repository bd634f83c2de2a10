// SPDX-License-Identifier: GPL-3.0-or-later

/// How a picture is fitted into the canvas.
public enum Fit: String, CaseIterable, Hashable, Sendable, Codable {
    /// Fills the canvas; what does not fit is cropped round the focus.
    case cover
    /// The whole picture; the background shows beside it.
    case contain
    /// The whole picture over a blurred copy of itself.
    case blur
}

/// The slow move of the view over a picture; named for where the view goes.
public struct Motion: Hashable, Sendable, Codable {
    public enum Kind: String, CaseIterable, Hashable, Sendable, Codable {
        case none
        case zoomIn = "zoom-in"
        case zoomOut = "zoom-out"
        case panLeft = "pan-left"
        case panRight = "pan-right"
        case panUp = "pan-up"
        case panDown = "pan-down"
        case driftNorthEast = "drift-ne"
        case driftNorthWest = "drift-nw"
        case driftSouthEast = "drift-se"
        case driftSouthWest = "drift-sw"
    }

    public var kind: Kind
    /// Share of the picture that the view gains or travels, 0…1; 0.15 is a calm zoom over three seconds.
    /// A pan travels up to one view at 0.5; from there to 1 it takes in all of a panorama, from end to end.
    public var amount: Double
    /// Which part of the way the segment shows, where it is a piece of one that was split; nil = all of it.
    public var part: Part?

    public init(_ kind: Kind, amount: Double = 0.12, part: Part? = nil) {
        self.kind = kind
        self.amount = amount
        self.part = part
    }

    /// A part of a motion's way, in shares of it: 0 ≤ `from` ≤ `to` ≤ 1.
    public struct Part: Hashable, Sendable, Codable {
        public var from: Double
        public var to: Double

        public init(from: Double, to: Double) {
            self.from = from
            self.to = to
        }

        /// Where on the whole way `share` of this part lies.
        public func along(_ share: Double) -> Double { from + (to - from) * share }
    }

    /// The motion of two segments that follow each other and together make this one: the second goes on where the first
    /// ends, one frame further.
    ///
    /// - Parameters:
    ///   - frames: of the first, at least 1.
    ///   - all: of both, more than `frames`.
    public func split(after frames: Int, of all: Int) -> (Motion, Motion) {
        guard kind != .none, frames > 0, all > frames else { return (self, self) }
        let whole = part ?? Part(from: 0, to: 1)
        let steps = Double(all - 1)
        var (first, second) = (self, self)
        first.part = Part(from: whole.from, to: whole.along(Double(frames - 1) / steps))
        second.part = Part(from: whole.along(Double(frames) / steps), to: whole.to)
        return (first, second)
    }

    public static let none = Motion(.none, amount: 0)

    /// Whether the view goes straight across, up or down.
    public var isPan: Bool { [.panLeft, .panRight, .panUp, .panDown].contains(kind) }
}

/// Colour: a named look, and adjustments over it.
public struct Grade: Hashable, Sendable, Codable {
    /// A look of `LookCatalog`, by its name.
    public struct Look: RawRepresentable, CaseIterable, Hashable, Sendable, Codable {
        public let rawValue: String

        /// Nil for a name that the catalogue does not have.
        public init?(rawValue: String) {
            guard LookCatalog.names.contains(rawValue) else { return nil }
            self.rawValue = rawValue
        }

        init(_ rawValue: String) { self.rawValue = rawValue }

        /// In the catalogue's order, `none` first.
        public static let allCases = LookCatalog.entries.map(\.look)

        public static let none = Look("none")
        public static let warm = Look("warm")
        public static let blackAndWhite = Look("black-and-white")
        public static let sepia = Look("sepia")
    }

    public var look: Look = .none
    /// −1…1, 0 leaves the picture as it is.
    public var brightness = 0.0
    public var contrast = 0.0
    public var saturation = 0.0
    public var temperature = 0.0
    /// 0…1.
    public var vignette = 0.0
    public var grain = 0.0
    /// Asset id of a `.cube` table, applied after the look and the adjustments. In a chunk: its content hash.
    public var lut: String?

    public init() {}

    public static let none = Grade()

    /// Whether the colours stay as they are (vignette and grain aside).
    public var keepsColours: Bool {
        var plain = self
        plain.vignette = 0
        plain.grain = 0
        return plain == .none
    }
}

/// A quarter turn and mirror of a picture: first turned clockwise, then flipped.
public struct Turn: Hashable, Sendable, Codable {
    public enum Flip: String, Hashable, Sendable, Codable, CaseIterable {
        case horizontal = "h"
        case vertical = "v"
    }

    /// Degrees clockwise: 0, 90, 180 or 270.
    public var degrees: Int
    public var flip: Flip?

    public init(degrees: Int = 0, flip: Flip? = nil) {
        self.degrees = degrees
        self.flip = flip
    }

    public static let none = Turn()
}
