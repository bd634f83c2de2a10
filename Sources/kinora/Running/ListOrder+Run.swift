// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import FileStore
import Foundation
import JSON
import KinoraKit

extension ListOrder {
    func run(_ console: Console) throws -> ExitStatus {
        guard let sheet else {
            if json {
                console.result(JSONValue.array(table.rows.map(Self.json)).text())
            } else {
                for line in lines(console) { console.result(line) }
            }
            return .ok
        }
        let url = URL(fileURLWithPath: sheet)
        guard ["png", "jpg", "jpeg", "webp"].contains(url.pathExtension.lowercased()) else {
            console.fail(console.words.text("bad picture", ["name": sheet]))
            return .usage
        }
        try AtomicFile.check(replacing: sheet)
        let kit = try Coding.kit(usesCache: true, console)
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("kinora-sheet-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (material, refused, _) = kit.takeIn(try shownPhotos(drawingInto: folder), order: .given)
        for refusal in refused { console.warn(console.words.text(refusal)) }
        guard refused.isEmpty, material.facts.contains(where: { $0.kind == .image }) else {
            console.fail(console.words.text("sheet no photo"))
            return .failed
        }
        if material.has([sheet], console) { return .usage }
        let words = SheetWords(
            heading: console.words.text("sheet heading \(table.name)"),
            line: console.words.text("sheet line \(table.name)"),
            title: console.words.text("demo title"), below: console.words.text("sheet title below"),
            language: console.language.rawValue)
        let label = console.words.text("rendering")
        try kit.writeSheet(of: table, material, words, to: url, stop: Interrupt.stop) {
            console.show(label, percent: Int($0 * 100))
        }
        console.result(json ? JSONValue.object(["sheet": .string(sheet)]).text() : sheet)
        return .ok
    }

    /// The person's own, else sample photographs of this machine, else drawn ones.
    private func shownPhotos(drawingInto folder: URL) throws -> [String] {
        if !photos.isEmpty { return photos }
        let samples = Samples.forSheets()
        return try (samples.count >= 2 ? samples : Samples.draw(2, into: folder)).map(\.path)
    }

    /// `crossfade          one picture fades into the other`; in Chinese with the Chinese name between.
    private func lines(_ console: Console) -> [String] {
        func columns(_ texts: [String]) -> [String] {
            let width = texts.map(Self.width).max() ?? 0
            return texts.map { $0 + String(repeating: " ", count: width + 2 - Self.width($0)) }
        }
        var heads = columns(table.rows.map(\.name))
        if console.language == .chinese {
            heads = zip(heads, columns(table.rows.map(\.words.chineseName))).map { $0 + $1 }
        }
        return zip(heads, table.rows).map { $0 + $1.words.line(in: console.language.rawValue) }
    }

    private static func width(_ text: String) -> Int { text.reduce(0) { $0 + $1.displayWidth } }

    private static func json(_ row: ShownTable.Row) -> JSONValue {
        [
            "name": .string(row.name), "zh": .string(row.words.chineseName), "about": .string(row.words.english),
            "about_zh": .string(row.words.chinese), "aliases": .array(row.aliases.map { .string($0) }),
        ]
    }
}
