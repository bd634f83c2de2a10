// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

extension ShotGeometry {
    /// The part of the source that fills the canvas.
    func coverView(at progress: Double) -> PixelRect {
        let whole = largestView
        switch motion.kind {
        case .none:
            return placed(whole.width, whole.height)
        case .zoomIn:
            return zoomView(at: progress)
        case .zoomOut:
            return zoomView(at: 1 - progress)
        case .panLeft: return travelView(at: progress, across: -1, down: 0)
        case .panRight: return travelView(at: progress, across: 1, down: 0)
        case .panUp: return travelView(at: progress, across: 0, down: -1)
        case .panDown: return travelView(at: progress, across: 0, down: 1)
        case .driftNorthEast: return travelView(at: progress, across: 1, down: -1)
        case .driftNorthWest: return travelView(at: progress, across: -1, down: -1)
        case .driftSouthEast: return travelView(at: progress, across: 1, down: 1)
        case .driftSouthWest: return travelView(at: progress, across: -1, down: 1)
        }
    }

    /// The largest part of the source with the canvas's aspect.
    private var largestView: (width: Double, height: Double) {
        let (width, height) = (Double(source.width), Double(source.height))
        let wanted = Double(canvas.width) / Double(canvas.height)
        return width > height * wanted ? (height * wanted, height) : (width, width / wanted)
    }

    /// A view of that size round the focus, inside the source.
    ///
    /// Where much is cut above and below, the view sits a little above the focus, because heads are above the point that
    /// draws the eye; more so when no focus is known.
    private func placed(_ width: Double, _ height: Double) -> PixelRect {
        let spare = (x: Double(source.width) - width, y: Double(source.height) - height)
        var centreY = focus.y * Double(source.height)
        let cut = min(1, max(0, spare.y / height))
        centreY -= (focus == .center ? 0.16 : 0.08) * cut * height
        return PixelRect(
            x: min(max(focus.x * Double(source.width) - width / 2, 0), max(spare.x, 0)),
            y: min(max(centreY - height / 2, 0), max(spare.y, 0)), width: width, height: height)
    }

    /// From the largest view (0) to the one `amount` closer (1): the size shrinks by the same factor in equal times, and
    /// every edge moves in proportion to it.
    private func zoomView(at progress: Double) -> PixelRect {
        let whole = largestView
        let far = placed(whole.width, whole.height)
        let near = placed(whole.width / (1 + motion.amount), whole.height / (1 + motion.amount))
        let factor = ExactCurve.power(1 + motion.amount, progress)
        let share = (1 - 1 / factor) / (1 - 1 / (1 + motion.amount))
        return PixelRect(
            x: far.x + (near.x - far.x) * share, y: far.y + (near.y - far.y) * share, width: whole.width / factor,
            height: whole.height / factor)
    }

    /// A view that travels in the given direction and ends at the focus as nearly as the source allows. It goes closer only
    /// as far as it must to have room, and where there is room to spare it travels up to twice the amount. A pan by more than
    /// a half goes on: at 1 from one end of the source to the other, however long it is.
    private func travelView(at progress: Double, across: Double, down: Double) -> PixelRect {
        let whole = largestView
        let amount = min(motion.amount, 0.5)
        let share = across != 0 && down != 0 ? amount * 0.75 : amount
        var scale = 1.0
        if across != 0 { scale = min(scale, Double(source.width) / (whole.width * (1 + share))) }
        if down != 0 { scale = min(scale, Double(source.height) / (whole.height * (1 + share))) }
        let (width, height) = (whole.width * scale, whole.height * scale)
        let end = placed(width, height)

        func place(_ direction: Double, _ end: Double, _ size: Double, _ spare: Double) -> Double {
            if direction == 0 { return end }
            let diagonal = across != 0 && down != 0
            let far = (motion.amount - 0.5) * 2 * spare
            let travel = min(max(spare, 0), max((diagonal ? 1 : 2) * share * size, far))
            let last = direction > 0 ? max(end, travel) : min(end, spare - travel)
            return last - direction * travel * (1 - progress)
        }
        return PixelRect(
            x: place(across, end.x, width, Double(source.width) - width),
            y: place(down, end.y, height, Double(source.height) - height), width: width, height: height)
    }
}
