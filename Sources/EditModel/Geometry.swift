// SPDX-License-Identifier: GPL-3.0-or-later

/// A place in a picture or on the canvas, as shares of width and height from the top left: (0, 0) … (1, 1).
public struct UnitPoint: Hashable, Sendable, Codable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }

    public static let center = UnitPoint(x: 0.5, y: 0.5)
}

/// A part of a picture or of the canvas, as shares of width and height from the top left.
public struct UnitRect: Hashable, Sendable, Codable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public static let whole = UnitRect(x: 0, y: 0, width: 1, height: 1)

    public var center: UnitPoint { UnitPoint(x: x + width / 2, y: y + height / 2) }
}

/// A size in pixels.
public struct PixelSize: Hashable, Sendable, Codable {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var aspect: Double { Double(width) / Double(height) }
    public var isLandscape: Bool { width > height }
    public var shortSide: Int { min(width, height) }

    /// The same turned on its side.
    public var turned: PixelSize { PixelSize(width: height, height: width) }
}
