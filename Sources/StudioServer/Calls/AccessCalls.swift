// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
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
        ) { try await $0.issueToken($1) }
    ]
}

extension StudioService {
    /// Shown, and never used up: on one's own machine nothing is counted.
    static let credits: Int64 = 100
    private static let tokenSeconds = 7 * 86400.0

    /// Under the open policy it is the owner's, and only given to somebody on this machine.
    func issueToken(_ asking: Asking) async throws -> HTTPResponse {
        guard isAtThisMachine(asking.request) else {
            throw WireFailure.forbidden("Tokens are given out on the machine that the server runs on; get one there.")
        }
        let account = AccountID.localOwner
        let token = try await studio.issueToken(for: account)
        return Envelope.response(data: [
            "token": .string(token.text), "user_id": .string(account.rawValue),
            "expires_at": .string(WireObjects.time(studio.surroundings.now() + Self.tokenSeconds)),
            "credits": .integer(Self.credits),
        ])
    }
}
