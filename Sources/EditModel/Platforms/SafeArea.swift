// SPDX-License-Identifier: GPL-3.0-or-later

/// What of a film stays clear of a platform's own buttons and captions, so that text can be read.
///
/// Insets are pixels of a phone's screen of 1080×1920, as platforms publish them. A film of another shape is shown at
/// the screen's width and centred, so its insets follow from where it lies on that screen.
public struct SafeArea: Hashable, Sendable {
    /// A column of buttons: below `from` (pixels from the screen's top) the right inset is `right`.
    public struct Buttons: Hashable, Sendable {
        public var from: Double
        public var right: Double

        public init(from: Double, right: Double) {
            self.from = from
            self.right = right
        }
    }

    public var top: Double
    public var bottom: Double
    public var left: Double
    public var right: Double
    public var buttons: Buttons?

    public init(top: Double, bottom: Double, left: Double, right: Double, buttons: Buttons? = nil) {
        self.top = top
        self.bottom = bottom
        self.left = left
        self.right = right
        self.buttons = buttons
    }

    static let screenWidth = 1080.0
    static let screenHeight = 1920.0
    /// Shares of the canvas that stay clear whatever the platform: television's title-safe area, wider at the sides.
    static let leastTopAndBottom = 0.05
    static let leastSides = 0.08

    /// For a film made for no platform in particular: 5 % at top and bottom, 8 % at the sides.
    public static let titleSafe = SafeArea(top: 0, bottom: 0, left: 0, right: 0)

    /// The part of `canvas` that is clear at every height, in shares of it.
    public func rect(on canvas: PixelSize) -> UnitRect { rect(on: canvas, from: 0, to: 1) }

    /// The part that is clear for a text at `position`. Text at the top does not give way to buttons further down.
    public func rect(on canvas: PixelSize, at position: TextContent.Position) -> UnitRect {
        switch position {
        case .top: return rect(on: canvas, from: 0, to: 0.4)
        case .center: return rect(on: canvas, from: 0.3, to: 0.7)
        case .bottom: return rect(on: canvas, from: 0.5, to: 1)
        case .lowerThird: return rect(on: canvas, from: 0.55, to: 1)
        case .at(let point): return rect(on: canvas, from: max(0, point.y - 0.15), to: min(1, point.y + 0.15))
        }
    }

    /// The clear part of the band of `canvas` between the shares `start` and `end` of its height: as wide as the band
    /// allows, as high as the whole clear area (never less than a tenth of the canvas either way).
    func rect(on canvas: PixelSize, from start: Double, to end: Double) -> UnitRect {
        let height = Self.screenWidth / canvas.aspect
        let above = (Self.screenHeight - height) / 2
        let top = max((self.top - above) / height, Self.leastTopAndBottom)
        let bottom = max((self.bottom - above) / height, Self.leastTopAndBottom)
        let left = self.left > 0 ? self.left / Self.screenWidth : Self.leastSides
        var right = self.right > 0 ? self.right / Self.screenWidth : Self.leastSides
        if let buttons {
            let from = (buttons.from - above) / height
            let clearEnd = min(end, 1 - bottom)
            // Buttons end where the platform's own bottom begins; a band wholly above them does not meet them.
            if clearEnd > from, start < 1 - max((self.bottom - above) / height, 0) {
                right = max(right, buttons.right / Self.screenWidth)
            }
        }
        return UnitRect(
            x: min(left, 0.9), y: min(top, 0.9), width: max(0.1, 1 - left - right), height: max(0.1, 1 - top - bottom))
    }
}
