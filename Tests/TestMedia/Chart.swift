// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// Pictures made for tests: pixels given by a function, written with ImageMagick or libvips' tools, so that nothing tested makes its own truth.
public enum Chart {
    public typealias Colour = (r: UInt8, g: UInt8, b: UInt8)

    /// 24 patches from dark to bright and round the colour wheel, none at the edge of what a film can hold.
    public static let patches: [Colour] = [
        (115, 82, 68), (194, 150, 130), (98, 122, 157), (87, 108, 67), (133, 128, 177), (103, 189, 170),
        (214, 126, 44), (80, 91, 166), (193, 90, 99), (94, 60, 108), (157, 188, 64), (224, 163, 46),
        (56, 61, 150), (70, 148, 73), (175, 54, 60), (231, 199, 31), (187, 86, 149), (8, 133, 161),
        (243, 243, 242), (200, 200, 200), (160, 160, 160), (122, 122, 121), (85, 85, 85), (52, 52, 52),
    ]
    public static let patchSide = 64

    /// A 6 × 4 chart of the patches as a PPM file.
    public static func chart(_ patches: [Colour] = patches) throws -> URL {
        try ppm("chart.ppm", width: 6 * patchSide, height: 4 * patchSide) { x, y in
            patches[y / patchSide * 6 + x / patchSide]
        }
    }

    /// A PPM file of the given pixels.
    public static func ppm(_ name: String, width: Int, height: Int, _ pixel: (Int, Int) -> Colour) throws -> URL {
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
    public static func convert(_ source: URL, _ arguments: [String], to name: String) throws -> URL {
        let url = try TestMedia.scratchFolder().appendingPathComponent(name)
        try TestMedia.run("convert", [source.path] + arguments + [url.path])
        return url
    }

    /// Four corners of different colours on grey, so that every turn shows: red, green, blue, white clockwise from the top left.
    public static func corners(width: Int, height: Int) throws -> URL {
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

    /// The letter of a corner's colour; `?` for what is none of them.
    public static func cornerName(_ r: UInt8, _ g: UInt8, _ b: UInt8) -> String {
        switch (r > 150, g > 150, b > 150) {
        case (true, false, false): return "r"
        case (false, true, false): return "g"
        case (false, false, true): return "b"
        case (true, true, true): return "w"
        default: return "?"
        }
    }
}
