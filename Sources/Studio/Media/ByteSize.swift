// SPDX-License-Identifier: GPL-3.0-or-later

/// A limit in bytes as people read it: "500 MB", "200 kB", "1.5 GB".
enum ByteSize {
    private static let units: [(name: String, power: Int)] = [("GB", 3), ("MB", 2), ("kB", 1)]

    /// In the largest unit of which there is one, a thousand or 1024 of each in the next as the limit was meant: 500 MB is
    /// 500 · 1024² as well as 500 · 1000² bytes. Else in thousands, with a decimal place, rounded down: what is said fits in.
    static func words(_ bytes: Int64) -> String {
        for (name, power) in units {
            let binary = Int64(1) << (10 * power)
            if bytes >= binary, bytes.isMultiple(of: binary) { return "\(bytes / binary) \(name)" }
            let decimal = (0..<power).reduce(Int64(1)) { product, _ in product * 1000 }
            guard bytes >= decimal else { continue }
            let tenths = bytes % decimal / (decimal / 10)
            return tenths == 0 ? "\(bytes / decimal) \(name)" : "\(bytes / decimal).\(tenths) \(name)"
        }
        return "\(bytes) bytes"
    }
}
