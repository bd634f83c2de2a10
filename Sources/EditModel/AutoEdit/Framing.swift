// SPDX-License-Identifier: GPL-3.0-or-later

/// How one picture is laid on a canvas without losing what matters: whether it fills the frame, and round which point.
struct Framing: Hashable {
    /// Filling the frame may lose this share of a picture without known faces, …
    static let mostLost = 0.38
    /// … and this much when the faces all stay in.
    static let mostLostRoundFaces = 0.48

    /// A close portrait may lose a little hair where the frame takes so little: better that than bars.
    static let littleLost = 0.2

    var fit: Fit
    /// Set where faces say so; nil leaves it to the picture's own focus.
    var focus: UnitPoint?
    /// Zooming in by more than this share would cut a head.
    var mostZoom: Double

    init(of facts: MediaFacts, on canvas: PixelSize, wish: Fit?) {
        guard let size = facts.size, size.width > 0, size.height > 0 else {
            self = Framing(fit: wish ?? .cover, focus: nil, mostZoom: 1)
            return
        }
        let window = Self.window(of: size, on: canvas)
        let lost = 1 - window.width * window.height
        guard let heads = Self.heads(facts.faces, hair: lost <= Self.littleLost ? 0.25 : 0.5) else {
            let fit = wish ?? (lost <= Self.mostLost ? .cover : .blur)
            self = Framing(fit: fit, focus: nil, mostZoom: 1)
            return
        }
        let room = min(window.width / heads.width, window.height / heads.height)
        let fit = wish ?? (room >= 1 && lost <= Self.mostLostRoundFaces ? .cover : .blur)
        // A view sits a little above its focus, by 8 % of what it cuts: the focus makes up for it.
        let lift = 0.08 * min(window.height, 1 - window.height)
        let focus = UnitPoint(x: heads.center.x, y: min(1, heads.center.y + lift))
        self = Framing(
            fit: fit, focus: focus, mostZoom: fit == .cover ? max(0, room - 1) : 1)
    }

    private init(fit: Fit, focus: UnitPoint?, mostZoom: Double) {
        self.fit = fit
        self.focus = focus
        self.mostZoom = mostZoom
    }

    /// The largest part of a picture that fills the canvas, as shares of its width and height.
    static func window(of size: PixelSize, on canvas: PixelSize) -> (width: Double, height: Double) {
        let ratio = size.aspect / canvas.aspect
        return ratio > 1 ? (1 / ratio, 1) : (1, ratio)
    }

    /// What must stay in the frame: the faces with this share of their height for hair, and chin; nil without faces.
    private static func heads(_ faces: [UnitRect], hair: Double) -> UnitRect? {
        let boxes = faces.filter { $0.width > 0 && $0.height > 0 }
        guard !boxes.isEmpty else { return nil }
        let left = max(0, boxes.map { $0.x - $0.width * 0.2 }.min() ?? 0)
        let right = min(1, boxes.map { $0.x + $0.width * 1.2 }.max() ?? 1)
        let top = max(0, boxes.map { $0.y - $0.height * hair }.min() ?? 0)
        let bottom = min(1, boxes.map { $0.y + $0.height * 1.15 }.max() ?? 1)
        guard right > left, bottom > top else { return nil }
        return UnitRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
