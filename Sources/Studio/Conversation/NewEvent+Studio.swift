// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

extension NewEvent {
    static func turnStarted(_ turn: WaitingTurn) -> NewEvent {
        NewEvent(.turn, ["id": .string(turn.id), "state": "started", "said": .string(turn.said)])
    }

    static func turn(_ turn: ConversationTurn) -> NewEvent {
        NewEvent(
            .turn,
            [
                "id": .string(turn.id), "state": "done", "said": .string(turn.said), "answer": .string(turn.answer),
                "revision": .integer(Int64(turn.revisionAfter)),
            ])
    }

    /// - Parameter author: the turn's id, or who asked for the edit.
    static func revision(_ number: Int, _ changes: [EditChange], by author: String) -> NewEvent {
        NewEvent(
            .revision,
            [
                "revision": .integer(Int64(number)), "by": .string(author),
                "changes": .array(changes.map(\.json)),
            ])
    }

    static func renamed(_ project: Project) -> NewEvent {
        NewEvent(
            .revision,
            [
                "revision": .integer(Int64(project.revision)), "name": .string(project.name), "by": "api",
                "changes": [],
            ])
    }

    static func assets(_ files: [MediaFacts]) -> NewEvent {
        NewEvent(
            .asset,
            [
                "files": .array(
                    files.map {
                        ["id": .string($0.id), "filename": .string($0.name), "file_type": .string($0.kind.rawValue)]
                    })
            ])
    }
}
