// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import HTTPWire
package import JSON

/// What film is wanted: the members of `output` in an export's order.
package struct RemoteOutput: Hashable, Sendable {
    package var format: String?
    package var quality: String?
    package var resolution: String?
    package var fps: Int?
    /// A platform.
    package var preset: String?

    package init() {}

    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        for (key, value) in [
            ("format", format), ("quality", quality), ("resolution", resolution), ("preset", preset),
        ] {
            members[key] = value.map { .string($0) }
        }
        members["fps"] = fps.map { .integer(Int64($0)) }
        return .object(members)
    }

    /// What a person said beside "export" goes before what was not given otherwise.
    package func filled(from wish: ExportWish) -> RemoteOutput {
        var output = self
        output.format = format ?? wish.format
        output.quality = quality ?? wish.quality
        output.resolution = resolution ?? wish.resolution
        output.fps = fps ?? wish.fps
        return output
    }
}

extension RemoteStudio {
    /// Orders a film of a session as it is now, or goes on with the same order of before.
    ///
    /// The order is in the note before the server hears of it, so that a client that dies goes on with it.
    ///
    /// - Parameters:
    ///   - keep: writes the note down.
    /// - Returns: the export as the server first tells it, and the note with the order.
    package func order(
        _ output: RemoteOutput, of note: SessionNote, to target: String, keep: (SessionNote) throws -> Void
    ) async throws -> (ExportState, SessionNote) {
        let state = try await state(of: note)
        guard state.timeline.isReady else { throw RemoteFault.nothingToExport }
        var note = note
        let fingerprint = RemoteMemory.name(output.json.text() + state.draft.text())
        if let known = note.order, known.fingerprint == fingerprint {
            note.order?.target = target
            try keep(note)
            if let export = try? await export(known.id), export.status != .failed, export.status != .cancelled {
                if !export.isFinal { tell(.goingOn(export: known.id)) }
                return (export, note)
            }
        }
        for attempt in 0..<2 {
            let id = "render_" + randomName(20)
            note.order = SessionNote.Order(id: id, fingerprint: fingerprint, target: target)
            try keep(note)
            let body: JSONValue = [
                "id": .string(id), "sessionId": .string(note.session), "draft": state.draft, "output": output.json,
            ]
            do {
                let json = try await ask { self.request(.post, "/api/render/proxy/lambda", json: body) }
                return (ExportState(json), note)
            } catch let fault as RemoteFault {
                // An id that somebody else has already.
                guard attempt == 0, case .refused(let refusal, _, _) = fault, refusal.status == 409 else { throw fault }
            }
        }
        throw RemoteFault.exportFailed("409")
    }

    package func export(_ id: String) async throws -> ExportState {
        ExportState(
            try await ask { self.request(.get, "/api/render/proxy/lambda/\(PercentEncoding.encode(id))") })
    }

    /// Waits until an export has come to its end. A server that is away for a while is waited for: it goes on with its
    /// exports when it is back.
    package func finish(_ first: ExportState, id: String) async throws -> ExportState {
        try await whileTelling {
            var state = first
            var pause = self.pace.firstPause
            var told = -1
            var misses = 0
            while true {
                // Never falling, whatever the server says.
                let percent = Int(state.progress)
                if percent > told {
                    told = percent
                    self.tell(.exporting(percent: percent))
                }
                switch state.status {
                case .completed: return state
                case .failed: throw RemoteFault.exportFailed(state.error ?? "")
                case .cancelled: throw RemoteFault.exportCancelled
                case .pending, .processing: break
                }
                try await self.pace.sleep(pause)
                do {
                    state = try await self.export(id)
                    misses = 0
                    pause = min(pause * 1.3, self.pace.longestPause)
                } catch let fault as RemoteFault {
                    misses += 1
                    guard misses < 20, fault.mayPass else { throw fault }
                    pause = min(pause * 2, self.pace.longestPause)
                }
            }
        }
    }

    /// Fetches a finished film. It takes its name only when all of it is there; a connection that breaks off is gone on
    /// with where it was.
    ///
    /// - Returns: bytes of the film.
    @discardableResult
    package func download(_ export: ExportState, to target: String) async throws -> Int {
        guard let link = export.url else { throw RemoteFault.unreadable(server: server, call: "output.url") }
        let url = link.hasPrefix("/") ? server + link : link
        let file = try AtomicFile(replacing: target)
        var written = 0
        var tag: String?
        var lastReason = ""
        for attempt in 0..<6 {
            if attempt > 0 { try await pace.sleep(min(pace.firstPause * (1 << attempt), pace.longestPause)) }
            var request = HTTPClientRequest(.get, url)
            // A signed link needs no token, and a strange host must not see one.
            for (name, value) in attribution.headers { request.headers[name] = value }
            request.decompresses = false
            request.usesProxy = !Self.isOfThisMachine(request)
            request.redirects = 5
            if written > 0 {
                // Without a tag nobody knows whether it is the same film.
                guard let tag else { throw RemoteFault.brokenDownload(path: target, reason: lastReason) }
                request.headers["Range"] = "bytes=\(written)-"
                request.headers["If-Range"] = tag
            }
            do {
                let response = try await send(request)
                let status = response.status.rawValue
                if status >= 500 || status == 429 {
                    lastReason = "HTTP \(status)"
                    continue
                }
                guard status == 200 && written == 0 || status == 206 && written > 0 else {
                    throw RemoteFault.brokenDownload(path: target, reason: "HTTP \(status)")
                }
                tag = response.headers["ETag"].flatMap { $0.hasPrefix("W/") ? nil : $0 }
                let whole =
                    export.byteCount ?? response.headers["Content-Length"].flatMap { Int($0) }.map { $0 + written }
                var told = -1
                for try await part in response.body {
                    try file.write(part)
                    written += part.count
                    if let whole, whole > 0, written * 100 / whole >= told + 10 {
                        told = written * 100 / whole
                        tell(.downloading(percent: min(100, told)))
                    }
                }
                if let whole, written < whole {
                    lastReason = "\(written) / \(whole)"
                    continue
                }
                guard written > 0, whole.map({ $0 == written }) ?? true else {
                    throw RemoteFault.brokenDownload(path: target, reason: "\(written) / \(whole ?? 0)")
                }
                try file.commit(durable: true)
                return written
            } catch let error as HTTPClientError {
                guard error.mayPass else { throw RemoteFault.brokenDownload(path: target, reason: error.message) }
                lastReason = error.message
            } catch RemoteFault.unreachable(_, let reason) {
                lastReason = reason
            }
        }
        throw RemoteFault.brokenDownload(path: target, reason: lastReason)
    }
}

extension RemoteFault {
    /// Whether the same may be fine a little later.
    var mayPass: Bool {
        switch self {
        case .unreachable, .unreadable: true
        case .refused(let refusal, _, _): refusal.status >= 500 || refusal.status == 429
        default: false
        }
    }
}
