// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// A line of glyphs in visual order. Lengths are in em: x from the line's left, y from the baseline, down.
struct ShapedLine {
    var glyphs: [PlacedGlyph] = []
    var clusters: [Cluster] = []
    var faces: [Face] = []
    var width = 0.0
    /// Byte offsets of the text before which a line may break.
    var breaks: Set<Int> = []

    /// Over all clusters; nil for a line of spaces.
    var ink: InkBox? {
        clusters.reduce(nil) { sum, cluster in
            guard let ink = cluster.ink else { return sum }
            return sum?.union(ink) ?? ink
        }
    }

    mutating func face(for font: UnsafeMutablePointer<PangoFont>) -> Int {
        if let known = faces.firstIndex(where: { $0.font == font }) { return known }
        faces.append(Face(font))
        return faces.count - 1
    }
}

/// The smallest set of glyphs that stand for a whole number of characters.
struct Cluster {
    /// Of the line's UTF-8.
    let bytes: Range<Int>
    let left: Double
    let right: Double
    let ink: InkBox?
    /// Index in the line's faces.
    let face: Int
    /// Indices in the line's glyphs.
    let glyphs: Range<Int>
    /// No font has it.
    let isUnknown: Bool
}

struct PlacedGlyph {
    let face: Int
    let id: UInt32
    let x: Double
    let y: Double
    let isColor: Bool
}

struct InkBox: Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func union(_ other: InkBox) -> InkBox {
        InkBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}

/// A font that glyphs were placed with, kept alive for as long as they are.
final class Face {
    let font: UnsafeMutablePointer<PangoFont>

    init(_ font: UnsafeMutablePointer<PangoFont>) {
        self.font = font
        g_object_ref(font)
    }

    deinit { g_object_unref(font) }

    /// Makes `cairo` draw with this font at `size` pixels an em. False when the font cannot be had.
    func select(in cairo: OpaquePointer, size: Double) -> Bool {
        guard let scaled = pango_cairo_font_get_scaled_font(OpaquePointer(font)) else { return false }
        var matrix = cairo_matrix_t()
        cairo_scaled_font_get_font_matrix(scaled, &matrix)
        let factor = size / Typesetter.em
        matrix.xx *= factor
        matrix.xy *= factor
        matrix.yx *= factor
        matrix.yy *= factor
        cairo_set_font_face(cairo, cairo_scaled_font_get_font_face(scaled))
        cairo_set_font_matrix(cairo, &matrix)
        return cairo_status(cairo) == CAIRO_STATUS_SUCCESS
    }
}
