// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import Foundation
import JSON
import PixelBuffers
import StillImages
import TestMedia
import Testing

@testable import KinoraKit

/// The tables of what a film may hold: told line by line, and drawn on one picture.
@Suite struct SheetTests {
    static let names = ShownTable.all.map(\.name)

    static func table(_ name: String) throws -> ShownTable {
        try #require(ShownTable.all.first { $0.name == name })
    }

    static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    @Test(arguments: names) func everyRowHasWordsInBothLanguages(name: String) throws {
        let rows = try Self.table(name).rows
        #expect(!rows.isEmpty && Set(rows.map(\.name)).count == rows.count)
        #expect(Set(rows.map(\.words.chineseName)).count == rows.count)
        for row in rows {
            // “Vlog” is called so in Chinese, too.
            #expect(!row.words.chineseName.isEmpty, "\(row.name)")
            #expect(Self.isChinese(row.words.chinese), "\(row.name)")
            #expect(!row.words.english.isEmpty && !Self.isChinese(row.words.english), "\(row.name)")
        }
    }

    @Test func noRowOfATableIsLeftOut() throws {
        #expect(try Self.table("transitions").rows.map(\.name) == TransitionCatalog.entries.map(\.name.rawValue))
        #expect(try Self.table("looks").rows.map(\.name) == Grade.Look.allCases.map(\.rawValue))
        #expect(try Self.table("motions").rows.map(\.name) == Motion.Kind.allCases.map(\.rawValue))
    }

    @Test(arguments: names) func aTableIsListedInTheLanguageOfTheTerminal(name: String) throws {
        var kinora = try KinoraCommand()
        let rows = try Self.table(name).rows
        for language in ["en", "zh"] {
            kinora.environment["KINORA_LANG"] = language
            let answer = try kinora.run(name)
            let lines = answer.output.split(separator: "\n")
            #expect(answer.status == 0 && lines.count == rows.count)
            for (line, row) in zip(lines, rows) {
                #expect(line.hasPrefix(row.name + " "))
                #expect(line.hasSuffix(row.words.line(in: language)))
                #expect(line.contains(row.words.chineseName) || language == "en")
            }
        }
        let json = try kinora.run(name, "--json")
        let told = try JSONValue(parsing: json.output).array ?? []
        #expect(told.compactMap { $0["name"]?.string } == rows.map(\.name))
        #expect(told.allSatisfy { $0["about"]?.string?.isEmpty == false })
    }

    @Test(arguments: names) func cellsLieBesideEachOtherOnTheSheet(name: String) throws {
        let table = try Self.table(name)
        let grid = Sheet.Grid(
            frame: table.frame, frames: table.moments.count, columns: table.columns, cells: table.rows.count)
        var rectangles: [(x: Int, y: Int, right: Int, bottom: Int)] = []
        for cell in table.rows.indices {
            for index in table.moments.indices {
                let place = grid.place(cell: cell, frame: index)
                #expect(place.x % 2 == 0 && place.y % 2 == 0)
                // With the words below.
                let bottom = place.y + table.frame.height + Sheet.Grid.words
                rectangles.append((place.x, place.y, place.x + table.frame.width, bottom))
            }
        }
        for (index, one) in rectangles.enumerated() {
            #expect(one.x >= 0 && one.y >= Sheet.Grid.head - 1)
            #expect(one.right <= grid.size.width && one.bottom <= grid.size.height)
            for other in rectangles[(index + 1)...] {
                let isApart =
                    one.right <= other.x || other.right <= one.x || one.bottom <= other.y || other.bottom <= one.y
                #expect(isApart)
            }
        }
    }

    /// All of a table from real photos: every frame is drawn, those of one row differ, and words stand below.
    @Test func aSheetShowsEveryRow() throws {
        let kinora = try KinoraCommand()
        let photos = try kinora.photos(2)
        let kit = try FilmKit(cache: CacheFolder(path: kinora.path("cache"), limit: 1_000_000_000), jobs: 1)
        let (material, refused, _) = kit.takeIn([photos.path])
        #expect(refused.isEmpty)
        let table = try Self.table("motions")
        let grid = Sheet.Grid(
            frame: table.frame, frames: table.moments.count, columns: table.columns, cells: table.rows.count)
        let words = SheetWords(heading: "Motions", line: "All of them", title: "Title", below: "Below", language: "zh")
        let sheet = try kit.sheet(of: table, material, words)
        #expect(PixelSize(width: sheet.width, height: sheet.height) == grid.size)
        let ground = sheet.y.row(0)[0]
        func field(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> [UInt8] {
            (y..<y + height).flatMap { row in (x..<x + width).map { sheet.y.row(row)[$0] } }
        }
        for (cell, row) in table.rows.enumerated() {
            let frames = table.moments.indices.map { index in
                let place = grid.place(cell: cell, frame: index)
                // The corners are the ground's, the rest is the photo's.
                #expect(sheet.y.row(place.y)[place.x] == ground)
                return field(place.x, place.y, table.frame.width, table.frame.height)
            }
            for frame in frames { #expect(frame.count { $0 == ground } < frame.count / 10) }
            let areAlike = Set(frames).count == 1
            #expect(areAlike == (row.name == "none"), "\(row.name)")
            let place = grid.place(cell: cell, frame: 0)
            let below = field(place.x, place.y + table.frame.height + 4, grid.cellWidth, Sheet.Grid.words - 8)
            let hasWords = below.contains { $0 > 150 }
            #expect(hasWords, "no words under \(row.name)")
        }
    }

    @Test func aSheetIsWrittenAsAPicture() throws {
        let kinora = try KinoraCommand()
        let photos = try kinora.photos(2)
        let own = photos.appendingPathComponent("p1.jpg").path
        let before = try Data(contentsOf: URL(fileURLWithPath: own))
        let written = try kinora.run("looks", "--sheet", "looks.webp", "--photo", own)
        #expect(written.status == 0 && written.lastLine == "looks.webp", "\(written.errors)")
        let facts = try StillImages.load(URL(fileURLWithPath: kinora.path("looks.webp")))
        #expect(facts.sourceSize.width > 1000 && facts.sourceSize.height > 500)
        #expect(try kinora.run("looks", "--sheet", "looks.mp4").status == 2)
        #expect(try kinora.run("looks", "--sheet", own, "--photo", own).status == 2)
        #expect(try Data(contentsOf: URL(fileURLWithPath: own)) == before)
        let none = try kinora.run("looks", "--sheet", "other.png", "--photo", kinora.path("none.jpg"))
        #expect(none.status == 1 && none.errors.contains("none.jpg"))
    }
}
