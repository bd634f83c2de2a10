// SPDX-License-Identifier: GPL-3.0-or-later

extension Draft {
    /// This draft after `calls`, one after the other; each meets the draft that the one before it made. All or none:
    /// where one is refused the error says which and why, and this draft is what it was.
    ///
    /// Pure: the same draft, calls and context give the same outcome. Linear in the draft's segments for every call.
    public func applying(
        _ calls: [OperationCall], in context: EditContext
    ) throws(EditError) -> EditOutcome {
        var bench = Workbench(self, context)
        for (index, call) in calls.enumerated() {
            do throws(EditError) {
                guard let apply = call.declaration?.apply else { throw EditError(.needsHistory) }
                try apply(&bench, call.arguments)
            } catch {
                var error = error
                error.operation = error.operation ?? call.name
                error.index = index
                throw error
            }
        }
        let broken = bench.draft.ruleViolations(media: bench.media)
        // A draft that came broken may stay so where an edit has nothing to do with it.
        if !broken.isEmpty, ruleViolations(media: bench.media).isEmpty {
            throw EditError(.brokenRules(DraftError(broken)), operation: calls.last?.name, index: calls.count - 1)
        }
        let changes = bench.draft.changes(from: self, media: bench.context.media)
        return EditOutcome(draft: bench.draft, notes: bench.notes, changes: changes)
    }
}
