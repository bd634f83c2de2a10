// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import Testing

@testable import Compositor

@Suite struct TurningTests {
    private static func plain(_ width: Int, _ height: Int, _ luma: UInt8) -> Picture {
        let picture = Picture(width: width, height: height)
        picture.fill((luma, 128, 128))
        return picture
    }

    /// Two white pictures: whatever the turning uncovered would be dark.
    @Test(arguments: [(320, 180), (180, 320), (161, 91), (400, 60)], ["spin", "zoom-in", "zoom-out"])
    func noCornerIsEmpty(size: (Int, Int), name: String) throws {
        let (width, height) = size
        let effect = try #require(TransitionEffects.table[Transition.Name(name)])
        let (from, to) = (Self.plain(width, height, 235), Self.plain(width, height, 235))
        let target = Picture(width: width, height: height)
        for step in 0...24 {
            target.fill(BT709.black)
            effect.draw(
                from: from, to: to, at: TransitionProgress(step, of: 24), into: target,
                with: TransitionTools(sampler: PictureSampler()))
            let darkest = target.y.samples.min()
            #expect(darkest == 235, "at \(step)")
        }
    }

    @Test func aWholeTurnOfAPictureIsThePicture() {
        let scene = TestPictures.scene("a", width: 160, height: 90)
        let target = Picture(width: 160, height: 90)
        for angle in [0.0, 2, -2] {
            TurnedPicture(angle: angle, zoom: 1).draw(scene, into: target)
            let same = target.samples == scene.samples
            #expect(same)
        }
        TurnedPicture(angle: 1, zoom: 1).draw(scene, into: target)
        let turned = scene.turned(degrees: 180)
        let upsideDown = target.luma == turned.luma
        #expect(upsideDown)
    }

    /// A page lies flat where the roll has not come, and what was below lies bare where it has passed.
    @Test func aPageTurnsFromTheLowerRight() throws {
        let effect = try #require(TransitionEffects.table[Transition.Name("page-turn")])
        let (from, to) = (Self.plain(320, 180, 60), Self.plain(320, 180, 150))
        let target = Picture(width: 320, height: 180)
        effect.draw(
            from: from, to: to, at: TransitionProgress(1, of: 2), into: target,
            with: TransitionTools(sampler: PictureSampler()))
        #expect(target.y.row(179)[2] == 60 && target.y.row(10)[318] == 150)
        // Its back is paper, paler than either side.
        #expect(target.y.samples.contains { $0 > 170 })
        // A shadow lies on what it uncovers, beside the roll.
        #expect(target.y.row(90).pointee == 60 && (0..<320).contains { (70..<140).contains(target.y.row(90)[$0]) })
    }

    @Test(arguments: [0, 0.1, 0.5, 0.707_106_781_186_547_5, 0.9, 1]) func theArcIsTheSinesInverse(x: Double) {
        #expect(abs(LanczosWindow.sineOfHalfTurns(PageCurl.arcSine(x) / Double.pi) - x) < 1e-12)
    }

    /// Each moment of a glitch has a disturbance of its own, and the same one every time.
    @Test func aGlitchChangesFromMomentToMoment() throws {
        let effect = try #require(TransitionEffects.table[Transition.Name("glitch")])
        let scene = TestPictures.scene("a", width: 320, height: 180)
        let drawn = (8...12).map { step in
            let target = Picture(width: 320, height: 180)
            effect.draw(
                from: scene, to: scene, at: TransitionProgress(step, of: 20), into: target,
                with: TransitionTools(sampler: PictureSampler()))
            return target.samples
        }
        let others = zip(drawn, drawn.dropFirst()).filter { $0 != $1 }.count
        #expect(others >= 2)
        let torn = drawn.allSatisfy { $0 != scene.samples }
        #expect(torn)
    }
}
