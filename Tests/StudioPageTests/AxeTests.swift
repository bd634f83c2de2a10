// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// axe-core, where scripts/axe.sh has put it.
enum Axe {
    /// Looks of our own at what its rules look at are left to it.
    static let isMissing: ConditionTrait = .enabled(if: rules == nil || isThorough, "axe-core looks at this")
    static let isThorough = ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] == "1"

    static let rules: String? = {
        let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized
        let place = root.appendingPathComponent(".build/axe").resolvingSymlinksInPath().path
        let found = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
        guard let name = found.first(where: { $0.hasSuffix("/axe.min.js") }) else { return nil }
        return try? String(contentsOfFile: "\(place)/\(name)", encoding: .utf8)
    }()
}

extension InTheBrowser {
    /// The rules of axe-core on every screen.
    @Suite(.enabled(if: Axe.rules != nil, "axe-core is not there: scripts/axe.sh fetches it"), .timeLimit(.minutes(5)))
    struct AxeTests {
        /// Both languages, both themes, a desk and a telephone; in every pairing with `./test --all`.
        private static let ways: [(String, Bool, Int)] = {
            let some = [("en-US", false, 1280), ("zh-CN", true, 360)]
            return Axe.isThorough ? some + [("zh-CN", true, 1280), ("en-US", true, 360), ("zh-CN", false, 360)] : some
        }()

        @Test(arguments: ways)
        func nothingSeriousIsFound(language: String, dark: Bool, width: Int) async throws {
            let visit = try await Visit(language: language)
            let browser = visit.browser
            try await browser.prefer(dark: dark, lessMotion: true)
            try await browser.resize(width, 800, touch: width < 500)
            try await browser.reload()
            try await browser.wait("document.querySelector('k-hero h1')")
            try await look(browser, "the empty page")
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]) + [try visit.song()])
            try await look(browser, "files")
            try await visit.say("make a 6 second video with the title Sea")
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 3")
            try await look(browser, "the film")
            if width < 500 { try await browser.click(".tabs button:last-child") }
            for (kind, words) in [("picture", "a picture"), ("text", "a text"), ("sound", "the music")] {
                try await browser.value(
                    "(() => { const p = document.querySelector('k-app').project; p.select(document.querySelector('.piece.\(kind)').dataset.id); })()"
                )
                try await browser.wait("document.querySelector('.inspector-body')?.childElementCount")
                try await look(browser, words)
            }
            try await browser.value("document.querySelector('k-inspector').showFilm()")
            try await look(browser, "the whole film")
            try await browser.value("document.querySelector('k-app').project.select([])")
            try await browser.value("document.querySelector('k-app').openExport()")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await look(browser, "export")
            try await browser.press("Escape")
            try await browser.wait("!document.querySelector('dialog')")
            try await browser.value("document.querySelector('k-app').openSettings()")
            try await browser.wait("document.querySelector('dialog .facts dd')")
            try await look(browser, "settings")
            try await browser.open("\(visit.studio.url)/#/projects")
            try await browser.reload()
            try await browser.wait("document.querySelector('.film-cell .film-ways')")
            try await look(browser, "the list of films")
            await visit.end()
        }

        private func look(_ browser: Browser, _ place: String) async throws {
            if try await !browser.holds("window.axe") { try await browser.value("\(Axe.rules ?? "");0") }
            let found = try await browser.value(
                """
                axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
                  .filter((one) => one.impact === 'serious' || one.impact === 'critical')
                  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' ')}`))
                """)
            #expect(found.array?.isEmpty == true, "\(place): \(found.text())")
        }
    }
}
