// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// For every person: by keys alone, on a telephone, in Chinese, with a reader of the screen, in either theme.
extension InTheBrowser {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct AccessTests {
        @Test func aFilmIsMadeChangedAndExportedByKeysAlone() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await browser.keepDownloads(in: visit.folder)
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await tab(browser, to: "document.activeElement.matches('k-composer textarea')")
            try await browser.type("make a 3 second video")
            try await browser.press("Enter")
            try await visit.answered(after: 0)
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 3")
            // The space bar plays, comma and full stop step: away from the text field.
            try await tab(browser, to: "document.activeElement.matches('.scrub')")
            try await browser.press(".")
            #expect(try await browser.text("document.querySelector('.scrub').value") == "1")
            try await browser.press("ArrowRight")
            #expect(try await browser.text("document.querySelector('.scrub').value") == "2")
            // A picture is chosen on the timeline.
            try await tab(browser, to: "document.activeElement.matches('.piece.picture')")
            try await browser.press("ArrowRight")
            try await browser.press("Enter")
            try await browser.wait("document.querySelector('.piece[aria-selected=true]')?.title === 'two.jpg'")
            try await browser.press("Escape")
            // The export sheet opens with the focus in it and gives it back.
            try await tab(browser, to: "document.activeElement.matches('.top .export')")
            try await browser.press("Enter")
            try await browser.wait("document.querySelector('dialog[open] .platform')")
            #expect(try await browser.holds("document.querySelector('dialog').contains(document.activeElement)"))
            try await tab(browser, to: "document.activeElement.matches('k-export .button.wide')")
            try await browser.press("Enter")
            try await browser.wait("document.querySelector('k-export .job.completed a[download]')")
            try await tab(browser, to: "document.activeElement.matches('.job.completed a[download]')")
            try await browser.press("Enter")
            #expect(try await browser.nextDownload().hasSuffix(".mp4"))
            try await browser.press("Escape")
            try await browser.wait("!document.querySelector('dialog')")
            #expect(try await browser.holds("document.activeElement.matches('.top .export')"))
            #expect(visit.complaints() == [])
            await visit.end()
        }

        /// Presses Tab until it is so; no page has more than a hundred stops.
        private func tab(_ browser: Browser, to condition: String) async throws {
            for _ in 0..<100 {
                if try await browser.holds(condition) { return }
                try await browser.press("Tab")
            }
            Issue.record(
                "Tab never comes to \(condition); it stands on \(try await browser.text("document.activeElement.outerHTML"))"
            )
        }

        @Test func aTelephoneShowsAllOfItWithTargetsLargeEnough() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await browser.resize(360, 740, touch: true)
            try await browser.open("\(visit.studio.url)/#/projects")
            try await browser.open("\(visit.studio.url)/")
            try await browser.wait("document.querySelector('k-hero h1')")
            try await fits(browser, "the empty page")
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await fits(browser, "files")
            try await visit.say("make a 6 second video")
            try await browser.wait("document.querySelector('k-timeline')")
            try await fits(browser, "the film")
            try await browser.click(".tabs button:last-child")
            try await browser.wait("document.querySelector('k-timeline').offsetHeight > 0")
            try await fits(browser, "the timeline")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await fits(browser, "export")
            await visit.end()
        }

        /// Nothing wider than the screen, and every button as large as a finger.
        private func fits(_ browser: Browser, _ place: String) async throws {
            #expect(
                try await browser.holds("document.documentElement.scrollWidth <= innerWidth"), "\(place) is too wide")
            let small = try await browser.value(
                """
                [...document.querySelectorAll('button, a.button, select, .scrub')].filter((one) => {
                  const box = one.getBoundingClientRect();
                  const whole = box.width && getComputedStyle(one).visibility === 'visible' && !one.matches('.joint, .skip');
                  return whole && box.height < (one.matches('.scrub') ? 31 : 43.5);
                }).map((one) => `${one.className} ${one.textContent} ${one.getBoundingClientRect().height}`)
                """)
            #expect(small.array?.count == 0, "\(place): \(small.text())")
        }

        @Test(Axe.isMissing) func everyControlHasANameForReadersOfTheScreen() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await nameless(browser, "the empty page")
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("make a 6 second video with the title Sea")
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 3")
            try await browser.click(".piece.picture")
            try await browser.wait("document.querySelector('.inspector-body')?.childElementCount")
            try await nameless(browser, "the film")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await nameless(browser, "export")
            await visit.end()
        }

        private func nameless(_ browser: Browser, _ place: String) async throws {
            try await browser.call("Accessibility.enable")
            let tree = try await browser.call("Accessibility.getFullAXTree")
            let wanted: Set<String> = [
                "button", "link", "textbox", "slider", "checkbox", "combobox", "listbox", "option", "image", "dialog",
                "listitem",
                "region", "progressbar", "toolbar", "group",
            ]
            let needing = wanted.subtracting(["listitem", "image", "group"])
            var seen = 0
            for node in tree["nodes"]?.array ?? [] where node["ignored"]?.bool != true {
                guard let role = node["role"]?["value"]?.string, needing.contains(role) else { continue }
                seen += 1
                let name = node["name"]?["value"]?.string ?? ""
                #expect(!name.isEmpty, "\(place): a \(role) has no name: \(node.text().prefix(400))")
            }
            #expect(seen > 4)
        }

        @Test func aChineseBrowserIsSpokenToInChinese() async throws {
            let visit = try await Visit(language: "zh-CN")
            let browser = visit.browser
            #expect(try await browser.text("document.documentElement.lang") == "zh-Hans")
            #expect(try await browser.text("document.querySelector('k-hero h1').textContent").contains("照片"))
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            #expect(try await browser.text("document.querySelector('.media-count').textContent") == "3 张照片")
            let before = try await visit.turns()
            try await browser.click("k-wishes button")
            try await visit.answered(after: before)
            #expect(
                try await browser.text("document.querySelector('.answer').textContent").contains { $0 >= "\u{4E00}" })
            // What is not a name of a file or of a platform is Chinese.
            let english = try await browser.value(
                """
                [...document.querySelectorAll('button, h1, h2, h3, [aria-label]')].map((one) => one.getAttribute('aria-label') ?? one.textContent)
                  .filter((words) => /^[A-Za-z ]{3,}$/.test(words.trim()) && !/^(Kinora|English)$/.test(words.trim()))
                """)
            #expect(english.array?.count == 0, "\(english.text())")
            await visit.end()
        }

        @Test(Axe.isMissing, arguments: [false, true]) func textStandsOutFromWhatItStandsOn(dark: Bool) async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await browser.prefer(dark: dark, lessMotion: true)
            try await browser.wait("document.documentElement.dataset.theme === '\(dark ? "dark" : "light")'")
            try await pale(browser, "the empty page")
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("make a 6 second video with the title Sea")
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 3")
            try await pale(browser, "the film")
            try await browser.click(".top .export")
            try await browser.wait("document.querySelector('dialog .platform')")
            try await browser.wait("document.getAnimations().every((one) => one.playState === 'finished')")
            try await pale(browser, "export")
            await visit.end()
        }

        /// Texts under 4.5 to 1 (3 to 1 from 24 px on) against the nearest ground behind them (WCAG 2.2, 1.4.3). Over pictures there is
        /// no one ground; what is disabled is exempt.
        private func pale(_ browser: Browser, _ place: String) async throws {
            // A colour on its way from one theme to the other is nobody's.
            try await browser.wait(
                "document.getAnimations().every((one) => !(one instanceof CSSTransition) || one.playState === 'finished')"
            )
            let found = try await browser.value(
                """
                (() => {
                  const parse = (text) => { const v = text.match(/[\\d.]+/g).map(Number); return text.startsWith('color(') ? [v[0] * 255, v[1] * 255, v[2] * 255, v[3] ?? 1] : [v[0], v[1], v[2], v[3] ?? 1]; };
                  const over = (a, b) => [0, 1, 2].map((i) => a[i] * a[3] + b[i] * (1 - a[3])).concat(1);
                  const light = (c) => { const [r, g, b] = c.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
                  const ground = (one) => { const layers = []; for (let at = one; at; at = at.parentElement) { const c = parse(getComputedStyle(at).backgroundColor); layers.push(c); if (c[3] === 1) break; } let base = parse(getComputedStyle(document.documentElement).backgroundColor); for (const c of layers.reverse()) base = over(c, base); return base; };
                  const bad = [];
                  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                  for (let node; (node = walk.nextNode()); ) {
                    const one = node.parentElement;
                    const style = getComputedStyle(one);
                    const box = one.getBoundingClientRect();
                    if (!node.data.trim() || box.width < 2 || style.visibility !== 'visible' || one.closest('.unseen, .skip, .piece.picture, .tile-time, .drop-veil, .text-handle, :disabled, option, noscript')) continue;
                    if (document.querySelector('dialog[open]') && !one.closest('dialog')) continue;
                    const back = ground(one);
                    const [a, b] = [light(over(parse(style.color), back)), light(back)];
                    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                    if (ratio < (parseFloat(style.fontSize) >= 24 ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${one.className} ${node.data.slice(0, 30)}`);
                  }
                  return bad;
                })()
                """)
            #expect(found.array?.count == 0, "\(place): \(found.text())")
        }
    }
}
