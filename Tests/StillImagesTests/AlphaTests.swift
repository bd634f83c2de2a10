// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct SeeThroughPhotos {
    /// Left third opaque, middle half see-through, right third not there; red.
    private func banner(_ name: String, _ arguments: [String] = []) throws -> URL {
        let red = try Chart.ppm("red.ppm", width: 96, height: 32) { _, _ in (200, 40, 40) }
        let mask = try Chart.ppm("mask.ppm", width: 96, height: 32) { x, _ in
            let v: UInt8 = x < 32 ? 255 : x < 64 ? 128 : 0
            return (v, v, v)
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent(name)
        try TestMedia.run(
            "convert",
            [red.path, mask.path, "-alpha", "off", "-compose", "CopyOpacity", "-composite"] + arguments + [url.path])
        return url
    }

    @Test(arguments: [
        ("a.png", []), ("a16.png", ["-depth", "16"]), ("a.webp", ["-define", "webp:lossless=true"]), ("a.tif", []),
    ])
    func coloursArePremultipliedAboutBlack(name: String, arguments: [String]) throws {
        let picture = try StillImages.load(try banner(name, arguments)).picture
        let alpha = try #require(picture.alpha)
        let red = BT709.yuv(r: 200, g: 40, b: 40)
        #expect(alpha.row(16)[10] == 255 && alpha.row(16)[48] == 128 && alpha.row(16)[90] == 0)
        #expect(picture.y.row(16)[10] == red.y && picture.v.row(8)[5] == red.v)
        func expected(_ sample: UInt8, _ black: Int) -> Int {
            black + Int((Double(Int(sample) - black) * 128 / 255).rounded())
        }
        #expect(abs(Int(picture.y.row(16)[48]) - expected(red.y, 16)) <= 1)
        #expect(abs(Int(picture.u.row(8)[24]) - expected(red.u, 128)) <= 1)
        #expect(abs(Int(picture.v.row(8)[24]) - expected(red.v, 128)) <= 1)
        #expect(picture.y.row(16)[90] == 16 && picture.u.row(8)[45] == 128 && picture.v.row(8)[45] == 128)
        #expect(try StillImages.probe(try banner(name, arguments)).hasAlpha)
    }

    @Test func shrinkingLeavesNoDarkFringe() throws {
        // See-through white, on which hidden black lies: premultiplied, the black does not bleed in.
        let colours = try Chart.ppm("c.ppm", width: 120, height: 120) { x, y in
            (x / 20 + y / 20) % 2 == 0 ? (255, 255, 255) : (0, 0, 0)
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("f.png")
        try TestMedia.run(
            "convert", [colours.path, colours.path, "-alpha", "off", "-compose", "CopyOpacity", "-composite", url.path])
        let small = Pixels(
            try StillImages.load(url, PhotoRequest(size: .within(PixelSize(width: 50, height: 50)))).picture)
        for y in 0..<50 {
            for x in 0..<50 {
                let p = small.row(y) + 4 * x
                if p[3] > 60 { #expect(p[0] > 225 && p[1] > 225 && p[2] > 225, "at \(x), \(y): \(p[0]) under \(p[3])") }
            }
        }
    }

    @Test func anOpaqueAlphaChannelIsDropped() throws {
        let opaque = try Chart.convert(
            try Chart.chart(), ["-alpha", "set", "-define", "png:color-type=6"], to: "opaque.png")
        #expect(try StillImages.probe(opaque).hasAlpha)
        let picture = try StillImages.load(opaque).picture
        #expect(picture.alpha == nil)
        #expect(ColoursOfPhotos.differences(picture).worst < 2)
    }

    @Test func profilesApplyUnderAlpha() throws {
        let folder = try TestMedia.scratchFolder()
        let icc = folder.appendingPathComponent("profile.icc")
        try TestProfile.displayP3.icc.write(to: icc)
        let own = TestProfile.displayP3.bytes((200, 40, 40))
        let half = try Chart.ppm("half.ppm", width: 32, height: 32) { _, _ in own }
        let url = folder.appendingPathComponent("half.png")
        try TestMedia.run(
            "convert",
            [
                half.path, "-alpha", "set", "-channel", "A", "-evaluate", "set", "50%", "+channel", "-profile",
                icc.path, url.path,
            ])
        let p = Pixels(try StillImages.load(url).picture).at(16, 16)
        #expect(deltaE((200, 40, 40), (p[0], p[1], p[2])) < 2 && abs(Int(p[3]) - 128) <= 1)
    }
}
