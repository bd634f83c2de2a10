// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// What a moving background is drawn from. Lengths within patterns are shares of the canvas' short side in 1/65536
/// (`PatternSetup.unit`), so that a small preview looks like the film.
struct PatternSetup {
    static let unit = 1 << 16

    let canvas: PixelSize
    let ramp: ColourRamp
    let dice: PatternDice

    /// The canvas in units: 65536 the short way.
    var width: Int { canvas.width * Self.unit / canvas.shortSide }
    var height: Int { canvas.height * Self.unit / canvas.shortSide }
}

/// Numbers that a seed chooses.
struct PatternDice {
    let seed: UInt32

    /// 0…65535, by what it is for and which one it is.
    func roll(_ purpose: Int, _ index: Int = 0) -> Int {
        Int(
            Noise.hash(
                seed &+ 0x51ED_270B, UInt32(truncatingIfNeeded: purpose &* 7919), UInt32(truncatingIfNeeded: index))
                >> 16)
    }

    func roll(_ purpose: Int, _ index: Int, in range: ClosedRange<Int>) -> Int {
        range.lowerBound + (roll(purpose, index) * (range.upperBound - range.lowerBound + 1)) >> 16
    }

    /// A phase.
    func phase(_ purpose: Int, _ index: Int = 0) -> Int { roll(purpose, index) << 4 }
}

/// A background's time: everything in it returns to where it began after a whole loop, so that it can go on for ever.
enum PatternClock {
    static let loopSeconds = 24

    /// How far frame `frame` of a segment is in the loop, in 1/`Wave.turn`.
    static func phase(frame: Int, rate: FrameRate) -> Int {
        let ticks = rate.time(ofFrame: frame).ticks % (Int64(loopSeconds) * MediaTime.ticksPerSecond)
        return Int(ticks * Int64(Wave.turn) / (Int64(loopSeconds) * MediaTime.ticksPerSecond))
    }
}

/// A colour in Y'CbCr of BT.709, limited range, in 1/256 of a code value.
struct FineColour: Hashable {
    var y: Int
    var u: Int
    var v: Int

    init(y: Int, u: Int, v: Int) {
        self.y = y
        self.u = u
        self.v = v
    }

    /// The constants of `BT709`, with eight bits of fraction left.
    init(_ colour: RGBColor) {
        let (r, g, b) = (Int(colour.red), Int(colour.green), Int(colour.blue))
        y = (11966 * r + 40254 * g + 4064 * b + (16 << 16)) >> 8
        u = (-6596 * r - 22189 * g + 28784 * b + (128 << 16)) >> 8
        v = (28784 * r - 26145 * g - 2639 * b + (128 << 16)) >> 8
    }

    /// `share` of 65536 towards another.
    func mixed(_ other: FineColour, _ share: Int) -> FineColour {
        FineColour(
            y: y + ((other.y - y) * share) >> 16, u: u + ((other.u - u) * share) >> 16,
            v: v + ((other.v - v) * share) >> 16)
    }

    /// Brighter (above 65536) or darker.
    func scaled(_ share: Int) -> FineColour {
        let y = 16 << 8 + 0
        return FineColour(y: min(max(y + ((self.y - y) * share) >> 16, y), 235 << 8), u: u, v: v)
    }

    /// Rounded to code values.
    var bytes: (y: UInt8, u: UInt8, v: UInt8) {
        (
            UInt8(truncatingIfNeeded: (y + 128) >> 8), UInt8(truncatingIfNeeded: (u + 128) >> 8),
            UInt8(truncatingIfNeeded: (v + 128) >> 8)
        )
    }
}

/// A background's colours, and what lies between them.
struct ColourRamp {
    static let steps = 1024
    let colours: [FineColour]
    /// `steps` of them from the first colour to the last.
    let y: [UInt16]
    let u: [UInt16]
    let v: [UInt16]

    /// At least one colour; of one alone a darker and a lighter are made. Throws for a text that is no colour.
    init(_ texts: [String]) throws {
        var colours = try texts.map { text in
            guard let colour = RGBColor(text) else { throw CompositorError.unknownColour(text) }
            return FineColour(colour)
        }
        if colours.isEmpty { colours = [FineColour(RGBColor(red: 24, green: 28, blue: 48))] }
        if let only = colours.first, colours.count == 1 {
            colours += [only.scaled(43000), only.mixed(FineColour(RGBColor(red: 255, green: 255, blue: 255)), 20000)]
        }
        self.colours = colours
        let all = (0..<Self.steps).map { step -> FineColour in
            let place = step * (colours.count - 1) * 65536 / (Self.steps - 1)
            let index = min(place >> 16, colours.count - 2)
            return colours[index].mixed(colours[index + 1], place - index << 16)
        }
        y = all.map { UInt16(clamping: $0.y) }
        u = all.map { UInt16(clamping: $0.u) }
        v = all.map { UInt16(clamping: $0.v) }
    }

    /// The colour at a place, in turn where there are fewer.
    subscript(index: Int) -> FineColour { colours[index % colours.count] }

    /// Colours from `first` on, in turn; all of them where there are no more than `first`.
    func from(_ first: Int, _ index: Int) -> FineColour {
        colours.count > first ? colours[first + index % (colours.count - first)] : self[index]
    }
}
