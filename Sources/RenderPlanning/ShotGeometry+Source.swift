// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

/// Whole pixels cut out of a picture.
public struct PixelBox: Hashable, Sendable {
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

    /// The pixels nearest to `crop` of a picture of `size`: at least one, none outside.
    public init(of crop: UnitRect, in size: PixelSize) {
        func span(_ start: Double, _ length: Double, _ side: Int) -> (start: Int, length: Int) {
            let first = min(max(start, 0), 1) * Double(side), last = min(max(start + length, 0), 1) * Double(side)
            let low = min(Int(first.rounded()), side - 1)
            return (low, max(1, Int(last.rounded()) - low))
        }
        let (x, width) = span(crop.x, crop.width, size.width)
        let (y, height) = span(crop.y, crop.height, size.height)
        self.init(x: x, y: y, width: width, height: height)
    }

    public var size: PixelSize { PixelSize(width: width, height: height) }
}

extension Turn {
    /// The size of a picture of `size` once turned.
    public func applied(to size: PixelSize) -> PixelSize {
        degrees == 90 || degrees == 270 ? size.turned : size
    }

    /// Where a place in a picture lies once the picture is turned, then flipped.
    public func applied(to point: UnitPoint) -> UnitPoint {
        var place: UnitPoint
        switch degrees {
        case 90: place = UnitPoint(x: 1 - point.y, y: point.x)
        case 180: place = UnitPoint(x: 1 - point.x, y: 1 - point.y)
        case 270: place = UnitPoint(x: point.y, y: 1 - point.x)
        default: place = point
        }
        switch flip {
        case .horizontal: place.x = 1 - place.x
        case .vertical: place.y = 1 - place.y
        case nil: break
        }
        return place
    }

    /// Where a box of a picture of `size` lies once the picture is turned, then flipped.
    public func applied(to box: PixelBox, in size: PixelSize) -> PixelBox {
        var place = box
        switch degrees {
        case 90: place = PixelBox(x: size.height - box.y - box.height, y: box.x, width: box.height, height: box.width)
        case 180:
            place.x = size.width - box.x - box.width
            place.y = size.height - box.y - box.height
        case 270: place = PixelBox(x: box.y, y: size.width - box.x - box.width, width: box.height, height: box.width)
        default: break
        }
        let turned = applied(to: size)
        switch flip {
        case .horizontal: place.x = turned.width - place.x - place.width
        case .vertical: place.y = turned.height - place.y - place.height
        case nil: break
        }
        return place
    }
}
