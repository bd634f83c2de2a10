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
    /// The view travels over the picture from end to end.
    var panorama: Panorama?

    /// - Parameter travels: whether a view may travel over a panorama; else it is shown whole.
    init(of facts: MediaFacts, on canvas: PixelSize, wish: Fit?, travels: Bool = false) {
        guard let size = facts.size, size.width > 0, size.height > 0 else {
            self = Framing(fit: wish ?? .cover, focus: nil, mostZoom: 1)
            return
        }
        let window = Self.window(of: size, on: canvas)
        let lost = 1 - window.width * window.height
        var panorama: Panorama?
        if travels, facts.kind == .image, wish ?? .cover == .cover { panorama = Panorama(size, on: canvas) }
        guard let heads = Self.heads(facts.faces, hair: lost <= Self.littleLost ? 0.25 : 0.5) else {
            let fit = wish ?? (lost <= Self.mostLost || panorama != nil ? .cover : .blur)
            self = Framing(fit: fit, focus: nil, mostZoom: 1, panorama: panorama)
            return
        }
        let hasRoom = window.width >= heads.width && window.height >= heads.height
        let holdsFaces = hasRoom && lost <= Self.mostLostRoundFaces
        if panorama != nil, !holdsFaces {
            self = Framing(fit: .cover, focus: nil, mostZoom: 1, panorama: panorama)
            return
        }
        let fit = wish ?? (holdsFaces ? .cover : .blur)
        let focus = UnitPoint(
            x: heads.center.x, y: min(1, heads.center.y + Self.lift(window.height)))
        guard let faces = Self.heads(facts.faces, hair: 0.15, margin: 0.05) else {
            self = Framing(fit: fit, focus: focus, mostZoom: 1)
            return
        }
        guard fit == .cover else {
            // A whole picture grows about its middle, by half the amount, over the edges that it touches.
            let isWide = size.aspect > canvas.aspect
            let (start, end) = isWide ? (faces.x, faces.x + faces.width) : (faces.y, faces.y + faces.height)
            let reach = 2 * max(abs(start - 0.5), abs(end - 0.5))
            let most = (200 * (1 / max(reach, 0.5) - 1)).rounded(.down) / 100
            self = Framing(fit: fit, focus: focus, mostZoom: min(max(most, 0.03), 1))
            return
        }
        // The largest zoom that ends with every face in the frame.
        let steps = stride(from: 0.3, to: 0, by: -0.01)
        let most = steps.first { amount in
            let (width, height) = (window.width / (1 + amount), window.height / (1 + amount))
            let left = min(max(focus.x - width / 2, 0), 1 - width)
            let top = min(max(focus.y - Self.lift(height) - height / 2, 0), 1 - height)
            return left <= faces.x && top <= faces.y && left + width >= faces.x + faces.width
                && top + height >= faces.y + faces.height
        }
        self = Framing(fit: fit, focus: focus, mostZoom: most ?? 0)
    }

    /// By how much of the picture's height a view `height` high sits above its focus: 8 % of what it cuts
    /// (`ShotGeometry` of RenderPlanning, whose tests hold the two together).
    static func lift(_ height: Double) -> Double { 0.08 * min(height, 1 - height) }

    private init(fit: Fit, focus: UnitPoint?, mostZoom: Double, panorama: Panorama? = nil) {
        self.fit = fit
        self.focus = focus
        self.mostZoom = mostZoom
        self.panorama = panorama
    }

    /// The largest part of a picture that fills the canvas, as shares of its width and height.
    static func window(of size: PixelSize, on canvas: PixelSize) -> (width: Double, height: Double) {
        let ratio = size.aspect / canvas.aspect
        return ratio > 1 ? (1 / ratio, 1) : (1, ratio)
    }

    /// What must stay in the frame: the faces, this share of their height above them for hair, and a margin at the sides
    /// and below the chin as a share of the face; nil without faces.
    private static func heads(_ faces: [UnitRect], hair: Double, margin: Double = 0.2) -> UnitRect? {
        let boxes = faces.filter { $0.width > 0 && $0.height > 0 }
        guard !boxes.isEmpty else { return nil }
        let left = max(0, boxes.map { $0.x - $0.width * margin }.min() ?? 0)
        let right = min(1, boxes.map { $0.x + $0.width * (1 + margin) }.max() ?? 1)
        let top = max(0, boxes.map { $0.y - $0.height * hair }.min() ?? 0)
        let bottom = min(1, boxes.map { $0.y + $0.height * (1 + margin * 0.75) }.max() ?? 1)
        guard right > left, bottom > top else { return nil }
        return UnitRect(x: left, y: top, width: right - left, height: bottom - top)
    }
}
