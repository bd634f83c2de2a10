// SPDX-License-Identifier: GPL-3.0-or-later
import HTTPWire
import JSON
import Schemas
import Studio

extension Call {
    /// How telephones on the same network come in, where they may: a link is made, its code traded once.
    static let ofPairing: [Call] = [
        Call(
            .post, "/v1/pairing", "makePairingLink", .access, "A link that lets a telephone in once",
            reply: .envelope(.object([.required("url", .text), .required("expires_in", .whole)])),
            refusals: [.noSuchThing]
        ) { try $0.makePairingLink($1) },
        Call(
            .post, "/v1/pair", "pair", .access, "A token for a pairing code", access: .anybody,
            body: .json(
                .object([.required("code", .text(1...100), "What stands behind #pair= in the link")]), most: 4096),
            reply: .envelope(.object([.required("token", .text), .required("user_id", .text)])),
            refusals: [.badRequest, .badToken, .noSuchThing]
        ) { try await $0.pair($1) },
    ]
}

extension StudioService {
    fileprivate func makePairingLink(_ asking: Asking) throws -> HTTPResponse {
        guard try asking.account == .localOwner, let link = pairing?.makeLink() else { throw HTTPFailure.notFound }
        return Envelope.response(data: [
            "url": .string(link), "expires_in": .integer(Int64(PairingCodes.lifetimeSeconds)),
        ])
    }

    fileprivate func pair(_ asking: Asking) async throws -> HTTPResponse {
        // Whoever serves others has no telephone of the owner's to let in.
        guard let pairing, !isHosted else { throw HTTPFailure.notFound }
        guard pairing.redeem(asking.body["code"]?.string ?? "") else {
            throw WireFailure(
                .badToken,
                "The pairing code is unknown, used or too old; make a new one on the machine that runs Kinora.")
        }
        let grant = try await studio.issueToken(client: "paired", address: nil)
        return Envelope.response(data: [
            "token": .string(grant.token.text), "user_id": .string(grant.account.rawValue),
        ])
    }
}
