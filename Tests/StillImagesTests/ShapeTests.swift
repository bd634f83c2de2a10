// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct ShapesOfPhotos {
    /// Turned first, then flipped, as a draft says it.
    @Test(arguments: [
        (0, false, false, "rgbw"), (90, false, false, "wrgb"), (180, false, false, "bwrg"), (270, false, false, "gbwr"),
        (0, true, false, "grwb"), (0, false, true, "wbgr"), (0, true, true, "bwrg"), (90, true, false, "rwbg"),
        (270, false, true, "rwbg"), (-90, false, false, "gbwr"),
    ])
    func rotatesThenFlips(degrees: Int, horizontally: Bool, vertically: Bool, corners: String) throws {
        let file = try Chart.convert(try Chart.corners(width: 96, height: 64), [], to: "c.png")
        let request = PhotoRequest(rotate: degrees, flipsHorizontally: horizontally, flipsVertically: vertically)
        let picture = try StillImages.load(file, request).picture
        #expect(Chart.cornerNames(Pixels(picture)) == corners)
        #expect((picture.width == 64) == (degrees % 180 != 0))
    }

    @Test func turnsComposeAndUndo() {
        let all = [false, true].flatMap { m in (0..<4).map { PhotoTurn(isMirrored: m, quarters: $0) } }
        for a in all {
            #expect(a.then(a.inverse) == .none && a.inverse.then(a) == .none)
            for b in all {
                let once = a.move(x: 2, y: 5, width: 7, height: 11)
                let twice = b.move(
                    x: once.x, y: once.y, width: a.swapsSides ? 11 : 7, height: a.swapsSides ? 7 : 11)
                #expect(a.then(b).move(x: 2, y: 5, width: 7, height: 11) == twice)
            }
        }
    }

    /// The crop is of the upright photo, whatever the camera's orientation, whatever the turn that follows.
    @Test(arguments: [1, 3, 6, 8], [0, 90, 180])
    func cropsTheUprightPhoto(orientation: Int, degrees: Int) throws {
        let stored = [1: [], 3: ["-rotate", "180"], 6: ["-rotate", "270"], 8: ["-rotate", "90"]][orientation] ?? []
        let jpeg = try Chart.convert(
            try Chart.corners(width: 96, height: 64), stored + ["-quality", "95"], to: "o.jpg")
        try Exif.write(orientation: orientation, into: jpeg)
        // The right half: green above blue.
        let request = PhotoRequest(crop: UnitRect(x: 0.75, y: 0, width: 0.25, height: 1), rotate: degrees)
        let pixels = Pixels(try StillImages.load(jpeg, request).picture)
        #expect(pixels.width == (degrees == 90 ? 64 : 24) && pixels.height == (degrees == 90 ? 24 : 64))
        #expect(Chart.cornerNames(pixels) == [0: "ggbb", 90: "bggb", 180: "bbgg"][degrees])
    }

    @Test(arguments: [
        (PhotoRequest.Size.full, 90, 60), (.within(PixelSize(width: 45, height: 999)), 45, 30),
        (.within(PixelSize(width: 30, height: 30)), 30, 20), (.within(PixelSize(width: 4000, height: 3000)), 90, 60),
        (.covering(PixelSize(width: 30, height: 30)), 45, 30), (.covering(PixelSize(width: 10, height: 50)), 75, 50),
        (.covering(PixelSize(width: 300, height: 10)), 90, 60), (.exactly(PixelSize(width: 31, height: 17)), 31, 17),
        (.exactly(PixelSize(width: 100, height: 20)), 90, 20), (.within(PixelSize(width: 0, height: 0)), 1, 1),
    ])
    func sizesAreWhatWasAskedForAndNeverEnlarged(size: PhotoRequest.Size, width: Int, height: Int) throws {
        let file = try Chart.convert(try Chart.corners(width: 90, height: 60), [], to: "c.png")
        let photo = try StillImages.load(file, PhotoRequest(size: size))
        #expect(photo.picture.width == width && photo.picture.height == height)
        #expect(photo.sourceSize == PixelSize(width: 90, height: 60))
    }

    @Test(arguments: [(1, 1), (1, 7), (7, 1), (2, 2), (3, 5), (64, 1)])
    func tinyAndOddPicturesLoad(width: Int, height: Int) throws {
        let file = try Chart.convert(
            try Chart.ppm("t.ppm", width: width, height: height) { _, _ in (200, 100, 50) }, [], to: "t.png")
        let picture = try StillImages.load(file).picture
        let yuv = BT709.yuv(r: 200, g: 100, b: 50)
        for y in 0..<height { for x in 0..<width { #expect(picture.y.row(y)[x] == yuv.y) } }
        #expect(picture.u.row(0)[0] == yuv.u && picture.v.row((height - 1) / 2)[(width - 1) / 2] == yuv.v)
        _ = try StillImages.analyse(file)
    }

    /// A JPEG is decoded smaller where that pays, and nothing moves by it.
    @Test func shrinkingOnLoadKeepsThePicture() throws {
        let big = try Chart.ppm("big.ppm", width: 1037, height: 771) { x, y in
            (UInt8(x * 255 / 1036), UInt8(y * 255 / 770), 128)
        }
        let jpeg = try Chart.convert(big, ["-quality", "97", "-sampling-factor", "4:4:4"], to: "big.jpg")
        let png = try Chart.convert(big, [], to: "big.png")
        for width in [400, 200, 100, 60] {
            let request = PhotoRequest(
                crop: UnitRect(x: 0.2, y: 0.1, width: 0.7, height: 0.8),
                size: .within(PixelSize(width: width, height: 999)))
            let (a, b) = (try StillImages.load(jpeg, request).picture, try StillImages.load(png, request).picture)
            #expect(a.layout == b.layout && a.width == width)
            #expect(greatestDifference(a.y, b.y) <= 3 && greatestDifference(a.u, b.u) <= 4)
        }
    }

    /// Stripes finer than the result can show become grey, not a pattern of their own; an edge rings little; grey stays grey.
    @Test func shrinkingIsCleanAndSharp() throws {
        let stripes = try Chart.convert(
            try Chart.ppm("s.ppm", width: 600, height: 60) { x, _ in x % 2 == 0 ? (60, 60, 60) : (200, 200, 200) }, [],
            to: "s.png")
        let grey = try StillImages.load(stripes, PhotoRequest(size: .within(PixelSize(width: 250, height: 99)))).picture
        // The mean of the two, as codes: (60 + 200) / 2.
        for x in 6..<244 { #expect(abs(Int(grey.y.row(10)[x]) - Int(BT709.yuv(r: 130, g: 130, b: 130).y)) <= 4) }

        let edge = try Chart.convert(
            try Chart.ppm("e.ppm", width: 600, height: 60) { x, _ in x < 301 ? (60, 60, 60) : (200, 200, 200) }, [],
            to: "e.png")
        let sharp = try StillImages.load(edge, PhotoRequest(size: .within(PixelSize(width: 250, height: 99)))).picture
        let row = (0..<250).map { Int(sharp.y.row(10)[$0]) }
        let (dark, bright) = (Int(BT709.yuv(r: 60, g: 60, b: 60).y), Int(BT709.yuv(r: 200, g: 200, b: 200).y))
        let step = bright - dark
        #expect(row.filter { $0 > dark + step / 10 && $0 < bright - step / 10 }.count <= 2, "the edge takes two pixels")
        #expect((row.max() ?? 0) - bright <= step / 9 && dark - (row.min() ?? 0) <= step / 9)
        #expect(row.prefix(100).allSatisfy { $0 == dark } && row.suffix(100).allSatisfy { $0 == bright })
    }

    private func greatestDifference(_ a: Plane, _ b: Plane) -> Int {
        var greatest = 0
        for y in 0..<a.height {
            for x in 0..<a.width { greatest = max(greatest, abs(Int(a.row(y)[x]) - Int(b.row(y)[x]))) }
        }
        return greatest
    }
}
