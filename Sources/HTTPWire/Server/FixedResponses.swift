// SPDX-License-Identifier: GPL-3.0-or-later
import CMicrohttpd
import Synchronization

/// What a server has made of its fixed answers: libmicrohttpd's response objects, which any number of connections share.
final class FixedResponses: Sendable {
    /// One that was made.
    struct Made: @unchecked Sendable {
        // Sendable: libmicrohttpd counts who uses it, and nobody changes it.
        let pointer: OpaquePointer
        let status: Int
        let byteCount: Int
    }

    private struct Entry {
        /// Keeps the name from becoming another's.
        let fixed: HTTPFixedResponse
        /// Nil for what depends on the request: it is compressed for some.
        let made: Made?
    }

    private let entries = Mutex<[ObjectIdentifier: Entry]>([:])

    deinit {
        for entry in entries.withLock({ $0.values }) {
            if let made = entry.made { MHD_destroy_response(made.pointer) }
        }
    }

    /// The object for a request; nil where the request asks for something of its own.
    func made(_ fixed: HTTPFixedResponse, for request: HTTPRequest, _ core: ServerCore) -> Made? {
        guard request.method == .get || request.method == .head, !request.headers.fields.contains(where: Self.isSpecial)
        else { return nil }
        return entries.withLock { entries in
            if let entry = entries[ObjectIdentifier(fixed)] { return entry.made }
            let made = Self.make(fixed, core)
            entries[ObjectIdentifier(fixed)] = Entry(fixed: fixed, made: made)
            return made
        }
    }

    /// Conditions, ranges, and an id that has to go back.
    private static func isSpecial(_ field: HTTPHeaders.Field) -> Bool {
        switch field.name.utf8.first?.lowercased {
        case UInt8(ascii: "i"): field.name.lowercased().hasPrefix("if-")
        case UInt8(ascii: "r"): field.name.isSameToken("Range")
        case UInt8(ascii: "x"): field.name.isSameToken("X-Request-Id")
        default: false
        }
    }

    private static func make(_ fixed: HTTPFixedResponse, _ core: ServerCore) -> Made? {
        let prepared = PreparedResponse(fixed.response, for: nil, core)
        guard case .bytes(let bytes) = prepared.payload,
            bytes.count < core.configuration.compressFrom ?? .max
                || !Gzip.isWorthwhile(type: prepared.headers["Content-Type"]),
            let pointer = bytes.withUnsafeBytes({
                MHD_create_response_from_buffer(
                    $0.count, UnsafeMutableRawPointer(mutating: $0.baseAddress), .RESPMEM_MUST_COPY)
            })
        else { return nil }
        for field in prepared.headers.fields { MHD_add_response_header(pointer, field.name, field.value) }
        return Made(pointer: pointer, status: prepared.status.rawValue, byteCount: bytes.count)
    }
}
