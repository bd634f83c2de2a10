// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import FileStore
import FilmWork
import Foundation
import JobQueue
import Wording

extension Exports {
    /// Claims tasks of a kind, one after the other, until the loop is cancelled. While there is none it waits, at no cost.
    func work(_ kind: String, as worker: String, _ carryOut: (ClaimedTask) async -> Void) async {
        while !Task.isCancelled {
            // Listening begins before the look, so that nothing comes in between; a stream that was waited for is used up.
            let hints = parts.tasks.hints()
            do {
                _ = try await parts.tasks.reap(at: now)
                if let claimed = try await parts.tasks.claim([kind], by: worker, at: now) {
                    await carryOut(claimed)
                } else {
                    let next = try await parts.tasks.nextMoment([kind])
                    await wait(for: hints, until: next)
                }
            } catch {
                // The store is closed or cannot be read just now.
                await wait(for: hints, until: now + .seconds(5))
            }
        }
    }

    /// Returns when there may be something to do.
    private func wait(for hints: AsyncStream<Void>, until next: Moment?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                var iterator = hints.makeAsyncIterator()
                _ = await iterator.next()
            }
            if let next {
                // At most a minute: the clock may be put right meanwhile.
                let left = min(60, max(0.02, next.seconds - surroundings.now()))
                group.addTask { try? await Task.sleep(for: .seconds(left)) }
            }
            _ = await group.next()
            group.cancelAll()
        }
    }

    // MARK: Films

    func makeFilm(_ claimed: ClaimedTask) async {
        let account = AccountID(rawValue: claimed.task.account)
        guard let id = ExportID(claimed.task.name),
            let record = try? await parts.exports.export(claimed.task.name, of: account)
        else {
            _ = try? await parts.tasks.finish(
                claimed.lease, .error(TaskFailure(Wording("export noSuchExport")), mayWork: false), at: now)
            return
        }
        let key = Key(account: account, id: id)
        let film = Task { await self.make(claimed, record, key) }
        making[key] = Making(task: film, progress: claimed.task.progress)
        if let export = try? shown(record) { tell(export) }
        let beats = Task { await self.beat(claimed.lease, key) }
        await withTaskCancellationHandler {
            await film.value
        } onCancel: {
            film.cancel()
        }
        beats.cancel()
        making[key] = nil
        if let now = try? await parts.exports.export(claimed.task.name, of: account), let export = try? shown(now) {
            tell(export)
        }
    }

    /// Signs of life of a film, until its lease is lost or it ends.
    private func beat(_ lease: Lease, _ key: Key) async {
        while !Task.isCancelled {
            try? await Task.sleep(for: settings.beat)
            if Task.isCancelled { return }
            guard let answer = try? await parts.tasks.beat(lease, progress: making[key]?.progress, at: now) else {
                continue
            }
            if case .lost = answer {
                making[key]?.task.cancel()
                return
            }
        }
    }

    private func progressed(_ key: Key, _ fraction: Double, _ record: ExportRecord) {
        guard let known = making[key], fraction > known.progress else { return }
        making[key]?.progress = min(1, fraction)
        guard hasWatchers(key), var export = try? shown(record) else { return }
        export.status = .processing
        export.progress = max(export.progress, min(1, fraction) * 100)
        tell(export)
    }

    private func make(_ claimed: ClaimedTask, _ record: ExportRecord, _ key: Key) async {
        let lease = claimed.lease
        do {
            let outcome = try await film(claimed, record, key)
            let done = TaskOutcome.done(output: try ExportCoding.bytes(outcome))
            // Somebody else has it, or nobody wants it: the file counts for nothing.
            guard try await uncancelled({ try await self.end(lease, done, record, isFinal: true) }) else {
                await disk.run { self.shelf.remove(self.place(of: outcome.result, lease.task)) }
                return
            }
        } catch let fault as WorkFault {
            await failed(fault, claimed, record)
        } catch let error as FileError where error.code == .noSpace {
            await failed(WorkFault(cause: .noRoom, wording: Wording("work noRoom")), claimed, record)
        } catch {
            // The disk or the store, not the film: tried again, a few times.
            let wording = Wording("work refused", ["detail": .text("\(error)")])
            await failed(WorkFault(cause: .worker, wording: wording), claimed, record)
        }
    }

    /// Has the film made and puts it in its place.
    private func film(_ claimed: ClaimedTask, _ record: ExportRecord, _ key: Key) async throws -> ExportOutcome {
        guard var spec = ExportCoding.value(ExportSpec.self, claimed.task.spec) else {
            throw WorkFault(
                cause: .material, wording: Wording("work refused", ["detail": "an order of another version"]))
        }
        var missing: [String] = []
        for facts in spec.scene.facts {
            if let hash = ContentHash(hex: facts.contentHash),
                let place = try await parts.studio.stores.media.location(of: hash)
            {
                spec.scene.places[facts.id] = place.path
            } else {
                missing.append(facts.name)
            }
        }
        guard missing.isEmpty else {
            throw WorkFault(
                cause: .material,
                wording: Wording(
                    "export missingMedia",
                    ["ids": .text(missing.prefix(5).joined(separator: ", ")), "count": "\(missing.count)"]))
        }
        let made = shelf.making(claimed.lease, spec.output.format.rawValue)
        defer { unlink(made) }
        let answer = try await parts.films.film(
            FilmOrder(scene: spec.scene, output: spec.output, path: made)
        ) { fraction in
            Task { await self.progressed(key, fraction, record) }
        }
        let place = place(of: answer.result, claimed.lease.task)
        try await disk.attempt { try self.shelf.keep(made, as: place) }
        return ExportOutcome(result: answer.result, notes: answer.notes)
    }

    private func failed(_ fault: WorkFault, _ claimed: ClaimedTask, _ record: ExportRecord) async {
        let failure = TaskFailure(fault.wording)
        let task = claimed.task
        let (outcome, isFinal): (TaskOutcome, Bool) =
            switch fault.cause {
            case .material: (.error(failure, mayWork: false), true)
            case .worker: (.crash(failure), task.crashes + 1 >= task.draft.mostCrashes)
            case .noRoom: (.givenBack(after: .seconds(30)), false)
            // Cancelled or lost, and this does nothing; or the service is stopping, and the next one goes on.
            case .stopped: (.givenBack(after: .zero), false)
            case .unavailable: (.givenBack(after: .seconds(5)), false)
            }
        let lease = claimed.lease
        _ = try? await uncancelled { _ = try? await self.end(lease, outcome, record, isFinal: isFinal) }
    }

    /// What must be said to the queue also where the task that says it is cancelled.
    private func uncancelled<Answer: Sendable>(
        _ work: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await Task { try await work() }.value
    }

    /// Ends a try, with all that belongs to it in one step.
    private func end(
        _ lease: Lease, _ outcome: TaskOutcome, _ record: ExportRecord, isFinal: Bool
    ) async throws -> Bool {
        guard isFinal, var export = try? shown(record) else {
            return try await parts.exports.finish(lease, outcome, next: [], telling: nil, at: now)
        }
        export.completedSeconds = surroundings.now()
        switch outcome {
        case .done(let output):
            export.status = .completed
            export.progress = 100
            export.result = ExportCoding.value(ExportOutcome.self, output)?.result
        case .error(let failure, _), .crash(let failure):
            export.status = .failed
            export.failure = failure.wording
        case .givenBack: break
        }
        let next = letter(of: export, record).map { [$0] } ?? []
        return try await parts.exports.finish(
            lease, outcome, next: next, telling: NewEvent(.export, export.event), at: now)
    }

    // MARK: Webhooks

    /// The letter that tells of an export's end, as a task of its own; nil where nobody wants one.
    func letter(of export: Export, _ record: ExportRecord) -> TaskDraft? {
        guard settings.courier != nil,
            let url = ExportCoding.value(ExportSummary.self, record.order)?.webhook,
            let spec = try? ExportCoding.bytes(WebhookOrder(of: export, to: url, words: FaultWords.english))
        else { return nil }
        return TaskDraft(
            account: record.account.rawValue, name: "webhook \(record.task.id)", requestHash: "\(record.task.id)",
            kind: Self.webhookKind, spec: spec, runAt: now, mostErrors: 10)
    }

    func sendLetter(_ claimed: ClaimedTask) async {
        guard let courier = settings.courier, let order = ExportCoding.value(WebhookOrder.self, claimed.task.spec)
        else {
            _ = try? await parts.tasks.finish(
                claimed.lease, .error(TaskFailure(code: "webhook", message: "not sent"), mayWork: false), at: now)
            return
        }
        let letter = WebhookLetter(order, key: settings.webhookKey, at: surroundings.now())
        var outcome = TaskOutcome.done(output: [])
        if await !courier.deliver(letter) {
            outcome =
                Task.isCancelled
                ? .givenBack(after: .zero)
                : .error(TaskFailure(code: "webhook", message: "\(order.url) did not take it"), mayWork: true)
        }
        let (lease, ended) = (claimed.lease, outcome)
        _ = try? await uncancelled { _ = try? await self.parts.tasks.finish(lease, ended, at: self.now) }
    }

    // MARK: Removing

    /// Removes films that no export tells of: a process died before it could say that they are there.
    func removeForgotten() async throws {
        let films = await disk.run { self.shelf.films() }
        for film in films {
            let record = try await parts.exports.export(of: film.task)
            let result = record?.task.output.flatMap { ExportCoding.value(ExportOutcome.self, $0) }?.result
            if result?.hash != film.hash { await disk.run { self.shelf.remove(film.place) } }
        }
    }

    /// Removes what has been kept long enough, now and every ten minutes.
    func removeInTime() async {
        while !Task.isCancelled {
            await removeExpired()
            try? await Task.sleep(for: .seconds(600))
        }
    }

    /// Removes what has been kept long enough.
    package func removeExpired() async {
        guard let days = settings.keptDays else { return }
        let end = Moment(seconds: surroundings.now() - days * 86_400)
        while let old = try? await parts.exports.exports(finishedBefore: end, limit: 100), !old.isEmpty {
            for record in old {
                guard (try? await parts.exports.remove(record.id, of: record.account)) != nil else { return }
                await removeFile(of: record)
            }
        }
    }
}
