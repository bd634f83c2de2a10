// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel
import EditTime
import FilmWork
import Foundation
import JSON
import Wording

/// What is told to an export's webhook when it has ended; posted as JSON, signed.
///
/// `X-Kinora-Signature: t=‹seconds since 1970›,v1=‹hex›`, where hex is the HMAC-SHA256 (RFC 2104) of `‹t›.‹body›`. Each try is signed
/// anew; `X-Kinora-Delivery` stays the same, so that a letter that comes twice is known.
package struct WebhookLetter: Hashable, Sendable {
    package var url: String
    package var body: [UInt8]
    package var headers: [(name: String, value: String)] { headerList.map { ($0[0], $0[1]) } }
    private var headerList: [[String]]

    init(_ order: WebhookOrder, key: [UInt8], at seconds: Double) {
        url = order.url
        body = Array(order.body.utf8)
        let time = String(Int64(seconds))
        let code = MessageCode.hmac(Array("\(time).".utf8) + body, key: key)
        headerList = [
            ["Content-Type", "application/json"], ["X-Kinora-Event", order.event],
            ["X-Kinora-Delivery", order.delivery], ["X-Kinora-Signature", "t=\(time),v1=\(code.hex)"],
        ]
    }
}

/// Takes letters to webhooks.
package protocol WebhookCourier: Sendable {
    /// Posts the letter once. True where the address answered with a status of 200 to 299 in a sensible time; which addresses
    /// may be reached is the courier's to decide.
    func deliver(_ letter: WebhookLetter) async -> Bool
}

/// A letter to be sent, as the queue keeps it.
struct WebhookOrder: Hashable, Sendable, Codable {
    var url: String
    var event: String
    var delivery: String
    var body: String

    init(of export: Export, to url: String, words: [String: String]) {
        self.url = url
        event = "export.\(export.status.rawValue)"
        delivery = "\(export.account.rawValue).\(export.id.text)"
        var fields: [String: JSONValue] = [
            "id": .string(export.id.text), "session_id": .string(export.project.text),
            "status": .string(export.status.rawValue), "progress": .number(export.progress),
            "created": .number(export.createdSeconds),
        ]
        if let completed = export.completedSeconds { fields["completed"] = .number(completed) }
        if let failure = export.failure { fields["error"] = .string(failure.text(in: words)) }
        if let result = export.result {
            fields["output"] = [
                "hash": .string(result.hash), "size": .integer(result.byteCount),
                "duration": .number(result.shape.duration.seconds),
                "width": .integer(Int64(result.shape.canvas.width)),
                "height": .integer(Int64(result.shape.canvas.height)),
                "format": .string(result.shape.format.rawValue),
            ]
        }
        body = JSONValue.object(fields).text()
    }

    /// http or https with a host, of a sensible length.
    static func isUsable(_ url: String) -> Bool {
        guard url.utf8.count <= 2000, let parts = URLComponents(string: url), let scheme = parts.scheme?.lowercased()
        else { return false }
        return (scheme == "https" || scheme == "http") && !(parts.host ?? "").isEmpty && parts.user == nil
    }
}
