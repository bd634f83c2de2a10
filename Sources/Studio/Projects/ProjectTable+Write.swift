// SPDX-License-Identifier: GPL-3.0-or-later
import Database
import Director
import EditModel
import EditTime
import Foundation
import JSON

extension ProjectTable {
    /// Brings the rows from what they are to `project`.
    ///
    /// - Parameter before: what the caller takes the rows for. Where they are something else, they are read.
    static func write(_ project: Project, before: Project?, in transaction: Transaction) throws {
        guard let sheet = try sheet(project.id, in: transaction) else {
            guard before == nil else { throw ProjectStoreError.gone(project.id) }
            try insert(project, in: transaction)
            return
        }
        guard sheet.account == project.account else { throw ProjectStoreError.gone(project.id) }
        var known = before
        if before.map({ !fits($0, sheet) }) ?? true { known = try read(project.id, in: transaction) }
        guard let known else { throw ProjectStoreError.gone(project.id) }
        try writeRevisions(of: project, before: known.history, in: transaction)
        try writeEdits(of: project, before: known.history.log, in: transaction)
        let lastTurn = try writeTurns(of: project, before: known.turns, last: sheet.lastTurn, in: transaction)
        try writeAssets(of: project, before: known, in: transaction)
        try update(project, lastTurn: lastTurn, in: transaction)
    }

    /// Whether the rows can be those of `project`.
    private static func fits(_ project: Project, _ sheet: Sheet) -> Bool {
        sheet.lastRevision == project.history.revisions.last?.number && sheet.editCount == project.history.log.count
            && sheet.turnCount == project.turns.count && sheet.mediaCount == project.media.count
            && sheet.changedSeconds == project.changedSeconds && sheet.line == NumberRanges.text(project.history.line)
            && sheet.position == project.history.position
    }

    /// Whoever has a project has an account.
    private static func insert(_ project: Project, in transaction: Transaction) throws {
        try transaction.run(
            "INSERT INTO account (id, plan, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", project.account,
            Plan.free, project.createdSeconds)
        try transaction.run(
            """
            INSERT INTO project (id, account, name, created_at, changed_at, revision, line, position, memory, notes,
                assets_named, media_count, revision_last, edit_count, turn_last, turn_count)
            VALUES (?, ?, '', ?, 0, 0, '', 0, '', '', 0, 0, 0, 0, 0, 0)
            """, project.id, project.account, project.createdSeconds)
        try writeRevisions(of: project, before: nil, in: transaction)
        try writeEdits(of: project, before: [], in: transaction)
        let lastTurn = try writeTurns(of: project, before: [], last: 0, in: transaction)
        try writeAssets(of: project, before: nil, in: transaction)
        try update(project, lastTurn: lastTurn, in: transaction)
    }

    private static func update(_ project: Project, lastTurn: Int, in transaction: Transaction) throws {
        let history = project.history
        let memory = String(decoding: try JSONEncoder().encode(project.memory), as: UTF8.self)
        try transaction.run(
            """
            UPDATE project SET name = ?, language = ?, changed_at = ?, revision = ?, line = ?, position = ?, memory = ?, notes = ?,
                assets_named = ?, media_count = ?, revision_last = ?, edit_count = ?, turn_last = ?, turn_count = ?,
                length = ?
            WHERE id = ?
            """, project.name, project.language, project.changedSeconds, project.revision,
            NumberRanges.text(history.line), history.position, memory, JSONValue.object(project.notes).text(),
            project.assetsNamed, project.media.count,
            history.revisions.last?.number ?? 0, history.log.count, lastTurn, project.turns.count,
            project.draft.duration.milliseconds, project.id)
    }

    // MARK: The edit

    private static func writeRevisions(
        of project: Project, before: EditHistory?, in transaction: Transaction
    ) throws {
        let old = before?.revisions ?? []
        let new = project.history.revisions
        var same = 0
        while same < min(old.count, new.count), old[same].isSame(as: new[same]) {
            if old[same].name != new[same].name {
                // A name was given, or went on to another one; the rest of a revision stays as it is.
                try transaction.run(
                    "UPDATE revision SET name = ? WHERE project = ? AND number = ?", new[same].name, project.id,
                    new[same].number)
            }
            same += 1
        }
        if same < old.count {
            try transaction.run(
                "DELETE FROM revision WHERE project = ? AND number >= ?", project.id, old[same].number)
        }
        var previous: [UInt8]?
        for index in same..<new.count {
            let revision = new[index]
            let text = Array(revision.draft.json.text().utf8)
            var row: (base: Int?, draft: [UInt8]) = (nil, text)
            if index % wholeEvery != 0, index > 0 {
                let base = previous ?? Array(new[index - 1].draft.json.text().utf8)
                let delta = TextDelta.delta(from: base, to: text)
                if delta.count < text.count / 2 { row = (new[index - 1].number, delta) }
            }
            previous = text
            try transaction.run(
                "INSERT INTO revision (project, number, parent, name, base, draft) VALUES (?, ?, ?, ?, ?, ?)",
                project.id, revision.number, revision.parent, revision.name, row.base, row.draft)
        }
    }

    private static func writeEdits(
        of project: Project, before: [EditHistory.Entry], in transaction: Transaction
    ) throws {
        let log = project.history.log
        var same = 0
        while same < min(before.count, log.count), before[same] == log[same] { same += 1 }
        if same < before.count {
            try transaction.run("DELETE FROM edit WHERE project = ? AND number >= ?", project.id, same)
        }
        for index in same..<log.count {
            try transaction.run(
                "INSERT INTO edit (project, number, entry) VALUES (?, ?, ?)", project.id, index,
                log[index].json.text())
        }
    }

    // MARK: The conversation

    /// Old turns go from the front, new ones come at the end. Gives the number of the last row.
    private static func writeTurns(
        of project: Project, before: [ConversationTurn], last: Int, in transaction: Transaction
    ) throws -> Int {
        let turns = project.turns
        let dropped = turns.first.flatMap { first in before.firstIndex { $0.id == first.id } } ?? before.count
        var kept = before.count - dropped
        // Row numbers: the last of `before` has `last`, the ones in front one less each.
        let firstNumber = last - before.count + 1
        var same = 0
        while same < min(kept, turns.count), before[dropped + same] == turns[same] { same += 1 }
        kept = same
        if dropped > 0 {
            try transaction.run(
                "DELETE FROM turn WHERE project = ? AND number < ?", project.id, firstNumber + dropped)
        }
        if dropped + kept < before.count {
            try transaction.run(
                "DELETE FROM turn WHERE project = ? AND number >= ?", project.id, firstNumber + dropped + kept)
        }
        var number = firstNumber + dropped + kept - 1
        for turn in turns[kept...] {
            number += 1
            try transaction.run(
                "INSERT INTO turn (project, number, id, sheet) VALUES (?, ?, ?, ?)", project.id, number, turn.id,
                String(decoding: try JSONEncoder().encode(turn), as: UTF8.self))
            try transaction.run("DELETE FROM waiting_turn WHERE id = ?", turn.id)
        }
        return number
    }

    // MARK: The media

    private static func writeAssets(of project: Project, before: Project?, in transaction: Transaction) throws {
        let old = before?.media ?? []
        // The usual case by far: nothing new, or some at the end.
        if old == project.media, before?.beats ?? [:] == project.beats { return }
        var places: [String: Int] = [:]
        for (index, facts) in old.enumerated() { places[facts.id] = index }
        for (index, facts) in project.media.enumerated() {
            if let place = places.removeValue(forKey: facts.id) {
                if place == index, old[place] == facts, before?.beats[facts.id] == project.beats[facts.id] { continue }
            }
            try SQLiteAssetStore.write(
                Asset(
                    account: project.account, project: project.id, facts: facts, beats: project.beats[facts.id]),
                number: index, in: transaction)
        }
        for id in places.keys {
            try transaction.run("DELETE FROM asset WHERE id = ? AND project = ?", id, project.id)
        }
    }
}

extension EditHistory.Revision {
    /// But for its name.
    fileprivate func isSame(as other: Self) -> Bool {
        number == other.number && parent == other.parent && draft == other.draft
    }
}
