// SPDX-License-Identifier: GPL-3.0-or-later

/// One of the eight ways to lay a picture on its sides: first mirrored left to right or not, then turned clockwise by quarters.
public struct PhotoTurn: Hashable, Sendable, Codable {
    /// Mirrored left to right, before turning.
    public var isMirrored: Bool
    /// Quarter turns clockwise, 0…3.
    public private(set) var quarters: Int

    public init(isMirrored: Bool = false, quarters: Int = 0) {
        self.isMirrored = isMirrored
        self.quarters = (quarters % 4 + 4) % 4
    }

    public static let none = PhotoTurn()

    /// What makes a picture of an EXIF orientation 1…8 upright (EXIF 2.32, 4.6.4, Orientation); any other number is upright.
    public init(orientation: Int) {
        switch orientation {
        case 2: self.init(isMirrored: true)
        case 3: self.init(quarters: 2)
        case 4: self.init(isMirrored: true, quarters: 2)
        case 5: self.init(isMirrored: true, quarters: 3)
        case 6: self.init(quarters: 1)
        case 7: self.init(isMirrored: true, quarters: 1)
        case 8: self.init(quarters: 3)
        default: self.init()
        }
    }

    /// A quarter turn makes width height.
    public var swapsSides: Bool { quarters % 2 == 1 }

    /// This turn, then another.
    public func then(_ next: PhotoTurn) -> PhotoTurn {
        // A mirror passes through a turn by turning it round: M·R = R⁻¹·M.
        PhotoTurn(
            isMirrored: isMirrored != next.isMirrored,
            quarters: (next.isMirrored ? -quarters : quarters) + next.quarters)
    }

    /// The turn that undoes this one.
    public var inverse: PhotoTurn { PhotoTurn(isMirrored: isMirrored, quarters: isMirrored ? quarters : -quarters) }

    /// Where the point (x, y) of a picture `width` × `height` comes to lie.
    func move(x: Int, y: Int, width: Int, height: Int) -> (x: Int, y: Int) {
        let x = isMirrored ? width - 1 - x : x
        switch quarters {
        case 1: return (height - 1 - y, x)
        case 2: return (width - 1 - x, height - 1 - y)
        case 3: return (y, width - 1 - x)
        default: return (x, y)
        }
    }

    /// Where a rectangle of whole pixels of a picture `width` × `height` comes to lie.
    func move(_ rect: PixelRect, width: Int, height: Int) -> PixelRect {
        let a = move(x: rect.x, y: rect.y, width: width, height: height)
        let b = move(x: rect.x + rect.width - 1, y: rect.y + rect.height - 1, width: width, height: height)
        return PixelRect(
            x: min(a.x, b.x), y: min(a.y, b.y), width: abs(a.x - b.x) + 1, height: abs(a.y - b.y) + 1)
    }
}

/// Whole pixels of a picture, from its top left.
struct PixelRect: Hashable {
    var x: Int
    var y: Int
    var width: Int
    var height: Int
}
