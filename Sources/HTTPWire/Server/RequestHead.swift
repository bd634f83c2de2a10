// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd

/// Request line and headers as libmicrohttpd parsed them, checked for what it lets pass.
struct RequestHead {
    /// What a head may have, in bytes.
    struct Limits: Sendable {
        let targetBytes, headerBytes, bodyBytes: Int
    }

    let method: HTTPMethod
    /// Nil if they cannot be used at all.
    private(set) var headers: HTTPHeaders?
    /// Bytes of the body; nil for a chunked one of unknown length.
    private(set) var bodyLength: Int? = 0
    private(set) var expectsContinue = false
    /// Why the request is refused.
    private(set) var failure: HTTPFailure?

    init(
        _ connection: OpaquePointer, method name: UnsafePointer<CChar>?, target: String,
        limits: Limits
    ) {
        let name = name.map { String(cString: $0) } ?? ""
        method = HTTPMethod(rawValue: name)
        let collector = Collector()
        withExtendedLifetime(collector) {
            _ = MHD_get_connection_values_n(
                connection, .HEADER_KIND, collectHeader, Unmanaged.passUnretained(collector).toOpaque())
        }
        if name.utf8.count > 32 || !name.utf8.allSatisfy(\.isTokenByte) {
            failure = .malformed("its method is no method")
            return
        }
        if target.utf8.count > limits.targetBytes {
            failure = .targetTooLong(limit: limits.targetBytes)
            return
        }
        if kinora_mhd_header_bytes(connection) > limits.headerBytes + target.utf8.count + name.utf8.count + 12 {
            failure = .headersTooLarge(limit: limits.headerBytes)
            return
        }
        if target.utf8.contains(where: { $0 <= 0x20 || $0 == 0x7F }) {
            failure = .malformed("its target has a space or a control character")
            return
        }
        if collector.hasNUL {
            failure = .malformed("a header has a NUL")
            return
        }
        // "Transfer-Encoding : chunked" is read as the field by some and by others not (RFC 9112, 5.1); so is what stands
        // behind a bare CR (2.2).
        if collector.hasOddName {
            failure = .malformed("a header's name is no name")
            return
        }
        if collector.hasControl {
            failure = .malformed("a header has a control character")
            return
        }
        let headers = HTTPHeaders(parsed: collector.fields)
        self.headers = headers
        readFraming(headers, limits)
    }

    /// How the body is delimited (RFC 9112, 6.3); what two readers could see differently is refused.
    private mutating func readFraming(_ headers: HTTPHeaders, _ limits: Limits) {
        if headers.values("Host").count > 1 { failure = .malformed("it has two hosts") }
        let lengths = headers.values("Content-Length")
        let codings = headers.values("Transfer-Encoding")
        if !codings.isEmpty {
            bodyLength = nil
            if !lengths.isEmpty {
                failure = .malformed("it has both Content-Length and Transfer-Encoding")
            } else if codings.count > 1 || !codings[0].isSameToken("chunked") {
                failure = .notImplemented("transfer codings but chunked")
            }
        } else if let first = lengths.first {
            if lengths.count > 1 {
                failure = .malformed("it has two lengths")
            } else if let length = Int(first), length >= 0 {
                bodyLength = length
                if length > limits.bodyBytes { failure = .bodyTooLarge(limit: limits.bodyBytes) }
            } else {
                failure = .malformed("its length is no number")
            }
        }
        expectsContinue = headers["Expect"]?.isSameToken("100-continue") ?? false
    }

    /// Gathers fields through libmicrohttpd's iterator.
    final class Collector {
        var fields: [HTTPHeaders.Field] = []
        var hasNUL = false
        var hasOddName = false
        var hasControl = false
    }
}

private func collectHeader(
    _ context: UnsafeMutableRawPointer?, _: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let context else { return .NO }
    let collector = Unmanaged<RequestHead.Collector>.fromOpaque(context).takeUnretainedValue()
    let name = UnsafeRawBufferPointer(start: name, count: nameSize)
    let value = UnsafeRawBufferPointer(start: value, count: valueSize)
    if value.contains(0) || name.contains(0) { collector.hasNUL = true }
    if !name.allSatisfy(\.isTokenByte) { collector.hasOddName = true }
    if value.contains(where: { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }) { collector.hasControl = true }
    collector.fields.append(
        .init(name: String(decoding: name, as: UTF8.self), value: String(decoding: value, as: UTF8.self)))
    return .YES
}
