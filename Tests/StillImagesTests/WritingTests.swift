// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct WritingPictures {
    @Test(arguments: StillImages.WriteFormat.allCases)
    func roundTrip(format: StillImages.WriteFormat) throws {
        let picture = try StillImages.load(try Chart.convert(try Chart.chart(), [], to: "chart.png")).picture
        let url = try TestMedia.scratchFolder().appendingPathComponent("out.\(format.rawValue)")
        try Data("old".utf8).write(to: url)
        try StillImages.write(picture, to: url, format: format, quality: 95)
        // As another program reads it.
        let raw = try Chart.convert(url, ["-depth", "8"], to: "back.ppm")
        let back = try Chart.convert(raw, [], to: "back.png")
        let (worst, mean) = ColoursOfPhotos.differences(try StillImages.load(back).picture)
        #expect(worst < 2.5 && mean < 1, "worst ΔE \(worst), mean \(mean)")
        let names = try FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)
        #expect(names == ["out.\(format.rawValue)"], "nothing else is left behind")
    }

    @Test func aPictureMadeSmallerKeepsItsColoursAndOneThatIsSmallIsLeft() throws {
        let corners = try StillImages.load(
            try Chart.convert(try Chart.corners(width: 640, height: 480), [], to: "c.png")
        )
        .picture
        let small = try StillImages.reduced(corners, to: PixelSize(width: 160, height: 120))
        #expect(small.width == 160 && small.height == 120)
        for (x, y) in [(10, 10), (150, 10), (150, 110), (10, 110), (80, 60)] {
            #expect(abs(Int(small.y.row(y)[x]) - Int(corners.y.row(4 * y)[4 * x])) <= 1)
            #expect(abs(Int(small.u.row(y / 2)[x / 2]) - Int(corners.u.row(2 * y)[2 * x])) <= 1)
        }
        #expect(try StillImages.reduced(small, to: PixelSize(width: 320, height: 240)) === small)
    }

    /// BT.709 to sRGB and back is the identity for flat colours, within what limited range can hold.
    @Test func coloursComeBack() {
        for (r, g, b) in Chart.patches + [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255)] {
            let pixels = Pixels(width: 5, height: 3, channels: 3)
            for i in 0..<15 {
                pixels.base[3 * i] = r
                pixels.base[3 * i + 1] = g
                pixels.base[3 * i + 2] = b
            }
            let picture = pixels.picture()
            let yuv = BT709.yuv(r: r, g: g, b: b)
            #expect(picture.y.row(2)[4] == yuv.y && picture.u.row(1)[2] == yuv.u && picture.v.row(1)[2] == yuv.v)
            let back = Pixels(picture)
            let reference = BT709.rgb(y: yuv.y, u: yuv.u, v: yuv.v)
            for i in 0..<15 {
                let p = back.base + 3 * i
                #expect(abs(Int(p[0]) - Int(reference.r)) <= 1 && abs(Int(p[1]) - Int(reference.g)) <= 1)
                #expect(abs(Int(p[2]) - Int(reference.b)) <= 1)
            }
        }
    }

    @Test func alphaIsKeptByPng() throws {
        let pixels = Pixels(width: 8, height: 8, channels: 4)
        for i in 0..<64 { for (c, v) in [100, 50, 20, 128].enumerated() { pixels.base[4 * i + c] = UInt8(v) } }
        let url = try TestMedia.scratchFolder().appendingPathComponent("a.png")
        try StillImages.write(pixels.picture(), to: url, format: .png)
        let p = Pixels(try StillImages.load(url).picture).at(4, 4)
        // Twice through limited range at half alpha.
        #expect(p[3] == 128 && abs(Int(p[0]) - 200) <= 6 && abs(Int(p[1]) - 100) <= 6 && abs(Int(p[2]) - 40) <= 6)
    }

    @Test func saysWhenItCannotBeWritten() throws {
        let picture = Picture(width: 4, height: 4)
        let gone = try TestMedia.scratchFolder().appendingPathComponent("no/such/folder/x.png")
        let error = #expect(throws: StillError.self) { try StillImages.write(picture, to: gone) }
        #expect(error?.code == .cannotWrite && error?.path == gone.path)
    }

    @Test func formatsByName() {
        #expect(StillImages.WriteFormat(pathExtension: "JPG") == .jpeg)
        #expect(StillImages.WriteFormat(pathExtension: "webp") == .webp)
        #expect(StillImages.WriteFormat(pathExtension: "bmp") == nil)
    }
}
