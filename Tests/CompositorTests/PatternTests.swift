// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning
import Testing

@testable import Compositor

@Suite struct PatternTests {
    static let names = PatternCatalog.entries.map(\.name)

    static func shot(_ name: String, palette: Int = 0, seed: Int = 3, first: Int = 0) throws -> Shot {
        let entry = try #require(PatternCatalog.named(name))
        return Shot(
            source: .generated(pattern: name, colors: entry.palettes[palette % entry.palettes.count], seed: seed),
            window: FrameWindow(first: first, total: 2000))
    }

    private func drawn(_ shot: Shot, _ frame: Int = 0, canvas: (Int, Int) = (320, 180)) throws -> Picture {
        try TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 1000, canvas: canvas), frame)
    }

    @Test func everyBackgroundOfTheCatalogueIsDrawn() {
        #expect(Set(MovingPatterns.table.keys) == Set(Self.names))
    }

    @Test(arguments: names) func backgroundsLookAsTheyDid(name: String) throws {
        for (frame, palette) in [(0, 0), (75, 1), (300, 2)] {
            try Goldens.expect(drawn(Self.shot(name, palette: palette), frame), "pattern \(name) \(frame)")
        }
        try Goldens.expect(drawn(Self.shot(name), 40, canvas: (180, 320)), "pattern \(name) tall")
    }

    /// Where a chunk begins, and what was drawn before, is nothing to a frame.
    @Test(arguments: names) func aFrameIsTheSameHoweverTheFilmIsCut(name: String) throws {
        let whole = try drawn(Self.shot(name), 90).samples
        let cut = try drawn(Self.shot(name, first: 60), 30).samples
        #expect(whole == cut)
        let composer = FrameComposer(
            TestPictures.chunk(.shot(try Self.shot(name)), frames: 1000), sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        for frame in [200, 0, 90] { try composer.draw(frame, into: target) }
        #expect(target.samples == whole)
    }

    @Test(arguments: names) func theLoopClosesWithoutAJump(name: String) throws {
        let loop = PatternClock.loopSeconds * 30
        let first = try drawn(Self.shot(name), 5).samples
        let again = try drawn(Self.shot(name), 5 + loop).samples
        #expect(first == again)
    }

    /// Mean difference of two pictures' luma.
    private func distance(_ a: Picture, _ b: Picture) -> Double {
        let sum = zip(a.luma, b.luma).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        return Double(sum) / Double(a.luma.count)
    }

    @Test(arguments: names) func itMovesSlowly(name: String) throws {
        let frames = try [0, 1, 2, 60, 718, 719].map { try drawn(Self.shot(name), $0) }
        for (one, two) in [(0, 1), (1, 2), (4, 5), (5, 0)] {
            #expect(distance(frames[one], frames[two]) < 7, "\(one) \(two)")
        }
        #expect(distance(frames[0], frames[3]) > 0.5)
    }

    @Test(arguments: names) func anotherSeedAndOtherColoursLookOtherwise(name: String) throws {
        let picture = try drawn(Self.shot(name))
        #expect(distance(picture, try drawn(Self.shot(name, seed: 9))) > 0.3)
        let other = try drawn(Self.shot(name, palette: 1))
        #expect(other.samples != picture.samples)
    }

    @Test(arguments: names) func anyCanvasAndAnyNumberOfColoursIsDrawn(name: String) throws {
        for canvas in [(2, 2), (16, 64), (66, 18), (640, 360)] {
            _ = try drawn(Self.shot(name), 3, canvas: canvas)
        }
        for colors in [[], ["#336699"], ["#000", "#FFF"], [String](repeating: "#FFFFFF", count: 8)] {
            var shot = try Self.shot(name)
            shot.source = .generated(pattern: name, colors: colors, seed: .min)
            let picture = try drawn(shot, 11, canvas: (160, 90))
            #expect(picture.luma.allSatisfy { (15...236).contains($0) })
        }
    }

    /// A picture in picture is solid.
    @Test func aBackgroundFillsTheRectangleItLiesIn() throws {
        let shot = try Self.shot("gradient")
        let chunk = TestPictures.chunk(
            .shot(TestPictures.shot("hills")),
            overlays: [.picture(shot, rect: UnitRect(x: 0, y: 0, width: 0.5, height: 0.5), opacity: 1)])
        let picture = try TestPictures.drawn(chunk, 0)
        let alone = try drawn(shot, canvas: (160, 90))
        #expect((0..<90).allSatisfy { y in (0..<160).allSatisfy { picture.y.row(y)[$0] == alone.y.row(y)[$0] } })
    }

    @Test func unknownBackgroundsAndColoursAreRefused() throws {
        var shot = try Self.shot("waves")
        shot.source = .generated(pattern: "tartan", colors: [], seed: 0)
        #expect(throws: CompositorError.unknownPattern("tartan")) { try drawn(shot) }
        shot.source = .generated(pattern: "waves", colors: ["blue"], seed: 0)
        #expect(throws: CompositorError.unknownColour("blue")) { try drawn(shot) }
    }

    @Test func sineAndRootsAreRight() {
        #expect(Wave.sin(0) == 0 && Wave.sin(Wave.turn / 4) == Wave.one && Wave.sin(-Wave.turn / 4) == -Wave.one)
        #expect(abs(Wave.sin(Wave.turn / 12) - Wave.one / 2) <= 1)
        for x in [0, 1, 2, 3, 4, 15, 16, 17, 1 << 40, (1 << 40) - 1] {
            let root = Wave.root(x)
            #expect(root * root <= x && (root + 1) * (root + 1) > x)
        }
        #expect(abs(Wave.direction(1000, 1000) - Wave.turn / 8) < 64)
        #expect(abs(Wave.direction(-1000, 0) - Wave.turn / 2) < 64)
        #expect(abs(Wave.direction(577, -1000) - Wave.turn * 5 / 6) < 1200)
    }
}
