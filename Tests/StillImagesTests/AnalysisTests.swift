// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct LookingAtPhotos {
    /// A scene: soft background, a detailed disc of another colour where `subject` says.
    private func scene(_ subject: UnitPoint, width: Int = 320, height: Int = 240, seed: Int = 0) throws -> URL {
        let ppm = try Chart.ppm("scene.ppm", width: width, height: height) { x, y in
            let (dx, dy) = (Double(x) - subject.x * Double(width), Double(y) - subject.y * Double(height))
            if dx * dx + dy * dy < 900 { return (x / 3 + y / 3) % 2 == 0 ? (210, 60, 40) : (120, 20, 10) }
            let wave = 20 * sin(Double(x + seed * 40) / 60) * cos(Double(y - seed * 30) / 45)
            return (UInt8(70 + wave), UInt8(110 + wave + Double(y) / 8), UInt8(150 - Double(x) / 8))
        }
        return try Chart.convert(ppm, ["-quality", "95"], to: "scene.jpg")
    }

    @Test(arguments: [(0.3, 0.4), (0.7, 0.35), (0.5, 0.7), (0.25, 0.65)])
    func theFocusIsOnTheSubject(x: Double, y: Double) throws {
        let focus = try StillImages.analyse(try scene(UnitPoint(x: x, y: y))).focus
        #expect(abs(focus.x - x) < 0.1 && abs(focus.y - y) < 0.1, "\(focus)")
    }

    @Test func emptyPicturesFocusOnTheMiddle() throws {
        let grey = try Chart.convert(
            try Chart.ppm("g.ppm", width: 300, height: 200) { _, _ in (90, 90, 90) }, [], to: "g.png")
        let look = try StillImages.analyse(grey)
        #expect(abs(look.focus.x - 0.5) < 0.15 && abs(look.focus.y - 0.5) < 0.15 && look.faces.isEmpty)
        #expect(look.sharpness < 0.01 && abs(look.meanLuma - 90.0 / 255) < 0.01)
        #expect(look.accent == .init(red: 90, green: 90, blue: 90))
    }

    /// The more a photo is blurred, the lower its sharpness, whatever its size in pixels and exposure.
    @Test func sharpnessFallsWithBlur() throws {
        let noise = try TestMedia.ffmpeg(
            "detail.png", ["-f", "lavfi", "-i", "testsrc2=s=1280x960", "-frames:v", "1", "-vf", "noise=alls=30"])
        let values = try [0, 1, 2, 4].map { blur in
            try StillImages.analyse(Chart.convert(noise, blur == 0 ? [] : ["-blur", "0x\(blur)"], to: "b.jpg"))
                .sharpness
        }
        #expect(values == values.sorted(by: >) && values[0] > 4 * values[2], "\(values)")
        let large = try StillImages.analyse(Chart.convert(noise, ["-blur", "0x2", "-resize", "200%"], to: "l.jpg"))
            .sharpness
        #expect(large < values[0] && large > values[3])
    }

    @Test func likePhotosHaveLikeHashes() throws {
        let photo = try scene(UnitPoint(x: 0.3, y: 0.4))
        let hash = try StillImages.analyse(photo).perceptualHash
        for change in [
            ["-resize", "50%"], ["-quality", "30"], ["-brightness-contrast", "8x5"], ["-modulate", "100,80"],
            ["-shave", "3x3"],
        ] {
            let other = try StillImages.analyse(Chart.convert(photo, change, to: "c.jpg")).perceptualHash
            #expect((hash ^ other).nonzeroBitCount <= 10, "\(change): \((hash ^ other).nonzeroBitCount)")
        }
        let different = try [
            scene(UnitPoint(x: 0.7, y: 0.6), seed: 3), Chart.convert(Chart.chart(), [], to: "x.png"),
            Chart.convert(photo, ["-flop"], to: "f.jpg"),
        ].map { try StillImages.analyse($0).perceptualHash }
        for other in different { #expect((hash ^ other).nonzeroBitCount > 14) }
    }

    @Test func aLoadedPictureIsSeenAsItsFileIs() throws {
        let photo = try scene(UnitPoint(x: 0.65, y: 0.4))
        let file = try StillImages.analyse(photo)
        let picture = StillImages.analyse(try StillImages.load(photo).picture)
        #expect(abs(file.focus.x - picture.focus.x) < 0.02 && abs(file.focus.y - picture.focus.y) < 0.02)
        #expect((file.perceptualHash ^ picture.perceptualHash).nonzeroBitCount <= 2)
        #expect(abs(file.meanLuma - picture.meanLuma) < 0.01 && abs(file.sharpness / picture.sharpness - 1) < 0.1)
        let turned = StillImages.analyse(try StillImages.load(photo).picture, turn: PhotoTurn(quarters: 2))
        #expect(abs(turned.focus.x - (1 - file.focus.x)) < 0.1)
    }

    @Test func theAccentIsTheColourThatStandsOut() throws {
        let poster = try Chart.ppm("p.ppm", width: 90, height: 90) { x, _ in x < 60 ? (200, 200, 200) : (200, 30, 60) }
        let accent = try StillImages.analyse(try Chart.convert(poster, [], to: "p.png")).accent
        #expect(accent.red > 150 && accent.green < 80)
    }

    @Test func manyAtOnceAreAsOneByOne() async throws {
        let files = try (0..<4).map { try scene(UnitPoint(x: 0.2 + 0.15 * Double($0), y: 0.4)) }
        let once = try files.map { try StillImages.analyse($0) }
        let request = PhotoRequest(size: .within(PixelSize(width: 111, height: 111)))
        let pictures = try files.map { try StillImages.load($0, request).picture }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for i in 0..<16 {
                group.addTask {
                    #expect(try StillImages.analyse(files[i % 4]) == once[i % 4])
                    let again = try StillImages.load(files[i % 4], request).picture
                    #expect(again.bytes.elementsEqual(pictures[i % 4].bytes), "padding and all")
                }
            }
            try await group.waitForAll()
        }
    }
}
