// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import PixelBuffers

/// Frames to draw into: one that nobody holds any more is used again, so that a film costs a few frames of memory.
///
/// The encoder keeps a picture for as long as it needs it; when the pool is its only holder it is free.
struct FramePool {
    private let layout: PictureLayout
    private final class Shelf {
        var pictures: [Picture] = []
    }
    private let shelf = Shelf()

    init(_ canvas: PixelSize) {
        layout = PictureLayout(width: canvas.width, height: canvas.height)
    }

    func next() -> Picture {
        for index in shelf.pictures.indices where isKnownUniquelyReferenced(&shelf.pictures[index]) {
            return shelf.pictures[index]
        }
        let picture = Picture(layout: layout)
        shelf.pictures.append(picture)
        return picture
    }
}
