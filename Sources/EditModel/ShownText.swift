// SPDX-License-Identifier: GPL-3.0-or-later

/// A text of a draft as it is seen: where it lies, and how it is set where the draft itself says nothing.
public struct ShownText: Hashable, Sendable, Codable {
    /// The text's segment.
    public var id: String
    /// Left, top, width and height as shares of the canvas, shadow included; nil where nothing of it is drawn.
    public var box: [Double]?
    /// Pixels on a canvas whose short side is 1080, before a long text is made to fit.
    public var size: Double
    /// `#RRGGBB`, with `AA` where it is not solid.
    public var color: String
    public var bold: Bool
    public var italic: Bool
    /// `none`, `upper` or `lower`.
    public var letterCase: String
    public var shadow: Bool
    public var plate: Bool
    /// How it comes and goes; nil where it stands there at once.
    public var entrance: String?
    public var exit: String?

    public init(
        id: String, box: [Double]?, size: Double, color: String, bold: Bool, italic: Bool, letterCase: String,
        shadow: Bool, plate: Bool, entrance: String?, exit: String?
    ) {
        self.id = id
        self.box = box
        self.size = size
        self.color = color
        self.bold = bold
        self.italic = italic
        self.letterCase = letterCase
        self.shadow = shadow
        self.plate = plate
        self.entrance = entrance
        self.exit = exit
    }
}
