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

    /// Whether the client takes gzip and does not like the plain bytes better (RFC 9110, 12.5.3): named, or else covered by
    /// `*`, with a weight above 0 and not under that of `identity` where that is named.
    static func isAccepted(_ headers: HTTPHeaders) -> Bool {
        var gzip: Int?
        var plain: Int?
        var others = 0
        for entry in headers.list("Accept-Encoding") {
            let parts = entry.split(separator: ";").map(\.trimmed)
            guard let name = parts.first else { continue }
            let weight = parts.dropFirst().lazy.compactMap(Self.weight).first ?? 1000
            if name.isSameToken("gzip") || name.isSameToken("x-gzip") { gzip = max(gzip ?? 0, weight) }
            if name.isSameToken("identity") { plain = weight }
            if name == "*" { others = weight }
        }
        let wanted = gzip ?? others
        return wanted > 0 && wanted >= plain ?? 0
    }

    /// The thousandths of `q=0.5`; nil for another parameter, 0 for a weight that is none.
    private static func weight(_ parameter: Substring) -> Int? {
        let pair = parameter.split(separator: "=", maxSplits: 1).map(\.trimmed)
        guard pair.count == 2, pair[0].isSameToken("q") else { return nil }
        let digits = Array(pair[1].utf8)
        guard let first = digits.first, first == 0x30 || first == 0x31, digits.count <= 5,
            digits.count == 1 || digits[1] == 0x2E, digits.dropFirst(2).allSatisfy({ (0x30...0x39).contains($0) })
        else { return 0 }
        let fraction = (digits.dropFirst(2) + [0x30, 0x30, 0x30]).prefix(3).reduce(0) { $0 * 10 + Int($1 - 0x30) }
        let weight = Int(first - 0x30) * 1000 + fraction
        return weight <= 1000 ? weight : 0
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
