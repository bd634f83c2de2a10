// SPDX-License-Identifier: GPL-3.0-or-later
import CPango
import PixelBuffers

/// Draws texts. Any thread may call it, many at once: type is set under a lock, painting runs in parallel.
///
/// The same request draws the same bytes wherever the same fonts and libraries are: outlines are filled unhinted in grey
/// at positions that are not rounded, and neither the machine's font settings nor its locale has a say.
public enum TitlePainter {
    /// Draws the text. Nil when there is nothing to see in it (empty, spaces, only characters that no font has).
    ///
    /// Throws `TitleError` for a canvas without size, no fonts at all, or a library that fails; never for the text.
    public static func draw(_ request: TitleRequest) throws(TitleError) -> TitleDrawing? {
        let sides = 1...TitleLimits.canvasSide
        guard sides.contains(request.canvasWidth), sides.contains(request.canvasHeight) else {
            throw TitleError(
                code: .canvas, operation: "draw a title",
                subject: "a canvas of \(request.canvasWidth) × \(request.canvasHeight)",
                underlying: "each side has 1 to \(TitleLimits.canvasSide) pixels", remedy: "Give the film's own size.")
        }
        let plan = TitlePlan(request)
        guard !plan.text.isEmpty else { return nil }
        let masks = try SharedTypesetter.use { typesetter throws(TitleError) in try plan.masks(with: typesetter) }
        return masks?.painted()
    }

    /// Characters of a text that no installed font has, each once, in order: they would be left out of the drawing.
    public static func missing(in request: TitleRequest) throws(TitleError) -> [String] {
        let plan = TitlePlan(request)
        guard !plan.text.isEmpty else { return [] }
        return try SharedTypesetter.use { typesetter throws(TitleError) in
            TitlePlan.missing(in: plan.composed(plan.text, with: typesetter).1)
        } ?? []
    }

    /// Loads Fontconfig's lists and the default faces, so that the first title is quick and files are open before a sandbox closes.
    public static func warmUp() throws(TitleError) {
        for text in ["Ag", "字", "א", "ع", "😀"] {
            _ = try draw(TitleRequest(text, canvasWidth: 320, canvasHeight: 180))
        }
    }
}
