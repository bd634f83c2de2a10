// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// Warm light falls into the camera from one side, wanders over the picture and takes it along into the next.
struct LightLeak: TransitionEffect {
    /// The light is drawn this much smaller.
    private let reduction = 16

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let way = progress.share
        target.mix(from, to, share: Int((256 * Easing.smooth((way - 0.3) / 0.4)).rounded()))
        let layout = PictureLayout(
            width: max(4, target.width / reduction & ~1), height: max(4, target.height / reduction & ~1))
        let small = tools.scratch(0, layout), light = tools.scratch(1, like: target)
        paint(way, strength: Easing.smooth(1 - abs(2 * way - 1)), into: small)
        tools.sampler.draw(
            small, into: light, at: PixelRect(x: 0, y: 0, width: Double(target.width), height: Double(target.height)))
        Self.screen(light, over: target)
    }

    /// Three soft blobs: a wide amber one, a red one behind it and a pale heart.
    private func paint(_ way: Double, strength: Double, into small: Picture) {
        let ratio = Double(small.width) / Double(small.height)
        let blobs: [(x: Double, y: Double, radius: Double, y8: Double, u: Double, v: Double)] = [
            (-0.25 + 1.4 * way, 0.35 + 0.2 * way, 0.95, 120, -34, 30),
            (-0.45 + 1.5 * way, 0.8 - 0.35 * way, 0.7, 70, -18, 52),
            (-0.3 + 1.45 * way, 0.5, 0.42, 110, -22, 8),
        ]
        func add(_ x: Double, _ y: Double) -> (Double, Double, Double) {
            var sum = (0.0, 0.0, 0.0)
            for blob in blobs {
                let (dx, dy) = ((x - blob.x) * ratio, y - blob.y)
                let near = max(0, 1 - (dx * dx + dy * dy) / (blob.radius * blob.radius))
                let glow = near * near * strength
                sum = (sum.0 + glow * blob.y8, sum.1 + glow * blob.u, sum.2 + glow * blob.v)
            }
            return sum
        }
        for y in 0..<small.height {
            let out = small.mutableY.row(y)
            for x in 0..<small.width {
                let glow = add((Double(x) + 0.5) / Double(small.width), (Double(y) + 0.5) / Double(small.height))
                out[x] = UInt8(min(219, glow.0.rounded()))
            }
        }
        for y in 0..<small.layout.chromaHeight {
            let (u, v) = (small.mutableU.row(y), small.mutableV.row(y))
            for x in 0..<small.layout.chromaWidth {
                let glow = add(
                    (Double(2 * x) + 0.5) / Double(small.width), (Double(2 * y) + 1) / Double(small.height))
                u[x] = UInt8(128 + min(max(glow.1.rounded(), -100), 100))
                v[x] = UInt8(128 + min(max(glow.2.rounded(), -100), 100))
            }
        }
    }

    /// Light added as two projectors on one wall would, never above white: luma 0 = none … 219; chroma about 128.
    static func screen(_ light: Picture, over target: Picture) {
        for y in 0..<target.height {
            let (glow, out) = (light.y.row(y), target.mutableY.row(y))
            for x in 0..<target.width {
                let room = Int32(max(0, 235 - Int32(out[x])))
                out[x] = UInt8(truncatingIfNeeded: Int32(out[x]) + (room * Int32(glow[x]) + 109) / 219)
            }
        }
        for (glow, out) in [(light.u, target.mutableU), (light.v, target.mutableV)] {
            for y in 0..<out.height {
                let (from, to) = (glow.row(y), out.row(y))
                for x in 0..<out.width {
                    to[x] = UInt8(truncatingIfNeeded: min(max(Int32(to[x]) + Int32(from[x]) - 128, 16), 240))
                }
            }
        }
    }
}

/// The film catches fire: holes with glowing rims eat their way through the first picture and leave the second.
struct FilmBurn: TransitionEffect {
    /// How much of the way the rim takes.
    private let rim = 0.3

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let map = tools.map(of: Self.holes, like: target)
        let edge = progress.share * (1 + rim)
        let stages = (0...ArrivalMap.last).map { level in
            Stage(at: (edge - Double(level) / Double(ArrivalMap.last)) / rim)
        }
        stages.withUnsafeBufferPointer { stages in
            for y in 0..<target.height {
                let (a, b, out) = (from.y.row(y), to.y.row(y), target.mutableY.row(y))
                map.lumaRow(y) { levels in
                    for x in 0..<target.width {
                        let stage = stages[Int(levels[x])]
                        out[x] = stage.mix(a[x], b[x], stage.y)
                    }
                }
            }
            for y in 0..<target.layout.chromaHeight {
                let (fromU, toU, outU) = (from.u.row(y), to.u.row(y), target.mutableU.row(y))
                let (fromV, toV, outV) = (from.v.row(y), to.v.row(y), target.mutableV.row(y))
                map.chromaRow(y) { levels in
                    for x in 0..<target.layout.chromaWidth {
                        let stage = stages[Int(levels[x])]
                        outU[x] = stage.mix(fromU[x], toU[x], stage.u)
                        outV[x] = stage.mix(fromV[x], toV[x], stage.v)
                    }
                }
            }
        }
    }

    /// What a place looks like while the rim passes: 0 = untouched … 1 = burnt through.
    private struct Stage {
        let y: Int32
        let u: Int32
        let v: Int32
        /// Of the second picture, and of the colour over both, in 1/256.
        private let second: Int32
        private let colour: Int32

        init(at place: Double) {
            let ramp = FilmBurn.ramp
            second = place < 0.62 ? 0 : 256
            guard place > 0, place < 1 else {
                (y, u, v, colour) = (16, 128, 128, 0)
                return
            }
            let next = ramp.firstIndex { $0.place >= place } ?? ramp.count - 1
            let (a, b) = (ramp[max(0, next - 1)], ramp[next])
            let part = b.place > a.place ? (place - a.place) / (b.place - a.place) : 1
            func between(_ one: Double, _ other: Double) -> Int32 { Int32((one + (other - one) * part).rounded()) }
            (y, u, v) = (between(a.y, b.y), between(a.u, b.u), between(a.v, b.v))
            colour = between(a.strength * 256, b.strength * 256)
        }

        @inline(__always) func mix(_ a: UInt8, _ b: UInt8, _ tone: Int32) -> UInt8 {
            let picture = second == 0 ? Int32(a) : Int32(b)
            return UInt8(truncatingIfNeeded: (picture * (256 - colour) + tone * colour + 128) >> 8)
        }
    }

    /// Browned, glowing red, amber, white-hot, and gone.
    private static let ramp: [(place: Double, y: Double, u: Double, v: Double, strength: Double)] = [
        (0, 60, 112, 146, 0), (0.22, 46, 110, 150, 0.55), (0.36, 76, 92, 190, 0.9), (0.48, 150, 58, 172, 1),
        (0.62, 228, 104, 138, 1), (0.78, 190, 76, 158, 0.6), (1, 120, 108, 146, 0),
    ]

    /// Soft noise in three sizes, first at the edges: blotches that run into one another.
    private static let holes = ArrivalShape("film-burn", softness: 0.1) { place in
        let (x, y) = place.fromMiddle
        let noise = 0.55 * cloud(x, y, 1.6, 3) + 0.3 * cloud(x, y, 4.3, 4) + 0.15 * cloud(x, y, 11, 5)
        let inward = 1 - min(1, max(abs(2 * place.x - 1), abs(2 * place.y - 1)))
        return 0.72 * min(1, max(0, (noise - 0.2) / 0.6)) + 0.28 * inward
    }

    /// Values on a grid of `size` a unit, smooth between.
    private static func cloud(_ x: Double, _ y: Double, _ size: Double, _ seed: UInt32) -> Double {
        let (across, down) = ((x + 8) * size, (y + 8) * size)
        let (column, row) = (across.rounded(.down), down.rounded(.down))
        let (u, v) = (Easing.smooth(across - column), Easing.smooth(down - row))
        func value(_ right: UInt32, _ below: UInt32) -> Double {
            Double(Noise.hash(UInt32(column) + right, UInt32(row) + below, seed)) / 4_294_967_295
        }
        let top = value(0, 0) * (1 - u) + value(1, 0) * u, bottom = value(0, 1) * (1 - u) + value(1, 1) * u
        return top * (1 - v) + bottom * v
    }
}
