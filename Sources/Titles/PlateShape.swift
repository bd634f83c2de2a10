// SPDX-License-Identifier: GPL-3.0-or-later
import CPango

/// The rounded plate behind lines: one shape that follows the lines' lengths, rounded at outer and inner corners alike.
enum PlateShape {
    /// Round the letters, em.
    static let padding = (x: 0.42, y: 0.3)
    static let radius = 0.26

    /// One box a line, neighbours meeting half way, nearly equal widths made equal; all of them where it `isEven`.
    static func boxes(
        for lines: [PlacedSetting.Line], size: Double, cap: Double, edge: Double, isEven: Bool
    ) -> [InkBox] {
        var boxes: [InkBox] = []
        for line in lines {
            guard let ink = line.ink else { continue }
            let width = line.set.shaped.width * size
            boxes.append(
                InkBox(
                    left: min(line.x, ink.left - edge + padding.x * 0.7 * size) - padding.x * size,
                    top: min(line.baseline - cap - padding.y * size, ink.top - edge - 0.1 * size),
                    right: max(line.x + width, ink.right + edge - padding.x * 0.7 * size) + padding.x * size,
                    bottom: max(line.baseline + padding.y * size, ink.bottom + edge + 0.1 * size)))
        }
        for i in boxes.indices.dropFirst() {
            let meeting = (boxes[i - 1].bottom + boxes[i].top) / 2
            boxes[i - 1].bottom = meeting
            boxes[i].top = meeting
        }
        let near = isEven ? .infinity : 2 * radius * size
        for _ in boxes.indices {
            for i in boxes.indices.dropFirst() {
                if abs(boxes[i].left - boxes[i - 1].left) < near {
                    let left = min(boxes[i].left, boxes[i - 1].left)
                    boxes[i].left = left
                    boxes[i - 1].left = left
                }
                if abs(boxes[i].right - boxes[i - 1].right) < near {
                    let right = max(boxes[i].right, boxes[i - 1].right)
                    boxes[i].right = right
                    boxes[i - 1].right = right
                }
            }
        }
        return boxes
    }

    /// Adds the outline of the joined boxes to Cairo's path.
    static func trace(_ boxes: [InkBox], size: Double, radius: Double, in cairo: OpaquePointer) {
        guard let first = boxes.first else { return }
        var corners: [(x: Double, y: Double)] = [(first.left, first.top), (first.right, first.top)]
        for (box, next) in zip(boxes, boxes.dropFirst()) where box.right != next.right {
            corners += [(box.right, box.bottom), (next.right, box.bottom)]
        }
        if let last = boxes.last { corners += [(last.right, last.bottom), (last.left, last.bottom)] }
        for (next, box) in zip(boxes.dropFirst(), boxes).reversed() where box.left != next.left {
            corners += [(next.left, box.bottom), (box.left, box.bottom)]
        }
        let count = corners.count
        for i in 0..<count {
            let (before, corner, after) = (corners[(i + count - 1) % count], corners[i], corners[(i + 1) % count])
            let into = abs(corner.x - before.x) + abs(corner.y - before.y)
            let out = abs(after.x - corner.x) + abs(after.y - corner.y)
            let r = min(radius * size, into / 2, out / 2)
            guard into > 0, out > 0 else { continue }
            let a = (x: corner.x + (before.x - corner.x) / into * r, y: corner.y + (before.y - corner.y) / into * r)
            let b = (x: corner.x + (after.x - corner.x) / out * r, y: corner.y + (after.y - corner.y) / out * r)
            if i == 0 { cairo_move_to(cairo, a.x, a.y) } else { cairo_line_to(cairo, a.x, a.y) }
            // A quarter circle as one Bézier curve: handles of 0.5523 of the radius.
            let k = 0.5523
            cairo_curve_to(
                cairo, a.x + (corner.x - a.x) * k, a.y + (corner.y - a.y) * k, b.x + (corner.x - b.x) * k,
                b.y + (corner.y - b.y) * k, b.x, b.y)
        }
        cairo_close_path(cairo)
    }
}
