// SPDX-License-Identifier: GPL-3.0-or-later
import Compositor
import EditModel
import PixelBuffers
import Titles

/// One picture with a grid of cells: in each a few frames in a row, a name and a line below them, and over all a heading.
///
/// Lengths are pixels. The sheet is as wide as its columns and as high as its rows need.
struct Sheet {
    /// How the cells lie.
    struct Grid {
        let frame: PixelSize
        /// In each cell.
        let frames: Int
        let columns: Int
        let cells: Int

        static let margin = 72
        static let head = 216
        static let foot = 56
        static let frameGap = 4
        static let columnGap = 44
        static let rowGap = 40
        static let words = 78

        var cellWidth: Int { frames * frame.width + (frames - 1) * Self.frameGap }
        var rows: Int { (cells + columns - 1) / columns }
        var size: PixelSize {
            let columns = min(columns, max(1, cells))
            return PixelSize(
                width: 2 * Self.margin + columns * cellWidth + (columns - 1) * Self.columnGap,
                height: Self.head + rows * (frame.height + Self.words + Self.rowGap) + Self.foot)
        }

        /// The top left of a frame; both even, so that colours stay where they are.
        func place(cell: Int, frame index: Int) -> (x: Int, y: Int) {
            let x =
                Self.margin + cell % columns * (cellWidth + Self.columnGap) + index * (frame.width + Self.frameGap)
            let y = Self.head + cell / columns * (frame.height + Self.words + Self.rowGap)
            return (x & ~1, y & ~1)
        }
    }

    private enum Ink {
        static let ground: (r: UInt8, g: UInt8, b: UInt8) = (15, 17, 21)
        static let accent: (r: UInt8, g: UInt8, b: UInt8) = (255, 176, 72)
        static let bright = TitleColor(red: 244, green: 245, blue: 247)
        static let dim = TitleColor(red: 150, green: 156, blue: 168)
    }

    let grid: Grid
    let picture: Picture
    private let language: String?

    init(_ grid: Grid, language: String?) {
        self.grid = grid
        self.language = language
        picture = Picture(width: grid.size.width, height: grid.size.height)
        picture.fill(BT709.yuv(r: Ink.ground.r, g: Ink.ground.g, b: Ink.ground.b))
    }

    // MARK: What stands on it

    /// The heading, a line below it, and a number at the right.
    func head(_ title: String, _ line: String, count: String) throws {
        let accent = BT709.yuv(r: Ink.accent.r, g: Ink.accent.g, b: Ink.accent.b)
        fill(accent, x: Grid.margin, y: 72, width: 10, height: 84)
        let width = grid.size.width - 2 * Grid.margin - 34
        try write(title, x: Grid.margin + 34, y: 74, width: width, size: 56, weight: .bold)
        try write(line, x: Grid.margin + 34, y: 138, width: width, size: 24, weight: .plain, color: Ink.dim)
        try write(
            count, x: Grid.margin + 34, y: 74, width: width, size: 56, weight: .plain, color: Ink.dim, side: .right)
    }

    /// A frame of a cell, its corners rounded.
    func put(_ frame: Picture, cell: Int, at index: Int) {
        let place = grid.place(cell: cell, frame: index)
        let (width, height) = (min(frame.width, grid.frame.width), min(frame.height, grid.frame.height))
        picture.mutableY.part(x: place.x, y: place.y, width: width, height: height).copy(from: frame.y)
        for (to, from) in [(picture.mutableU, frame.u), (picture.mutableV, frame.v)] {
            to.part(x: place.x / 2, y: place.y / 2, width: width / 2, height: height / 2).copy(from: from)
        }
        round(x: place.x, y: place.y, width: width, height: height)
    }

    /// The words under a cell's frames: its name, beside it fainter what else it is called, and a line.
    func caption(_ name: String, _ other: String?, _ line: String, cell: Int) throws {
        let place = grid.place(cell: cell, frame: 0)
        let top = place.y + grid.frame.height + 16
        let used = try write(name, x: place.x, y: top, width: grid.cellWidth, size: 24, weight: .half)
        if let other, grid.cellWidth - used > 60 {
            try write(
                other, x: place.x + used + 14, y: top, width: grid.cellWidth - used - 14, size: 24, weight: .plain,
                color: Ink.dim)
        }
        try write(line, x: place.x, y: top + 34, width: grid.cellWidth, size: 18, weight: .plain, color: Ink.dim)
    }

    // MARK: Drawing

    private enum Weight { case plain, half, bold }

    /// One line of words, capitals' top at `y`; returns how wide it is.
    @discardableResult
    private func write(
        _ text: String, x: Int, y: Int, width: Int, size: Double, weight: Weight, color: TitleColor = Ink.bright,
        side: TitleAlignment = .left
    ) throws -> Int {
        // A canvas on which a size is a number of pixels.
        let canvas = 1080
        let box = TitleBox(x: 0, y: 0, width: max(1, min(width, TitleLimits.canvasSide)), height: Int(size * 1.6))
        let request = TitleRequest(
            text, role: .credit, style: weight == .plain ? "minimal" : "clean", family: "sans", size: size,
            color: color, bold: weight == .bold ? true : nil, alignment: side, shadow: TitleShadow.none,
            language: language ?? "", canvasWidth: max(canvas, box.width), canvasHeight: canvas, box: box,
            position: .top)
        guard let drawing = try TitlePainter.draw(request) else { return 0 }
        picture.lay(Picture(drawing.bitmap), x: x + drawing.x, y: y + drawing.y)
        return drawing.x + drawing.bitmap.width
    }

    private func fill(_ colour: (y: UInt8, u: UInt8, v: UInt8), x: Int, y: Int, width: Int, height: Int) {
        picture.mutableY.part(x: x, y: y, width: width, height: height).fill(colour.y)
        picture.mutableU.part(x: x / 2, y: y / 2, width: width / 2, height: height / 2).fill(colour.u)
        picture.mutableV.part(x: x / 2, y: y / 2, width: width / 2, height: height / 2).fill(colour.v)
    }

    /// Takes the corners of a rectangle off, down to the ground.
    private func round(x: Int, y: Int, width: Int, height: Int, radius: Int = 8) {
        let ground = BT709.yuv(r: Ink.ground.r, g: Ink.ground.g, b: Ink.ground.b)
        func cut(_ plane: MutablePlane, _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ radius: Int, _ to: UInt8) {
            for row in 0..<radius {
                for column in 0..<radius {
                    let (across, down) = (Double(radius - column) - 0.5, Double(radius - row) - 0.5)
                    let out = min(max((across * across + down * down).squareRoot() - Double(radius) + 0.5, 0), 1)
                    if out == 0 { continue }
                    for (left, top) in [
                        (x + column, y + row), (x + width - 1 - column, y + row),
                        (x + column, y + height - 1 - row), (x + width - 1 - column, y + height - 1 - row),
                    ] {
                        let old = Double(plane.row(top)[left])
                        plane.row(top)[left] = UInt8((old + (Double(to) - old) * out).rounded())
                    }
                }
            }
        }
        cut(picture.mutableY, x, y, width, height, radius, ground.y)
        cut(picture.mutableU, x / 2, y / 2, width / 2, height / 2, radius / 2, ground.u)
        cut(picture.mutableV, x / 2, y / 2, width / 2, height / 2, radius / 2, ground.v)
    }
}
