// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia

@testable import StillImages

/// Pictures made for tests: pixels given by a function, written with ImageMagick or libvips' tools, so that nothing tested makes its own truth.
enum Chart {
    typealias Colour = (r: UInt8, g: UInt8, b: UInt8)

    /// 24 patches from dark to bright and round the colour wheel, none at the edge of what a film can hold.
    static let patches: [Colour] = [
        (115, 82, 68), (194, 150, 130), (98, 122, 157), (87, 108, 67), (133, 128, 177), (103, 189, 170),
        (214, 126, 44), (80, 91, 166), (193, 90, 99), (94, 60, 108), (157, 188, 64), (224, 163, 46),
        (56, 61, 150), (70, 148, 73), (175, 54, 60), (231, 199, 31), (187, 86, 149), (8, 133, 161),
        (243, 243, 242), (200, 200, 200), (160, 160, 160), (122, 122, 121), (85, 85, 85), (52, 52, 52),
    ]
    static let patchSide = 64

    /// A 6 × 4 chart of the patches as a PPM file.
    static func chart(_ patches: [Colour] = patches) throws -> URL {
        try ppm("chart.ppm", width: 6 * patchSide, height: 4 * patchSide) { x, y in
            patches[y / patchSide * 6 + x / patchSide]
        }
    }

    /// A PPM file of the given pixels.
    static func ppm(_ name: String, width: Int, height: Int, _ pixel: (Int, Int) -> Colour) throws -> URL {
        var data = Data("P6 \(width) \(height) 255\n".utf8)
        for y in 0..<height {
            for x in 0..<width {
                let c = pixel(x, y)
                data.append(contentsOf: [c.r, c.g, c.b])
            }
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent(name)
        try data.write(to: url)
        return url
    }

    /// Converts with ImageMagick; `name` decides the format.
    static func convert(_ source: URL, _ arguments: [String], to name: String) throws -> URL {
        let url = try TestMedia.scratchFolder().appendingPathComponent(name)
        try TestMedia.run("convert", [source.path] + arguments + [url.path])
        return url
    }

    /// Four corners of different colours on grey, so that every turn shows: red, green, blue, white clockwise from the top left.
    static func corners(width: Int, height: Int) throws -> URL {
        try ppm("corners.ppm", width: width, height: height) { x, y in
            let (left, top) = (x < width / 4, y < height / 4)
            let (right, bottom) = (x >= width * 3 / 4, y >= height * 3 / 4)
            if left && top { return (220, 30, 30) }
            if right && top { return (30, 200, 30) }
            if right && bottom { return (40, 40, 220) }
            if left && bottom { return (240, 240, 240) }
            return (120, 120, 120)
        }
    }

    /// Names of the corners' colours clockwise from the top left.
    static func cornerNames(_ pixels: Pixels) -> String {
        let (x0, y0) = (pixels.width / 10, pixels.height / 10)
        let (x1, y1) = (pixels.width - 1 - x0, pixels.height - 1 - y0)
        return [(x0, y0), (x1, y0), (x1, y1), (x0, y1)].map { x, y in
            let p = pixels.row(y) + x * pixels.channels
            switch (p[0] > 150, p[1] > 150, p[2] > 150) {
            case (true, false, false): return "r"
            case (false, true, false): return "g"
            case (false, false, true): return "b"
            case (true, true, true): return "w"
            default: return "?"
            }
        }.joined()
    }
}

extension Pixels {
    /// The samples of a pixel, copied: a pointer would not keep the picture alive.
    func at(_ x: Int, _ y: Int) -> [UInt8] { (0..<channels).map { row(y)[x * channels + $0] } }
}

/// CIE 2000 colour difference of sRGB colours (Sharma, Wu, Dalal 2005).
func deltaE(_ a: Chart.Colour, _ b: Chart.Colour) -> Double {
    func lab(_ c: Chart.Colour) -> (l: Double, a: Double, b: Double) {
        func linear(_ v: UInt8) -> Double {
            let x = Double(v) / 255
            return x <= 0.04045 ? x / 12.92 : pow((x + 0.055) / 1.055, 2.4)
        }
        let (r, g, b) = (linear(c.r), linear(c.g), linear(c.b))
        func f(_ t: Double) -> Double { t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116 }
        let x = f((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
        let y = f(0.2126729 * r + 0.7151522 * g + 0.0721750 * b)
        let z = f((0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883)
        return (116 * y - 16, 500 * (x - y), 200 * (y - z))
    }
    let (p, q) = (lab(a), lab(b))
    let meanC = (hypot(p.a, p.b) + hypot(q.a, q.b)) / 2
    let g = 0.5 * (1 - sqrt(pow(meanC, 7) / (pow(meanC, 7) + pow(25, 7))))
    let (a1, a2) = (p.a * (1 + g), q.a * (1 + g))
    let (c1, c2) = (hypot(a1, p.b), hypot(a2, q.b))
    func hue(_ a: Double, _ b: Double) -> Double {
        a == 0 && b == 0 ? 0 : (atan2(b, a) * 180 / .pi + 360).truncatingRemainder(dividingBy: 360)
    }
    let (h1, h2) = (hue(a1, p.b), hue(a2, q.b))
    var dh = c1 * c2 == 0 ? 0 : h2 - h1
    if dh > 180 { dh -= 360 } else if dh < -180 { dh += 360 }
    let (dl, dc) = (q.l - p.l, c2 - c1)
    let dH = 2 * sqrt(c1 * c2) * sin(dh * .pi / 360)
    let (ml, mc) = ((p.l + q.l) / 2, (c1 + c2) / 2)
    var mh = h1 + h2
    if c1 * c2 != 0 {
        mh = abs(h1 - h2) <= 180 ? mh / 2 : mh < 360 ? (mh + 360) / 2 : (mh - 360) / 2
    }
    func cosine(_ degrees: Double) -> Double { cos(degrees * .pi / 180) }
    let t = 1 - 0.17 * cosine(mh - 30) + 0.24 * cosine(2 * mh) + 0.32 * cosine(3 * mh + 6) - 0.2 * cosine(4 * mh - 63)
    let sl = 1 + 0.015 * pow(ml - 50, 2) / sqrt(20 + pow(ml - 50, 2))
    let (sc, sh) = (1 + 0.045 * mc, 1 + 0.015 * mc * t)
    let rt =
        -2 * sqrt(pow(mc, 7) / (pow(mc, 7) + pow(25, 7))) * sin(60 * exp(-pow((mh - 275) / 25, 2)) * .pi / 180)
    return sqrt(pow(dl / sl, 2) + pow(dc / sc, 2) + pow(dH / sh, 2) + rt * dc / sc * dH / sh)
}
