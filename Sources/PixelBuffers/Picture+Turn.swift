// SPDX-License-Identifier: GPL-3.0-or-later

extension Picture {
    /// The layout of a picture of this layout once it is turned clockwise by a multiple of 90 degrees.
    public static func layout(_ layout: PictureLayout, turnedBy degrees: Int) -> PictureLayout {
        degrees % 180 == 0
            ? layout : PictureLayout(width: layout.height, height: layout.width, hasAlpha: layout.hasAlpha)
    }

    /// This picture turned clockwise by `degrees` (0, 90, 180 or 270), then mirrored.
    public func turned(degrees: Int, mirrorX: Bool = false, mirrorY: Bool = false) -> Picture {
        let result = Picture(layout: Self.layout(layout, turnedBy: degrees))
        turn(into: result, degrees: degrees, mirrorX: mirrorX, mirrorY: mirrorY)
        return result
    }

    /// As `turned`, into a picture of the turned layout.
    public func turn(into target: Picture, degrees: Int, mirrorX: Bool = false, mirrorY: Bool = false) {
        precondition(target.layout == Self.layout(layout, turnedBy: degrees), "the target has the turned size")
        func turn(_ from: Plane, _ to: MutablePlane) {
            from.turn(into: to, degrees: degrees, mirrorX: mirrorX, mirrorY: mirrorY)
        }
        turn(y, target.mutableY)
        turn(u, target.mutableU)
        turn(v, target.mutableV)
        if let alpha, let to = target.mutableAlpha { turn(alpha, to) }
    }
}

extension Plane {
    /// Turned clockwise, then mirrored, in tiles that keep both planes' rows in the cache.
    func turn(into target: MutablePlane, degrees: Int, mirrorX: Bool, mirrorY: Bool) {
        // target(x, y) = base[origin + x · stepX + y · stepY]
        let (last, bottom) = (width - 1, (height - 1) * stride)
        var origin: Int
        var stepX: Int
        var stepY: Int
        switch degrees {
        case 90: (origin, stepX, stepY) = (bottom, -stride, 1)
        case 180: (origin, stepX, stepY) = (bottom + last, -1, -stride)
        case 270: (origin, stepX, stepY) = (last, stride, -1)
        default: (origin, stepX, stepY) = (0, 1, stride)
        }
        if mirrorX { (origin, stepX) = (origin + (target.width - 1) * stepX, -stepX) }
        if mirrorY { (origin, stepY) = (origin + (target.height - 1) * stepY, -stepY) }
        let tile = 32
        for tileY in Swift.stride(from: 0, to: target.height, by: tile) {
            for tileX in Swift.stride(from: 0, to: target.width, by: tile) {
                let endX = min(tileX + tile, target.width)
                for y in tileY..<min(tileY + tile, target.height) {
                    let row = target.row(y)
                    var from = base + (origin + y * stepY + tileX * stepX)
                    for x in tileX..<endX {
                        row[x] = from.pointee
                        from += stepX
                    }
                }
            }
        }
    }
}
