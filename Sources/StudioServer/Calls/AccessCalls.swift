// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// Getting in.
    static let ofAccess: [Call] = [
        Call(
            .post, "/api/auth/anonymous-token", "getToken", .access,
            "A token for whoever asks, without signing up", access: .anybody,
            parameters: [
                .header(
                    "X-Client-Id", .text(1...64), "Any stable text of the client; the same one is the same account",
                    required: true)
            ],
            reply: .envelope(WireSchemas.token), refusals: [.badRequest, .forbidden, .tooMany]
        ) { try await $0.issueToken($1) },
        Call(
            .post, "/api/auth/claim-token", "getClaimToken", .access,
            "A text that the web studio trades, once, for a token of that one session", access: .session,
            body: .json(
                .object([
                    .required("session_id", .text), .optional("task_id", .text, "The session's task, if it is named"),
                ])),
            reply: .envelope(.object([.required("claim_token", .text), .required("expires_in", .whole)])),
            refusals: [.noSuchSession]
        ) { try await $0.claim($1) },
        Call(
            .post, "/v1/claim", "redeemClaimToken", .access, "Trades a claim token for a token of its session",
            access: .anybody, body: .json(.object([.required("claim_token", .text(1...200))])),
            reply: .envelope(
                .object([
                    .required("token", .text), .required("session_id", .text), .required("user_id", .text),
                    .required("expires_at", .text), .required("credits", .whole),
                ])), refusals: [.badToken]
        ) { try await $0.redeem($1) },
        Call(
            .get, "/register", "register", .access, "Makes an anonymous account a registered one", access: .anybody,
            parameters: [.query("bind", .text(1...100), "The account's id")],
            reply: .media(["text/html"]), also: [.seeOther: .nothing], refusals: [.noSuchThing]
        ) { try await $0.register($1) },
        Call(
            .get, "/api/credits/balance/simple", "getCredits", .access, "What the account has", access: .session,
            reply: .envelope(
                .object([.required("available", .whole), .required("frozen", .whole), .required("total", .whole)]))
        ) { service, asking in
            let credits = try await service.studio.credits(of: try asking.account)
            return Envelope.response(data: [
                "available": .integer(Int64(credits.available)), "frozen": .integer(Int64(credits.frozen)),
                "total": .integer(Int64(credits.total)),
            ])
        },
    ]
}

extension StudioService {
    /// On a person's own machine it is the owner's, and only given to somebody on this machine.
    func issueToken(_ asking: Asking) async throws -> HTTPResponse {
        guard isHosted || isAtThisMachine(asking.request) else {
            throw WireFailure.forbidden("Tokens are given out on the machine that the server runs on; get one there.")
        }
        let grant = try await studio.issueToken(
            client: asking.request.headers["X-Client-Id"] ?? "", address: address(of: asking.request))
        return Envelope.response(data: [
            "token": .string(grant.token.text), "user_id": .string(grant.account.rawValue),
            "expires_at": .string(WireObjects.time(grant.expiresSeconds)), "credits": .integer(Int64(grant.credits)),
        ])
    }

    func claim(_ asking: Asking) async throws -> HTTPResponse {
        let (account, id) = try asking.project(named: asking.body["session_id"]?.string ?? "")
        let project = try await studio.project(id, of: account)
        if let task = asking.body["task_id"]?.string, task != project.taskID { throw WireFailure.noSuchSession }
        let claim = try await studio.claim(on: id, of: account)
        return Envelope.response(data: [
            "claim_token": .string(claim.text), "expires_in": .integer(Int64(claim.expiresInSeconds)),
        ])
    }

    func redeem(_ asking: Asking) async throws -> HTTPResponse {
        guard let (grant, project) = try await studio.redeem(claim: asking.body["claim_token"]?.string ?? "") else {
            throw WireFailure(.badToken, "This claim token was used, has expired or never was; ask for a new one.")
        }
        return Envelope.response(data: [
            "token": .string(grant.token.text), "session_id": .string(project.text),
            "user_id": .string(grant.account.rawValue),
            "expires_at": .string(WireObjects.time(grant.expiresSeconds)), "credits": .integer(Int64(grant.credits)),
        ])
    }

    /// The operator's page where there is one, with who it is; else the account is registered here and now.
    func register(_ asking: Asking) async throws -> HTTPResponse {
        let name = asking.query("bind") ?? ""
        if let page = studio.terms?.registerPage {
            return .redirect(to: WireObjects.binding(page, name))
        }
        guard try await studio.register(AccountID(rawValue: name)) else { throw WireFailure.nothing("account") }
        let isChinese = asking.request.headers["Accept-Language"]?.lowercased().hasPrefix("zh") ?? false
        return .text(RegisterPage.text(isChinese: isChinese), type: "text/html; charset=utf-8")
    }
}

/// What a person sees who followed the link to register.
enum RegisterPage {
    static func text(isChinese: Bool) -> String {
        let (language, title, words) =
            isChinese
            ? ("zh", "已注册", "此帐户已注册。可以回到对话中继续。")
            : ("en", "Registered", "This account is registered now. Go back to where you came from and carry on.")
        return "<!doctype html><html lang=\"\(language)\"><meta charset=\"utf-8\">"
            + "<meta name=\"viewport\" content=\"width=device-width\"><title>\(title)</title>"
            + "<h1>\(title)</h1><p>\(words)</p></html>\n"
    }
}
