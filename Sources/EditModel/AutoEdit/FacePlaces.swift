// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a picture's faces come to lie on the canvas while it is shown.
struct FacePlaces {
    /// In shares of the canvas, hair and chin with them; each covers the face from its shot's first frame to its last.
    let heads: [UnitRect]

    /// Of the picture as `picture` frames it (uncropped and unturned: other faces are not known).
    init(of facts: MediaFacts, in picture: PictureContent, framed framing: Framing, on canvas: PixelSize) {
        guard let size = facts.size, size.width > 0, size.height > 0 else {
            heads = []
            return
        }
        let faces = facts.faces.filter { $0.width > 0 && $0.height > 0 }
        let views = Self.views(of: size, picture, framing, focus: picture.focus ?? facts.focus ?? .center, on: canvas)
        heads = faces.compactMap { face in
            let head = UnitRect(
                x: face.x - 0.1 * face.width, y: face.y - 0.35 * face.height, width: 1.2 * face.width,
                height: 1.45 * face.height)
            return views.map { view in
                UnitRect(
                    x: (head.x - view.x) / view.width, y: (head.y - view.y) / view.height,
                    width: head.width / view.width, height: head.height / view.height)
            }.reduce(UnitRect?.none) { $0?.union($1) ?? $1 }
        }
    }

    /// The parts of the picture that fill the canvas at the ends of the shot, in shares of the picture; a picture shown whole
    /// has a view larger than itself.
    private static func views(
        of size: PixelSize, _ picture: PictureContent, _ framing: Framing, focus: UnitPoint, on canvas: PixelSize
    ) -> [UnitRect] {
        let window = Framing.window(of: size, on: canvas)
        let motion = picture.motion
        let zooms = motion.kind == .zoomIn || motion.kind == .zoomOut
        guard picture.fit == .cover else {
            // Fitted along one side, the window's other side is as much too large as cover's is too small.
            let (width, height) = (1 / window.height, 1 / window.width)
            return [1, zooms ? 1 + motion.amount / 2 : 1].map { scale in
                UnitRect(
                    x: 0.5 - width / scale / 2, y: 0.5 - height / scale / 2, width: width / scale,
                    height: height / scale)
            }
        }
        func view(closer: Double, across: Double = 0, down: Double = 0) -> UnitRect {
            let (width, height) = (window.width / closer, window.height / closer)
            let top = focus.y - Framing.lift(height) - height / 2
            return UnitRect(
                x: min(max(focus.x - width / 2 + across, 0), 1 - width), y: min(max(top + down, 0), 1 - height),
                width: width, height: height)
        }
        if zooms { return [view(closer: 1), view(closer: 1 + motion.amount)] }
        guard motion.kind != .none else { return [view(closer: 1)] }
        // A view that travels: anywhere within its reach of the focus.
        let reach = framing.panorama == nil ? 2 * motion.amount : Double.infinity
        let (across, down) = (reach * window.width, reach * window.height)
        return [view(closer: 1, across: -across, down: -down), view(closer: 1, across: across, down: down)]
    }
}

extension UnitRect {
    func union(_ other: UnitRect) -> UnitRect {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return UnitRect(
            x: left, y: top, width: max(x + width, other.x + other.width) - left,
            height: max(y + height, other.y + other.height) - top)
    }

    /// The share of this rectangle that `other` covers.
    func shareCovered(by other: UnitRect) -> Double {
        let across = min(x + width, other.x + other.width) - max(x, other.x)
        let down = min(y + height, other.y + other.height) - max(y, other.y)
        guard across > 0, down > 0, width > 0, height > 0 else { return 0 }
        return across * down / (width * height)
    }
}
