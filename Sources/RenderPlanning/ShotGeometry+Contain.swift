// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

extension ShotGeometry {
    /// Where the whole picture lies on the canvas. Zooms begin (or end) at the full fit and grow beyond the canvas from
    /// there, by half the amount: where the picture touches the canvas's edges it stays sealed to them, so that no strip of
    /// ground opens at its sides. Travels use the free room beside it.
    func containedRect(at progress: Double) -> PixelRect {
        let rest = restingRect
        let amount = (motion.isPan ? min(motion.amount, 0.5) : motion.amount) / 2
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        func scaled(_ progress: Double) -> PixelRect {
            let scale = ExactCurve.power(1 + amount, progress)
            return PixelRect(
                x: width / 2 + (rest.x - width / 2) * scale, y: height / 2 + (rest.y - height / 2) * scale,
                width: rest.width * scale, height: rest.height * scale)
        }
        /// The view goes one way, so the picture goes the other.
        func moved(_ across: Double, _ down: Double) -> PixelRect {
            var rect = rest
            let way = (0.5 - progress) * amount
            rect.x = min(max(rect.x + across * way * rest.width, 0), max(0, width - rest.width))
            rect.y = min(max(rect.y + down * way * rest.height, 0), max(0, height - rest.height))
            return rect
        }
        switch motion.kind {
        case .none: return rest
        case .zoomIn: return scaled(progress)
        case .zoomOut: return scaled(1 - progress)
        case .panLeft: return moved(-1, 0)
        case .panRight: return moved(1, 0)
        case .panUp: return moved(0, -1)
        case .panDown: return moved(0, 1)
        case .driftNorthEast: return moved(1, -1)
        case .driftNorthWest: return moved(-1, -1)
        case .driftSouthEast: return moved(1, 1)
        case .driftSouthWest: return moved(-1, 1)
        }
    }

    /// Centred, as large as fits, its edges on even pixels so that they are crisp.
    private var restingRect: PixelRect {
        func even(_ x: Double, atMost limit: Int) -> Int {
            let rounded = Int((x / 2).rounded()) * 2
            return rounded >= limit - 1 ? limit : max(2, rounded)
        }
        let scale = min(
            Double(canvas.width) / Double(source.width), Double(canvas.height) / Double(source.height))
        let width = min(even(Double(source.width) * scale, atMost: canvas.width), canvas.width)
        let height = min(even(Double(source.height) * scale, atMost: canvas.height), canvas.height)
        return PixelRect(
            x: Double((canvas.width - width) / 4 * 2), y: Double((canvas.height - height) / 4 * 2),
            width: Double(width), height: Double(height))
    }

    /// The blurred copy moves with the picture, further away: it zooms at a quarter of the amount and does not travel.
    func backdropView(at progress: Double) -> PixelRect {
        let amount = motion.amount / 4
        let kind: Motion.Kind = motion.kind == .zoomOut ? .zoomOut : .zoomIn
        let behind = ShotGeometry(
            source: source, canvas: canvas, fit: .cover, focus: .center,
            motion: motion.kind == .zoomIn || motion.kind == .zoomOut ? Motion(kind, amount: amount) : .none)
        return behind.coverView(at: progress)
    }
}
