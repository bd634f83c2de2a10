// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning
import Testing

@testable import Compositor

@Suite struct FrameComposerTests {
    @Test func aStillShotIsDrawnOnceAndThenLeftAlone() throws {
        let chunk = TestPictures.chunk(.shot(TestPictures.shot("a")))
        let composer = FrameComposer(chunk, sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        #expect(try composer.draw(0, into: target) == .drawn)
        let first = target.samples
        #expect(try composer.draw(1, into: target) == .unchanged)
        let same1 = target.samples == first
        #expect(same1)
        let other = Picture(width: 320, height: 180)
        #expect(try composer.draw(2, into: other) == .drawn)
        let same2 = other.samples == first
        #expect(same2)
    }

    @Test func aMovingShotIsDrawnAnew() throws {
        let chunk = TestPictures.chunk(.shot(TestPictures.shot("a", motion: Motion(.zoomIn))))
        let composer = FrameComposer(chunk, sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        #expect(try composer.draw(0, into: target) == .drawn)
        let first = target.samples
        #expect(try composer.draw(1, into: target) == .drawn)
        let same3 = target.samples != first
        #expect(same3)
    }

    /// A film cut into spans and chunks at other places has the same frames.
    @Test func framesDoNotDependOnWhereSpansAreCut() throws {
        func shot(_ first: Int) -> Shot {
            TestPictures.shot("a", window: FrameWindow(first: first, total: 30), motion: Motion(.driftNorthEast))
        }
        let whole = TestPictures.chunk(.shot(shot(0)))
        var cut = whole
        cut.spans = [Span(frames: 12, main: .shot(shot(0))), Span(frames: 18, main: .shot(shot(12)))]
        for frame in [0, 11, 12, 29] {
            #expect(try TestPictures.drawn(whole, frame).samples == TestPictures.drawn(cut, frame).samples)
        }
    }

    @Test(arguments: SamplingTests.variants) func everyVariantDrawsTheSameFrames(variant: PlaneSampler.Variant) throws {
        let joint = Joint(
            from: TestPictures.shot("a", size: (300, 400), fit: .blur, motion: Motion(.zoomOut)),
            to: TestPictures.shot("b", motion: Motion(.panLeft)), transition: .crossfade,
            window: FrameWindow(first: 0, total: 30))
        let text = TextOverlay(
            bitmap: "t", size: PixelSize(width: 160, height: 40), x: 81, y: 91,
            window: FrameWindow(first: 0, total: 30),
            entrance: TextMove(.pop, frames: 10))
        let chunk = TestPictures.chunk(.joint(joint), overlays: [.text(text)])
        for frame in [0, 7, 20] {
            #expect(
                try TestPictures.drawn(chunk, frame, variant: variant).samples
                    == TestPictures.drawn(chunk, frame, variant: .portable).samples)
        }
    }

    @Test func theMiddleOfACrossfadeIsTheMeanOfBoth() throws {
        let (a, b) = (TestPictures.shot("a", fit: .contain), TestPictures.shot("b"))
        let joint = Joint(from: a, to: b, transition: .crossfade, window: FrameWindow(first: 0, total: 29))
        let mixed = try TestPictures.drawn(TestPictures.chunk(.joint(joint), frames: 29), 14).samples
        let one = try TestPictures.drawn(TestPictures.chunk(.shot(a)), 14).samples
        let two = try TestPictures.drawn(TestPictures.chunk(.shot(b)), 14).samples
        for (mean, (x, y)) in zip(mixed, zip(one, two)) { #expect(abs(2 * Int(mean) - Int(x) - Int(y)) <= 1) }
    }

    @Test(arguments: [true, false]) func aFilmFadeRunsEvenlyBetweenBlackAndThePicture(rises: Bool) throws {
        let shot = TestPictures.shot("a")
        let chunk = TestPictures.chunk(
            .shot(shot), frames: 9, fade: FilmFade(rises: rises, window: FrameWindow(first: 0, total: 9)))
        let composer = FrameComposer(chunk, sources: DrawnSources())
        let plain = try TestPictures.drawn(TestPictures.chunk(.shot(shot)), 0)
        let target = Picture(width: 320, height: 180)
        var before = rises ? 0 : Int.max
        for frame in 0..<9 {
            try composer.draw(frame, into: target)
            let light = target.y.samples.reduce(0) { $0 + Int($1) - 16 }
            #expect(rises ? light > before : light < before)
            before = light
        }
        #expect(target.y.samples.reduce(0) { $0 + Int($1) } < plain.y.samples.reduce(0) { $0 + Int($1) })
    }

    @Test func theWholePictureShowsInContainAndBlur() throws {
        for fit in [Fit.contain, .blur] {
            let chunk = TestPictures.chunk(.shot(TestPictures.shot("a", size: (300, 400), fit: fit)))
            let target = try TestPictures.drawn(chunk, 0)
            let whole = TestPictures.scene("a", width: 135, height: 180)
            // 135 is drawn at 136, on even pixels.
            var error = 0
            for y in 0..<180 {
                for x in 4..<130 { error += abs(Int(target.y.row(y)[x + 92]) - Int(whole.y.row(y)[x])) }
            }
            #expect(Double(error) / (180 * 126) < 8)
            let corner = target.y.row(90)[20]
            if fit == .contain { #expect(corner == 16) } else { #expect(corner > 30) }
        }
    }

    @Test func theBackgroundShowsBesideAContainedPicture() throws {
        var shot = TestPictures.shot("a", size: (300, 400), fit: .contain)
        shot.background = "#FF0000"
        let target = try TestPictures.drawn(TestPictures.chunk(.shot(shot)), 0)
        let red = BT709.yuv(r: 255, g: 0, b: 0)
        #expect(target.y.row(90)[10] == red.y && target.u.row(45)[5] == red.u && target.v.row(45)[155] == red.v)
    }

    @Test func aPhotoIsAskedForOnceAndAtTheSizeItIsShownAt() throws {
        let sources = DrawnSources()
        let shot = TestPictures.shot("a", size: (4000, 3000), motion: Motion(.zoomIn, amount: 0.25))
        let composer = FrameComposer(TestPictures.chunk(.shot(shot)), sources: sources)
        let target = Picture(width: 320, height: 180)
        for frame in 0..<30 { try composer.draw(frame, into: target) }
        #expect(sources.asked.map(\.size) == [PixelSize(width: 400, height: 300)])
    }

    @Test func aClipIsShownAtItsOwnTimes() throws {
        let sources = DrawnSources()
        let clip = ClipSource(
            hash: "c", size: PixelSize(width: 320, height: 180), rotation: 0, start: MediaTime(seconds: 2), speed: 2)
        let shot = Shot(source: .clip(clip), window: FrameWindow(first: 10, total: 40))
        let composer = FrameComposer(TestPictures.chunk(.shot(shot), frames: 3), sources: sources)
        let target = Picture(width: 320, height: 180)
        for frame in 0..<3 { #expect(try composer.draw(frame, into: target) == .drawn) }
        let expected = [10, 11, 12].map { MediaTime(seconds: 2) + FrameRate(30).time(ofFrame: $0).scaled(by: 2) }
        #expect(sources.frameTimes == expected)
    }

    /// A phone's upright clip lies on its side in the file; turned, it is the upright picture.
    @Test func aClipsOwnRotationAndMirrorAreUndone() throws {
        final class Turned: ChunkSources {
            let upright = TestPictures.scene("c", width: 180, height: 320)
            var mirrored = false
            func photo(_ photo: PreparedPhoto) throws -> Picture { upright }
            func frame(of clip: ClipSource, at time: MediaTime) throws -> Picture {
                // What the camera stored: turned by 90 clockwise, then mirrored, it is upright.
                let stored = upright.turned(degrees: 270)
                return clip.isMirrored ? stored.turned(degrees: 0, mirrorX: true) : stored
            }
            func bitmap(of text: TextOverlay) throws -> Picture { upright }
            func cube(_ hash: String) throws -> String { hash }
            func map(_ photo: PhotoSource) throws -> Picture { upright }
        }
        for mirrored in [false, true] {
            let clip = ClipSource(
                hash: "c", size: PixelSize(width: 180, height: 320), rotation: 90, start: .zero, isMirrored: mirrored)
            let chunk = TestPictures.chunk(
                .shot(Shot(source: .clip(clip), window: FrameWindow(first: 0, total: 2))), frames: 2, canvas: (180, 320)
            )
            let target = Picture(width: 180, height: 320)
            let sources = Turned()
            try FrameComposer(chunk, sources: sources).draw(0, into: target)
            let same4 = target.samples == sources.upright.samples
            #expect(same4)
        }
    }

    @Test func aCroppedClipShowsThatPart() throws {
        let clip = ClipSource(hash: "c", size: PixelSize(width: 640, height: 360), rotation: 0, start: .zero)
        let crop = UnitRect(x: 0.5, y: 0.25, width: 0.5, height: 0.5)
        let shot = Shot(source: .clip(clip), window: FrameWindow(first: 0, total: 2), crop: crop)
        let target = try TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0)
        let whole = TestPictures.scene("c", width: 640, height: 360)
        let same5 = target.y.samples == whole.y.part(x: 320, y: 90, width: 320, height: 180).samples
        #expect(same5)
    }

    @Test func aPictureOverTheFilmLiesInItsRectangle() throws {
        let over = Overlay.picture(
            TestPictures.shot("b", size: (320, 180)), rect: UnitRect(x: 0.5, y: 0.5, width: 0.25, height: 0.25),
            opacity: 0.5)
        let ground = TestPictures.chunk(.shot(TestPictures.shot("a")))
        var chunk = ground
        chunk.spans[0].overlays = [over]
        let (with, without) = (try TestPictures.drawn(chunk, 0), try TestPictures.drawn(ground, 0))
        let logo = try TestPictures.drawn(
            TestPictures.chunk(.shot(TestPictures.shot("b", size: (320, 180))), canvas: (80, 45)), 0)
        for y in 0..<180 {
            for x in 0..<320 {
                let inside = (160..<240).contains(x) && (90..<135).contains(y)
                let (a, b) = (Int(with.y.row(y)[x]), Int(without.y.row(y)[x]))
                if inside {
                    #expect(abs(2 * a - b - Int(logo.y.row(y - 90)[x - 160])) <= 2)
                } else {
                    #expect(a == b)
                }
            }
        }
    }

    @Test func aFrameOutsideAndAWrongTargetAreRefused() throws {
        let composer = FrameComposer(TestPictures.chunk(.shot(TestPictures.shot("a"))), sources: DrawnSources())
        let target = Picture(width: 320, height: 180)
        #expect(throws: CompositorError.noSuchFrame(30, count: 30)) { try composer.draw(30, into: target) }
        #expect(throws: CompositorError.noSuchFrame(-1, count: 30)) { try composer.draw(-1, into: target) }
        #expect(throws: CompositorError.self) { try composer.draw(0, into: Picture(width: 32, height: 18)) }
        var odd = TestPictures.shot("a")
        odd.background = "reddish"
        #expect(throws: CompositorError.unknownColour("reddish")) {
            try TestPictures.drawn(TestPictures.chunk(.shot(odd)), 0)
        }
        let joint = Joint(
            from: odd, to: odd, transition: Transition.Name("no-such-transition"),
            window: FrameWindow(first: 0, total: 5))
        #expect(throws: CompositorError.unknownTransition("no-such-transition")) {
            try TestPictures.drawn(TestPictures.chunk(.joint(joint)), 0)
        }
    }
}
