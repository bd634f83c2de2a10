// SPDX-License-Identifier: GPL-3.0-or-later
import CZlib

/// gzip (RFC 1952) for bodies of text.
public enum Gzip {
    /// The bytes in gzip's frame, without a time, so that the same bytes give the same result. Nil if memory is gone.
    public static func compress(_ bytes: some Collection<UInt8>, level: Int = 5) -> [UInt8]? {
        let source = Array(bytes)
        var stream = z_stream()
        guard source.count < Int(UInt32.max), kinora_gzip_begin(&stream, Int32(level)) == Z_OK else { return nil }
        defer { deflateEnd(&stream) }
        let room = Int(deflateBound(&stream, UInt(source.count)))
        return source.withUnsafeBufferPointer { input -> [UInt8]? in
            var done = false
            let result = [UInt8](unsafeUninitializedCapacity: room) { output, count in
                stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                stream.avail_in = UInt32(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = UInt32(output.count)
                done = deflate(&stream, Z_FINISH) == Z_STREAM_END
                count = output.count - Int(stream.avail_out)
            }
            return done ? result : nil
        }
    }

    /// Whether the client takes gzip: named, or covered by `*`, and not with weight 0.
    static func isAccepted(_ headers: HTTPHeaders) -> Bool {
        var others = false
        for entry in headers.list("Accept-Encoding") {
            let parts = entry.split(separator: ";").map(\.trimmed)
            guard let name = parts.first else { continue }
            let isRefused = parts.dropFirst().contains { part in
                let pair = part.split(separator: "=", maxSplits: 1).map(\.trimmed)
                return pair.count == 2 && pair[0].isSameToken("q") && Double(String(pair[1])) == 0
            }
            if name.isSameToken("gzip") || name.isSameToken("x-gzip") { return !isRefused }
            if name == "*" { others = !isRefused }
        }
        return others
    }

    /// Whether bodies of that type get smaller: text, JSON, scripts, SVG and the like.
    static func isWorthwhile(type: String?) -> Bool {
        guard let type else { return false }
        let name = String(type.prefix { $0 != ";" }.trimmed).lowercased()
        if name == "text/event-stream" { return false }
        return name.hasPrefix("text/") || name.hasSuffix("+json") || name.hasSuffix("+xml")
            || [
                "application/json", "application/javascript", "application/xml", "application/manifest+json",
                "application/wasm", "application/x-ndjson",
            ].contains(name)
    }
}
