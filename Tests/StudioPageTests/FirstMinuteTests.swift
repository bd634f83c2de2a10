// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// A person's first minute, in a real browser on a real server with real files.
extension InTheBrowser {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct FirstMinuteTests {
        @Test func filesAreDroppedAWishIsPickedAndTheFilmIsThereAndTakenBack() async throws {
            let visit = try await Visit()
            let (browser, names) = (visit.browser, ["one.jpg", "two.jpg", "three.jpg", "four.jpg"])
            #expect(try await browser.count("k-hero h1") == 1)
            try await visit.bring(try visit.photos(names) + [try visit.song()])
            #expect(
                try await browser.text("document.querySelector('.media-count').textContent") == "4 photos and 1 song")
            #expect(try await browser.count("k-media .tile") == 5)
            #expect(try await browser.count("k-wishes button") == 3)
            #expect(
                try await browser.text("document.querySelector('k-wishes').textContent").contains("cut on the beat"))

            try await browser.click("k-wishes button")
            try await visit.answered(after: 0)
            try await browser.wait(
                "document.querySelector('k-player') && document.querySelectorAll('.piece.picture').length === 4")
            #expect(try await visit.pictures().sorted() == names.sorted())
            #expect(try await browser.text("document.querySelector('.answer').textContent").isEmpty == false)
            // The picture is drawn, not a black square.
            try await browser.wait(
                """
                (() => { const c = document.querySelector('k-player canvas'); if (!c || !c.width) return false;
                const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                let sum = 0; for (let i = 0; i < d.length; i += 4) sum += d[i] + d[i + 1] + d[i + 2]; return sum / d.length > 8; })()
                """)

            try await browser.click("k-log .card .button")
            try await browser.wait("document.querySelector('k-app').project.draft.isEmpty")
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func namesAndWishesThatLookLikeMarkupAreText() async throws {
            let visit = try await Visit()
            let name = "<img src=x onerror=window.broken=1>.jpg"
            try await visit.bring(try visit.photos([name, "two.jpg"]))
            let wish = "make a 4 second video with the title \"<script>window.broken=1</script><b>x</b>\""
            try await visit.say(wish)
            try await visit.browser.wait("document.querySelectorAll('.piece').length >= 2")
            #expect(try await visit.browser.text("document.querySelector('k-log .said').textContent") == wish)
            #expect(try await visit.browser.count("k-app [onerror], k-log b, .tile b, k-app script, .piece b") == 0)
            #expect(try await visit.browser.value("window.broken ?? null") == .null)
            #expect(
                try await visit.browser.holds(
                    "[...document.querySelectorAll('.tile')].some((one) => one.title === \(Browser.quoted(name)))"))
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func aFileThatIsNoneIsRefusedInWordsAndTheOthersAreTaken() async throws {
            let visit = try await Visit()
            let broken = visit.folder.appendingPathComponent("broken.jpg")
            try Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3, 0xFF, 0xFE] + (0..<500).map { UInt8($0 % 251) }).write(
                to: broken)
            try await visit.bring(try visit.photos(["one.jpg"]) + [broken.path])
            #expect(try await visit.browser.count("k-media .tile") == 1)
            let words = try await visit.browser.text("document.querySelector('.refusals').textContent")
            #expect(words.contains("broken.jpg") && words.count > 40, "\(words)")
            try await visit.browser.click(".refusals .button:last-child")
            try await visit.browser.wait("document.querySelectorAll('.refusals li').length === 0")
            await visit.end()
        }

        @Test func theConversationAndTheFilmAreThereAfterAReload() async throws {
            let visit = try await Visit()
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("make a 6 second video")
            let answer = try await visit.browser.text("document.querySelector('.answer').textContent")
            try await visit.browser.reload()
            try await visit.browser.wait(
                "document.querySelector('k-player') && document.querySelector('.answer')?.textContent")
            #expect(
                try await visit.browser.text("document.querySelector('.said').textContent") == "make a 6 second video")
            #expect(try await visit.browser.text("document.querySelector('.answer').textContent") == answer)
            #expect(try await visit.draft("draft.length").integer == 6000)
            await visit.end()
        }

        @Test func theServerGoesAndComesBackAndNothingIsLost() async throws {
            let visit = try await Visit(alone: true)
            try await visit.bring(try visit.photos(["one.jpg", "two.jpg", "three.jpg"]))
            try await visit.say("make a 6 second video")
            await visit.studio.kill()
            let before = try await visit.turns()
            try await visit.browser.click("k-composer textarea")
            try await visit.browser.type("make it 9 seconds")
            try await visit.browser.press("Enter")
            try await visit.browser.wait("document.querySelector('.top .status').textContent === 'No connection'")
            try await visit.browser.wait("document.querySelector('.turn-end .button')")
            let again = try await RunningStudio(in: visit.folder, port: visit.studio.port)
            // The wish is carried out by itself.
            try await visit.answered(after: before)
            #expect(try await visit.turns() == before + 1)
            #expect(try await visit.draft("draft.length").integer == 9000)
            #expect(try await visit.browser.text("document.querySelector('.top .status').textContent") == "Saved")
            await visit.browser.close()
            await again.stop()
        }
    }
}
