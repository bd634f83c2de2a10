// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct ColoursOfPhotos {
    /// The worst and the mean difference of the chart's patches, each measured in its middle.
    static func differences(_ picture: Picture) -> (worst: Double, mean: Double) {
        let pixels = Pixels(picture)
        let (w, h) = (pixels.width / 6, pixels.height / 4)
        let all = Chart.patches.indices.map { i -> Double in
            let (x, y) = (i % 6 * w + w / 2, i / 6 * h + h / 2)
            let p = pixels.row(y) + x * pixels.channels
            return deltaE(Chart.patches[i], (p[0], p[1], p[2]))
        }
        return (all.max() ?? 100, all.reduce(0, +) / Double(all.count))
    }

    @Test func theMeasureMeasures() {
        #expect(deltaE((120, 40, 200), (120, 40, 200)) == 0)
        #expect(abs(deltaE((128, 128, 128), (129, 129, 129)) - 0.36) < 0.05)
        #expect(deltaE((255, 0, 0), (0, 0, 255)) > 50)
    }

    @Test(arguments: [
        ("png", []), ("png", ["-depth", "16"]), ("tif", []), ("tif", ["-depth", "16", "-compress", "lzw"]),
        ("gif", []), ("webp", ["-define", "webp:lossless=true"]), ("webp", ["-quality", "95"]),
        ("jpg", ["-quality", "95"]), ("jpg", ["-quality", "92", "-sampling-factor", "4:2:0"]),
        ("jpg", ["-quality", "95", "-interlace", "Plane"]),
    ])
    func everyFormatKeepsItsColours(name: String, arguments: [String]) throws {
        let file = try Chart.convert(try Chart.chart(), arguments, to: "chart.\(name)")
        let photo = try StillImages.load(file)
        let (worst, mean) = Self.differences(photo.picture)
        #expect(worst < 2 && mean < 1, "worst ΔE \(worst), mean \(mean)")
        #expect(!photo.picture.layout.hasAlpha)
    }

    @Test(arguments: ["heic", "avif"])
    func phoneFormatsKeepTheirColours(name: String) throws {
        let png = try Chart.convert(try Chart.chart(), [], to: "chart.png")
        let file = png.deletingPathExtension().appendingPathExtension(name)
        try TestMedia.run("heif-enc", (name == "avif" ? ["-A"] : []) + ["-q", "95", png.path, "-o", file.path])
        #expect(try StillImages.probe(file).format.rawValue == name)
        let (worst, mean) = Self.differences(try StillImages.load(file).picture)
        #expect(worst < 2 && mean < 1, "worst ΔE \(worst), mean \(mean)")
    }

    @Test(arguments: [
        (TestProfile.displayP3, "png", []), (.displayP3, "jpg", ["-quality", "95"]),
        (.adobeRGB, "jpg", ["-quality", "95"]),
        (.adobeRGB, "png", ["-depth", "16"]), (.adobeRGB, "tif", []), (.sRGB, "jpg", ["-quality", "95"]),
        (.displayP3, "webp", ["-quality", "95"]),
    ])
    func profilesAreBroughtToSRGB(profile: TestProfile, name: String, arguments: [String]) throws {
        let folder = try TestMedia.scratchFolder()
        let icc = folder.appendingPathComponent("profile.icc")
        try profile.icc.write(to: icc)
        let ppm = try Chart.chart(Chart.patches.map(profile.bytes))
        let file = try Chart.convert(ppm, ["-profile", icc.path] + arguments, to: "chart.\(name)")
        #expect(try StillImages.probe(file).profileName == profile.name)
        let (worst, mean) = Self.differences(try StillImages.load(file).picture)
        #expect(worst < 2 && mean < 1, "worst ΔE \(worst), mean \(mean)")

        // The measure would notice: the same bytes without their profile are off.
        if profile.name != TestProfile.sRGB.name {
            let plain = try Chart.convert(ppm, arguments, to: "plain.\(name)")
            #expect(Self.differences(try StillImages.load(plain).picture).worst > 2)
        }
    }

    @Test(arguments: [
        ("png", ["-colorspace", "Gray"]), ("jpg", ["-colorspace", "Gray", "-quality", "95"]),
        ("png", ["-colorspace", "Gray", "-depth", "16"]), ("tif", ["-colorspace", "Gray"]),
    ])
    func greyStaysGrey(name: String, arguments: [String]) throws {
        // Bytes of a grey ramp mean sRGB greys.
        let ramp = try Chart.ppm("ramp.ppm", width: 256, height: 32) { x, _ in (UInt8(x), UInt8(x), UInt8(x)) }
        let file = try Chart.convert(ramp, arguments, to: "grey.\(name)")
        let pixels = Pixels(try StillImages.load(file).picture)
        for x in stride(from: 0, to: 256, by: 15) {
            let p = pixels.row(16) + 3 * x
            #expect(abs(Int(p[0]) - x) <= 2 && p[0] == p[1] && p[1] == p[2], "grey \(x) became \(p[0]) \(p[1]) \(p[2])")
        }
    }

    @Test func oneBitPicturesAreBlackAndWhite() throws {
        let board = try Chart.ppm("board.ppm", width: 64, height: 64) { x, y in
            (x / 16 + y / 16) % 2 == 0 ? (0, 0, 0) : (255, 255, 255)
        }
        let file = try Chart.convert(board, ["-monochrome", "-depth", "1"], to: "board.png")
        let picture = try StillImages.load(file).picture
        #expect(picture.y.row(8)[8] == 16 && picture.y.row(8)[24] == 235)
    }

    @Test func cmykComesNearItsColours() throws {
        // ImageMagick's own CMYK without a profile: libvips' press profile makes of it something like, not the same.
        let file = try Chart.convert(try Chart.chart(), ["-colorspace", "CMYK", "-quality", "95"], to: "cmyk.jpg")
        let (worst, mean) = Self.differences(try StillImages.load(file).picture)
        #expect(worst < 40 && mean < 20, "worst ΔE \(worst), mean \(mean)")
    }

    @Test func aBrokenProfileIsNone() throws {
        let folder = try TestMedia.scratchFolder()
        let icc = folder.appendingPathComponent("broken.icc")
        var bytes = TestProfile.displayP3.icc
        for i in 140..<300 { bytes[i] = 0xEE }
        try bytes.write(to: icc)
        let png = try Chart.convert(try Chart.chart(), [], to: "chart.png")
        let file = try PNGChunks.insert(profile: bytes, into: png)
        #expect(Self.differences(try StillImages.load(file).picture).worst < 2)
    }
}
