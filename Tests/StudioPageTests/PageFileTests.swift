// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import TestMedia
import Testing

@testable import StudioPage

/// The page's files as they are handed out, and what holds of all of them.
@Suite struct PageFileTests {
    private static let folder = StudioPage.ownFolder.resolvingSymlinksInPath()
    private static let names: [String] = {
        let all = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return all.filter { $0.contains(".") }.sorted()
    }()
    private static let scripts = names.filter { $0.hasSuffix(".js") }

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    private static let routes: Routes = {
        var routes = Routes()
        do { for route in try StudioPage().routes { routes.add(route) } } catch {
            Issue.record("the page cannot be read: \(error)")
        }
        return routes
    }()

    private func get(_ path: String, _ headers: HTTPHeaders = [:]) async throws -> HTTPResponse {
        switch Self.routes.answer(HTTPRequest(target: path, headers: headers)) {
        case .now(let response): return response
        case .later(let work): return try await work()
        }
    }

    private func bytes(_ response: HTTPResponse) -> [UInt8] {
        if case .bytes(let bytes) = response.body { bytes } else { [] }
    }

    @Test func theStartIsThePageAndCarriesThePolicy() async throws {
        let response = try await get("/")
        #expect(response.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(String(decoding: bytes(response), as: UTF8.self).contains("<k-app>"))
        let policy = try #require(response.headers["Content-Security-Policy"])
        #expect(policy.contains("default-src 'self'"))
        #expect(!policy.contains("unsafe") && !policy.contains("http") && !policy.contains("*"))
        #expect(policy.contains("require-trusted-types-for 'script'"))
    }

    @Test(arguments: PageFileTests.names) func everyFileIsServedAsWhatItIs(_ name: String) async throws {
        let types = [
            "html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml",
            "webmanifest": "application/manifest+json",
        ]
        let type = try #require(types[(name as NSString).pathExtension], "\(name) is of a kind that is not served")
        let response = try await get("/page/\(name)")
        #expect(response.headers["Content-Type"]?.hasPrefix(type) == true)
        #expect(bytes(response) == Array(try Data(contentsOf: Self.folder.appendingPathComponent(name))))
        #expect(response.headers["ETag"]?.hasPrefix("\"") == true)
    }

    @Test(arguments: ["/page/", "/page/nothing.js", "/page/../Package.swift", "/page/%2e%2e/index.html", "/page/words"])
    func nothingElseIsServed(_ path: String) async throws {
        await #expect(throws: HTTPFailure.notFound) { try await get(path) }
    }

    @Test func anotherTextHasAnotherTag() {
        let (a, b) = (StudioPage.Served([1, 2], type: "x"), StudioPage.Served([1, 3], type: "x"))
        #expect(a.entityTag != b.entityTag)
        #expect(a.entityTag == StudioPage.Served([1, 2], type: "y").entityTag)
    }

    @Test func aFolderWithoutAPageIsSaid() throws {
        #expect(throws: StudioPage.Failure.self) { try StudioPage(folder: TestMedia.scratchFolder()) }
    }

    @Test func thePlatformsAreThoseOfTheTable() async throws {
        let rows = try JSONValue(parsing: bytes(try await get("/page/platforms.json"))).array ?? []
        let tiktok = try #require(rows.first { $0["name"]?.string == "tiktok" })
        #expect(tiktok["canvases"]?.array?.first?.array?.compactMap(\.integer) == [1080, 1920])
        #expect(tiktok["longest"]?.integer == 600_000)
        #expect(rows.count >= 12)
    }

    @Test(arguments: [
        ("transition", 58, "wipe-left", "向左擦除"), ("look", 25, "golden-hour", "金色时刻"), ("title", 15, "neon", "霓虹"),
    ])
    func everyRowHasANameInEachLanguage(kind: String, count: Int, name: String, chinese: String) async throws {
        let tables = try JSONValue(parsing: bytes(try await get("/page/names.json")))
        let rows = tables[kind]?.object ?? [:]
        #expect(rows.count >= count && rows[name]?["zh"]?.string == chinese)
        for (name, row) in rows {
            for key in ["zh", "about", "about_zh"] {
                #expect(row[key]?.string?.isEmpty == false, "\(name) has no \(key)")
            }
        }
    }

    // MARK: What holds of all files

    @Test func nothingInThePageComesFromElsewhere() throws {
        for name in Self.names {
            let text = try Self.text(name)
            for match in text.matches(of: /https?:\/\/([^\s"'`\\)\/]+)/) where !["www.w3.org"].contains(match.1) {
                Issue.record("\(name) names \(match.0)")
            }
        }
    }

    @Test func noTextEverBecomesMarkup() throws {
        for name in Self.scripts {
            let text = try Self.text(name)
            for way in [
                "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "setHTML",
            ]
            where text.contains(way) {
                Issue.record("\(name) uses \(way)")
            }
        }
        let html = try Self.text("index.html")
        #expect(
            html.firstMatch(of: /<script(?![^>]*src=)/) == nil && !html.contains("style=") && !html.contains("onload"))
    }

    @Test func whatIsImportedAndLinkedIsThere() throws {
        let known = Set(Self.names)
        for name in Self.scripts {
            let place = (name as NSString).deletingLastPathComponent
            for match in try Self.text(name).matches(of: /(?:from |import |import\()"(\.[^"]+)"/) {
                let path = URL(fileURLWithPath: "/" + place).appendingPathComponent(String(match.1)).standardized.path
                #expect(known.contains(String(path.dropFirst())), "\(name) imports \(match.1)")
            }
        }
        for match in try Self.text("index.html").matches(of: /(?:href|src)="\/page\/([^"]+)"/) {
            #expect(known.contains(String(match.1)), "index.html links \(match.1)")
        }
    }

    /// Keys of a catalogue in the order in which they stand.
    private static func keys(_ language: String) throws -> [String] {
        try text("words/\(language).js").matches(of: /(?m)(?:^|, )\s*"([^"]+)":/).map { String($0.1) }
    }

    @Test func whateverIsSaidHasWordsInEachLanguage() throws {
        let (english, chinese) = (try Self.keys("en"), try Self.keys("zh"))
        #expect(Set(english).count == english.count && Set(chinese).count == chinese.count, "a key stands twice")
        #expect(Set(english).subtracting(chinese).sorted() == [])
        // Names of values are English already.
        #expect(Set(chinese).subtracting(english).filter { !$0.hasPrefix("value ") }.sorted() == [])
        for name in Self.scripts where !name.hasPrefix("words/") {
            for match in try Self.text(name).matches(of: /\bt\("([^"]+)"/) {
                #expect(english.contains(String(match.1)), "\(name) says \(match.1)")
            }
        }
    }

    @Test func everyWordIsUsed() throws {
        let all = try Self.scripts.filter { !$0.hasPrefix("words/") }.map(Self.text).joined()
        // Words whose key is put together: by kind, state, name.
        let families = [
            "count ", "upload ", "kind ", "lane ", "tab ", "theme ", "policy ", "quality ", "format ", "op ", "param ",
            "value ",
            "say ", "keys ", "key ", "chosen", "pair ", "claim ",
        ]
        for key in try Self.keys("en") where !families.contains(where: key.hasPrefix) {
            #expect(all.contains("\"\(key)\""), "nothing says \(key)")
        }
    }
}
