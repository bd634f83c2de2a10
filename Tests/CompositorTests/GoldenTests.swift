// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning
import Testing

@testable import Compositor

@Suite struct GoldenTests {
    static let names = TransitionCatalog.entries.map(\.name)

    /// Two still shots and a transition of 19 frames, so that its frames 4, 9 and 14 are at 1/4, 1/2 and 3/4.
    static func joint(_ name: Transition.Name) -> ChunkSpec {
        let joint = Joint(
            from: TestPictures.shot("hills"), to: TestPictures.shot("lake", fit: .cover), transition: name,
            window: FrameWindow(first: 0, total: 19))
        return TestPictures.chunk(.joint(joint), frames: 19)
    }

    @Test(arguments: names) func transitionsLookAsTheyDid(name: Transition.Name) throws {
        for (frame, place) in [(4, "1/4"), (9, "1/2"), (14, "3/4")] {
            try Goldens.expect(TestPictures.drawn(Self.joint(name), frame), "transition \(name) \(place)")
        }
    }

    @Test(arguments: Fit.allCases) func fitsLookAsTheyDid(fit: Fit) throws {
        for (size, shape) in [((400, 300), "landscape"), ((300, 400), "portrait")] {
            for (canvas, onto) in [((320, 180), "wide"), ((180, 320), "tall")] {
                let shot = TestPictures.shot("hills", size: size, fit: fit, motion: Motion(.zoomIn, amount: 0.2))
                try Goldens.expect(
                    TestPictures.drawn(TestPictures.chunk(.shot(shot), canvas: canvas), 15),
                    "fit \(fit) \(shape) on \(onto)")
            }
        }
    }

    @Test(arguments: Motion.Kind.allCases) func motionsLookAsTheyDid(kind: Motion.Kind) throws {
        let shot = TestPictures.shot("hills", size: (400, 300), motion: Motion(kind, amount: 0.2))
        for frame in [0, 29] {
            try Goldens.expect(
                TestPictures.drawn(TestPictures.chunk(.shot(shot)), frame), "motion \(kind.rawValue) \(frame)")
        }
    }

    @Test(arguments: Grade.Look.allCases) func looksLookAsTheyDid(look: Grade.Look) throws {
        let clip = ClipSource(hash: "hills", size: PixelSize(width: 320, height: 180), rotation: 0, start: .zero)
        var shot = Shot(source: .clip(clip), window: FrameWindow(first: 0, total: 2))
        shot.grade.look = look
        try Goldens.expect(TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0), "look \(look.rawValue)")
        shot.grade.vignette = 0.8
        shot.grade.grain = 0.4
        try Goldens.expect(
            TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0), "look \(look.rawValue) vignette grain")
    }

    static func text(_ kind: TextAnimation.Kind) -> ChunkSpec {
        let size = PixelSize(width: 240, height: 60)
        let reveals: [TextOverlay.Reveal] =
            kind == .typewriter || kind == .words
            ? (0..<10).map { TextOverlay.Reveal(x: $0 * 24, y: 0, width: 24, height: 60, frame: $0 * 2) } : []
        let text = TextOverlay(
            bitmap: "t", size: size, x: 40, y: 61, window: FrameWindow(first: 0, total: 60),
            entrance: TextMove(kind, frames: 20), exit: TextMove(kind, frames: 20), reveals: reveals)
        return TestPictures.chunk(.shot(TestPictures.shot("hills")), frames: 60, overlays: [.text(text)])
    }

    @Test(arguments: TextAnimation.Kind.allCases) func textsComeAndGoAsTheyDid(kind: TextAnimation.Kind) throws {
        for frame in [3, 10, 30, 49, 56] {
            try Goldens.expect(TestPictures.drawn(Self.text(kind), frame), "text \(kind.rawValue) \(frame)")
        }
    }
}

@Suite struct TransitionTests {
    static let effects = TransitionEffects.table.map(\.key).sorted { $0.rawValue < $1.rawValue }

    @Test func everyTransitionOfTheCatalogueIsDrawn() {
        #expect(Set(TransitionCatalog.entries.map(\.name)) == Set(Self.effects))
    }

    private func draw(_ name: Transition.Name, _ step: Int, of steps: Int, odd: Bool = false) throws -> (
        Picture, Picture, Picture
    ) {
        let (width, height) = odd ? (161, 91) : (160, 90)
        let from = TestPictures.scene("a", width: width, height: height),
            to = TestPictures.scene("b", width: width, height: height)
        let target = Picture(width: width, height: height)
        target.fill((99, 99, 99))
        let effect = try #require(TransitionEffects.table[name])
        effect.draw(
            from: from, to: to, at: TransitionProgress(step, of: steps), into: target,
            with: TransitionTools(sampler: PictureSampler()))
        return (from, to, target)
    }

    @Test(arguments: effects) func itBeginsWithOneAndEndsWithTheOther(name: Transition.Name) throws {
        for odd in [false, true] {
            let (from, _, first) = try draw(name, 0, of: 20, odd: odd)
            let begins = first.samples == from.samples
            #expect(begins)
            let (_, to, last) = try draw(name, 20, of: 20, odd: odd)
            let ends = last.samples == to.samples
            #expect(ends)
        }
    }

    /// Each step takes the picture further from the first or nearer to the second: no jump at either end, no way back.
    @Test(arguments: effects) func itGoesOneWayInSmallSteps(name: Transition.Name) throws {
        /// Mean difference of a part of the samples.
        func distance(_ a: Picture, _ b: Picture) -> Double {
            var sum = 0
            var count = 0
            for (one, two) in zip(a.colourPlanes, b.colourPlanes) {
                for y in stride(from: 0, to: one.plane.height, by: 5) {
                    let (p, q) = (one.plane.row(y), two.plane.row(y))
                    for x in stride(from: 0, to: one.plane.width, by: 3) {
                        sum += abs(Int(p[x]) - Int(q[x]))
                        count += 1
                    }
                }
            }
            return Double(sum) / Double(count)
        }
        let (from, to, _) = try draw(name, 0, of: 40)
        let whole = distance(from, to)
        var balance = -whole
        for step in 1...40 {
            let (_, _, picture) = try draw(name, step, of: 40)
            let now = distance(picture, from) - distance(picture, to)
            let atEnd = step == 1 || step == 40
            #expect(now > balance - whole * (atEnd ? 0.01 : 0.2), "at \(step)")
            #expect(now < balance + whole * (atEnd ? 0.12 : 0.5), "at \(step)")
            balance = now
        }
    }

    @Test(arguments: effects) func itGivesTheSameBytesAgain(name: Transition.Name) throws {
        let one = try TestPictures.drawn(GoldenTests.joint(name), 7).samples
        let composer = FrameComposer(GoldenTests.joint(name), sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        for frame in [12, 3, 7] { try composer.draw(frame, into: target) }
        let same = target.samples == one
        #expect(same)
    }
}

@Suite struct TextTests {
    @Test(arguments: TextAnimation.Kind.allCases) func aTextRestsBetweenComingAndGoing(kind: TextAnimation.Kind) throws
    {
        let chunk = GoldenTests.text(kind)
        let composer = FrameComposer(chunk, sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        let changes = try (0..<60).map { try composer.draw($0, into: target) }
        #expect(changes[30..<40].allSatisfy { $0 == .unchanged })
        #expect(changes[1..<18].contains(.drawn) && changes[41..<60].contains(.drawn))
        // At rest it is the bitmap, laid over the picture.
        try composer.draw(35, into: target)
        let expected = try TestPictures.drawn(TestPictures.chunk(.shot(TestPictures.shot("hills"))), 0)
        expected.lay(Picture(TestPictures.letters(width: 240, height: 60)), x: 40, y: 61)
        let same = target.luma == expected.luma
        #expect(same)
    }

    @Test func aPopGrowsALittleBeyondAndRests() {
        let text = TextOverlay(
            bitmap: "", size: PixelSize(width: 100, height: 40), x: 10, y: 10, window: FrameWindow(first: 0, total: 60),
            entrance: TextMove(.pop, frames: 20))
        let canvas = PixelSize(width: 320, height: 180)
        let scales = (0..<30).map { TextPose(text, canvas: canvas, frame: $0).scale }
        let most = scales.max() ?? 0
        #expect(scales[0] < 0.85 && most > 1.002 && most < 1.04 && scales[29] == 1)
    }

    @Test func creditsRollThroughAtAnEvenPace() {
        let text = TextOverlay(
            bitmap: "", size: PixelSize(width: 100, height: 400), x: 10, y: -110,
            window: FrameWindow(first: 0, total: 100),
            entrance: TextMove(.roll, frames: 50), exit: TextMove(.roll, frames: 50))
        let canvas = PixelSize(width: 320, height: 180)
        let places = (0..<100).map { TextPose(text, canvas: canvas, frame: $0).y }
        #expect(places[0] < 180 && places[0] > 170 && places[99] < -380)
        let steps = zip(places, places.dropFirst()).map { $0 - $1 }
        #expect(steps.allSatisfy { $0 > 4 && $0 < 7 })
    }

    @Test func lettersComeOneAfterTheOther() throws {
        let chunk = GoldenTests.text(.typewriter)
        let plain = try TestPictures.drawn(TestPictures.chunk(.shot(TestPictures.shot("hills"))), 0).luma
        func changed(_ a: [UInt8], _ b: [UInt8]) -> Int {
            var count = 0
            for index in stride(from: 0, to: a.count, by: 3) where a[index] != b[index] { count += 1 }
            return count
        }
        var before = 0
        for frame in 0..<20 {
            let now = changed(try TestPictures.drawn(chunk, frame).luma, plain)
            #expect(frame % 2 == 0 ? now > before : now == before)
            before = now
        }
    }

    @Test func aLitWordIsSeenWhileItIsSaidAndNotElse() throws {
        let lit = TextOverlay(
            bitmap: "t", size: PixelSize(width: 240, height: 60), x: 40, y: 60,
            window: FrameWindow(first: 0, total: 60),
            reveals: (0..<2).map {
                TextOverlay.Reveal(x: $0 * 120, y: 0, width: 120, height: 60, frame: 10 + $0 * 20, end: 30 + $0 * 20)
            })
        let chunk = TestPictures.chunk(.shot(TestPictures.shot("hills")), frames: 60, overlays: [.text(lit)])
        let plain = try TestPictures.drawn(TestPictures.chunk(.shot(TestPictures.shot("hills"))), 0)
        func changed(_ frame: Int, _ columns: Range<Int>) throws -> Bool {
            let picture = try TestPictures.drawn(chunk, frame)
            return (60..<120).contains { y in columns.contains { picture.y.row(y)[$0] != plain.y.row(y)[$0] } }
        }
        for (frame, first, second) in [(0, false, false), (20, true, false), (40, false, true), (58, false, false)] {
            #expect(try changed(frame, 40..<158) == first, "\(frame)")
            #expect(try changed(frame, 162..<280) == second, "\(frame)")
        }
    }

    @Test func aTextBeyondTheCanvasIsCutAtItsEdge() throws {
        for (x, y) in [(-100, -30), (250, 150), (-400, 10), (319, 179)] {
            let text = TextOverlay(
                bitmap: "t", size: PixelSize(width: 240, height: 60), x: x, y: y,
                window: FrameWindow(first: 0, total: 60))
            let chunk = TestPictures.chunk(.shot(TestPictures.shot("hills")), overlays: [.text(text)])
            _ = try TestPictures.drawn(chunk, 0)
        }
    }

    /// What comes out of transparent, opaque and half-transparent pixels, against plain arithmetic in RGB.
    @Test func bitmapsAreLaidOverByTheirAlpha() {
        var bitmap = Bitmap(width: 6, height: 2)
        let colours: [(UInt8, UInt8, UInt8, UInt8)] = [(0, 0, 0, 0), (255, 255, 255, 255), (128, 64, 0, 128)]
        for y in 0..<2 {
            for x in 0..<6 {
                let (r, g, b, a) = colours[x / 2]
                bitmap.pixels.replaceSubrange((y * 6 + x) * 4..<(y * 6 + x) * 4 + 4, with: [r, g, b, a])
            }
        }
        let target = Picture(width: 6, height: 2)
        let ground = BT709.yuv(r: 40, g: 90, b: 200)
        target.fill(ground)
        target.lay(Picture(bitmap), x: 0, y: 0)
        #expect(target.y.row(0)[0] == ground.y && target.y.row(1)[2] == 235)
        #expect(abs(Int(target.y.row(0)[4]) - Int(BT709.luma(148, 109, 100))) <= 1)
        #expect(target.u.row(0)[0] == ground.u)
    }
}
