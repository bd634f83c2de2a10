// SPDX-License-Identifier: GPL-3.0-or-later
import ColourTables
import EditModel
import EditTime
import PixelBuffers
import RenderPlanning
import Testing

@testable import Compositor

@Suite struct GradingTests {
    static let looks = Grade.Look.allCases.filter { $0 != .none }

    static func grade(_ look: Grade.Look) -> Grade {
        var grade = Grade()
        grade.look = look
        return grade
    }

    /// One colour as a picture, graded.
    private func graded(_ r: UInt8, _ g: UInt8, _ b: UInt8, _ table: GradeTable) -> (r: Int, g: Int, b: Int) {
        let picture = Picture(width: 2, height: 2)
        picture.fill(BT709.yuv(r: r, g: g, b: b))
        table.apply(to: picture)
        let rgb = BT709.rgb(y: picture.y.row(0)[0], u: picture.u.row(0)[0], v: picture.v.row(0)[0])
        return (Int(rgb.r), Int(rgb.g), Int(rgb.b))
    }

    @Test(arguments: looks) func tablesGiveWhatTheTransformSays(look: Grade.Look) {
        let table = GradeTable(Self.grade(look)), transform = ColourTransform(Self.grade(look))
        var numbers = SeededNumbers(5)
        for _ in 0..<300 {
            let (r, g, b) = (
                UInt8.random(in: 10...245, using: &numbers), UInt8.random(in: 10...245, using: &numbers),
                UInt8.random(in: 10...245, using: &numbers)
            )
            let exact = transform(SIMD3(Double(r), Double(g), Double(b)) / 255) * 255
            let drawn = graded(r, g, b, table)
            #expect(
                abs(exact.x - Double(drawn.r)) < 11 && abs(exact.y - Double(drawn.g)) < 6
                    && abs(exact.z - Double(drawn.b)) < 14, "\(exact) \(drawn)")
        }
    }

    @Test(arguments: looks) func looksKeepTheOrderOfGreysAndCrushNoShadow(look: Grade.Look) {
        let transform = ColourTransform(Self.grade(look))
        var before = -1.0
        for step in 0...255 {
            let luma = ColourTransform.luma(transform(SIMD3(repeating: Double(step) / 255)))
            #expect(luma > before)
            before = luma
        }
        // A shadow of 8 % keeps at least half of its light over black.
        let black = ColourTransform.luma(transform(.zero))
        #expect(ColourTransform.luma(transform(SIMD3(repeating: 0.08))) - black > 0.04)
        #expect(black < 0.14 && ColourTransform.luma(transform(.one)) > 0.9)
    }

    /// Skin stays red over green over blue, and not paler than by a third, in every coloured look.
    @Test(arguments: looks.filter { !LookTests.unlikeSkin.contains($0) }) func skinStaysAlive(look: Grade.Look) {
        let transform = ColourTransform(Self.grade(look))
        // A bleach that is left out takes half of all colour.
        let least = look.rawValue == "bleach-bypass" ? 0.4 : 0.55
        for skin in [SIMD3(0.94, 0.78, 0.69), SIMD3(0.78, 0.57, 0.45), SIMD3(0.45, 0.29, 0.21)] {
            let drawn = transform(skin)
            #expect(drawn.x > drawn.y && drawn.y > drawn.z)
            let (before, after) = ((skin.x - skin.z) / skin.x, (drawn.x - drawn.z) / drawn.x)
            #expect(after > before * least && after < before * 1.5)
        }
    }

    @Test func adjustmentsGoTheWayTheySay() {
        func moved(_ change: (inout Grade) -> Void) -> SIMD3<Double> {
            var grade = Grade()
            change(&grade)
            return ColourTransform(grade)(SIMD3(0.5, 0.4, 0.3))
        }
        let plain = SIMD3(0.5, 0.4, 0.3)
        #expect(ColourTransform.luma(moved { $0.brightness = 0.5 }) > ColourTransform.luma(plain) + 0.05)
        #expect(ColourTransform.luma(moved { $0.brightness = -0.5 }) < ColourTransform.luma(plain) - 0.05)
        #expect(moved { $0.saturation = -1 }.max() - moved { $0.saturation = -1 }.min() < 1e-9)
        #expect(moved { $0.saturation = 0.5 }.x - moved { $0.saturation = 0.5 }.z > 0.25)
        let (warm, cool) = (moved { $0.temperature = 0.5 }, moved { $0.temperature = -0.5 })
        #expect(warm.x / warm.z > plain.x / plain.z && cool.x / cool.z < plain.x / plain.z)
        #expect(abs(ColourTransform.luma(warm) - ColourTransform.luma(plain)) < 0.01)
        func spread(_ contrast: Double) -> Double {
            var grade = Grade()
            grade.contrast = contrast
            let transform = ColourTransform(grade)
            return transform(SIMD3(repeating: 0.7)).x - transform(SIMD3(repeating: 0.25)).x
        }
        #expect(spread(0.6) > spread(0) && spread(0) > spread(-0.6))
        var wild = Grade()
        wild.brightness = .nan
        wild.contrast = .infinity
        #expect(ColourTransform(wild)(plain) == plain)
    }

    @Test func aClipIsGradedAndAPhotoComesGraded() throws {
        let clip = ClipSource(hash: "c", size: PixelSize(width: 320, height: 180), rotation: 0, start: .zero)
        for fit in [Fit.cover, .contain] {
            var shot = Shot(source: .clip(clip), window: FrameWindow(first: 0, total: 2), fit: fit)
            shot.grade.look = .blackAndWhite
            let target = try TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0)
            #expect(target.u.samples.allSatisfy { $0 == 128 })
            // A photo's picture is as its file is.
            shot.source = .photo(TestPictures.photo("a", 320, 180))
            let photo = try TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0)
            #expect(photo.samples == TestPictures.scene("a", width: 320, height: 180).samples)
        }
    }

    @Test func theAskedPhotoNamesItsColoursButNotTheCanvasss() throws {
        var shot = TestPictures.shot("a")
        shot.grade.look = .warm
        shot.grade.vignette = 0.5
        let prepared = PreparedPhoto(shot, canvas: PixelSize(width: 320, height: 180))
        #expect(prepared?.grade == Self.grade(.warm))
    }

    @Test func aVignetteDarkensTowardsTheCorners() throws {
        var shot = Shot(source: .color("#808080"), window: FrameWindow(first: 0, total: 2))
        shot.grade.vignette = 1
        let luma = try TestPictures.drawn(TestPictures.chunk(.shot(shot), frames: 2), 0).luma
        let diagonal = (0..<90).map { Int(luma[$0 * 320 + $0 * 160 / 90]) }
        #expect(zip(diagonal, diagonal.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(diagonal[0] < 70 && diagonal[89] == Int(BT709.luma(128, 128, 128)))
        #expect(luma[180 * 320 - 1] == luma[0] && luma[179 * 320] == luma[0])
    }

    @Test func grainIsTheSameForAFrameAndAnotherForTheNext() throws {
        var shot = Shot(source: .color("#808080"), window: FrameWindow(first: 0, total: 10))
        shot.grade.grain = 0.5
        let chunk = TestPictures.chunk(.shot(shot), frames: 10)
        let one = try TestPictures.drawn(chunk, 3).luma
        #expect(try TestPictures.drawn(chunk, 3).luma == one)
        #expect(try TestPictures.drawn(chunk, 4).luma != one)
        let grey = Double(BT709.luma(128, 128, 128))
        let mean = one.reduce(0.0) { $0 + Double($1) } / Double(one.count)
        let spread = one.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(one.count)
        #expect(abs(mean - grey) < 0.5 && spread > 16 && spread < 200)
    }

    @Test func aColourTableIsAppliedAfterTheGrade() throws {
        // Red runs fastest: each corner with red and blue exchanged.
        var text = "LUT_3D_SIZE 2\n"
        for b in 0..<2 { for g in 0..<2 { for r in 0..<2 { text += "\(b) \(g) \(r)\n" } } }
        let cube = try CubeTable(parsing: text)
        var grade = Grade()
        grade.lut = "hash"
        let table = GradeTable(grade, cube: cube)
        let picture = Picture(width: 2, height: 2)
        picture.fill(BT709.yuv(r: 200, g: 100, b: 50))
        table.apply(to: picture)
        let rgb = BT709.rgb(y: picture.y.row(0)[0], u: picture.u.row(0)[0], v: picture.v.row(0)[0])
        #expect(abs(Int(rgb.r) - 50) < 4 && abs(Int(rgb.g) - 100) < 4 && abs(Int(rgb.b) - 200) < 4)
    }
}
