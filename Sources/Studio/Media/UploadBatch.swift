// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import MediaLibrary

/// Files that come in together. Each is written down as it arrives and examined while the next one comes; the project
/// gets all that can be used at once, in the order in which they were sent.
///
/// Used by one task: `begin`, any number of `write`, `end`, for each file; then `finish`. A batch that is let go of before
/// leaves nothing behind.
package actor UploadBatch {
    /// A file that has arrived, and what it turns out to be.
    private struct Arrival {
        let name: String
        /// Of the file as it was given.
        var fileTime: String?
        let work: Task<Result<Found, UploadRefusal>, Never>
    }

    private struct Found: Sendable {
        let examined: Examined
        let hash: ContentHash
        let file: IncomingFile
    }

    /// The file that is arriving.
    private struct Coming {
        let name: String
        var fileTime: String?
        /// Nil once it is too large.
        var file: IncomingFile?
        var byteCount = 0
        var waiting: [UInt8] = []
    }

    /// Bytes that are written at once.
    private static let pieceBytes = 1 << 20

    private let studio: Studio
    private let desk: Desk
    /// Of the first file among others that come beside this batch.
    private let place: Int?
    /// Bytes that the account still has room for; nil where nothing limits it.
    private var room: Int64?
    private var coming: Coming?
    private var arrivals: [Arrival] = []

    init(_ studio: Studio, _ desk: Desk, room: Int64?, place: Int?) {
        self.studio = studio
        self.desk = desk
        self.place = place
        self.room = room
    }

    deinit { for arrival in arrivals { arrival.work.cancel() } }

    /// A file begins, called `given` by its sender.
    ///
    /// - Parameter fileTime: the date of the sender's file (`2024-07-01T12:34:56`); nil where it is not known, as over the
    ///   wire. When the bytes arrived says nothing about when a picture was taken.
    package func begin(named given: String?, fileTime: String? = nil) async throws {
        let name = FileName.clean(given, number: arrivals.count + 1)
        coming = Coming(name: name, fileTime: fileTime, file: try await studio.stores.media.receive())
    }

    /// More bytes of the file. One that gets too large is taken to its end all the same, and none of it is kept.
    package func write(_ bytes: some Sequence<UInt8> & Sendable) async throws {
        guard var file = coming else { return }
        coming = nil
        let before = file.waiting.count
        file.waiting += bytes
        file.byteCount += file.waiting.count - before
        if file.byteCount > studio.limits.fileBytes || room.map({ Int64(file.byteCount) > $0 }) ?? false {
            file.file = nil
        }
        if file.file == nil { file.waiting = [] }
        if let place = file.file, file.waiting.count >= Self.pieceBytes {
            let piece = file.waiting
            file.waiting = []
            try await studio.stores.media.append(piece, to: place)
        }
        coming = file
    }

    /// The file is complete.
    package func end() async throws {
        guard let complete = coming else { return }
        coming = nil
        guard let file = complete.file else {
            let refusal = refusal(of: complete)
            arrivals.append(Arrival(name: complete.name, work: Task { .failure(refusal) }))
            return
        }
        room = room.map { $0 - Int64(complete.byteCount) }
        try await studio.stores.media.append(complete.waiting, to: file)
        let (examiner, most) = (studio.examiner, studio.limits.fileBytes)
        let work = Task { await Self.examine(file, complete.name, examiner, mostBytes: most) }
        arrivals.append(Arrival(name: complete.name, fileTime: complete.fileTime, work: work))
    }

    private func refusal(of file: Coming) -> UploadRefusal {
        let most = studio.limits.fileBytes
        if file.byteCount <= most, let all = studio.limits.accountBytes {
            return UploadRefusal(noRoomIn: all, name: file.name)
        }
        return UploadRefusal(
            .tooLarge(mostBytes: most), file.name, "it is larger than \(ByteSize.words(Int64(most)))",
            "make it smaller or shorter first")
    }

    /// Whether the file that is arriving has become too large: nothing more of it needs to come.
    package var isTooLarge: Bool { coming.map { $0.file == nil } ?? false }

    /// A file could not be got, or not all of it; what came of it is let go.
    package func giveUp(named given: String, because reason: String, _ code: UploadRefusal.Code = .notReached) {
        let name = coming?.name ?? FileName.clean(given, number: arrivals.count + 1)
        coming = nil
        let refusal = UploadRefusal(code, name, reason, "check the link, or send the file itself")
        arrivals.append(Arrival(name: name, work: Task { .failure(refusal) }))
    }

    /// A file that has arrived as a whole.
    package func add(_ file: IncomingFile, named given: String?) {
        let (examiner, most) = (studio.examiner, studio.limits.fileBytes)
        let name = FileName.clean(given, number: arrivals.count + 1)
        arrivals.append(
            Arrival(name: name, work: Task { await Self.examine(file, name, examiner, mostBytes: most) }))
    }

    private static func examine(
        _ file: IncomingFile, _ name: String, _ examiner: any MediaExaminer, mostBytes: Int
    ) async -> Result<Found, UploadRefusal> {
        do {
            try Task.checkCancellation()
            let examined = try await examiner.examine(file.url)
            guard let hash = ContentHash(hex: examined.facts.contentHash) else {
                throw Refusal(.damaged, name, .damaged, .copyAgain)
            }
            return .success(Found(examined: examined, hash: hash, file: file))
        } catch let refusal as Refusal {
            return .failure(UploadRefusal(refusal, name: name, mostBytes: mostBytes))
        } catch {
            return .failure(UploadRefusal(notKept: error, name: name))
        }
    }

    /// Gives the project what can be used of the files and tells of each. Durable when it returns: the bytes were before
    /// the project points at them.
    package func finish() async throws -> [UploadOutcome] {
        let files = arrivals
        arrivals = []
        // Until the project points at them the bytes are nobody's.
        var held: [ContentHash] = []
        for file in files {
            guard case .success(let found) = await file.work.value else { continue }
            await studio.holds.hold(found.hash)
            held.append(found.hash)
        }
        let outcome: Result<[UploadOutcome], any Error>
        do { outcome = .success(try await keep(files)) } catch { outcome = .failure(error) }
        for hash in held { await studio.holds.release(hash) }
        return try outcome.get()
    }

    private func keep(_ files: [Arrival]) async throws -> [UploadOutcome] {
        let (media, most, now) = (studio.stores.media, studio.limits.filesInProject, studio.surroundings.now)
        let results = await withTaskGroup(
            of: (Int, Result<Examined, UploadRefusal>).self, returning: [Int: Result<Examined, UploadRefusal>].self
        ) { group in
            for (index, file) in files.enumerated() {
                group.addTask {
                    switch await file.work.value {
                    case .failure(let refusal): return (index, .failure(refusal))
                    case .success(let found):
                        do {
                            try await media.keep(found.file, as: found.hash)
                            return (index, .success(found.examined))
                        } catch {
                            return (index, .failure(UploadRefusal(notKept: error, name: file.name)))
                        }
                    }
                }
            }
            return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        let ordered = files.indices.compactMap { index -> (String, Result<Examined, UploadRefusal>)? in
            let dated = results[index]?.map { examined in
                var examined = examined
                examined.facts.fileTime = files[index].fileTime
                return examined
            }
            return dated.map { (files[index].name, $0) }
        }
        guard ordered.contains(where: { if case .success = $0.1 { true } else { false } }) else {
            return ordered.compactMap { _, result -> UploadOutcome? in
                if case .failure(let refusal) = result { .refused(refusal) } else { nil }
            }
        }
        return try await desk.commit { change -> [UploadOutcome] in
            var project = change.project
            project.changedSeconds = now()
            let outcomes = ordered.map { name, result -> UploadOutcome in
                switch result {
                case .failure(let refusal): return .refused(refusal)
                case .success(let examined):
                    guard project.media.count < most else {
                        return .refused(
                            UploadRefusal(
                                .tooMany(most: most), name, "a session holds at most \(most) files",
                                "start another session"))
                    }
                    return .taken(project.add(examined, named: name, place: self.place))
                }
            }
            change.project = project
            let taken = outcomes.compactMap { outcome -> MediaFacts? in
                if case .taken(let facts) = outcome { facts } else { nil }
            }
            if !taken.isEmpty { change.events.append(.assets(taken)) }
            return outcomes
        }.value
    }
}

extension Studio {
    /// Begins to take files into a project.
    ///
    /// - Parameter place: where they stand among files that come at the same time in batches of their own (`MediaFacts.place`).
    package func beginUpload(
        into id: ProjectID, of account: AccountID, place: Int? = nil
    ) async throws -> UploadBatch {
        UploadBatch(self, try await desk(id, of: account), room: try await room(of: account), place: place)
    }

    /// Bytes of media that the account may still bring; nil where nothing limits it.
    func room(of account: AccountID) async throws -> Int64? {
        guard let most = limits.accountBytes else { return nil }
        return max(0, most - (try await stores.assets.byteCount(of: account)))
    }
}
