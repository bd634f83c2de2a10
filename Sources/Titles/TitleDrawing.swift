// SPDX-License-Identifier: GPL-3.0-or-later
public import PixelBuffers

/// A drawn text and how its parts lie, ready to be put on the canvas and animated.
public struct TitleDrawing: Hashable, Sendable {
    /// Letters, outline and shadow, without the plate; cut to what is not clear, plate included.
    public let letters: Bitmap
    /// The plate alone, the same size as `letters` and at the same place; nil where there is none.
    public let plate: Bitmap?
    /// Top left of the bitmaps on the canvas, in pixels. A shadow may begin left of or above the canvas: then negative.
    public let x: Int
    public let y: Int
    /// What must be legible: letters, outline and plate, in canvas pixels. Always inside the request's box.
    public let ink: TitleBox
    /// Of the lines as they are set, from the first line's capitals to the last baseline and from side to side, pixels.
    public let layoutWidth: Double
    public let layoutHeight: Double
    /// The type's size in canvas pixels, after fitting.
    public let sizeUsed: Double
    /// One a line, top to bottom. Together they are the whole bitmap; so are `words` and so are `characters`.
    public let lines: [TitlePart]
    /// Reading order. A word is what stands between spaces; in Chinese, Japanese, Thai and their like, what may not be parted at a line's end.
    public let words: [TitlePart]
    /// Grapheme clusters (what a person calls a letter) in reading order, spaces included.
    public let characters: [TitlePart]
    /// Some of the text did not fit at the smallest size, and the last line ends in an ellipsis.
    public let isTruncated: Bool
    /// Characters that no installed font has; they are left out of the drawing.
    public let missing: [String]

    public var lineCount: Int { lines.count }

    /// Everything: letters over plate.
    public var bitmap: Bitmap { plate.map { letters.over($0) } ?? letters }
}

/// A part of a text and the boxes, in the bitmap's pixels, that show it with its share of the shadow.
public struct TitlePart: Hashable, Sendable {
    /// As drawn (after capitals).
    public let text: String
    /// One, or as many as lines it is broken over; none when nothing of it is drawn.
    public let boxes: [TitleBox]
}
