// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PixelBuffers
import Testing

@testable import Compositor

/// How a frame looks, in few enough bits to keep in a text file: which of neighbouring fields is brighter (a 64-bit
/// difference hash), the mean of luma, and the mean colours of four quarters.
struct Look: Hashable {
    var hash: UInt64
    var means: [Int]

    init(_ picture: Picture) {
        func mean(_ plane: Plane, _ x: Range<Int>, _ y: Range<Int>) -> Int {
            var sum = 0
            for row in y { for column in x { sum += Int(plane.row(row)[column]) } }
            return (sum * 16 + x.count * y.count / 2) / (x.count * y.count)
        }
        func field(_ plane: Plane, _ column: Int, _ columns: Int, _ row: Int, _ rows: Int) -> Int {
            mean(
                plane, plane.width * column / columns..<plane.width * (column + 1) / columns,
                plane.height * row / rows..<plane.height * (row + 1) / rows)
        }
        hash = 0
        for row in 0..<8 {
            for column in 0..<8 {
                let brighter = field(picture.y, column + 1, 9, row, 8) > field(picture.y, column, 9, row, 8)
                hash = hash << 1 | (brighter ? 1 : 0)
            }
        }
        means = [field(picture.y, 0, 1, 0, 1) / 16]
        for plane in [picture.u, picture.v] {
            for quarter in 0..<4 { means.append(field(plane, quarter % 2, 2, quarter / 2, 2) / 16) }
        }
    }

    init?(_ text: Substring) {
        let words = text.split(separator: " ")
        guard words.count == 10, let hash = UInt64(words[0], radix: 16) else { return nil }
        self.hash = hash
        means = words.dropFirst().compactMap { Int($0) }
    }

    var text: String {
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits + " "
            + means.map(String.init).joined(separator: " ")
    }

    /// A few bits and one code value may differ.
    func resembles(_ other: Look) -> Bool {
        (hash ^ other.hash).nonzeroBitCount <= 3 && zip(means, other.means).allSatisfy { abs($0 - $1) <= 1 }
    }
}

/// The frames that were looked at and found good: `Tests/Goldens/Compositor.txt`, a line each. A frame without a line gets
/// one, and the test fails so that somebody looks at it; `KINORA_GOLDENS=record` replaces lines that no longer hold.
enum Goldens {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Goldens/Compositor.txt")
    private static let lock = NSLock()

    static func expect(_ picture: Picture, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let look = Look(picture)
        lock.lock()
        defer { lock.unlock() }
        var lines: [String: String] = [:]
        if let text = try? String(contentsOf: file, encoding: .utf8) {
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: ": ", maxSplits: 1)
                if parts.count == 2 { lines[String(parts[0])] = String(parts[1]) }
            }
        }
        let known = lines[name].flatMap { Look($0[...]) }
        if let known, known.resembles(look) { return }
        if known == nil || ProcessInfo.processInfo.environment["KINORA_GOLDENS"] == "record" {
            lines[name] = look.text
            let text = lines.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\n" }.joined()
            try text.write(to: file, atomically: true, encoding: .utf8)
            Issue.record("recorded how “\(name)” looks: look at it, then run again", sourceLocation: sourceLocation)
        } else {
            Issue.record(
                "“\(name)” looks otherwise: \(look.text) instead of \(lines[name] ?? "")",
                sourceLocation: sourceLocation)
        }
    }
}
