// SPDX-License-Identifier: GPL-3.0-or-later
import PixelBuffers

/// A picture on an upright face in space, as a camera before the middle sees it.
struct StandingFace {
    /// Where its left and right edge stand: to the right of the middle, and away from the camera beyond the canvas, in canvas
    /// widths.
    var left: (x: Double, depth: Double)
    var right: (x: Double, depth: Double)
    /// How much light falls on it, 0…1.
    var light: Double

    /// From the camera to the canvas, in canvas widths.
    static let distance = 1.7

    /// Whether the camera sees its front.
    var facesCamera: Bool {
        left.x * Self.distance / (Self.distance + left.depth) < right.x * Self.distance / (Self.distance + right.depth)
    }

    /// Draws it over what is there. Edges are as soft as a sample.
    func draw(_ picture: Picture, into target: Picture) {
        guard facesCamera else { return }
        let shade = Int((256 * min(max(light, 0), 1)).rounded())
        draw(picture.y, into: target.mutableY, black: 16, shade)
        draw(picture.u, into: target.mutableU, black: 128, shade)
        draw(picture.v, into: target.mutableV, black: 128, shade)
    }

    private func draw(_ source: Plane, into target: MutablePlane, black: Int, _ shade: Int) {
        let width = Double(target.width)
        let far = (Self.distance + left.depth) / Self.distance, near = (Self.distance + right.depth) / Self.distance
        // On the canvas, in samples.
        let begins = (left.x / far + 0.5) * width, ends = (right.x / near + 0.5) * width
        let columns = max(0, Int(begins.rounded(.down)))..<min(target.width, Int(ends.rounded(.up)))
        guard !columns.isEmpty else { return }
        withUnsafeTemporaryAllocation(of: FaceColumn.self, capacity: columns.count) { face in
            for (index, x) in columns.enumerated() {
                let centre = Double(x) + 0.5
                let part = min(max((centre - begins) / (ends - begins), 0), 1)
                // What is straight on the canvas is one over the depth.
                let closeness = (1 - part) / far + part / near
                let along = part / near / closeness * width - 0.5
                let covered = min(1, max(0, min(centre + 0.5 - begins, ends - centre + 0.5)))
                face[index] = FaceColumn(
                    place: Int((along * 256).rounded()), depth: Int((65536 / closeness).rounded()),
                    covered: Int((256 * covered).rounded()))
            }
            let height = target.height
            for y in 0..<height {
                let out = target.row(y)
                for (index, x) in columns.enumerated() {
                    let column = face[index]
                    // From the middle, in half samples; then the row in 1/256.
                    let row = ((2 * y + 1 - height) * column.depth) >> 9 + (height * 128) - 128
                    let inside = min(row + 256, height * 256 - row, 256)
                    if inside <= 0 { continue }
                    let value = black + (StandingFace.sample(source, column.place, row) - black) * shade / 256
                    let cover = column.covered * inside
                    out[x] = UInt8(truncatingIfNeeded: (Int(out[x]) * (65536 - cover) + value * cover + 32768) >> 16)
                }
            }
        }
    }

    private struct FaceColumn {
        /// The source's column in 1/256, from the first one's centre.
        let place: Int
        /// How many source rows a row of the canvas takes, in 1/65536.
        let depth: Int
        let covered: Int
    }

    /// At a place in 1/256 from the first sample's centre; beyond the edges they repeat.
    @inline(__always) private static func sample(_ source: Plane, _ x: Int, _ y: Int) -> Int {
        let column = min(max(x >> 8, 0), source.width - 1), row = min(max(y >> 8, 0), source.height - 1)
        let right = min(max((x >> 8) + 1, 0), source.width - 1), below = min(max((y >> 8) + 1, 0), source.height - 1)
        let (across, down) = (x & 255, y & 255)
        let (upper, lower) = (source.row(row), source.row(below))
        let top = Int(upper[column]) * (256 - across) + Int(upper[right]) * across
        let bottom = Int(lower[column]) * (256 - across) + Int(lower[right]) * across
        return (top * (256 - down) + bottom * down + 32768) >> 16
    }
}

/// Both pictures are faces of a cube that turns from the one to the other.
struct CubeTurn: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let angle = Easing.smoother(progress.share) / 2
        target.fill(BT709.black)
        // The face that is turned away most lies behind.
        let faces = [(from, Self.face(-angle)), (to, Self.face(0.5 - angle))]
        for (picture, face) in progress.share < 0.5 ? faces.reversed() : faces { face.draw(picture, into: target) }
    }

    /// A face of a cube of the canvas's width about an upright axis; at angle 0 (half turns) it fills the canvas.
    private static func face(_ angle: Double) -> StandingFace {
        let sine = LanczosWindow.sineOfHalfTurns(angle), cosine = LanczosWindow.sineOfHalfTurns(angle + 0.5)
        // The edge that comes to the front comes no nearer than the canvas, and a little less near than that.
        let back = 0.5 * (abs(cosine) + abs(sine)) + 0.55 * abs(sine * cosine)
        // (side, −½) turned about the middle of the cube.
        func corner(_ side: Double) -> (x: Double, depth: Double) {
            (side * cosine + 0.5 * sine, side * sine - 0.5 * cosine + back)
        }
        return StandingFace(left: corner(-0.5), right: corner(0.5), light: 0.35 + 0.65 * max(0, cosine))
    }
}

/// The first picture turns about its upright axis, and its back is the second.
struct CardFlip: TransitionEffect {
    func draw(
        from: Picture, to: Picture, at progress: TransitionProgress, into target: Picture, with tools: TransitionTools
    ) {
        if progress.step <= 0 { return target.copyColours(of: from) }
        if progress.step >= progress.steps { return target.copyColours(of: to) }
        let angle = Easing.smoother(progress.share)
        target.fill(BT709.black)
        let isFront = angle < 0.5
        let turned = isFront ? angle : angle - 1
        let sine = LanczosWindow.sineOfHalfTurns(turned), cosine = LanczosWindow.sineOfHalfTurns(turned + 0.5)
        // Half a width towards the camera at its nearest, and further away so that it stays whole.
        let back = 0.75 * abs(sine)
        let face = StandingFace(
            left: (-0.5 * cosine, back - 0.5 * sine), right: (0.5 * cosine, back + 0.5 * sine),
            light: 0.4 + 0.6 * abs(cosine))
        face.draw(isFront ? from : to, into: target)
    }
}
