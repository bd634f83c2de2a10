// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers
import RenderPlanning

/// How far a transition has gone, as a fraction of whole frames: 0/n shows only the first picture, n/n only the second.
struct TransitionProgress: Hashable, Sendable {
    var step: Int
    var steps: Int

    init(_ step: Int, of steps: Int) {
        self.step = step
        self.steps = steps
    }

    var share: Double { Double(step) / Double(steps) }
    /// In 1/256, to the nearest.
    var blend: Int { (512 * step + steps) / (2 * steps) }
}

/// What one picture turns into another by. A small value; a new transition is one file and one row of `TransitionEffects`.
protocol TransitionEffect: Sendable {
    /// Fills `target` from two opaque pictures of its size. Neither may be `target`.
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools)
}

/// What effects draw with: the sampler and pictures to work in; one thread at a time.
final class TransitionTools {
    let sampler: PictureSampler
    var focus = SoftFocus()
    /// The grey picture that steers a luma-key transition.
    var grey: Picture?
    private var scratch: [Picture] = []
    private var shapeMap: (name: String, map: ArrivalMap)?
    private var fittedGrey: (picture: Picture, map: ArrivalMap)?

    init(sampler: PictureSampler) { self.sampler = sampler }

    /// The shape on a canvas of that size, kept from frame to frame.
    func map(of shape: ArrivalShape, like picture: Picture) -> ArrivalMap {
        if let (name, map) = shapeMap, name == shape.name, map.width == picture.width, map.height == picture.height {
            return map
        }
        let map = ArrivalMap(shape, width: picture.width, height: picture.height)
        shapeMap = (shape.name, map)
        return map
    }

    /// The grey picture, filling a canvas of that size; nil without one.
    func greyMap(like picture: Picture) -> ArrivalMap? {
        guard let grey else { return nil }
        if let (known, map) = fittedGrey, known === grey, map.width == picture.width, map.height == picture.height {
            return map
        }
        let fitted = Picture(width: picture.width, height: picture.height)
        sampler.draw(
            grey, into: fitted, at: PixelRect(x: 0, y: 0, width: Double(fitted.width), height: Double(fitted.height)))
        let map = ArrivalMap(grey: fitted)
        fittedGrey = (grey, map)
        return map
    }

    /// A picture to work in, `index` of several, of unknown contents, kept from frame to frame.
    func scratch(_ index: Int, like picture: Picture) -> Picture {
        scratch(index, PictureLayout(width: picture.width, height: picture.height))
    }

    func scratch(_ index: Int, _ layout: PictureLayout) -> Picture {
        while scratch.count <= index { scratch.append(Picture(layout: layout)) }
        if scratch[index].layout != layout { scratch[index] = Picture(layout: layout) }
        return scratch[index]
    }
}

/// One row a transition.
enum TransitionEffects {
    static let table: [Transition.Name: any TransitionEffect] = {
        var table: [Transition.Name: any TransitionEffect] = [:]
        for (name, effect) in rows + directed { table[Transition.Name(name)] = effect }
        for shape in ArrivalShapes.rows { table[Transition.Name(shape.name)] = ArrivalMix(shape: shape) }
        return table
    }()

    private static let rows: [(String, any TransitionEffect)] = [
        ("crossfade", Crossfade()),
        ("fade-black", FadeThrough(red: 0, green: 0, blue: 0)),
        ("fade-white", FadeThrough(red: 255, green: 255, blue: 255)),
        ("fade-grays", FadeGrays()),
        ("fade-fast", DifferenceMix(order: .fast)),
        ("fade-slow", DifferenceMix(order: .slow)),
        ("distance", DifferenceMix(order: .distance)),
        ("circle-crop", CropThrough(shape: ArrivalShapes.circle)),
        ("rectangle-crop", CropThrough(shape: ArrivalShapes.rectangle)),
        ("squeeze-horizontal", Squeeze(toLine: true)),
        ("squeeze-vertical", Squeeze(toLine: false)),
        ("blur", BlurThrough()),
        ("pixelize", Pixelize()),
        ("zoom-in", ZoomThrough(comesCloser: true)),
        ("zoom-out", ZoomThrough(comesCloser: false)),
        ("spin", Spin()),
        ("cube", CubeTurn()),
        ("flip", CardFlip()),
        ("ripple", BentHandover.ripple),
        ("swirl", BentHandover.swirl),
        ("kaleidoscope", BentHandover.kaleidoscope),
        ("page-turn", PageTurn()),
        ("glitch", Glitch()),
        ("flash", Flash()),
        ("light-leak", LightLeak()),
        ("film-burn", FilmBurn()),
        ("luma-key", LumaKey()),
    ]

    /// What there is in four directions.
    private static let directed: [(String, any TransitionEffect)] = Direction.allCases.flatMap {
        direction -> [(String, any TransitionEffect)] in
        [
            ("wipe-\(direction)", Wipe(direction)),
            ("slide-\(direction)", Slide(direction)),
            ("cover-\(direction)", Slide(direction, firstLiesStill: true)),
            ("reveal-\(direction)", Reveal(direction)),
            ("push-\(direction)", Push(direction)),
            ("whip-\(direction)", WhipPan(direction)),
        ]
    }
}

/// Where something goes on the canvas.
enum Direction: CaseIterable, Sendable {
    case left, right, up, down

    var x: Double { self == .left ? -1 : self == .right ? 1 : 0 }
    var y: Double { self == .up ? -1 : self == .down ? 1 : 0 }
    var isHorizontal: Bool { self == .left || self == .right }
}
