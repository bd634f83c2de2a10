// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import KinoraKit

/// `kinora transitions`, `kinora looks`, …: all there is of one table, line by line or drawn on one picture.
struct ListOrder: Sendable {
    let table: ShownTable
    var sheet: String?
    var photos: [String] = []
    var json = false

    /// A command for each table.
    static let commands = ShownTable.all.map { table in
        Command<Order>(
            table.name, from: ListOrder(table: table), to: Order.list,
            examples: [
                Example("all", "kinora \(table.name)"),
                Example("sheet", "kinora \(table.name) --sheet \(table.name).png"),
            ]
        ) {
            Option("sheet", \.sheet, .file(["png", "jpg", "webp"]))
            Option("photo", \.photos, .file(["jpg", "jpeg", "png", "webp", "heic"]))
            Flag("json", \.json)
        }
    }
}
