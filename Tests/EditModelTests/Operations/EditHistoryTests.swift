// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON
import Testing

@Suite struct EditHistoryTests {
    @Test func undoAndRedoGiveTheSameBytes() throws {
        var project = try Project.cuts(4)
        var texts = [project.draft.json.text()]
        for edit in [
            #"{"op":"grade","look":"sepia"}"#, #"{"op":"length","length":7777}"#, #"{"op":"order","by":"reverse"}"#,
        ] {
            try project.edit(edit)
            texts.append(project.draft.json.text())
        }
        for text in texts.dropLast().reversed() {
            try project.edit(#"{"op":"undo"}"#)
            #expect(project.draft.json.text() == text)
        }
        try project.edit(#"{"op":"redo","count":3}"#)
        #expect(project.draft.json.text() == texts.last)
        try project.edit(#"{"op":"undo","count":2}"#)
        #expect(project.draft.json.text() == texts[1])
    }

    @Test func anEditAfterAnUndoEndsRedoButTheLogKeepsAll() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"grade","look":"sepia"}"#)
        try project.edit(#"{"op":"undo"}"#)
        #expect(project.history.redoCount == 1)
        try project.edit(#"{"op":"grade","look":"warm"}"#)
        #expect(project.history.redoCount == 0)
        #expect(project.history.revisions.count == 4)
        #expect(project.history.log.map { $0.calls.map(\.name) } == [["create"], ["grade"], ["undo"], ["grade"]])
        #expect(project.refused(#"{"op":"redo"}"#)?.reason == .nothingToRedo)
    }

    @Test func aRefusedOperationLeavesEverythingAsItWas() throws {
        var project = try Project.cuts(3)
        let history = project.history
        let error = project.refused(#"[{"op":"grade","look":"warm"},{"op":"undo"},{"op":"remove","segments":[9]}]"#)
        #expect(project.history == history)
        #expect(error?.index == 2 && error?.operation == "remove" && error?.reason == .noSuchPlace(9, of: 3))
    }

    @Test func namedVersionsAndRevisionsComeBack() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"name-version","name":"Client A"}"#)
        let named = project.draft
        try project.edit(#"[{"op":"restart"}]"#)
        #expect(project.draft == Draft())
        try project.edit(#"{"op":"go-back","version":"client a"}"#)
        #expect(project.draft == named)
        try project.edit(#"{"op":"go-back","revision":0}"#)
        #expect(project.draft == Draft())
        try project.edit(#"{"op":"undo"}"#)
        #expect(project.draft == named)
        #expect(project.refused(#"{"op":"go-back","version":"B"}"#)?.field == "version")
    }

    @Test func anEditThatChangesNothingIsNoRevision() throws {
        var project = try Project.cuts(3)
        let outcome = try project.edit(#"{"op":"length","length":9000}"#)
        #expect(outcome.changes.isEmpty)
        #expect(project.history.revisions.count == 2)
    }

    @Test func aHistoryReadsBackAsItWasWritten() throws {
        var project = try Project.cuts(3)
        try project.edit(#"{"op":"name-version","name":"one"}"#)
        try project.edit(#"{"op":"grade","look":"sepia"}"#)
        try project.edit(#"{"op":"undo"}"#)
        try project.edit(#"{"op":"add-text","text":"夏天 🌞"}"#)
        let text = project.history.json.text()
        let again = try EditHistory(json: JSONValue(parsing: text))
        #expect(again == project.history)
        #expect(again.json.text() == text)
        #expect(throws: DraftError.self) { try EditHistory(json: ["revisions": []]) }
    }
}
