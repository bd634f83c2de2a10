// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers
import RenderPlanning

/// The first picture moves off and shows the second, which lay under it.
struct Reveal: TransitionEffect {
    let direction: Direction

    init(_ direction: Direction) { self.direction = direction }

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let way = Easing.smoother(progress.share)
        if way <= 0 { return target.copyColours(of: from) }
        if way >= 1 { return target.copyColours(of: to) }
        let (width, height) = (Double(target.width), Double(target.height))
        target.copyColours(of: to)
        tools.sampler.draw(
            from, into: target,
            at: PixelRect(x: direction.x * way * width, y: direction.y * way * height, width: width, height: height))
    }
}

/// The first picture is pressed flat until nothing of it is left over the second.
struct Squeeze: TransitionEffect {
    /// Pressed from above and below; else from the sides.
    let toLine: Bool

    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        let left = 1 - Easing.smooth(progress.share)
        if progress.step <= 0 { return target.copyColours(of: from) }
        target.copyColours(of: to)
        if progress.step >= progress.steps { return }
        let (width, height) = (Double(target.width), Double(target.height))
        let across = toLine ? width : width * left, down = toLine ? height * left : height
        tools.sampler.draw(
            from, into: target,
            at: PixelRect(x: (width - across) / 2, y: (height - down) / 2, width: across, height: down))
    }
}

/// The picture falls apart into squares that grow, and the second comes together out of them.
struct Pixelize: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let share = progress.share
        let mixed = tools.scratch(0, like: target)
        mixed.mix(from, to, share: Int((256 * Easing.smooth((share - 0.3) / 0.4)).rounded()))
        let bend = 1 - abs(2 * share - 1)
        let most = Double(min(target.width, target.height)) / 14
        // Even, so that a square of colour covers whole squares of luma.
        let side = 2 * Int((most * Easing.smooth(bend) / 2).rounded())
        guard side >= 2 else { return target.copyColours(of: mixed) }
        Self.squares(of: mixed.y, side: side, into: target.mutableY)
        Self.squares(of: mixed.u, side: side / 2, into: target.mutableU)
        Self.squares(of: mixed.v, side: side / 2, into: target.mutableV)
        // The first small squares come softly.
        let soft = Int((256 * Easing.smooth(bend * 3)).rounded())
        if soft < 256 { target.mix(mixed, target, share: soft) }
    }

    /// Each square has its mean; they are laid from the middle, those at the edges are cut.
    private static func squares(of plane: Plane, side: Int, into target: MutablePlane) {
        let firstX = (plane.width / 2) % side, firstY = (plane.height / 2) % side
        var top = firstY == 0 ? 0 : firstY - side
        while top < plane.height {
            let rows = max(0, top)..<min(plane.height, top + side)
            var left = firstX == 0 ? 0 : firstX - side
            while left < plane.width {
                let columns = max(0, left)..<min(plane.width, left + side)
                var sum = 0
                for y in rows {
                    let row = plane.row(y)
                    for x in columns { sum += Int(row[x]) }
                }
                let count = rows.count * columns.count
                let mean = UInt8(truncatingIfNeeded: (sum + count / 2) / count)
                for y in rows { (target.row(y) + columns.lowerBound).update(repeating: mean, count: columns.count) }
                left += side
            }
            top += side
        }
    }
}
