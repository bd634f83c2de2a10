// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// A picture so much longer than the frame that only a strip of it would be left if it were shown whole: the view fills the
/// frame instead and travels over it from end to end.
///
/// ```
/// ┌─────┬──────────────┬─────┐
/// │view │ ───────────► │     │   way = how many views it goes
/// └─────┴──────────────┴─────┘
/// ```
struct Panorama: Hashable {
    /// Width to height of a wide one, at least; of a tall one, at most (a telephone's screen, 9:20, is none).
    static let wide = 2.2
    static let tall = 0.435
    /// The frame shows this share of it at most.
    static let mostShown = 0.6
    /// Where the frame has more than three pixels for one of the picture, the small whole picture looks better.
    static let leastSharpness = 0.33
    /// Views a second at which the eye rests, and faster than which it no longer follows.
    static let calm = 0.5
    static let fastest = 0.75
    /// No picture stands longer than this for its length.
    static let longestTime: Int64 = 10_000

    let isWide: Bool
    /// How far the view goes from one end to the other, in its own widths (or heights).
    let way: Double

    /// Nil for a picture that is none on this canvas.
    init?(_ size: PixelSize, on canvas: PixelSize) {
        let window = Framing.window(of: size, on: canvas)
        isWide = size.aspect >= Self.wide
        guard isWide || size.aspect <= Self.tall else { return nil }
        let shown = isWide ? window.width : window.height
        let sharpness =
            isWide
            ? Double(size.height) / Double(canvas.height) : Double(size.width) / Double(canvas.width)
        guard shown <= Self.mostShown, sharpness >= Self.leastSharpness else { return nil }
        way = 1 / shown - 1
    }

    /// Milliseconds in which the view comes from end to end at ease.
    var time: Int64 { min(Int64(way / Self.calm * 1000), Self.longestTime) }

    /// Whether the view comes from end to end in `duration`.
    func isWhole(in duration: MediaTime) -> Bool { way <= Self.fastest * duration.seconds + 1e-9 }

    /// The amount of a pan in `duration`: all the way where there is time, else as far as the eye follows (`Motion.amount`).
    func amount(in duration: MediaTime) -> Double {
        let travel = min(way, Self.fastest * duration.seconds)
        let amount = travel <= 1 ? travel / 2 : 0.5 + travel / (2 * way)
        return min((amount * 1000).rounded(.up) / 1000, 1)
    }
}
