// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a text could not be drawn. Never the text's fault: it is tamed, not refused.
public struct TitleError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, CaseIterable, Hashable, Sendable {
        /// The canvas has no size, or one over `TitleLimits.canvasSide`.
        case canvas
        /// Fontconfig lists no font at all.
        case noFonts
        /// Cairo could not make a surface, or Pango a font map.
        case drawing
    }

    public let code: Code
    /// What was tried: "draw a title".
    public let operation: String
    /// On what: "a canvas of 0 × 1080".
    public let subject: String
    /// What the library said, or what is wrong.
    public let underlying: String
    /// What a person can do.
    public let remedy: String

    public var description: String { "Could not \(operation) on \(subject): \(underlying). \(remedy)" }
}

/// What text from strangers is held to.
public enum TitleLimits {
    /// Characters drawn; the rest is cut with an ellipsis.
    public static let characters = 2000
    /// Unicode scalars looked at.
    public static let scalars = 16_000
    /// Combining marks in a row; more are dropped. (Vietnamese needs 2, Hebrew with cantillation 3, Tibetan 6.)
    public static let marks = 8
    /// Unicode scalars in one character. (The longest emoji have 10.)
    public static let cluster = 32
    /// Explicit lines; empty lines in a row count as one.
    public static let lines = 60
    /// Pixels a side.
    public static let canvasSide = 8192
    /// Size of type on a 1080 canvas.
    public static let size = 12.0...800.0
    /// Share of the size.
    public static let letterSpacing = -0.15...2.0
    /// Outline, pixels on a 1080 canvas.
    public static let strokeWidth = 0.0...60.0
}
