// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// An RGB colour space by its primaries and gamma, its ICC profile (version 2, matrix and curves), and the same arithmetic
/// done independently: what bytes an sRGB colour has in it.
public struct TestProfile: Sendable {
    public let name: String
    /// xy of red, green and blue; the white is D65.
    let primaries: [(x: Double, y: Double)]
    /// nil for the sRGB curve.
    let gamma: Double?

    public static let displayP3 = TestProfile(
        name: "Test Display P3", primaries: [(0.680, 0.320), (0.265, 0.690), (0.150, 0.060)], gamma: nil)
    public static let adobeRGB = TestProfile(
        name: "Test Adobe RGB", primaries: [(0.64, 0.33), (0.21, 0.71), (0.15, 0.06)], gamma: 563.0 / 256)
    public static let sRGB = TestProfile(
        name: "Test sRGB", primaries: [(0.64, 0.33), (0.30, 0.60), (0.15, 0.06)], gamma: nil)

    typealias Matrix = [[Double]]

    func decode(_ v: Double) -> Double {
        if let gamma { return pow(v, gamma) }
        return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4)
    }

    func encode(_ v: Double) -> Double {
        let v = max(0, min(1, v))
        if let gamma { return pow(v, 1 / gamma) }
        return v <= 0.0031308 ? v * 12.92 : 1.055 * pow(v, 1 / 2.4) - 0.055
    }

    /// Linear RGB to XYZ with white D65 (Lindbloom).
    var toXYZ: Matrix {
        let columns = primaries.map { [$0.x / $0.y, 1, (1 - $0.x - $0.y) / $0.y] }
        let m = (0..<3).map { row in columns.map { $0[row] } }
        let scale = Self.apply(Self.inverse(m), [0.95047, 1, 1.08883])
        return m.map { row in zip(row, scale).map(*) }
    }

    /// The bytes an sRGB colour has in this space.
    public func bytes(_ colour: Chart.Colour) -> Chart.Colour {
        let linear = [colour.r, colour.g, colour.b].map { Self.sRGB.decode(Double($0) / 255) }
        let xyz = Self.apply(Self.sRGB.toXYZ, linear)
        let own = Self.apply(Self.inverse(toXYZ), xyz).map { UInt8((encode($0) * 255).rounded()) }
        return (own[0], own[1], own[2])
    }

    /// The profile as a file's bytes (ICC.1:2001-04).
    public var icc: Data {
        // Bradford adaptation from D65 to the D50 that profiles speak of.
        let bradford: Matrix = [
            [1.0478112, 0.0228866, -0.0501270], [0.0295424, 0.9904844, -0.0170491], [-0.0092345, 0.0150436, 0.7521316],
        ]
        let m = toXYZ
        func number(_ n: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).reversed().map { UInt8(n >> (8 * $0) & 255) } }
        func fixed(_ v: Double) -> [UInt8] { number(Int((v * 65536).rounded()), 4) }
        func xyz(_ v: [Double]) -> [UInt8] { Array("XYZ ".utf8) + number(0, 4) + v.flatMap(fixed) }
        let curve =
            Array("curv".utf8) + number(0, 4) + number(1024, 4)
            + (0..<1024).flatMap { number(Int((decode(Double($0) / 1023) * 65535).rounded()), 2) }
        let text = Array(name.utf8) + [0]
        let desc =
            Array("desc".utf8) + number(0, 4) + number(text.count, 4) + text + number(0, 8) + number(0, 3)
            + [UInt8](repeating: 0, count: 67)
        var tags: [(String, [UInt8])] = [
            ("desc", desc), ("cprt", Array("text".utf8) + number(0, 4) + Array("none".utf8) + [0]),
            ("wtpt", xyz([0.9642, 1, 0.8249])),
        ]
        for (i, channel) in ["r", "g", "b"].enumerated() {
            tags.append((channel + "XYZ", xyz(Self.apply(bradford, m.map { $0[i] }))))
            tags.append((channel + "TRC", curve))
        }
        var table = number(tags.count, 4)
        var body = [UInt8]()
        let start = 128 + 4 + tags.count * 12
        for (tag, bytes) in tags {
            table += Array(tag.utf8) + number(start + body.count, 4) + number(bytes.count, 4)
            body += bytes + [UInt8](repeating: 0, count: (4 - bytes.count % 4) % 4)
        }
        var header = number(start + body.count, 4) + number(0, 4) + number(0x0210_0000, 4)
        header += Array("mntrRGB XYZ ".utf8) + [UInt8](repeating: 0, count: 12) + Array("acsp".utf8)
        header += [UInt8](repeating: 0, count: 28) + [0.9642, 1, 0.8249].flatMap(fixed)
        header += [UInt8](repeating: 0, count: 128 - header.count)
        return Data(header + table + body)
    }

    static func apply(_ m: Matrix, _ v: [Double]) -> [Double] { m.map { zip($0, v).map(*).reduce(0, +) } }

    static func inverse(_ m: Matrix) -> Matrix {
        func minor(_ r: Int, _ c: Int) -> Double {
            let rows = [0, 1, 2].filter { $0 != r }, columns = [0, 1, 2].filter { $0 != c }
            return m[rows[0]][columns[0]] * m[rows[1]][columns[1]] - m[rows[0]][columns[1]] * m[rows[1]][columns[0]]
        }
        let determinant = (0..<3).map { m[0][$0] * minor(0, $0) * ($0 == 1 ? -1 : 1) }.reduce(0, +)
        return (0..<3).map { r in (0..<3).map { c in minor(c, r) * ((r + c) % 2 == 1 ? -1 : 1) / determinant } }
    }
}
