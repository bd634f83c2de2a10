// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import RenderPlanning

/// Where a shot's whole picture lies on the canvas in its first frame and in its last: how editors place pictures, who know no
/// view that moves over them.
struct PictureWay {
    /// Of the picture as it is in its file, or as it is cropped.
    let size: PixelSize
    let turn: Turn
    let canvas: PixelSize
    /// Of the turned picture, in pixels of the canvas; may reach beyond it.
    let first: PixelRect
    let last: PixelRect

    var isMoving: Bool { first != last }

    /// Nil for what has no picture of its own, or none whose size is known.
    ///
    /// - Parameters:
    ///   - turns: false where the format cannot turn pictures: it is placed as it is in its file.
    ///   - crops: false where the format cannot crop them: the whole picture is placed.
    init?(_ shot: FrameLine.Shot, in film: HandOver, turns: Bool, crops: Bool) {
        guard let id = shot.picture.assetID, let facts = film.media[id]?.facts, let whole = facts.size,
            whole.width > 0, whole.height > 0
        else { return nil }
        let picture = shot.picture
        canvas = film.draft.film.canvas
        turn = turns ? picture.turn : .none
        let box = PixelBox(of: crops ? picture.crop ?? .whole : .whole, in: whole)
        size = box.size
        let centre = picture.focus ?? facts.focus ?? .center
        let focus = turn.applied(
            to: UnitPoint(
                x: (centre.x * Double(whole.width) - Double(box.x)) / Double(box.width),
                y: (centre.y * Double(whole.height) - Double(box.y)) / Double(box.height)))
        var place = PixelRect(canvas)
        var fit = picture.fit
        if let rect = picture.rect {
            place = PixelRect(
                x: rect.x * Double(canvas.width), y: rect.y * Double(canvas.height),
                width: rect.width * Double(canvas.width), height: rect.height * Double(canvas.height))
            // Nothing but the canvas's edge cuts here.
            fit = .contain
        }
        let room = PixelSize(width: max(1, Int(place.width.rounded())), height: max(1, Int(place.height.rounded())))
        let geometry = ShotGeometry(
            source: turn.applied(to: size), canvas: room, fit: fit, focus: focus, motion: picture.motion)
        func placed(_ frame: Int) -> PixelRect {
            let view = geometry.view(frame: frame, of: shot.frames.count)
            let scale = view.target.width / view.source.width
            return PixelRect(
                x: place.x + view.target.x - view.source.x * scale, y: place.y + view.target.y - view.source.y * scale,
                width: Double(geometry.source.width) * scale, height: Double(geometry.source.height) * scale)
        }
        first = placed(0)
        last = placed(shot.frames.count - 1)
    }

    /// How an editor that first fits the picture into the canvas, then scales and moves it about its centre, gets there.
    struct Placing: Hashable {
        /// Beside the fitted picture's size.
        let scale: Double
        /// Of the centre from the canvas's, in pixels to the right and down.
        let x: Double
        let y: Double
    }

    func placing(_ rect: PixelRect) -> Placing {
        let (width, height) = (Double(canvas.width), Double(canvas.height))
        let fitted = min(width / Double(size.width), height / Double(size.height)) * Double(size.width)
        let isTurned = turn.degrees == 90 || turn.degrees == 270
        return Placing(
            scale: (isTurned ? rect.height : rect.width) / fitted, x: rect.x + rect.width / 2 - width / 2,
            y: rect.y + rect.height / 2 - height / 2)
    }
}

/// A number as documents have it: up to six decimals, none that say nothing.
func figure(_ number: Double) -> String {
    let millionths = Int64((min(max(number, -1e12), 1e12) * 1_000_000).rounded())
    var text = String(abs(millionths) % 1_000_000)
    text = String(repeating: "0", count: 6 - text.count) + text
    while text.hasSuffix("0") { text.removeLast() }
    let whole = "\(millionths < 0 ? "-" : "")\(abs(millionths) / 1_000_000)"
    return text.isEmpty ? whole : "\(whole).\(text)"
}
