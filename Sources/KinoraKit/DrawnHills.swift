// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A drawn landscape: a sky in two colours, a low sun, and hills in layers of haze. The same seed, the same picture.
struct DrawnHills {
    private struct Color {
        var r: Double
        var g: Double
        var b: Double

        func mixed(with other: Color, _ share: Double) -> Color {
            Color(r: r + (other.r - r) * share, g: g + (other.g - g) * share, b: b + (other.b - b) * share)
        }
    }

    private static let skies: [(top: Color, low: Color)] = [
        (Color(r: 58, g: 92, b: 150), Color(r: 250, g: 196, b: 140)),
        (Color(r: 90, g: 60, b: 120), Color(r: 250, g: 140, b: 110)),
        (Color(r: 70, g: 130, b: 180), Color(r: 225, g: 232, b: 226)),
        (Color(r: 30, g: 40, b: 84), Color(r: 214, g: 120, b: 96)),
        (Color(r: 96, g: 150, b: 170), Color(r: 250, g: 230, b: 170)),
    ]

    let seed: UInt64

    func picture(width: Int, height: Int) -> Picture {
        let sky = Self.skies[Int(seed % UInt64(Self.skies.count))]
        let layers = 5
        let ridges = (0..<layers).map { ridge($0, of: layers, width: width, height: height) }
        let sun = (x: 0.2 + 0.6 * noise(901, 0), y: 0.32 + 0.12 * noise(902, 0))
        let near = Color(r: 22, g: 34, b: 38)
        let picture = Picture(width: width, height: height)
        func color(_ x: Int, _ y: Int) -> Color {
            for layer in (0..<layers).reversed() where Double(y) > ridges[layer][x] {
                let depth = Double(layer + 1) / Double(layers)
                let fog = min(1, (Double(y) - ridges[layer][x]) / (0.2 * Double(height)))
                return sky.low.mixed(with: near, depth * depth * 0.9).mixed(with: sky.low, 0.25 * fog * (1 - depth))
            }
            let (u, v) = (Double(x) / Double(width) - sun.x, Double(y) / Double(height) - sun.y)
            let distance = u * u * 3.2 + v * v
            let glow = max(0, 1 - distance * 9)
            let base = sky.top.mixed(with: sky.low, min(1, Double(y) / (0.62 * Double(height))))
            let white = Color(r: 255, g: 246, b: 224)
            return distance < 0.0022 ? white : base.mixed(with: white, glow * glow * 0.45)
        }
        let (yPlane, uPlane, vPlane) = (picture.mutableY, picture.mutableU, picture.mutableV)
        for y in 0..<height {
            for x in 0..<width {
                let c = color(x, y)
                let (r, g, b) = (UInt8(c.r), UInt8(c.g), UInt8(c.b))
                let yuv = BT709.yuv(r: r, g: g, b: b)
                yPlane.row(y)[x] = yuv.y
                if x % 2 == 0, y % 2 == 0 {
                    uPlane.row(y / 2)[x / 2] = yuv.u
                    vPlane.row(y / 2)[x / 2] = yuv.v
                }
            }
        }
        return picture
    }

    /// Height of a ridge at each column: four octaves of smooth noise.
    private func ridge(_ layer: Int, of layers: Int, width: Int, height: Int) -> [Double] {
        let base = 0.42 + 0.48 * Double(layer) / Double(layers)
        return (0..<width).map { x in
            var (sum, scale, wavelength) = (0.0, 0.16, 0.7)
            for octave in 0..<4 {
                let place = Double(x) / Double(width) / wavelength + Double(octave * 17 + layer * 31)
                let whole = place.rounded(.down)
                let t = place - whole
                let smooth = t * t * (3 - 2 * t)
                let a = noise(Int(whole), layer)
                let b = noise(Int(whole) + 1, layer)
                sum += (a + (b - a) * smooth - 0.5) * scale
                (scale, wavelength) = (scale * 0.45, wavelength * 0.4)
            }
            return (base + sum) * Double(height)
        }
    }

    /// 0 ..< 1, from the seed and a place (SplitMix64's finaliser).
    private func noise(_ place: Int, _ layer: Int) -> Double {
        var z = seed &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(bitPattern: Int64(place &* 7919 &+ layer &* 104_729))
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return Double((z ^ (z >> 31)) >> 11) / Double(1 << 53)
    }
}
