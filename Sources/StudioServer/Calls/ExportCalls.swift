// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FilmWork
import Foundation
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    private static let one = "/api/render/proxy/lambda/{export}"
    private static let refused: [WireFailure.Kind] = [.noSuchSession]

    /// Finished films.
    static let ofExports: [Call] =
        [
            Call(
                .post, "/api/render/proxy/lambda", "startExport", .exports,
                "Orders a film; it is made whether anybody waits or not", access: .session, form: .export,
                parameters: ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"].map {
                    .header($0, .text(0...200), "Who asks; needed where the service is for others")
                },
                body: .json(order, most: 16 << 20), reply: .json(.component("Export")),
                refusals: [.noSuchSession, .badRequest, .conflict, .planBlocks, .tooMany, .noRoom]
            ) { try await $0.startExport($1) },
            exportCall(.get, one, "getExport", "How far a film is", reply: .json(.component("Export"))) {
                try await $0.export($1)
            },
            exportCall(.post, "\(one)/cancel", "cancelExport", "Gives a film up", reply: .json(.component("Export"))) {
                try await $0.cancelExport($1)
            },
            Call(
                .get, "/api/render/proxy/{export}/download", "downloadExport", .exports,
                "The film by a signed link, without a token, or with one; takes Range", access: .link, form: .export,
                parameters: [
                    .query("account", .text(0...100), "Of the link"), .query("expires", .text(0...20), "Of the link"),
                    .query("key", .text(0...20), "Of the link"), .query("signature", .text(0...100), "Of the link"),
                ],
                reply: .media(ExportOutput.Format.allCases.map(\.mediaType)),
                refusals: [.noSuchSession, .forbidden, .badToken, .gone]
            ) { try await $0.downloadExport($1) },
            Call(
                .get, "/v1/exports", "listExports", .exports, "The account's films, the newest first",
                access: .session,
                parameters: [
                    .query("session_id", .text(1...100), "Of one project"),
                    .query("before", .text(1...100), "Only those older than this one"),
                    .query("limit", .whole(1...200), "How many at most"),
                ],
                reply: .envelope(.object([.required("exports", .list(.component("Export")))])),
                refusals: [.noSuchSession]
            ) { try await $0.exports($1) },
            Call(
                .get, "/v1/exports/{export}/events", "followExport", .exports,
                "A film's progress as a stream; it ends when nothing more will happen", access: .session,
                reply: .media(["text/event-stream"]), refusals: refused
            ) { try await $0.followExport($1) },
            Call(
                .delete, "/v1/exports/{export}", "removeExport", .exports, "Cancels a film, or takes it away",
                access: .session, reply: .envelope(.null), refusals: refused
            ) { try await $0.removeExport($1) },
        ]

    private static let order = Schema.object([
        .required("id", .text(1...100), "Chosen by the client; the same id and body is the same film"),
        .required("sessionId", .text, "The session"),
        .optional("draft", .component("Draft"), "The session's own where missing"),
        .optional(
            "output",
            .object([
                .optional("format", .text, "mp4, mov, webm, gif", usual: "mp4"),
                .optional("quality", .text, "draft, standard, high", usual: "standard"),
                .optional("resolution", .text, "Such as 1080p"), .optional("fps", .anything),
                .optional("codec", .text), .optional("crf", .anything), .optional("preset", .text, "A platform"),
                .optional("width", .anything), .optional("height", .anything),
            ])),
        .optional("webhook", .text(1...2000), "Told of its end"),
    ])

    private static func exportCall(
        _ method: HTTPMethod, _ path: String, _ name: String, _ summary: String, reply: Reply,
        handler: @escaping @Sendable (StudioService, Asking) async throws -> HTTPResponse
    ) -> Call {
        Call(
            method, PathPattern(path), name, .exports, summary, access: .session, form: .export, reply: reply,
            refusals: refused, handler: handler)
    }
}

extension StudioService {
    private var exportsOrNot: any ExportUseCases {
        get throws {
            guard let exportUseCases else { throw ExportError.unavailable }
            return exportUseCases
        }
    }

    func startExport(_ asking: Asking) async throws -> HTTPResponse {
        let body = asking.body
        let (account, project) = try asking.project(named: body["sessionId"]?.string ?? "")
        _ = try await studio.project(project, of: account)
        guard let id = ExportID(body["id"]?.string ?? "") else {
            throw WireFailure.bad("The field id must have 1 to 100 letters, digits or _ - . : and no others.")
        }
        let exports = try exportsOrNot
        let draft = try body["draft"].flatMap { $0 == .null ? nil : $0 }.map { value throws(DraftError) in
            try Draft(value)
        }
        let order = ExportOrder(
            id: id, project: project, draft: draft, output: try ExportOutput(json: body["output"]),
            webhook: body["webhook"]?.string)
        try await checkPlan(order, account, asking, exports)
        return .json(WireObjects.export(try await exports.start(order, for: account), links(asking)))
    }

    /// Under terms: who asks has to say what they are, and the plan has to include the film. 402 otherwise.
    private func checkPlan(
        _ order: ExportOrder, _ account: AccountID, _ asking: Asking, _ exports: any ExportUseCases
    ) async throws {
        guard let terms = studio.terms else { return }
        let missing = ["X-Skill-Source", "X-Skill-Version", "X-Skill-Platform"].filter {
            (asking.request.headers[$0] ?? "").isEmpty
        }
        let data = WireObjects.pages(terms, account, base: asking.base)
        guard missing.isEmpty else {
            throw WireFailure(
                .planBlocks,
                "An export needs the headers \(missing.joined(separator: ", ")); send who makes it.",
                data: .object(data))
        }
        try await checkPlan(order, account, exports, data)
    }

    /// Under terms the plan has to include the film; 402 otherwise, with `data`.
    func checkPlan(
        _ order: ExportOrder, _ account: AccountID, _ exports: any ExportUseCases, _ data: [String: JSONValue]
    ) async throws {
        guard let terms = studio.terms else { return }
        let plan = try await studio.plan(of: account)
        guard let most = terms[plan].mostShortSide else { return }
        let canvas = try await exports.shape(of: order, for: account).canvas
        let side = min(canvas.width, canvas.height)
        guard side > most else { return }
        throw WireFailure(
            .planBlocks,
            "The plan \(plan.rawValue) includes films up to \(most)p, this one has \(side)p; export it smaller, or get "
                + "another plan at upgrade_url.",
            data: .object(data.merging(["plan": .string(plan.rawValue)]) { a, _ in a }))
    }

    func export(_ asking: Asking) async throws -> HTTPResponse {
        .json(WireObjects.export(try await found(asking), links(asking)))
    }

    func cancelExport(_ asking: Asking) async throws -> HTTPResponse {
        let export = try await found(asking)
        let cancelled = try await exportsOrNot.cancel(export.id, of: export.account)
        return .json(WireObjects.export(cancelled, links(asking)))
    }

    func exports(_ asking: Asking) async throws -> HTTPResponse {
        var project = asking.caller.session
        if let name = asking.query("session_id") { project = try asking.project(named: name).id }
        let all = try await exportsOrNot.exports(
            of: try asking.account, in: project, before: asking.query("before").flatMap { ExportID($0) },
            limit: Int(asking.whole("limit", usual: 50)))
        let links = links(asking)
        return Envelope.response(data: ["exports": .array(all.map { WireObjects.export($0, links) })])
    }

    func followExport(_ asking: Asking) async throws -> HTTPResponse {
        let export = try await found(asking)
        let changes = try await exportsOrNot.changes(of: export.id, of: export.account)
        let links = links(asking)
        return events { stream in
            for await state in changes {
                let text = WireObjects.export(state, links).text()
                try await stream.send(ServerSentEvent(data: text, event: "export"))
            }
        }
    }

    func removeExport(_ asking: Asking) async throws -> HTTPResponse {
        let export = try await found(asking)
        try await exportsOrNot.remove(export.id, of: export.account)
        return Envelope.response(data: .null)
    }

    /// By a link that was signed for it; or by a token, for clients that send theirs.
    func downloadExport(_ asking: Asking) async throws -> HTTPResponse {
        guard let id = ExportID(asking["export"]) else { throw ExportError.noSuchExport }
        let account: AccountID
        if asking.query("signature") != nil {
            account = try verifiedAccount(of: asking.request, for: id.text)
        } else {
            var asking = asking
            asking.caller = try await caller(of: asking.request)
            account = try await found(asking).account
        }
        let film = try await exportsOrNot.file(of: id, of: account)
        let file = try HTTPFile(path: film.location.path, entityTag: "\"\(film.hash)\"")
        var response = HTTPResponse.file(file, type: film.mediaType)
        response.headers["Cache-Control"] = "private, max-age=3600"
        response.headers["Content-Disposition"] =
            "attachment; filename*=UTF-8''\(PercentEncoding.encode(film.name))"
        return response
    }

    private func found(_ asking: Asking) async throws -> Export {
        guard let id = ExportID(asking["export"]) else { throw ExportError.noSuchExport }
        let export = try await exportsOrNot.export(id, of: try asking.account)
        guard asking.reaches(export.project) else { throw ExportError.noSuchExport }
        return export
    }
}
