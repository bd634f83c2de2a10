// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
public import Foundation
public import PixelBuffers
public import Renderer
import StillImages

/// The words of a sheet, in the language of whoever looks at it.
public struct SheetWords: Sendable {
    public var heading: String
    public var line: String
    /// What titles say on it, and in their second line.
    public var title: String
    public var below: String
    /// A tag such as `zh`.
    public var language: String?

    public init(heading: String, line: String, title: String, below: String, language: String? = nil) {
        self.heading = heading
        self.line = line
        self.title = title
        self.below = below
        self.language = language
    }
}

extension FilmKit {
    /// Draws all of a table on one picture: a cell for each row, its moments beside each other, its name and a line below.
    ///
    /// Each cell is drawn from a draft, as a film is. Blocks.
    ///
    /// - Parameter material: whose photos are shown, the first first; at least one.
    public func sheet(
        of table: ShownTable, _ material: Material, _ words: SheetWords, stop: StopSignal = StopSignal(),
        progress: (Double) -> Void = { _ in }
    ) throws -> Picture {
        let scene = ShownScene(
            photos: material.facts.filter { $0.kind == .image }.map(\.id), title: words.title, below: words.below,
            language: words.language, canvas: table.frame)
        let grid = Sheet.Grid(
            frame: table.frame, frames: table.moments.count, columns: table.columns, cells: table.rows.count)
        let sheet = Sheet(grid, language: words.language)
        try sheet.head(words.heading, words.line, count: String(table.rows.count))
        let isChinese = RowWords.isChinese(words.language)
        for (cell, row) in table.rows.enumerated() {
            if stop.isStopped { throw RenderError.stopped }
            let stage = try stage(row.film(scene), material, hasSound: false)
            for (index, moment) in table.moments.enumerated() {
                sheet.put(try stage.frame(at: moment), cell: cell, at: index)
            }
            try sheet.caption(
                isChinese ? row.words.chineseName : row.name, isChinese ? row.name : nil,
                row.words.line(in: words.language), cell: cell)
            progress(Double(cell + 1) / Double(table.rows.count))
        }
        return sheet.picture
    }

    /// Draws a table's sheet into a picture's file (png, jpg or webp, by its name), whole or not at all.
    public func writeSheet(
        of table: ShownTable, _ material: Material, _ words: SheetWords, to url: URL, stop: StopSignal = StopSignal(),
        progress: (Double) -> Void = { _ in }
    ) throws {
        let picture = try sheet(of: table, material, words, stop: stop, progress: progress)
        try StillImages.write(
            picture, to: url, format: StillImages.WriteFormat(pathExtension: url.pathExtension) ?? .png)
    }
}
