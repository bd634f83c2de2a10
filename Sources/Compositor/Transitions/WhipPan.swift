// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// The camera is thrown to the side and comes to rest on the second picture: both lie on one strip, blurred by how far it moves
/// while the shutter is open.
struct WhipPan: TransitionEffect {
    /// Where the pictures go.
    let direction: Direction
    /// The share of a frame's time that the shutter is open.
    private let shutter = 0.9

    init(_ direction: Direction) { self.direction = direction }

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let half = shutter / Double(2 * progress.steps)
        let opens = Self.way(progress.share - half), closes = Self.way(progress.share + half)
        for ((first, second), out) in zip(
            zip(from.colourPlanes, to.colourPlanes), target.colourPlanes.map(\.mutable))
        {
            let length = direction.isHorizontal ? out.width : out.height
            // Going left or up the strip is (first, second) and the view goes on; else (second, first) and it goes back.
            let goesOn = direction == .left || direction == .up
            let places = [opens, closes].map { (goesOn ? $0 : 1 - $0) * Double(length) }
            let window = SmearWindow(from: min(places[0], places[1]), to: max(places[0], places[1]))
            let (one, other) = goesOn ? (first.plane, second.plane) : (second.plane, first.plane)
            if direction.isHorizontal {
                Self.smearRows(one, other, window, into: out)
            } else {
                Self.smearColumns(one, other, window, into: out)
            }
        }
    }

    /// 0…1: slow to leave, a throw, and a soft landing a little beyond.
    private static func way(_ share: Double) -> Double {
        let share = min(max(share, 0), 1)
        if share < 0.55 {
            let part = share / 0.55
            return 0.62 * part * part * part
        }
        let rest = (1 - share) / 0.45
        return 1 - 0.38 * rest * rest * rest + 0.06 * rest * rest * (1 - rest)
    }

    /// A row of both planes, beside one another, and a mirror image beyond the far end for what overshoots.
    private static func strip(_ index: Int, _ length: Int) -> (isSecond: Bool, place: Int) {
        if index < 0 { return (false, min(-1 - index, length - 1)) }
        if index < length { return (false, index) }
        if index < 2 * length { return (true, index - length) }
        return (true, max(0, 3 * length - 1 - index))
    }

    private static func smearRows(_ one: Plane, _ other: Plane, _ window: SmearWindow, into target: MutablePlane) {
        let width = target.width
        let count = width + window.reach
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: count + 1) { sums in
            for y in 0..<target.height {
                let (a, b, out) = (one.row(y), other.row(y), target.row(y))
                sums[0] = 0
                for i in 0..<count {
                    let (isSecond, place) = strip(window.first + i, width)
                    sums[i + 1] = sums[i] &+ UInt32(isSecond ? b[place] : a[place])
                }
                for x in 0..<width {
                    let low = sums[x], next = sums[x + 1]
                    let high = sums[x + window.whole], beyond = sums[x + window.whole + 1]
                    out[x] = window.mean(
                        inner: high &- low, first: next &- low, last: beyond &- high)
                }
            }
        }
    }

    private static func smearColumns(_ one: Plane, _ other: Plane, _ window: SmearWindow, into target: MutablePlane) {
        let (width, height) = (target.width, target.height)
        func row(_ index: Int) -> UnsafePointer<UInt8> {
            let (isSecond, place) = strip(index, height)
            return (isSecond ? other : one).row(place)
        }
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: width) { sums in
            sums.initialize(repeating: 0)
            for i in 0..<window.whole {
                let samples = row(window.first + i)
                for x in 0..<width { sums[x] &+= UInt32(samples[x]) }
            }
            for y in 0..<height {
                let top = row(window.first + y), bottom = row(window.first + y + window.whole)
                let out = target.row(y)
                for x in 0..<width {
                    out[x] = window.mean(inner: sums[x], first: UInt32(top[x]), last: UInt32(bottom[x]))
                    sums[x] = sums[x] &+ UInt32(bottom[x]) &- UInt32(top[x])
                }
            }
        }
    }
}

/// The part of a strip that a sample sees while the shutter is open, to 1/256 of a sample.
struct SmearWindow {
    /// The first sample that the first place of the canvas sees, in part.
    let first: Int
    /// Whole steps from the first sample to the last, which is seen in part as well.
    let whole: Int
    /// How much of the first sample is not seen, and of the last one is, in 1/256.
    private let missing: UInt32
    private let added: UInt32
    /// 2³² over the window's length in 1/256.
    private let scale: UInt64

    init(from: Double, to: Double) {
        let begins = Int((from * 256).rounded())
        // At least one sample wide: a camera at rest sees what lies there.
        let ends = max(Int((to * 256).rounded()) + 256, begins + 256)
        first = begins >> 8
        whole = (ends >> 8) - first
        missing = UInt32(begins & 255)
        added = UInt32(ends & 255)
        scale = (1 << 32) / UInt64(ends - begins)
    }

    /// Samples that the strip needs beyond the canvas's length.
    var reach: Int { whole + 1 }

    /// The mean of what is seen: `inner` is the sum of the whole samples from the first on, before the last.
    @inline(__always) func mean(inner: UInt32, first: UInt32, last: UInt32) -> UInt8 {
        let sum = UInt64(inner) &* 256 &- UInt64(first &* missing) &+ UInt64(last &* added)
        return UInt8(truncatingIfNeeded: min(255, (sum &* scale &+ 1 << 31) >> 32))
    }
}
