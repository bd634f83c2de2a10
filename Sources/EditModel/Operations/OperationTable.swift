// SPDX-License-Identifier: GPL-3.0-or-later
import JSON

/// Every edit operation there is, each declared once. Validation, JSON Schema, tool definitions, the studio's controls and
/// the reference page are made of these rows; a new operation is one file and one row.
public enum OperationTable {
    public static let entries: [OperationDeclaration] = [
        // The film
        .create, .canvas, .length, .framesPerSecond, .fadeFilm, .titleName, .titleCard, .endCard, .credits, .logo,
        .typeFilm,
        // Which pictures, in which order, how long
        .pace, .order, .move, .swap, .insert, .remove, .replace, .duplicate, .keep, .keepBest, .useAll, .transition,
        // Clips
        .trim, .split, .speed, .playReverse,
        // How pictures look
        .motion, .fit, .focus, .crop, .rotate, .flip, .grade, .opacity, .background,
        // Sound
        .music, .volume, .mute, .voiceOver, .soundEffect, .removeSound, .beats,
        // Text
        .addText, .changeText, .moveText, .styleText, .timeText, .removeText, .captions, .dateCaptions,
        // History
        .undo, .redo, .restart, .goBack, .nameVersion,
    ]

    private static let byName: [String: OperationDeclaration] =
        Dictionary(entries.map { ($0.name, $0) }) { first, _ in first }

    /// The row of that name; underscores count as hyphens, as tools of language models write names.
    public static func named(_ name: String) -> OperationDeclaration? {
        byName[name] ?? byName[name.replacing("_", with: "-")]
    }
}

extension OperationDeclaration {
    static let undo = OperationDeclaration(
        "undo", .history, [OperationParameter("count", .integer(1...10_000), usual: 1)], apply: nil)

    static let redo = OperationDeclaration(
        "redo", .history, [OperationParameter("count", .integer(1...10_000), usual: 1)], apply: nil)

    static let goBack = OperationDeclaration(
        "go-back", .history,
        [
            OperationParameter("version", .text(most: EditHistory.longestName)),
            OperationParameter("revision", .integer(0...Int64(Int32.max))),
        ], needsOneOf: ["version", "revision"], apply: nil)

    static let nameVersion = OperationDeclaration(
        "name-version", .history,
        [OperationParameter("name", .text(most: EditHistory.longestName), required: true)], apply: nil)
}
