// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

@testable import HTTPWire

@Suite struct MultipartTests {
    struct Part: Equatable {
        var head: MultipartPart
        var content: [UInt8] = []
        var hasEnded = false
    }

    static let type = "multipart/form-data; boundary=XyZ"

    static func form(_ parts: [(head: String, content: [UInt8])], close: String = "--XyZ--\r\n") -> [UInt8] {
        parts.flatMap { Array("--XyZ\r\n\($0.head)\r\n\r\n".utf8) + $0.content + [13, 10] } + Array(close.utf8)
    }

    /// The parts of a form that comes in these pieces.
    static func read(_ pieces: [[UInt8]], type: String = type, limits: MultipartParser.Limits = .init()) throws
        -> [Part]
    {
        var parser = try MultipartParser(contentType: type, limits: limits)
        var parts: [Part] = []
        for piece in pieces {
            for event in try parser.feed(piece) {
                switch event {
                case .began(let head): parts.append(Part(head: head))
                case .bytes(let bytes):
                    #expect(!bytes.isEmpty && parts.last?.hasEnded == false)
                    parts[parts.count - 1].content += bytes
                case .ended: parts[parts.count - 1].hasEnded = true
                }
            }
        }
        try parser.finish()
        #expect(!parts.contains { !$0.hasEnded })
        return parts
    }

    static let sample = form([
        (
            "Content-Disposition: form-data; name=\"files\"; filename=\"a b.jpg\"\r\nContent-Type: image/jpeg",
            almostBoundaries
        ),
        ("content-disposition:form-data;name=text", []),
        ("Content-Disposition: form-data; name=\"last\"", Array("x".utf8)),
    ])
    static let almostBoundaries = Array("\r\n--Xy\r\n--X\r\r\n-\r\n\r\n--XyQ\n--XyZ--XyZ\r\n--xyz\r".utf8)
    static let wanted = [
        Part(
            head: .init(name: "files", filename: "a b.jpg", contentType: "image/jpeg"), content: almostBoundaries,
            hasEnded: true),
        Part(head: .init(name: "text"), hasEnded: true),
        Part(head: .init(name: "last"), content: Array("x".utf8), hasEnded: true),
    ]

    @Test func `a form is the same however it is cut in two`() throws {
        for cut in 0...Self.sample.count {
            #expect(try Self.read([Array(Self.sample[..<cut]), Array(Self.sample[cut...])]) == Self.wanted)
        }
    }

    @Test func `a form is the same byte by byte, and in any other pieces`() throws {
        #expect(try Self.read(Self.sample.map { [$0] }) == Self.wanted)
        for size in 2...40 {
            let pieces = stride(from: 0, to: Self.sample.count, by: size).map {
                Array(Self.sample[$0..<min(Self.sample.count, $0 + size)])
            }
            #expect(try Self.read(pieces) == Self.wanted)
        }
    }

    @Test func `random contents come back, in random pieces`() throws {
        var random = Seeded(state: 42)
        let alphabet: [UInt8] = Array("\r\n-XyZab".utf8)
        for _ in 0..<300 {
            let contents = (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 0...200, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            }
            // A content with the delimiter itself is no content.
            guard contents.allSatisfy({ !contains($0, Array("\r\n--XyZ".utf8)) }) else { continue }
            let form = Self.form(contents.map { ("Content-Disposition: form-data; name=\"f\"", $0) })
            var pieces: [[UInt8]] = []
            var at = 0
            while at < form.count {
                let count = min(form.count - at, Int.random(in: 1...60, using: &random))
                pieces.append(Array(form[at..<at + count]))
                at += count
            }
            #expect(try Self.read(pieces).map(\.content) == contents)
        }
    }

    private func contains(_ bytes: [UInt8], _ wanted: [UInt8]) -> Bool {
        (bytes + [13, 10]).indices.contains { (bytes + [13, 10])[$0...].starts(with: wanted) }
    }

    @Test(arguments: [
        (#"form-data; name="f"; filename="你好.png""#, "你好.png"),
        (#"form-data; name="f"; filename="a\"b\\c.png""#, "a\"b\\c.png"),
        (#"form-data; name="f"; filename="C:\dir\a.png""#, "C:\\dir\\a.png"),
        (#"form-data; name="f"; filename="a%22b%0D%0Ac%41.png""#, "a\"bc%41.png"),
        (#"form-data; name="f"; filename=plain.png"#, "plain.png"),
        (#"form-data; name="f"; filename="old.png"; filename*=UTF-8''na%C3%AFve%20%E4%BD%A0.png"#, "naïve 你.png"),
        (#"form-data; name="f"; filename*=iso-8859-1'en'%A3%20rates"#, "£ rates"),
        (#"form-data; name="f"; filename="good.png"; filename*=UTF-8''%ff"#, "good.png"),
        (#"form-data; filename="x;name=y.png"; name="f""#, "x;name=y.png"),
        (#"form-data; name="f"; filename="""#, ""),
        (#"FORM-DATA ; NAME = "f" ; FILENAME = "a.png""#, "a.png"),
        ("form-data; name=\"f\"; filename=\"tab\there\u{1}.png\"", "tabhere.png"),
    ])
    func `file names come as they were meant`(disposition: String, filename: String) throws {
        let parts = try Self.read([Self.form([("Content-Disposition: \(disposition)", [1])])])
        #expect(parts.map(\.head.name) == ["f"])
        #expect(parts.first?.head.filename == filename)
    }

    @Test func `a name in an old coding is read byte by byte`() throws {
        let head = Array("--XyZ\r\nContent-Disposition: form-data; name=\"f\"; filename=\"caf".utf8) + [0xE9]
        let form = head + Array(".png\"\r\n\r\nx\r\n--XyZ--".utf8)
        #expect(try Self.read([form]).first?.head.filename == "café.png")
    }

    @Test func `what stands before the first and behind the last boundary is nobody's`() throws {
        let form =
            Array("This is a form.\r\nXyZ --XyZ\r\n".utf8)
            + Self.form([("Content-Disposition: form-data; name=\"a\"", [7])])
            + Array("and this its end\r\n--XyZ\r\n".utf8)
        #expect(try Self.read([form]).map(\.content) == [[7]])
        #expect(try Self.read(form.map { [$0] }).map(\.content) == [[7]])
        // Spaces may follow a boundary.
        let spaced = String(decoding: Self.sample, as: UTF8.self).replacingOccurrences(
            of: "--XyZ\r\nC", with: "--XyZ \t\r\nC")
        #expect(try Self.read([Array(spaced.utf8)]).count == 2 + 1)
    }

    @Test(arguments: [
        ("--XyZ\r\n\r\nx\r\n--XyZ--", MultipartError.malformed("a part does not say its name")),
        ("--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--", .malformed("a part does not say its name")),
        (
            "--XyZ\r\nContent-Disposition: form-data; name=\"x\r\n\r\nx\r\n--XyZ--",
            .malformed("a part does not say its name")
        ),
        (
            "--XyZ\r\nContent-Disposition: attachment; name=x\r\n\r\nx\r\n--XyZ--",
            .malformed("a part does not say its name")
        ),
        ("--XyZ\r\nno header\r\n\r\nx\r\n--XyZ--", .malformed("a part has a line that is no header")),
        ("--XyZ\r\n: x\r\n\r\nx\r\n--XyZ--", .malformed("a part has a line that is no header")),
        ("--XyZfoo\r\n", .malformed("a boundary is followed by something else")),
        ("--XyZ\n", .malformed("a boundary is followed by something else")),
        ("--XyZ\r\nContent-Disposition: form-data; name=x\r\n\r\nx\r\n--XyZ", .endedEarly),
        ("--XyZ\r\nContent-Disposition: form-data; name=x\r\n", .endedEarly),
        ("--XyZ\r\nContent-Disposition: form-data; name=x\r\n\r\nx", .endedEarly),
        ("", .endedEarly), ("nothing of the kind", .endedEarly), ("--XyZ-", .endedEarly),
    ])
    func `broken forms are refused with the reason, in any pieces`(form: String, wanted: MultipartError) {
        #expect(throws: wanted) { try Self.read([Array(form.utf8)]) }
        #expect(throws: wanted) { try Self.read(form.utf8.map { [$0] }) }
    }

    @Test func `what is held in memory is limited`() {
        let long = Self.form([("Content-Disposition: form-data; name=\"\(String(repeating: "x", count: 2000))\"", [1])])
        #expect(throws: MultipartError.headersTooLarge(limit: 1000)) {
            try Self.read([long], limits: .init(headerBytes: 1000))
        }
        let many = Self.form((0..<11).map { _ in ("Content-Disposition: form-data; name=f", [1]) })
        #expect(throws: MultipartError.tooManyParts(limit: 10)) { try Self.read([many], limits: .init(parts: 10)) }
        let endless = Array("--XyZ".utf8) + [UInt8](repeating: 0x20, count: 10_000)
        #expect(throws: MultipartError.malformed("a boundary is followed by something else")) {
            try Self.read([endless])
        }
    }

    @Test(
        arguments: [
            (nil, MultipartError.notAForm), ("application/json", .notAForm), ("multipart/mixed; boundary=a", .notAForm),
            ("multipart/form-data", .noBoundary), ("multipart/form-data; boundary=", .noBoundary),
            ("multipart/form-data; boundary=\"a\r\nb\"", .noBoundary),
            ("multipart/form-data; boundary=\"a ", .notAForm),
            ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), .noBoundary),
        ] as [(String?, MultipartError)])
    func `a type without a usable boundary is refused`(type: String?, wanted: MultipartError) {
        #expect(throws: wanted) { try MultipartParser(contentType: type) }
    }

    @Test func `a quoted boundary is one`() throws {
        let form = Array("--a b:c\r\nContent-Disposition: form-data; name=x\r\n\r\ny\r\n--a b:c--".utf8)
        #expect(try Self.read([form], type: "Multipart/Form-Data; charset=utf-8; Boundary=\"a b:c\"").count == 1)
    }

    @Test func `mutants of a form end in parts or in an error, and hold the order of events`() throws {
        var random = Seeded(state: 7)
        for _ in 0..<3000 {
            var form = Self.sample
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: 0..<form.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: form[at] = UInt8.random(in: 0...255, using: &random)
                case 1: form.remove(at: at)
                default: form.insert(contentsOf: form[at..<min(form.count, at + 9)], at: at)
                }
            }
            let cut = Int.random(in: 0...form.count, using: &random)
            let whole = Result { try Self.read([form]) }
            let halves = Result { try Self.read([Array(form[..<cut]), Array(form[cut...])]) }
            switch (whole, halves) {
            case (.success(let a), .success(let b)): #expect(a == b)
            case (.failure(let a), .failure(let b)): #expect(a as? MultipartError == b as? MultipartError)
            default: Issue.record("pieces make a difference at \(cut) of \(form)")
            }
        }
    }

    @Test func `a large upload is read through the server, with nothing but its file in memory's way`() async throws {
        let content = (0..<5 << 20).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
        let handler: HTTPHandler = { request in
            var names: [String] = []
            var count = 0
            var sum: UInt64 = 0
            do {
                try await request.readForm { event in
                    switch event {
                    case .began(let part): names.append(part.filename ?? part.name)
                    case .bytes(let bytes):
                        count += bytes.count
                        sum = bytes.reduce(sum) { $0 &* 31 &+ UInt64($1) }
                    case .ended: names.append("end")
                    }
                }
            } catch let error as MultipartError { return .text(error.message, status: .badRequest) }
            return .text("\(names.joined(separator: " ")) \(count) \(sum)")
        }
        let sum = content.reduce(UInt64(0)) { $0 &* 31 &+ UInt64($1) }
        let form = Self.form([("Content-Disposition: form-data; name=\"files\"; filename=\"a.bin\"", content)])
        try await withServer(handler: handler) { server in
            let client = HTTPClient()
            let request = HTTPClientRequest(
                .post, "http://127.0.0.1:\(server.port)/", headers: ["Content-Type": Self.type], body: form)
            let reply = try await client.fetch(request)
            #expect(String(decoding: reply.body, as: UTF8.self) == "a.bin end \(content.count) \(sum)")
            var bad = request
            bad.body = [.bytes(Array(form.dropLast(9)))]
            #expect(try await client.fetch(bad).status == .badRequest)
        }
    }
}

/// SplitMix64 with a fixed start.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
