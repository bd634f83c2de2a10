// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel

/// A person's head, round a face that was found.
struct Head {
    /// From the crown to under the chin and from ear to ear, of the photo; may reach the photo's edge.
    let rect: UnitRect
    /// Side of the face's window, in shares of the photo's long side.
    let prominence: Double

    /// The cascade's window spans from the brows to the chin; hair and ears are outside it.
    init(_ face: FaceFinder.Finding, width: Int, height: Int) {
        let (w, h) = (Double(width), Double(height))
        let left = max(0, face.x - 0.2 * face.side) / w, right = min(w, face.x + 1.2 * face.side) / w
        let top = max(0, face.y - 0.5 * face.side) / h, bottom = min(h, face.y + 1.15 * face.side) / h
        rect = UnitRect(x: left, y: top, width: right - left, height: bottom - top)
        prominence = face.side / max(w, h)
    }

    /// Where to look: between the prominent heads when there are some, at what stands out where there are none; a small
    /// head, which may be a passer-by or a mistake, only draws the eye towards it.
    static func focus(_ heads: [Head], otherwise salient: UnitPoint) -> UnitPoint {
        guard let largest = heads.map(\.prominence).max() else { return salient }
        var (sum, x, y) = (0.0, 0.0, 0.0)
        for head in heads where head.prominence >= 0.45 * largest {
            let weight = head.prominence * head.prominence
            sum += weight
            x += weight * head.rect.center.x
            y += weight * head.rect.center.y
        }
        let pull = min(1, largest / 0.08)
        return UnitPoint(
            x: pull * x / sum + (1 - pull) * salient.x, y: pull * y / sum + (1 - pull) * salient.y)
    }
}
