// SPDX-License-Identifier: GPL-3.0-or-later
import Synchronization

/// One film that is worked on step by step, each step perhaps by another process: its session is kept in a note under the
/// name that the person gives the film, and begun anew with the same files where the server has lost it.
package final class RemoteFilm: Sendable {
    /// The film where no name is given.
    package static let usualName = "film"

    package let studio: RemoteStudio
    package let name: String
    private let language: String?
    private let kept: Mutex<SessionNote?>

    /// The note of before counts only where it is of the same server.
    package init(_ studio: RemoteStudio, named name: String = RemoteFilm.usualName, language: String? = nil) {
        self.studio = studio
        self.name = name
        self.language = language
        let note = studio.memory.note(of: name)
        kept = Mutex(note?.server == studio.server ? note : nil)
    }

    package var note: SessionNote? { kept.withLock { $0 } }

    private func keep(_ note: SessionNote) throws {
        kept.withLock { $0 = note }
        try studio.memory.keep(note, of: name)
    }

    /// A new session, in place of what was there.
    @discardableResult
    package func begin() async throws -> SessionNote {
        let note = try await studio.openSession(named: name == Self.usualName ? "project" : name, language: language)
        try keep(note)
        return note
    }

    /// The session of before where it is still there, else a new one.
    package func open() async throws -> SessionNote {
        guard let note else { return try await begin() }
        do {
            _ = try await studio.state(of: note)
            return note
        } catch let fault as RemoteFault where fault.isGoneSession {
            return try await beginAgain(note)
        }
    }

    /// A new session with the files of the old one that are still at their places.
    private func beginAgain(_ old: SessionNote) async throws -> SessionNote {
        var note = try await begin()
        let places = old.sent.map { RemoteInput($0.place) }.filter { $0.place.isEmpty == false }
        if !places.isEmpty, let again = try? await studio.upload(places, to: note) {
            note.sent = again.taken
            try keep(note)
        }
        studio.tell(.newSession(files: note.sent.count))
        return note
    }

    /// Does something in the session; where that is gone, once more in a new one.
    ///
    /// - Parameter again: false where a new session has nothing that it could be done with; that is told instead.
    private func inSession<Value: Sendable>(
        again: Bool = true, _ work: (SessionNote) async throws -> Value
    ) async throws -> Value {
        let isNew = note == nil
        let now = if let note { note } else { try await begin() }
        do {
            return try await work(now)
        } catch let fault as RemoteFault where fault.isGoneSession && !isNew {
            let next = try await beginAgain(now)
            guard again else { throw RemoteFault.begunAnew }
            return try await work(next)
        }
    }

    // MARK: Steps

    package func upload(_ inputs: [RemoteInput]) async throws -> RemoteUpload {
        let upload = try await inSession { try await self.studio.upload(inputs, to: $0) }
        if var note {
            note.sent += upload.taken
            try keep(note)
        }
        return upload
    }

    package func say(_ message: String) async throws -> RemoteTurn {
        try await inSession { try await self.studio.say(message, in: $0) }
    }

    package func state() async throws -> RemoteStudio.State {
        try await inSession { try await self.studio.state(of: $0) }
    }

    package func claim() async throws -> (link: String, seconds: Int64?) {
        try await inSession { try await self.studio.claim($0) }
    }

    /// Orders the film as it is now; the order is kept.
    package func order(_ output: RemoteOutput, to target: String) async throws -> ExportState {
        guard note != nil else { throw RemoteFault.noSession }
        return try await inSession(again: false) { note in
            try await self.studio.order(output, of: note, to: target) { try self.keep($0) }.0
        }
    }

    /// Waits for the order and fetches the film.
    package func fetch(_ export: ExportState, to target: String) async throws -> ExportState {
        guard let id = note?.order?.id ?? export.id else { throw RemoteFault.noSession }
        let done = try await studio.finish(export, id: id)
        try await studio.download(done, to: target)
        if var note {
            note.order = nil
            try keep(note)
        }
        return done
    }
}
