// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel

/// Files that come in in pieces, over broken lines and restarts of the server. What an offset counts is on the disk.
extension Studio {
    /// How long an upload waits for its next piece.
    package static let uploadPauseSeconds = 86400.0
    /// Bytes after which what has come is made durable.
    private static let stepBytes: Int64 = 8 << 20

    package func beginUpload(_ announced: UploadAnnouncement, of account: AccountID) async throws -> Upload {
        _ = try await project(announced.project, of: account)
        try checkLength(announced.length)
        try await checkRoom(for: announced.length ?? 1, of: account)
        let now = surroundings.now()
        let upload = Upload(
            id: "upl_" + surroundings.randomText(26), account: account, project: announced.project,
            length: announced.length, metadata: announced.metadata, createdSeconds: now,
            expiresSeconds: now + Self.uploadPauseSeconds)
        try await stores.media.makeUpload(upload.id)
        guard try await stores.uploads.add(upload) else { throw ResumableUploadError.busy }
        return upload
    }

    package func upload(_ id: String, of account: AccountID) async throws -> Upload {
        guard let upload = try await stores.uploads.upload(id, of: account) else {
            throw ResumableUploadError.noSuchUpload
        }
        guard upload.asset != nil || upload.expiresSeconds > surroundings.now() else {
            throw ResumableUploadError.expired
        }
        return upload
    }

    /// Takes the next piece. What came before the line broke stays, unless it came with a checksum.
    ///
    /// - Parameter length: of the whole, for an upload that began without.
    package func append<Pieces: AsyncSequence & Sendable>(
        _ pieces: Pieces, to id: String, of account: AccountID, at offset: Int64, length: Int64? = nil,
        checksum: ExpectedChecksum? = nil
    ) async throws -> Upload where Pieces.Element == [UInt8] {
        guard uploadsAtWork.insert(id).inserted else { throw ResumableUploadError.busy }
        defer { uploadsAtWork.remove(id) }
        var upload = try await self.upload(id, of: account)
        if let length {
            try checkLength(length)
            try await checkRoom(for: length, of: account)
            guard length >= upload.offset, try await stores.uploads.setLength(length, of: id, account: account) else {
                throw ResumableUploadError.lengthKnown
            }
            upload.length = length
        }
        guard offset == upload.offset else { throw ResumableUploadError.wrongOffset(upload.offset) }
        var place = Place(durable: offset, written: offset)
        let sum = checksum.map { Checksum($0.algorithm) }
        do {
            for try await piece in pieces {
                try checkEnd(place.written + Int64(piece.count), of: upload)
                try await stores.media.write(piece, toUpload: id, at: place.written)
                place.written += Int64(piece.count)
                sum?.update(piece)
                if sum == nil, place.written - place.durable >= Self.stepBytes {
                    place = try await settled(place, upload)
                }
            }
        } catch {
            // Whoever sent it has left, perhaps; what came of it is kept for when they are back.
            if sum == nil {
                let (reached, known) = (place, upload)
                _ = try? await Task { try await self.settled(reached, known) }.value
            }
            throw error
        }
        if let checksum, sum?.finish() != checksum.digest { throw ResumableUploadError.checksumMismatch }
        upload.offset = try await settled(place, upload).durable
        upload.expiresSeconds = surroundings.now() + Self.uploadPauseSeconds
        return upload
    }

    private struct Place: Sendable {
        var durable: Int64
        var written: Int64
    }

    /// The bytes first, then what is said of them.
    private func settled(_ place: Place, _ upload: Upload) async throws -> Place {
        guard place.written > place.durable else { return place }
        try await stores.media.syncUpload(upload.id)
        let isTaken = try await stores.uploads.advance(
            upload.id, of: upload.account, from: place.durable, to: place.written,
            expiresSeconds: surroundings.now() + Self.uploadPauseSeconds)
        guard isTaken else { throw ResumableUploadError.noSuchUpload }
        return Place(durable: place.written, written: place.written)
    }

    /// Gives a complete upload to its project. The same again gives what came of it.
    ///
    /// - Parameter place: among files that come at the same time (`MediaFacts.place`).
    package func finishUpload(
        _ id: String, named name: String?, place: Int? = nil, of account: AccountID
    ) async throws -> [UploadOutcome] {
        let upload = try await self.upload(id, of: account)
        guard let project = upload.project, upload.offset == upload.length else {
            throw ResumableUploadError.wrongOffset(upload.offset)
        }
        if let asset = upload.asset {
            let facts = try await self.project(project, of: account).media.first { $0.id == asset }
            guard let facts else { throw ResumableUploadError.noSuchUpload }
            return [.taken(facts)]
        }
        guard uploadsAtWork.insert(id).inserted else { throw ResumableUploadError.busy }
        defer { uploadsAtWork.remove(id) }
        // The project gets the file even when whoever sent it has left.
        return try await Task {
            // Room for it was looked for when it was announced.
            let batch = UploadBatch(self, try await self.desk(project, of: account), room: nil, place: place)
            await batch.add(try await self.stores.media.incoming(ofUpload: id), named: name)
            let outcomes = try await batch.finish()
            switch outcomes.first {
            case .taken(let facts)?:
                _ = try await self.stores.uploads.complete(id, of: account, as: facts.id)
                try await self.stores.media.removeUpload(id)
            case .refused(let refusal)? where refusal.code == .notKept: break
            case .refused?, nil: try await self.removeUpload(id, of: account)
            }
            return outcomes
        }.value
    }

    /// Gives an upload up.
    package func removeUpload(_ id: String, of account: AccountID) async throws {
        guard try await stores.uploads.remove(id, of: account) else { throw ResumableUploadError.noSuchUpload }
        try await stores.media.removeUpload(id)
    }

    /// Removes what waited too long. Gives how many.
    @discardableResult
    package func removeExpiredUploads() async throws -> Int {
        let expired = try await stores.uploads.expired(at: surroundings.now())
        for upload in expired where !uploadsAtWork.contains(upload.id) {
            try await removeUpload(upload.id, of: upload.account)
        }
        return expired.count
    }

    private func checkLength(_ length: Int64?) throws {
        if let length, length > Int64(limits.fileBytes) {
            throw ResumableUploadError.tooLarge(mostBytes: limits.fileBytes)
        }
    }

    private func checkRoom(for length: Int64, of account: AccountID) async throws {
        if let room = try await room(of: account), let most = limits.accountBytes, length > room {
            throw ResumableUploadError.noRoom(mostBytes: most)
        }
    }

    private func checkEnd(_ end: Int64, of upload: Upload) throws {
        if let length = upload.length, end > length { throw ResumableUploadError.longerThanSaid }
        try checkLength(end)
    }
}
