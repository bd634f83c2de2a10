// SPDX-License-Identifier: GPL-3.0-or-later

/// A text to be drawn: its words, its dress, and where on the canvas it may lie.
///
/// Whatever is nil or empty is the title style's own; whatever is out of range is brought into range (`TitleLimits`),
/// so that a request from a stranger draws something sensible or nothing, and never fails for its text.
/// Sizes are in pixels on a canvas whose short side is 1080 and grow and shrink with the canvas; boxes are in canvas pixels.
public struct TitleRequest: Codable, Hashable, Sendable {
    /// Plain text: nothing in it is markup. Line ends are kept as line ends.
    public var text: String
    public var role: TitleRole
    /// Name of a row of `TitleStyle.all`; empty or unknown = the role's own style.
    public var style: String
    /// A name of `FontFamily.all` ("serif"), or the name of any installed family; empty = the style's own.
    public var family: String
    /// Height of the type (the em) in pixels on a 1080 canvas; nil = the role's, adjusted to the style's face.
    public var size: Double?
    /// Extra space between letters as a share of the size: 0.1 is a tenth of an em. Joined scripts (Arabic, Hindi) take none.
    public var letterSpacing: Double?
    public var letterCase: TitleCase?
    public var color: TitleColor?
    public var bold: Bool?
    public var italic: Bool?
    public var alignment: TitleAlignment?
    public var shadow: TitleShadow?
    /// A width of 0 takes the style's outline away.
    public var stroke: TitleStroke?
    /// An opacity of 0 takes the style's plate away.
    public var plate: TitlePlate?
    /// BCP 47 ("zh-CN", "ja", "ar"); decides Han shapes, capitals and line breaks. Empty = told from the text.
    public var language: String
    /// Of the whole canvas, pixels.
    public var canvasWidth: Int
    public var canvasHeight: Int
    /// The safe area in canvas pixels: letters, outline and plate stay inside it (a soft shadow may fade out beyond it). nil = all but a margin of 5 % on each side.
    public var box: TitleBox?
    public var position: TitlePosition
    /// Words that have times of their own, in reading order; `TitleDrawing.words` then answers one for one. Empty = found in the text.
    public var words: [String]

    public init(
        _ text: String, role: TitleRole = .title, style: String = "", family: String = "", size: Double? = nil,
        letterSpacing: Double? = nil, letterCase: TitleCase? = nil, color: TitleColor? = nil, bold: Bool? = nil,
        italic: Bool? = nil, alignment: TitleAlignment? = nil, shadow: TitleShadow? = nil,
        stroke: TitleStroke? = nil, plate: TitlePlate? = nil, language: String = "", canvasWidth: Int,
        canvasHeight: Int, box: TitleBox? = nil, position: TitlePosition = .center, words: [String] = []
    ) {
        self.text = text
        self.role = role
        self.style = style
        self.family = family
        self.size = size
        self.letterSpacing = letterSpacing
        self.letterCase = letterCase
        self.color = color
        self.bold = bold
        self.italic = italic
        self.alignment = alignment
        self.shadow = shadow
        self.stroke = stroke
        self.plate = plate
        self.language = language
        self.canvasWidth = canvasWidth
        self.canvasHeight = canvasHeight
        self.box = box
        self.position = position
        self.words = words
    }
}

/// What a text is for: it decides the usual style, size and number of lines.
public enum TitleRole: String, Codable, Hashable, Sendable, CaseIterable {
    case title, caption, subtitle, credit
}

public enum TitleCase: String, Codable, Hashable, Sendable, CaseIterable {
    case asIs = "as-is"
    case upper
    case lower
}

/// How lines stand to each other. `start` is left, or right for a text that reads from the right.
public enum TitleAlignment: String, Codable, Hashable, Sendable, CaseIterable {
    case left, center, right, start
}

public enum TitleShadow: String, Codable, Hashable, Sendable, CaseIterable {
    case none, soft, strong
    /// Light round the letters, in the style's colour.
    case glow
    /// The letters' own shape below them, hard, in the style's colour.
    case block
}

/// An outline round the letters.
public struct TitleStroke: Codable, Hashable, Sendable {
    public var color: TitleColor
    /// What is seen of it outside the letter, pixels on a 1080 canvas.
    public var width: Double

    public init(color: TitleColor, width: Double) {
        self.color = color
        self.width = width
    }
}

/// A rounded plate behind the lines.
public struct TitlePlate: Codable, Hashable, Sendable {
    public var color: TitleColor
    /// 0 none … 1 solid.
    public var opacity: Double

    public init(color: TitleColor, opacity: Double) {
        self.color = color
        self.opacity = opacity
    }
}

/// Where in the box a text lies.
public enum TitlePosition: Codable, Hashable, Sendable {
    case top, center, bottom, lowerThird
    /// The text's centre, 0–1 of the canvas; moved as little as the box demands.
    case at(x: Double, y: Double)
}

/// A rectangle in whole pixels from the top left.
public struct TitleBox: Codable, Hashable, Sendable {
    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var maxX: Int { x + width }
    public var maxY: Int { y + height }

    func contains(_ other: TitleBox) -> Bool {
        other.x >= x && other.y >= y && other.maxX <= maxX && other.maxY <= maxY
    }
}

extension TitleRequest {
    /// What words of it are lit with while they are said: the style's accent, or white where the letters have that already.
    public var litColor: TitleColor {
        let style = TitleStyle.named(style) ?? TitleStyle.standard(for: role)
        return (color ?? style.color) == style.accent ? .white : style.accent
    }
}
