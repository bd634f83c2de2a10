// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
package import FilmWork
import Foundation
import JobQueue
import JSON
import KinoraKit
import Wording

/// Exports over a durable queue: taken on, made by workers one after the other, kept, told of, and removed in time.
///
/// ```
/// start ──► [order + task, in one step] ──► claim ──► worker ──► making/… ──► ab/ab12…  ──► [done, event, webhook, in one step]
///                                             ▲  a lease, with signs of life      │
///                                             └── death, full disk, restart ──────┘
/// ```
/// The film's bytes are on the disk, named by their content, before the task says that it is done; a process that dies in
/// between leaves a file that the next one removes, and a task that the next one makes again from the chunks that are there.
package actor Exports: ExportUseCases {
    /// What it works with.
    package struct Parts: Sendable {
        var studio: Studio
        var exports: any ExportStore
        var tasks: any TaskStore
        /// Told of each export's beginning; its end is written down with the export.
        var events: any EventLog
        var films: any FilmMaking

        /// - Parameter films: makes the films; all else is the studio's own.
        package init(studio: Studio, films: any FilmMaking) {
            self.studio = studio
            exports = studio.stores.exports
            tasks = studio.stores.tasks
            events = studio.stores.events
            self.films = films
        }
    }

    /// Which export: the account's name for it.
    struct Key: Hashable, Sendable {
        let account: AccountID
        let id: ExportID
    }

    nonisolated let parts: Parts
    nonisolated let settings: ExportSettings
    nonisolated let shelf: ExportShelf
    nonisolated let disk = WorkThreads("kinora.exports", atOnce: 2)
    nonisolated var surroundings: Surroundings { parts.studio.surroundings }
    nonisolated var now: Moment { Moment(seconds: surroundings.now()) }

    static let filmKind = "export"
    static let webhookKind = "webhook"

    /// Films being made, with how far they are: finer than what is written down.
    var making: [Key: Making] = [:]
    private var watchers: [Key: [Int: AsyncStream<Export>.Continuation]] = [:]
    private var lastWatcher = 0
    private var loops: [Task<Void, Never>] = []
    private var isOpen = false

    struct Making {
        let task: Task<Void, Never>
        var progress: Double
    }

    /// - Parameter folder: where films lie, made when it is missing. Blocks.
    package init(_ parts: Parts, folder: String, settings: ExportSettings = ExportSettings()) throws {
        self.parts = parts
        self.settings = settings
        shelf = try ExportShelf(folder)
    }

    /// Begins to make films: what an earlier process had in hand goes on. Call it once, when no other process works on the
    /// queue.
    package func open() async throws {
        guard !isOpen else { return }
        isOpen = true
        _ = try await parts.tasks.interruptAll()
        try await removeForgotten()
        loops = (0..<max(1, settings.films)).map { number in
            Task { await self.work(Self.filmKind, as: "films-\(number)") { await self.makeFilm($0) } }
        }
        loops.append(Task { await self.work(Self.webhookKind, as: "webhooks") { await self.sendLetter($0) } })
        loops.append(Task { await self.removeInTime() })
    }

    /// Stops making films; what is under way is given back and goes on at the next start. Returns when nothing is in hand.
    package func close() async {
        let ending = loops
        loops = []
        for loop in ending { loop.cancel() }
        for loop in ending { await loop.value }
        for continuation in watchers.values.flatMap(\.values) { continuation.finish() }
        watchers = [:]
    }

    // MARK: Orders

    package func start(_ order: ExportOrder, for account: AccountID) async throws -> Export {
        guard isOpen else { throw ExportError.unavailable }
        let request = try order.requestHash
        // Asked again, it is told how it stands, whatever has become of the project meanwhile.
        if let known = try await parts.exports.export(order.id.text, of: account) {
            guard known.task.draft.requestHash == request else { throw ExportError.idTaken }
            return try shown(known)
        }
        let (spec, summary) = try await prepared(order, for: account)
        try await settings.permit(account, summary.shape)
        guard try await parts.exports.underWay(of: account) < settings.mostWaiting else {
            throw ExportError.tooMany(most: settings.mostWaiting)
        }
        let (needed, free) = (Self.roomNeeded(summary), await disk.run { self.shelf.free(self.settings) })
        guard needed <= free else { throw ExportError.noRoom(needed: needed, free: free) }
        let task = TaskDraft(
            account: account.rawValue, name: order.id.text, requestHash: request, kind: Self.filmKind,
            spec: try ExportCoding.bytes(spec), runAt: now)
        switch try await parts.exports.add(
            task, in: order.project, order: try ExportCoding.bytes(summary), at: now)
        {
        case .conflict: throw ExportError.idTaken
        case .noSuchProject: throw StudioError.noSuchProject
        case .known(let record): return try shown(record)
        case .added(let record):
            let export = try shown(record)
            _ = try? await parts.events.append(
                NewEvent(.export, export.event), to: order.project, at: surroundings.now())
            return export
        }
    }

    package func shape(of order: ExportOrder, for account: AccountID) async throws -> ExportShape {
        try await prepared(order, for: account).summary.shape
    }

    /// The order with the film it means, laid out for its output.
    private func prepared(
        _ order: ExportOrder, for account: AccountID
    ) async throws -> (spec: ExportSpec, summary: ExportSummary) {
        if let webhook = order.webhook, !WebhookOrder.isUsable(webhook) { throw ExportError.badWebhook }
        do { try order.output.check() } catch { throw ExportError.output(error) }
        let project = try await parts.studio.project(order.project, of: account)
        var draft = order.draft ?? project.draft
        // Where media lie is the server's to know.
        draft.assets = [:]
        guard !(draft.mainTrack?.segments.isEmpty ?? true) else { throw ExportError.emptyFilm }
        let sources = FilmSources(media: project.media, beats: project.beats, places: [:])
        let missing = draft.usedAssets.filter { sources.byID[$0] == nil }
        guard missing.isEmpty else { throw ExportError.missingMedia(missing) }
        let laidOut: Draft
        do {
            try draft.validate(media: sources.byID)
            laidOut = try order.output.laidOut(draft, media: sources.byID)
        } catch let error as DraftError {
            throw ExportError.draft(error)
        } catch let fault as OutputFault {
            throw ExportError.output(fault)
        }
        let title = laidOut.film.title.isEmpty ? project.name : laidOut.film.title
        // A title is no path: all of it names the file.
        let named = String(title.map { $0 == "/" || $0 == "\\" ? "-" : $0 })
        let summary = ExportSummary(
            revision: order.draft == nil ? project.revision : nil, output: order.output,
            shape: order.output.shape(of: laidOut), webhook: order.webhook, name: FileName.clean(named, number: 1))
        return (ExportSpec(scene: sources.scene(laidOut), output: order.output), summary)
    }

    /// Bytes that such a film takes at the most, as far as one can know: a generous rate, and half as much for work.
    private static func roomNeeded(_ summary: ExportSummary) -> Int64 {
        let shape = summary.shape
        let pixels = Double(shape.canvas.width * shape.canvas.height) * shape.frameRate.framesPerSecond
        let bitsAPixel = shape.format == .gif ? 2.0 : 0.12
        return Int64((pixels * bitsAPixel + 256_000) / 8 * shape.duration.seconds * 1.5) + 1 << 20
    }

    // MARK: Looking

    package func export(_ id: ExportID, of account: AccountID) async throws -> Export {
        try shown(try await record(id, account))
    }

    package func exports(
        of account: AccountID, in project: ProjectID?, before: ExportID?, limit: Int
    ) async throws -> [Export] {
        try await parts.exports.exports(
            of: account, in: project, before: before?.text, limit: max(1, min(500, limit))
        ).compactMap { try? shown($0) }
    }

    package func file(of id: ExportID, of account: AccountID) async throws -> ExportFile {
        let record = try await record(id, account)
        let export = try shown(record)
        guard let result = export.result else { throw ExportError.noFile(export.status) }
        let place = place(of: result, record.task.id)
        guard await disk.run({ FileManager.default.fileExists(atPath: place) }) else {
            throw ExportError.noFile(export.status)
        }
        // Films of one project for several platforms lie in one folder of downloads.
        let platform = export.output.preset.flatMap { PlatformPreset.named($0) }?.title
        let name = [ExportCoding.value(ExportSummary.self, record.order)?.name ?? "film", platform]
            .compactMap(\.self).joined(separator: " – ")
        return ExportFile(
            location: URL(fileURLWithPath: place), name: "\(name).\(result.shape.format.rawValue)",
            mediaType: result.shape.format.mediaType, hash: result.hash, byteCount: result.byteCount)
    }

    package func changes(of id: ExportID, of account: AccountID) async throws -> AsyncStream<Export> {
        let key = Key(account: account, id: id)
        let (stream, continuation) = AsyncStream.makeStream(of: Export.self, bufferingPolicy: .bufferingNewest(16))
        lastWatcher += 1
        let number = lastWatcher
        // Listening begins before the look, so that nothing comes in between.
        watchers[key, default: [:]][number] = continuation
        continuation.onTermination = { _ in Task { await self.unwatch(key, number) } }
        do {
            tell(try shown(try await record(id, account)), only: number)
        } catch {
            continuation.finish()
            throw error
        }
        return stream
    }

    private func unwatch(_ key: Key, _ number: Int) {
        watchers[key]?[number] = nil
        if watchers[key]?.isEmpty == true { watchers[key] = nil }
    }

    /// Tells those who look on.
    func tell(_ export: Export, only number: Int? = nil) {
        let key = Key(account: export.account, id: export.id)
        for (watcher, continuation) in watchers[key] ?? [:] where number.map({ $0 == watcher }) ?? true {
            continuation.yield(export)
            if export.status.isFinal { continuation.finish() }
        }
    }

    func hasWatchers(_ key: Key) -> Bool { watchers[key] != nil }

    // MARK: Ending

    package func cancel(_ id: ExportID, of account: AccountID) async throws -> Export {
        let before = try await record(id, account)
        guard !before.task.state.isOver else { return try shown(before) }
        _ = try await parts.tasks.cancel(id.text, of: account.rawValue, at: now)
        making[Key(account: account, id: id)]?.task.cancel()
        let export = try shown(try await record(id, account))
        tell(export)
        if export.status == .cancelled {
            _ = try? await parts.events.append(
                NewEvent(.export, export.event), to: export.project, at: surroundings.now())
            if let letter = letter(of: export, before) { _ = try await parts.tasks.enqueue(letter, at: now) }
        }
        return export
    }

    package func remove(_ id: ExportID, of account: AccountID) async throws {
        guard let record = try await parts.exports.remove(id.text, of: account) else { throw ExportError.noSuchExport }
        let key = Key(account: account, id: id)
        making[key]?.task.cancel()
        for continuation in (watchers[key] ?? [:]).values { continuation.finish() }
        watchers[key] = nil
        await removeFile(of: record)
    }

    func removeFile(of record: ExportRecord) async {
        guard let result = record.task.output.flatMap({ ExportCoding.value(ExportOutcome.self, $0) })?.result else {
            return
        }
        let place = place(of: result, record.task.id)
        await disk.run { self.shelf.remove(place) }
    }

    // MARK: What is kept

    private func record(_ id: ExportID, _ account: AccountID) async throws -> ExportRecord {
        guard let record = try await parts.exports.export(id.text, of: account) else { throw ExportError.noSuchExport }
        return record
    }

    /// As it stands, by what is kept and what is known of it just now.
    func shown(_ record: ExportRecord) throws -> Export {
        guard var export = Export(record, keptDays: settings.keptDays) else { throw ExportError.noSuchExport }
        let key = Key(account: export.account, id: export.id)
        if export.status == .processing, let live = making[key]?.progress {
            export.progress = max(export.progress, live * 100)
        }
        return export
    }

    nonisolated func place(of result: ExportResult, _ task: TaskID) -> String {
        shelf.place(of: result.hash, task: task, result.shape.format.rawValue)
    }
}

extension Export {
    /// What a project's listeners are told of it.
    var event: JSONValue {
        var fields: [String: JSONValue] = [
            "id": .string(id.text), "status": .string(status.rawValue), "progress": .number(progress),
        ]
        if let failure { fields["error"] = .string(failure.text(in: FaultWords.english)) }
        return .object(fields)
    }
}
