// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import HTTPWire

/// What the wire's parsers make of mutants: always the same however the bytes are cut, never more than there is. `KINORA_HISTORIES`
/// says how many; a few thousand of each where nothing is said.
@Suite struct ParserMutantTests {
    private static let count = ProcessInfo.processInfo.environment["KINORA_HISTORIES"].flatMap { Int($0) } ?? 3000

    /// Some bytes otherwise, gone, or there twice.
    private func bent(_ bytes: [UInt8], _ random: inout Seeded) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...3, using: &random) {
            case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[at] = [0x0A, 0x0D, 0x3A, 0x20, 0x00, 0xEF].randomElement(using: &random) ?? 0
            case 2: bytes.remove(at: at)
            default: bytes.insert(contentsOf: bytes[at..<min(bytes.count, at + 9)], at: at)
            }
        }
        return bytes
    }

    /// Events, and what the stream says of itself; nil where something was too long.
    private func events(_ pieces: [ArraySlice<UInt8>]) -> (events: [ServerSentEvent], id: String?, comments: Int)? {
        var parser = ServerSentEventParser(limit: 200)
        var events: [ServerSentEvent] = []
        for piece in pieces {
            guard let more = try? parser.feed(piece) else { return nil }
            events += more
        }
        return (events, parser.lastID, parser.commentCount)
    }

    @Test func `mutants of a stream of events are the same in any pieces, and no event is longer than the stream`() {
        let sample = Array(
            "\u{FEFF}id: 7\nevent: turn\ndata: {\"a\":1}\ndata: more\nretry: 2000\n\n: beat\r\n\r\ndata\r\rid:\0x\ndata:  two\n\n"
                .utf8)
        var random = Seeded(state: 11)
        for _ in 0..<Self.count {
            let stream = bent(sample, &random)
            let first = Int.random(in: 0...stream.count, using: &random)
            let second = Int.random(in: first...stream.count, using: &random)
            let whole = events([stream[...]])
            let pieces = events([stream[..<first], stream[first..<second], stream[second...]])
            #expect(whole?.events == pieces?.events && whole?.id == pieces?.id && whole?.comments == pieces?.comments)
            // What is not UTF-8 becomes a mark of three bytes.
            for event in whole?.events ?? [] { #expect(event.data.utf8.count <= 3 * stream.count) }
        }
    }

    @Test func `mutants of a range mean a part that is there, the whole, or nothing`() {
        let samples = [
            "bytes=0-99", "bytes=5-", "bytes=-5", "bytes = 1 - 2", "bytes=9223372036854775807-", "bytes=0-0,5-6",
        ]
        var random = Seeded(state: 12)
        for _ in 0..<Self.count {
            let text = String(
                decoding: bent(Array((samples.randomElement(using: &random) ?? "").utf8), &random), as: UTF8.self)
            let size = [0, 1, 10, Int.max].randomElement(using: &random) ?? 0
            if case .part(let range) = ByteRange(header: text, size: size) {
                #expect(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= size, "\(text) of \(size)")
            }
        }
    }

    @Test func `mutants of an address are decoded once, or refused`() {
        var random = Seeded(state: 13)
        for _ in 0..<Self.count {
            let text = String(
                decoding: bent(Array("/v1/projects/a%20b%2Fc?d=%C3%A9&e=+f".utf8), &random), as: UTF8.self)
            guard let decoded = PercentEncoding.decode(text) else { continue }
            #expect(!decoded.utf8.contains(0) || text.utf8.contains(0), "\(text)")
            #expect(PercentEncoding.decode(PercentEncoding.encode(decoded)) == decoded, "\(text)")
        }
    }
}
