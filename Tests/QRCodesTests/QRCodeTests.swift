// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

@testable import QRCodes

@Suite struct QRCodeTests {
    /// What another program reads from the drawing, seen as a terminal shows it.
    private func read(_ lines: [String], isDarkGround: Bool) throws -> String {
        let (ground, ink): (UInt8, UInt8) = isDarkGround ? (0, 255) : (255, 0)
        var rows: [[UInt8]] = []
        for line in lines {
            let cells = line.replacing(/\u{1B}\[[0-9;]*m/, with: "")
            rows.append(cells.map { $0 == "▀" || $0 == "█" ? ink : ground })
            rows.append(cells.map { $0 == "▄" || $0 == "█" ? ink : ground })
        }
        let scale = 4
        let width = (rows.first?.count ?? 0) + 8
        let margin = Array(repeating: [UInt8](repeating: ground, count: width), count: 4)
        let framed =
            margin + rows.map { [ground, ground, ground, ground] + $0 + [ground, ground, ground, ground] } + margin
        var data = Data("P5 \(width * scale) \(framed.count * scale) 255\n".utf8)
        for row in framed {
            let wide = row.flatMap { [UInt8](repeating: $0, count: scale) }
            for _ in 0..<scale { data.append(contentsOf: wide) }
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("code.pgm")
        try data.write(to: url)
        return try TestMedia.run("zbarimg", ["-q", "--raw", url.path]).trimmingCharacters(in: .newlines)
    }

    @Test(arguments: [
        "https://192.168.1.23:8787/#pair=0123456789abcdefghjkmnpqrs", "x",
        String(repeating: "kinora ", count: 60) + ".",
    ])
    func `the drawing is read back, on dark and on light ground`(text: String) throws {
        let code = try #require(QRCode(text))
        #expect(try read(code.lines(.darkInColours), isDarkGround: false) == text)
        #expect(try read(code.lines(.light), isDarkGround: true) == text)
    }

    @Test func `a link fits an ordinary terminal`() throws {
        let lines = try #require(QRCode("https://192.168.100.200:65535/#pair=\(String(repeating: "x", count: 26))"))
            .lines(.light)
        #expect(lines.count <= 23 && lines.allSatisfy { $0.count <= 79 })
        #expect(Set(lines.map(\.count)).count == 1)
    }

    @Test func `what is too long has no code`() { #expect(QRCode(String(repeating: "x", count: 3000)) == nil) }
}
