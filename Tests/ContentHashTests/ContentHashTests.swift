// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import Foundation
import TestMedia
import Testing

@Suite struct ContentHashTests {
    /// FIPS 180-4 examples, and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func knownMessages(message: String, hex: String) {
        #expect(ContentHash(of: Array(message.utf8)).hex == hex)
        #expect(ContentHash(hex: hex.uppercased()) == ContentHash(of: message.utf8))
    }

    @Test(arguments: ["", "abc", String(repeating: "g", count: 64), String(repeating: "a", count: 65)])
    func refusesWhatIsNotAHash(text: String) { #expect(ContentHash(hex: text) == nil) }

    @Test func piecesDoNotMatterButFieldsDo() {
        var whole = ContentHasher()
        whole.update(Array("films".utf8))
        var pieces = ContentHasher()
        pieces.update(Array("fi".utf8))
        pieces.update([])
        pieces.update(Array("lms".utf8))
        let (a, b) = (whole.finish(), pieces.finish())
        #expect(a == b)

        var one = ContentHasher()
        one.update(field: "ab")
        one.update(field: "c")
        var other = ContentHasher()
        other.update(field: "a")
        other.update(field: "bc")
        let (c, d) = (one.finish(), other.finish())
        #expect(c != d)
    }

    @Test(arguments: [0, 1, 1 << 20, (1 << 20) + 1, 3_000_001])
    func filesHashAsTheirBytes(size: Int) throws {
        var random = UInt64(7)
        let bytes = (0..<size).map { _ in
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: random >> 56)
        }
        let url = try TestMedia.scratchFolder().appendingPathComponent("bytes")
        try Data(bytes).write(to: url)
        #expect(try ContentHash(ofFile: url) == ContentHash(of: bytes))
    }

    @Test func saysWhatCannotBeRead() throws {
        let folder = try TestMedia.scratchFolder()
        let missing = #expect(throws: ContentHashError.self) {
            try ContentHash(ofFile: folder.appendingPathComponent("missing"))
        }
        #expect(missing?.code == .notFound)
        let notAFile = #expect(throws: ContentHashError.self) { try ContentHash(ofFile: folder) }
        #expect(notAFile?.code == .notAFile)
    }

    @Test func isOrderedAndCodedAsItsDigits() throws {
        let hashes = (0..<50).map { ContentHash(of: [UInt8($0)]) }
        #expect(hashes.sorted().map(\.hex) == hashes.map(\.hex).sorted())
        let json = try JSONEncoder().encode(hashes)
        #expect(String(decoding: json.prefix(67), as: UTF8.self) == "[\"\(hashes[0].hex)\"")
        #expect(try JSONDecoder().decode([ContentHash].self, from: json) == hashes)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([ContentHash].self, from: Data("[\"a\"]".utf8)) }
    }
}
