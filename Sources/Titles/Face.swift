// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

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
