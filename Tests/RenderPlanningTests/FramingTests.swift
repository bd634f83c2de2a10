// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning
import Testing

/// What the plain planner's framing looks like once it is geometry: no frame of a shot cuts a face.
@Suite struct FramingTests {
    @Test(arguments: Motion.Kind.allCases.filter { $0 != .none }, [Fit.cover, .contain, .blur])
    func thePiecesOfASplitShotShowTheFramesThatTheWholeWouldHaveShown(_ kind: Motion.Kind, _ fit: Fit) {
        let whole = Motion(kind, amount: 0.3)
        let (first, rest) = whole.split(after: 40, of: 100)
        let (second, third) = rest.split(after: 25, of: 60)
        func view(_ motion: Motion, _ frame: Int, of total: Int) -> PixelRect {
            let shot = ShotGeometry(
                source: PixelSize(width: 4000, height: 3000), canvas: PixelSize(width: 1920, height: 1080), fit: fit,
                focus: UnitPoint(x: 0.3, y: 0.6), motion: motion
            ).view(frame: frame, of: total)
            return fit == .cover ? shot.source : shot.target
        }
        for frame in 0..<100 {
            let expected = view(whole, frame, of: 100)
            let shown =
                frame < 40
                ? view(first, frame, of: 40)
                : frame < 65 ? view(second, frame - 40, of: 25) : view(third, frame - 65, of: 35)
            for (a, b) in [
                (shown.x, expected.x), (shown.y, expected.y), (shown.width, expected.width),
                (shown.height, expected.height),
            ] {
                #expect(abs(a - b) < 1e-6, "frame \(frame)")
            }
        }
    }

    @Test func facesStayInTheFrameFromFirstToLast() throws {
        var random = SeededRandom(seed: 11)
        let sizes = [(4000, 3000), (3000, 4000), (3000, 3000), (4000, 2250), (2250, 4000), (6000, 2000), (3000, 2000)]
        let canvases = [(1920, 1080), (1080, 1920), (1080, 1080), (1080, 1350)]
        var covered = 0
        for seed in 0..<600 {
            let (width, height) = sizes.randomElement(using: &random) ?? (4, 3)
            let canvas = canvases.randomElement(using: &random) ?? (16, 9)
            var photo = PlanSamples.photo("p", PixelSize(width: width, height: height))
            photo.faces = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                let side = Double.random(in: 0.03...0.3, using: &random)
                return UnitRect(
                    x: Double.random(in: 0...(1 - side), using: &random),
                    y: Double.random(in: 0...(1 - side), using: &random), width: side, height: side)
            }
            var wishes = EditWishes()
            wishes.canvas = PixelSize(width: canvas.0, height: canvas.1)
            var other = photo
            (other.id, other.name) = ("q", "q.jpg")
            let draft = try AutoEdit(media: [photo, other], wishes: wishes).proposal().draft
            let plan = try FilmPlan(draft: draft, inputs: PlanInputs(media: ["p": photo, "q": other]))
            for span in plan.chunks.flatMap(\.spans) {
                guard case .shot(let shot) = span.main, shot.fit == .cover,
                    let geometry = ShotGeometry(shot, canvas: plan.canvas)
                else { continue }
                covered += 1
                // Over a panorama the view passes by every face, at its full height.
                let travels = shot.motion.isPan
                for frame in Set([0, shot.window.total - 1]) {
                    let view = geometry.view(frame: frame, of: shot.window.total).source
                    for face in photo.faces {
                        let (left, right) = (face.x * Double(width), (face.x + face.width) * Double(width))
                        let (top, bottom) = (face.y * Double(height), (face.y + face.height) * Double(height))
                        #expect(
                            (travels || left >= view.x - 1 && right <= view.maxX + 1) && top >= view.y - 1
                                && bottom <= view.maxY + 1,
                            "photo \(seed) \(width)×\(height) on \(canvas): face \(face), view \(view)")
                    }
                }
            }
        }
        #expect(covered > 500)
    }
}
