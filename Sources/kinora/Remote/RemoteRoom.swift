// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import Foundation
import JSON
import Remote
import Wording

/// The steps of `kinora remote`, told to a person or, as JSON lines, to a program.
struct RemoteRoom {
    let film: RemoteFilm
    let console: Console

    var words: Catalogue { console.words }

    // MARK: Getting there

    func setUp(_ order: RemoteSetup) async throws -> ExitStatus {
        let note = try await connect(isNew: order.isNew, starts: order.starts)
        console.event(
            "ready",
            [
                "server": .string(film.studio.server), "session_id": .string(note.session),
                "film": .string(film.name), "skill": .string(film.studio.attribution.source),
            ])
        return .ok
    }

    /// Two phrases, nothing more: a server is there, and a session.
    ///
    /// - Parameter starts: a server of this machine that is not running is started.
    @discardableResult
    private func connect(isNew: Bool, starts: Bool) async throws -> SessionNote {
        console.tell(.connecting)
        if starts, film.studio.server == RemoteStudio.usual, !(await film.studio.isThere()) {
            try await LocalServer.start { await film.studio.isThere() }
        }
        let note = isNew ? try await film.begin() : try await film.open()
        console.tell(.ready)
        return note
    }

    // MARK: Files

    func upload(_ inputs: [String]) async throws -> ExitStatus {
        let upload = try await film.upload(RemoteStudio.expand(inputs))
        // What was not taken is named; the film is made of the rest.
        tell(upload)
        return .ok
    }

    private func tell(_ upload: RemoteUpload) {
        console.event(
            "uploaded",
            [
                "files": .array(upload.taken.map { ["filename": .string($0.name), "file_type": .string($0.kind)] }),
                "refused": .array(
                    upload.refused.map { ["filename": .string($0.name), "message": .string($0.reason)] }),
            ])
        guard !console.isJSON else { return }
        let kinds = ["image", "video", "audio", "text", "lut"].compactMap { kind -> String? in
            let count = upload.taken.count { $0.kind == kind }
            return count == 0 ? nil : words.text("remote count \(kind)", ["count": String(count)])
        }
        console.result(
            words.text(
                "remote uploaded",
                [
                    "count": String(upload.taken.count),
                    "kinds": kinds.joined(separator: words.text("remote list joint")),
                ]))
        for refused in upload.refused {
            console.warn(words.text("remote refused file", ["name": refused.name, "reason": refused.reason]))
        }
    }

    // MARK: Talking

    /// What a person said goes where it belongs: to an export, the balance, the state, or into the conversation.
    func hear(_ order: RemoteSay) async throws -> ExitStatus {
        let message = order.words.joined(separator: " ")
        let files = RemoteStudio.expand(order.files)
        guard !files.isEmpty || message.contains(where: { !$0.isWhitespace }) else { throw RemoteFault.emptyMessage }
        if !files.isEmpty { tell(try await film.upload(files)) }
        let destination = order.isPlain ? .chat : Router.destination(of: message, hasFiles: !files.isEmpty)
        switch destination {
        case .export: return try await export(order.file, waits: true, saying: message)
        case .credits: return try await credits()
        case .status: return try await status()
        case .upload:
            if files.isEmpty { console.result(words.text("remote next upload")) }
            return .ok
        case .chat:
            try await say(message)
            return .ok
        }
    }

    private func say(_ message: String) async throws {
        let turn = try await film.say(message)
        let changes = turn.changes.map { words.text($0) }
        let isQuiet = turn.text.isEmpty && changes.isEmpty && turn.timeline != nil && !turn.calls.contains(.status)
        let nothing = isQuiet ? words.text(turn.brokeOff ? "remote broke off" : "remote nothing changed") : nil
        let timeline = turn.timeline.map { $0.summary(in: words.words) }
        var event: [String: JSONValue] = [
            "text": .string(turn.text), "changes": .array(changes.map { .string($0) }),
            "next": .array(turn.calls.map { .string(Self.name(of: $0)) }), "broke_off": .bool(turn.brokeOff),
        ]
        event["timeline"] = timeline.map { .string($0) }
        console.event("answer", event)
        guard !console.isJSON else { return }
        if !turn.text.isEmpty { console.result(turn.text) }
        if let nothing { console.result(nothing) }
        if !changes.isEmpty {
            console.result(
                words.text("remote changed", ["changes": changes.joined(separator: words.text("remote change joint"))]))
        }
        if let timeline { console.result(timeline) }
        if turn.calls.contains(.export) { console.result(words.text("remote next export")) }
        if turn.calls.contains(.upload) { console.result(words.text("remote next upload")) }
    }

    private static func name(of call: ScreenTalk.Call) -> String {
        switch call {
        case .export: "export"
        case .status: "status"
        case .upload: "upload"
        case .edit: "say"
        }
    }

    // MARK: Looking

    func status() async throws -> ExitStatus {
        let state = try await film.state()
        var event: [String: JSONValue] = [
            "ready": .bool(state.timeline.isReady), "timeline": .string(state.timeline.summary(in: words.words)),
            "files": .array(state.files.map { .string($0) }),
            "seconds": .number(Double(state.timeline.lengthMilliseconds) / 1000),
        ]
        for (key, value) in [
            ("revision", state.revision), ("width", state.timeline.width), ("height", state.timeline.height),
        ] {
            event[key] = value.map { .integer($0) }
        }
        var lines = [
            words.text("remote files", ["count": String(state.files.count)]), state.timeline.summary(in: words.words),
        ]
        if state.timeline.isReady { lines.append(words.text("remote next export")) }
        if let order = film.note?.order, let export = try? await film.studio.export(order.id) {
            event["export"] = [
                "id": .string(order.id), "status": .string(export.status.rawValue),
                "progress": .number(export.progress),
            ]
            lines.append(
                words.text(
                    "remote export state",
                    [
                        "state": words.text("remote state \(export.status.rawValue)"),
                        "percent": String(Int(export.progress)),
                    ]))
        }
        console.event("status", event)
        if !console.isJSON { for line in lines { console.result(line) } }
        return .ok
    }

    func credits() async throws -> ExitStatus {
        let credits = try await film.studio.credits()
        func plain(_ number: Double) -> JSONValue { Int64(exactly: number).map { .integer($0) } ?? .number(number) }
        console.event(
            "credits",
            ["available": plain(credits.available), "frozen": plain(credits.frozen), "total": plain(credits.total)])
        if !console.isJSON {
            console.result(
                words.text(
                    "remote credits told",
                    [
                        "available": plain(credits.available).text(), "frozen": plain(credits.frozen).text(),
                        "total": plain(credits.total).text(),
                    ]))
        }
        return .ok
    }

    func claim() async throws -> ExitStatus {
        let (link, seconds) = try await film.claim()
        var event: [String: JSONValue] = ["link": .string(link)]
        event["expires_in"] = seconds.map { .integer($0) }
        console.event("claim", event)
        if !console.isJSON {
            console.result(link)
            console.say(words.text("remote claim once", ["minutes": String(max(1, (seconds ?? 600) / 60))]))
        }
        return .ok
    }

    // MARK: The film

    func export(_ wish: RemoteFileWish, waits: Bool, saying message: String = "") async throws -> ExitStatus {
        let output = try RemoteTarget.output(wish).filled(from: ExportWish(words: message))
        let target = RemoteTarget.path(wish.output ?? film.note?.order?.target, format: output.format, named: film.name)
        let begun = try await film.order(output, to: target)
        guard waits else {
            console.event(
                "export",
                [
                    "status": .string(begun.status.rawValue), "progress": .number(begun.progress),
                    "path": .string(target),
                ]
            )
            if !console.isJSON { console.result(words.text("remote export begun")) }
            return .ok
        }
        let done = try await film.fetch(begun, to: target)
        for note in done.notes { console.note(note) }
        var event: [String: JSONValue] = ["path": .string(target)]
        event["bytes"] = done.byteCount.map { .integer(Int64($0)) }
        event["seconds"] = done.seconds.map { .number($0) }
        console.event("film", event)
        if !console.isJSON { console.result(target) }
        return .ok
    }

    func make(_ order: RemoteMake) async throws -> ExitStatus {
        // What cannot be written is said before anything is sent.
        _ = try RemoteTarget.output(order.file)
        try await connect(isNew: true, starts: order.starts)
        let upload = try await film.upload(RemoteStudio.expand(order.inputs))
        tell(upload)
        var last = ""
        for message in order.say.isEmpty ? [words.text("remote make words")] : order.say {
            if Router.destination(of: message) == .export {
                last = message
            } else {
                try await say(message)
            }
        }
        return try await export(order.file, waits: true, saying: last)
    }
}
