// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel

/// A photo made ready for its shot: cut, turned, scaled and coloured once, then only sampled. Its fields (and the
/// versions of what makes it) are the prepared file's identity.
public struct PreparedPhoto: Hashable, Sendable, Codable {
    public var photo: PhotoSource
    /// Of the upright photo; applied in this order: crop, turn, scale, grade.
    public var crop: UnitRect
    public var turn: Turn
    /// Once turned.
    public var size: PixelSize
    /// Colours only: vignette and grain belong to the canvas and are zero here.
    public var grade: Grade

    public init(photo: PhotoSource, crop: UnitRect, turn: Turn, size: PixelSize, grade: Grade) {
        self.photo = photo
        self.crop = crop
        self.turn = turn
        self.size = size
        self.grade = grade
    }

    /// What a photo shot needs on this canvas (for a picture over the film: its rectangle's size); nil for other shots.
    public init?(_ shot: Shot, canvas: PixelSize) {
        guard case .photo(let photo) = shot.source, let geometry = ShotGeometry(shot, canvas: canvas) else {
            return nil
        }
        var grade = shot.grade
        grade.vignette = 0
        grade.grain = 0
        self.init(photo: photo, crop: shot.crop, turn: shot.turn, size: geometry.preparedSize, grade: grade)
    }

    /// The pixels of the upright photo that are kept.
    public var box: PixelBox { PixelBox(of: crop, in: photo.size) }
}

extension ChunkSpec {
    /// Every prepared photo the chunk needs, in the order of first use.
    public var preparedPhotos: [PreparedPhoto] {
        var known: Set<PreparedPhoto> = []
        return spans.flatMap { span -> [PreparedPhoto] in
            var shots: [(Shot, PixelSize)]
            switch span.main {
            case .shot(let shot): shots = [(shot, canvas)]
            case .joint(let joint): shots = [(joint.from, canvas), (joint.to, canvas)]
            }
            for case .picture(let shot, let rect, _) in span.overlays {
                shots.append((shot, rect.pixels(on: canvas).size))
            }
            return shots.compactMap { PreparedPhoto($0, canvas: $1) }
        }.filter { known.insert($0).inserted }
    }
}

extension UnitRect {
    /// The rectangle on a canvas, to whole pixels; it may reach beyond the canvas.
    public func pixels(on canvas: PixelSize) -> PixelBox {
        let left = Int((x * Double(canvas.width)).rounded()), top = Int((y * Double(canvas.height)).rounded())
        return PixelBox(
            x: left, y: top, width: max(1, Int(((x + width) * Double(canvas.width)).rounded()) - left),
            height: max(1, Int(((y + height) * Double(canvas.height)).rounded()) - top))
    }
}
