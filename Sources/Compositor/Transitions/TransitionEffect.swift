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
    private var scratch: [Picture] = []

    init(sampler: PictureSampler) { self.sampler = sampler }

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
        for (name, effect) in rows { table[Transition.Name(name)] = effect }
        return table
    }()

    private static let rows: [(String, any TransitionEffect)] = [
        ("crossfade", Crossfade()),
        ("fade-black", FadeThrough(red: 0, green: 0, blue: 0)),
        ("fade-white", FadeThrough(red: 255, green: 255, blue: 255)),
        ("wipe-left", Wipe(.left)),
        ("wipe-right", Wipe(.right)),
        ("wipe-up", Wipe(.up)),
        ("wipe-down", Wipe(.down)),
        ("slide-left", Slide(.left)),
        ("slide-right", Slide(.right)),
        ("slide-up", Slide(.up)),
        ("slide-down", Slide(.down)),
        ("push-left", Push(.left)),
        ("push-right", Push(.right)),
        ("push-up", Push(.up)),
        ("push-down", Push(.down)),
        ("circle-open", Circle(opens: true)),
        ("circle-close", Circle(opens: false)),
        ("radial", Radial()),
        ("blur", BlurThrough()),
        ("zoom-in", ZoomThrough(comesCloser: true)),
        ("zoom-out", ZoomThrough(comesCloser: false)),
        ("spin", Spin()),
        ("page-turn", PageTurn()),
        ("glitch", Glitch()),
        ("flash", Flash()),
    ]
}

/// Where something goes on the canvas.
enum Direction: Sendable {
    case left, right, up, down

    var x: Double { self == .left ? -1 : self == .right ? 1 : 0 }
    var y: Double { self == .up ? -1 : self == .down ? 1 : 0 }
    var isHorizontal: Bool { self == .left || self == .right }
}
