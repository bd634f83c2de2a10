// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import HTTPWire
import Studio

/// Signs links that are good without a token, for one thing, for a while.
///
/// The code is HMAC-SHA256 over the fields, each with its length before it, so that no two sets of fields are one text.
package struct LinkSigner: Sendable {
    /// What a link says.
    struct Fields: Hashable {
        var method = "GET"
        /// What it leads to.
        var name: String
        var account: String
        /// Seconds since 1970.
        var expires: Int64
        /// Which key it was signed with.
        var key: String

        fileprivate var message: [UInt8] {
            [method, name, account, "\(expires)", key].flatMap { Array("\($0.utf8.count):\($0);".utf8) }
        }
    }

    private let key: [UInt8]
    let keyID: String

    /// - Parameter key: 32 random bytes that stay the same as long as links shall be good.
    package init(key: [UInt8]) {
        self.key = key
        keyID = String(ContentHash(of: key).hex.prefix(8))
    }

    func signature(of fields: Fields) -> String { HMAC.code(of: fields.message, key: key).hex }

    func isGood(_ signature: String, of fields: Fields) -> Bool {
        fields.key == keyID && HMAC.isCode(signature, of: fields.message, key: key)
    }
}

/// Makes links to films for one client.
struct ExportLinks: Sendable {
    let base: String
    let signer: LinkSigner
    /// Seconds since 1970 when the links end.
    let expires: Int64

    func url(of export: Export) -> String {
        let fields = LinkSigner.Fields(
            name: export.id.text, account: export.account.rawValue, expires: expires, key: signer.keyID)
        return "\(base)/api/render/proxy/\(PercentEncoding.encode(export.id.text))/download"
            + "?account=\(PercentEncoding.encode(fields.account))&expires=\(expires)&key=\(signer.keyID)"
            + "&signature=\(signer.signature(of: fields))"
    }
}

extension StudioService {
    private static let linkSeconds: Int64 = 86400

    /// Links end on whole hours, so that asking again gives the same one for a while.
    func links(_ asking: Asking) -> ExportLinks {
        let now = Int64(studio.surroundings.now())
        return ExportLinks(base: asking.base, signer: signer, expires: (now / 3600 + 1) * 3600 + Self.linkSeconds)
    }

    /// Whose film a signed link leads to. Throws 403 for one that is not ours or was changed, 410 for one that has expired.
    func verifiedAccount(of request: HTTPRequest, for name: String) throws -> AccountID {
        // Written as we write it: "+5" and "05" are the same number and another link.
        let expires = request.queryValue("expires") ?? ""
        let fields = LinkSigner.Fields(
            name: name, account: request.queryValue("account") ?? "", expires: Int64(expires) ?? 0,
            key: request.queryValue("key") ?? "")
        guard expires == "\(fields.expires)",
            signer.isGood(request.queryValue("signature") ?? "", of: fields)
        else {
            throw WireFailure.forbidden("This link was not signed by this server, or was changed; ask for a new one.")
        }
        guard Double(fields.expires) > studio.surroundings.now() else {
            throw WireFailure(.gone, "This link has expired; ask for the export anew to get a fresh one.")
        }
        return AccountID(rawValue: fields.account)
    }
}
