// SPDX-License-Identifier: GPL-3.0-or-later

/// One project at work. What changes it does so one after the other, in the order in which it was asked, and is saved
/// before anybody sees it.
///
/// ```
/// change A ──► [work A][save]            a reader sees the project as last saved,
/// change B ──────────────────►[work B][save]   whatever is under way
/// ```
actor Desk {
    nonisolated let id: ProjectID
    nonisolated let account: AccountID
    private let store: any ProjectStore
    /// As last saved.
    private(set) var project: Project
    private var last: Task<Void, Never>?
    /// Changes under way and waiting.
    private(set) var pending = 0

    init(_ project: Project, _ store: any ProjectStore) {
        id = project.id
        account = project.account
        self.project = project
        self.store = store
    }

    /// Changes the project once all that was asked before is done. The work belongs to nobody: it goes on when whoever
    /// asked has left.
    ///
    /// Where `work` throws, or the project cannot be saved, the project stays as it was.
    func change<Answer: Sendable>(
        _ work: @escaping @Sendable (inout Project) async throws -> Answer
    ) -> Task<Answer, any Error> {
        commit { try await work(&$0.project) }
    }

    /// As `change`; `work` may also say what becomes true with the project: events, the end of a reservation.
    func commit<Answer: Sendable>(
        _ work: @escaping @Sendable (inout ProjectChange) async throws -> Answer
    ) -> Task<Answer, any Error> {
        pending += 1
        let before = last
        let task = Task {
            await before?.value
            return try await self.carryOut(work)
        }
        last = Task { _ = await task.result }
        return task
    }

    private func carryOut<Answer: Sendable>(
        _ work: @escaping @Sendable (inout ProjectChange) async throws -> Answer
    ) async throws -> Answer {
        defer { pending -= 1 }
        var change = ProjectChange(project, before: project)
        let answer = try await work(&change)
        try await store.save(change)
        project = change.project
        return answer
    }

    /// Returns when all that was asked so far is done.
    func finish() async { await last?.value }
}
