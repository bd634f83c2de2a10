// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
import JSON

/// What an edit came to.
package struct EditDone: Sendable {
    /// The number of the revision that the project is at now.
    package var revision: Int
    package var draft: Draft
    /// What the draft has otherwise than before.
    package var changes: [EditChange]
    /// What a person should know besides.
    package var notes: [EditNote]
}

extension Studio {
    /// Which way through the revisions.
    package enum Step: String, Sendable {
        case undo, redo
    }

    /// Applies operations as one revision, all or none, once everything asked before is done.
    ///
    /// - Parameter base: the revision that they were made for; nil for whatever the project is at. Where the project is at another one by then, nothing is
    ///   changed and `StudioError.staleBase` says what it is at.
    package func edit(
        _ id: ProjectID, of account: AccountID, base: Int?, _ calls: [OperationCall], who: String
    ) async throws -> EditDone {
        try await change(id, of: account, base: base, who: who) { project throws(EditError) in
            try project.history.apply(calls, in: project.editContext(seed: project.history.revisions.count), who: who)
        }
    }

    /// What operations would come to: nothing is changed, and nothing that is under way is waited for. Throws as `edit` does.
    package func trial(
        _ id: ProjectID, of account: AccountID, base: Int? = nil, _ calls: [OperationCall], who: String
    ) async throws -> EditDone {
        var project = try await project(id, of: account)
        let revision = project.revision
        if let base, base != revision { throw StudioError.staleBase(revision: revision, draft: project.draft) }
        let context = project.editContext(seed: project.history.revisions.count)
        let outcome = try project.history.apply(calls, in: context, who: who)
        return EditDone(revision: revision, draft: outcome.draft, changes: outcome.changes, notes: outcome.notes)
    }

    /// Goes back or forth through the revisions. Throws `StudioError.nothingToUndo` or `nothingToRedo` at the end of them.
    ///
    /// - Parameter base: as in `edit`; nil for whatever the project is at.
    package func step(
        _ step: Step, _ id: ProjectID, of account: AccountID, base: Int?, count: Int = 1, who: String
    ) async throws -> EditDone {
        let call = try OperationCall(step.rawValue, ["count": .integer(Int64(count))])
        return try await change(id, of: account, base: base, who: who) { project in
            do throws(EditError) {
                return try project.history.apply([call], in: project.editContext(seed: 1), who: who)
            } catch {
                let (revision, draft) = (project.revision, project.draft)
                switch error.reason {
                case .nothingToUndo: throw StudioError.nothingToUndo(revision: revision, draft: draft)
                case .nothingToRedo: throw StudioError.nothingToRedo(revision: revision, draft: draft)
                default: throw error
                }
            }
        }
    }

    private func change(
        _ id: ProjectID, of account: AccountID, base: Int?, who: String,
        _ edit: @escaping @Sendable (inout Project) throws -> EditOutcome
    ) async throws -> EditDone {
        let now = surroundings.now
        return try await desk(id, of: account).commit { change -> EditDone in
            let before = change.project
            if let base, base != before.revision {
                throw StudioError.staleBase(revision: before.revision, draft: before.draft)
            }
            let outcome = try edit(&change.project)
            change.project.changedSeconds = now()
            let revision = change.project.revision
            if revision != before.revision { change.events.append(.revision(revision, outcome.changes, by: who)) }
            return EditDone(revision: revision, draft: outcome.draft, changes: outcome.changes, notes: outcome.notes)
        }.value
    }
}

extension Project {
    /// What edits need to know besides the draft.
    func editContext(seed: Int) -> EditContext {
        EditContext(media: media, beats: beats, seed: UInt64(seed), language: language)
    }
}
