// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import Glibc
internal import PixelBuffers
internal import Synchronization

/// Brings pictures of high dynamic range (phones' HLG, HDR10's PQ; BT.2020 colours, 10 bits) down to BT.709.
///
/// Signal → light (ITU-R BT.2100 tables 4 and 5, HLG shown on a display of 1000 cd/m²) → BT.709 primaries → highlights
/// pressed under 203 cd/m², the light of reference white (BT.2408), by the curve of BT.2390 §5.4.1 on the largest of red,
/// green and blue, so that hues stay → gamma 2.2, what screens do with the sRGB photos beside it. All of it lies in a
/// table of 33³ points over 10-bit Y'CbCr, read by linear interpolation in integers.
final class ToneMap: Sendable {
    enum Transfer: Int, Sendable { case hlg, pq }

    private static let knots = 33
    /// Y, U and V of the result in 1/64 of an 8-bit step; index ((u · 33) + v) · 33 + y.
    private let luma: [Int16]
    private let blue: [Int16]
    private let red: [Int16]

    private static let made = Mutex<[Transfer: ToneMap]>([:])

    /// Made once a process for each transfer; a few dozen milliseconds.
    static func shared(_ transfer: Transfer) -> ToneMap {
        made.withLock { made in
            if let map = made[transfer] { return map }
            let map = ToneMap(transfer)
            made[transfer] = map
            return map
        }
    }

    private init(_ transfer: Transfer) {
        let count = Self.knots * Self.knots * Self.knots
        var tables = [[Int16]](repeating: [Int16](repeating: 0, count: count), count: 3)
        // Each channel's signal → light is the same function, asked for at many points: tabled finely.
        let light = (0...4096).map { Self.light(Double($0) / 4096, transfer) }
        var index = 0
        for u in 0..<Self.knots {
            for v in 0..<Self.knots {
                for y in 0..<Self.knots {
                    let result = Self.convert(Double(y * 32), Double(u * 32), Double(v * 32), transfer, light)
                    for channel in 0..<3 {
                        tables[channel][index] = Int16(max(0, min(255, result[channel])) * 64 + 0.5)
                    }
                    index += 1
                }
            }
        }
        (luma, blue, red) = (tables[0], tables[1], tables[2])
    }

    // MARK: The table's points

    /// 10-bit limited-range BT.2020 Y'CbCr → 8-bit limited-range BT.709 Y'CbCr.
    private static func convert(
        _ y: Double, _ u: Double, _ v: Double, _ transfer: Transfer, _ table: [Double]
    ) -> [Double] {
        let (luma, cb, cr) = ((y - 64) / 876, (u - 512) / 896, (v - 512) / 896)
        let (kr, kb) = ColorMatrix.bt2020.weights
        let kg = 1 - kr - kb
        let signal = [
            luma + 2 * (1 - kr) * cr, luma - (2 * (1 - kb) * kb * cb + 2 * (1 - kr) * kr * cr) / kg,
            luma + 2 * (1 - kb) * cb,
        ]
        var light = signal.map { table[Int((max(0, min(1, $0)) * 4096).rounded())] }
        if transfer == .hlg {
            // The display's own gamma of 1.2, on luminance (BT.2100 table 5, note 5f): scene light 0…1 → cd/m².
            let scene = kr * light[0] + kg * light[1] + kb * light[2]
            let gain = scene > 0 ? 1000 * pow(scene, 0.2) : 0
            light = light.map { $0 * gain }
        }
        // BT.2020 → BT.709 primaries (BT.2087 §A.2 inverted).
        var linear = [
            1.660491 * light[0] - 0.587641 * light[1] - 0.072850 * light[2],
            -0.124550 * light[0] + 1.132900 * light[1] - 0.008349 * light[2],
            -0.018151 * light[0] - 0.100579 * light[1] + 1.118730 * light[2],
        ].map { max(0, $0) }
        if let most = linear.max(), most > 0 {
            let scale = pressed(most) / most / white
            linear = linear.map { $0 * scale }
        }
        let rgb = linear.map { pow(min(1, $0), 1 / 2.2) }
        let (r, b) = ColorMatrix.bt709.weights
        let grey = r * rgb[0] + (1 - r - b) * rgb[1] + b * rgb[2]
        return [
            16 + 219 * grey, 128 + 224 * (rgb[2] - grey) / (2 * (1 - b)), 128 + 224 * (rgb[0] - grey) / (2 * (1 - r)),
        ]
    }

    private static let white = 203.0
    private static let peak = 1000.0

    private static func light(_ signal: Double, _ transfer: Transfer) -> Double {
        switch transfer {
        case .hlg:
            let (a, b, c) = (0.17883277, 0.28466892, 0.55991073)
            return signal <= 0.5 ? signal * signal / 3 : (exp((signal - c) / a) + b) / 12
        case .pq: return fromPQ(signal)
        }
    }

    private static func fromPQ(_ signal: Double) -> Double {
        let power = pow(max(0, signal), 1 / 78.84375)
        return 10_000 * pow(max(0, power - 0.8359375) / (18.8515625 - 18.6875 * power), 1 / 0.1593017578125)
    }

    private static func toPQ(_ light: Double) -> Double {
        let power = pow(max(0, light) / 10_000, 0.1593017578125)
        return pow((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power), 78.84375)
    }

    /// Light of up to `peak` under `white`: untouched below the knee, a Hermite spline above it.
    private static func pressed(_ light: Double) -> Double {
        let top = toPQ(peak)
        let (x, most) = (min(1, toPQ(light) / top), toPQ(white) / top)
        let knee = 1.5 * most - 0.5
        guard x > knee else { return light }
        let t = (x - knee) / (1 - knee)
        let (t2, t3) = (t * t, t * t * t)
        let y = (2 * t3 - 3 * t2 + 1) * knee + (t3 - 2 * t2 + t) * (1 - knee) + (3 * t2 - 2 * t3) * most
        return fromPQ(y * top)
    }

    // MARK: Pictures

    /// Planes of 10-bit samples in 16-bit words, strides in samples.
    struct Source {
        var planes: [UnsafePointer<UInt16>]
        var strides: [Int]
    }

    func apply(_ source: Source, to picture: Picture) {
        luma.withUnsafeBufferPointer { luma in
            blue.withUnsafeBufferPointer { blue in
                red.withUnsafeBufferPointer { red in
                    guard let y = luma.baseAddress, let u = blue.baseAddress, let v = red.baseAddress else { return }
                    for row in 0..<picture.u.height { Self.convertRows(row, source, picture, y, u, v) }
                }
            }
        }
    }

    /// One row of chroma and the one or two rows of luma that it covers.
    private static func convertRows(
        _ row: Int, _ source: Source, _ picture: Picture, _ luma: UnsafePointer<Int16>, _ blue: UnsafePointer<Int16>,
        _ red: UnsafePointer<Int16>
    ) {
        let (outY, outU, outV) = (picture.mutableY, picture.mutableU.row(row), picture.mutableV.row(row))
        let inU = source.planes[1] + row * source.strides[1]
        let inV = source.planes[2] + row * source.strides[2]
        let rows = 2 * row + 1 < outY.height ? 2 : 1
        for x in 0..<picture.u.width {
            let (u, v) = (Int(min(1023, inU[x])), Int(min(1023, inV[x])))
            let corner = ((u >> 5) * knots + (v >> 5)) * knots
            let (fu, fv) = (Int32(u & 31), Int32(v & 31))
            let weights = ((32 - fu) * (32 - fv), (32 - fu) * fv, fu * (32 - fv), fu * fv)
            let columns = 2 * x + 1 < outY.width ? 2 : 1
            var sum = 0
            // Neighbours mostly lie between the same two knots.
            var (knot, ends) = (-1, (Int32(0), Int32(0)))
            for dy in 0..<rows {
                let from = source.planes[0] + (2 * row + dy) * source.strides[0] + 2 * x
                let to = outY.row(2 * row + dy) + 2 * x
                for dx in 0..<columns {
                    let y = Int(min(1023, from[dx]))
                    sum += y
                    if y >> 5 != knot {
                        knot = y >> 5
                        ends = Self.ends(luma, corner + knot, weights)
                    }
                    to[dx] = between(ends, y)
                }
            }
            let mean = sum / (rows * columns)
            outU[x] = between(Self.ends(blue, corner + (mean >> 5), weights), mean)
            outV[x] = between(Self.ends(red, corner + (mean >> 5), weights), mean)
        }
    }

    /// The table at a knot of Y and the one above it, between the four corners of U and V.
    @inline(__always)
    private static func ends(
        _ table: UnsafePointer<Int16>, _ index: Int, _ w: (Int32, Int32, Int32, Int32)
    ) -> (Int32, Int32) {
        let (a, b) = (table + index, table + index + knots * knots)
        return (
            Int32(a[0]) &* w.0 &+ Int32(a[knots]) &* w.1 &+ Int32(b[0]) &* w.2 &+ Int32(b[knots]) &* w.3,
            Int32(a[1]) &* w.0 &+ Int32(a[knots + 1]) &* w.1 &+ Int32(b[1]) &* w.2 &+ Int32(b[knots + 1]) &* w.3
        )
    }

    /// 1024 · 32 of weights and 64 of the table's scale are taken out again.
    @inline(__always)
    private static func between(_ ends: (Int32, Int32), _ y: Int) -> UInt8 {
        let fraction = Int32(y & 31)
        return UInt8(truncatingIfNeeded: (ends.0 &* (32 &- fraction) &+ ends.1 &* fraction &+ 1 << 20) >> 21)
    }
}
