// SPDX-License-Identifier: GPL-3.0-or-later
import Testing

@testable import HTTPWire

@Suite struct ValueTests {
    @Test(arguments: [
        ("bytes=0-9", ByteRange.part(0..<10)), ("bytes=90-", .part(90..<100)), ("bytes=-5", .part(95..<100)),
        ("bytes=-500", .part(0..<100)), ("bytes=50-500", .part(50..<100)), ("Bytes = 1-1", .part(1..<2)),
        ("bytes=100-", .unsatisfiable), ("bytes=-0", .unsatisfiable), ("bytes=5-4", .whole), ("bytes=a-b", .whole),
        ("bytes=0-1,5-6", .whole), ("lines=0-1", .whole), ("bytes=-", .whole), ("bytes=", .whole),
        ("bytes=99999999999999999999-", .unsatisfiable), ("bytes=0-99999999999999999999", .part(0..<100)),
        ("bytes=+1-2", .whole),
    ])
    func `a range header means a part, the whole or nothing`(header: String, wanted: ByteRange) {
        #expect(ByteRange(header: header, size: 100) == wanted)
    }

    @Test func `of an empty body no range can be had`() {
        #expect(ByteRange(header: "bytes=0-", size: 0) == .unsatisfiable)
        #expect(ByteRange(header: "bytes=-1", size: 0) == .unsatisfiable)
        #expect(ByteRange(header: nil, size: 0) == .whole)
    }

    @Test(arguments: [
        (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
        (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
    ])
    func `times are written and read in the one form`(seconds: Int, text: String) {
        #expect(HTTPDate.text(seconds) == text)
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(arguments: ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"])
    func `what is no time is none`(text: String) { #expect(HTTPDate.seconds(text) == nil) }

    @Test(arguments: [
        ("a%20b", "a b"), ("%E4%BD%A0", "你"), ("a+b", "a+b"), ("", ""), ("%2F%2e", "/."),
    ])
    func `escapes are undone`(text: String, wanted: String) { #expect(PercentEncoding.decode(text) == wanted) }

    @Test(arguments: ["%", "%4", "%zz", "%00", "%ff", "%C0%AF", "a%2"])
    func `broken escapes, NUL and what is not UTF-8 are refused`(text: String) {
        #expect(PercentEncoding.decode(text) == nil)
    }

    @Test(
        arguments: [
            (["gzip"], true), (["br, gzip;q=0.5"], true), (["gzip;q=0"], false), (["gzip;q=0.000, *"], false),
            (["*"], true),
            (["*;q=0"], false), (["identity"], false), (["identity;q=0.5, gzip;q=1.0"], true),
            (["identity;q=1, gzip;q=0.3"], false), (["gzip; Q=0.3", "identity ; q = 0.2"], true), (["x-gzip"], true),
            (["deflate, br"], false), ([""], false), ([], false), (["gzip;q=2"], false), (["gzip;q=1.5"], false),
            (["gzip;q=nan"], false), (["gzip;q=0x1"], false), (["gzip;level=9"], true),
            (["br;q=1.0, gzip;q=0.8, *;q=0.1"], true),
        ] as [([String], Bool)])
    func `gzip is sent where the client weighs it no lower than plain bytes`(lines: [String], isAccepted: Bool) {
        #expect(Gzip.isAccepted(HTTPHeaders(lines.map { ("Accept-Encoding", $0) })) == isAccepted)
    }

    @Test(
        arguments: [
            ("127.0.0.1", "127.0.0.1"), ("::ffff:10.1.2.3", "10.1.2.3"), ("2001:DB8:0:0::1", "2001:db8::1"),
            ("::1", "::1"),
            ("1.2.3", nil), ("localhost", nil), ("1.2.3.4:80", nil), ("[::1]", nil), ("", nil), ("unix", nil),
        ] as [(String, String?)])
    func `an address in numbers has one form`(text: String, wanted: String?) {
        #expect(ClientAddress(number: text)?.text == wanted)
    }

    @Test func `clients of one IPv6 network count as one, others do not`() {
        func group(_ text: String) -> ClientAddress.Group? { ClientAddress(number: text)?.group }
        #expect(group("2001:db8:1:2::3") == group("2001:db8:1:2:ffff:1:2:3"))
        #expect(group("2001:db8:1:2::3") != group("2001:db8:1:3::3"))
        #expect(group("10.0.0.1") != group("10.0.0.2"))
        #expect(group("::ffff:10.0.0.1") == group("10.0.0.1"))
    }

    @Test func `encoding and decoding is the identity`() {
        let text = "你好 a/b?c=d&e+f%~é\u{1F600}"
        #expect(PercentEncoding.decode(PercentEncoding.encode(text)) == text)
        #expect(PercentEncoding.encode("a/b c") == "a%2Fb%20c")
    }

    @Test func `a header's text cannot end its line`() {
        let headers: HTTPHeaders = ["X-Name": "a\r\nSet-Cookie: b\u{0}", "Bad\r\nName": "c"]
        #expect(headers["x-name"] == "a  Set-Cookie: b ")
        #expect(headers["BadName"] == "c")
    }

    @Test func `fields are found in any case, and lists over all lines`() {
        var headers: HTTPHeaders = ["Accept": "a, b", "ACCEPT": " c ,,"]
        #expect(headers["accept"] == "a, b")
        #expect(headers.list("Accept") == ["a", "b", "c"])
        headers["accept"] = "d"
        #expect(headers.values("Accept") == ["d"])
    }

    @Test(arguments: [
        ("\"a\"", true), ("W/\"a\"", true), ("\"b\", \"a\"", true), ("*", true), ("\"b\"", false), ("\"x,\"a\"", false),
        ("\"b,c\",\"a\"", true), ("", false),
    ])
    func `tags match in lists, weak or strong`(line: String, wanted: Bool) {
        #expect(EntityTag.matches("\"a\"", in: [line]) == wanted)
    }

    @Test(arguments: [
        ("/a/b?c=d", "/a/b", "c=d"), ("/", "/", nil), ("http://h:80/x?y", "/x", "y"), ("http://h", "/", nil),
        ("http://h?q", "/", "q"), ("*", "*", nil), ("/a?b?c", "/a", "b?c"), ("/u?x=http://y/z", "/u", "x=http://y/z"),
    ])
    func `a target is split into path and query`(target: String, path: String, query: String?) {
        let request = HTTPRequest(target: target)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test func `a query is decoded pair by pair`() {
        let request = HTTPRequest(target: "/?a=1&b=x%20y+z&c&=d&bad=%zz&a=2")
        #expect(request.queryItems.map(\.name) == ["a", "b", "c", "", "a"])
        #expect(request.queryValue("b") == "x y z")
        #expect(request.queryValue("c") == "")
        #expect(request.queryValue("a") == "1")
        #expect(request.queryValue("bad") == nil)
    }

    @Test(arguments: [
        ("gzip", true), ("gzip, deflate, br", true), ("br", false), ("*", true), ("gzip;q=0", false),
        ("*;q=0", false), ("gzip; q=0.5", true), ("", false), ("*, gzip;q=0", false), ("GZIP", true),
    ])
    func `gzip is for clients that take it`(accepted: String, wanted: Bool) {
        #expect(Gzip.isAccepted(["Accept-Encoding": accepted]) == wanted)
    }
}
