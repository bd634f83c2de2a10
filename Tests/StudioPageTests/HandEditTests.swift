// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// Edits by hand: on the timeline, in the side panel, and together with what is said.
extension InTheBrowser {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct HandEditTests {
        /// A film of four pictures of equal length, in the order of their names, cut hard.
        private func film() async throws -> Visit {
            let visit = try await Visit()
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg", "c.jpg", "d.jpg"]))
            try await visit.say("make an 8 second video without transitions, with the title Sea")
            try await visit.browser.wait("document.querySelectorAll('.piece.picture').length === 4")
            return visit
        }

        private func waitForRevision(_ visit: Visit, _ revision: Int) async throws {
            try await visit.browser.wait("document.querySelector('k-app').project.revision === \(revision)")
        }

        @Test func aPictureIsCarriedToAnotherPlaceByMouseAndByKeys() async throws {
            let visit = try await film()
            let width = try await visit.browser.value(
                "document.querySelector('.piece.picture').getBoundingClientRect().width"
            ).number
            try await visit.browser.drag(".piece.picture", by: ((width ?? 0) * 2.2, 0))
            try await waitForRevision(visit, 2)
            #expect(try await visit.pictures() == ["b.jpg", "c.jpg", "a.jpg", "d.jpg"])
            try await visit.browser.value("document.querySelector('.piece.picture:nth-child(4)').focus()")
            try await visit.browser.press("ArrowLeft", modifiers: 1)
            try await waitForRevision(visit, 3)
            #expect(try await visit.pictures() == ["b.jpg", "c.jpg", "d.jpg", "a.jpg"])
            #expect(try await visit.browser.text("document.activeElement.title") == "d.jpg")
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func anEdgeIsPulledATextIsSlidAndEscapeLetsGo() async throws {
            let visit = try await film()
            let browser = visit.browser
            let before = try await visit.draft("draft.pictures.map((one) => one.d)").array?.compactMap(\.integer) ?? []
            try await browser.drag(".piece.picture:nth-child(2) .edge.end", by: (40, 0))
            try await waitForRevision(visit, 2)
            let after = try await visit.draft("draft.pictures.map((one) => one.d)").array?.compactMap(\.integer) ?? []
            #expect(after.count == 4 && after[1] > before[1] && after[2] == before[2])

            try await browser.drag(".piece.text", by: (60, 0))
            try await waitForRevision(visit, 3)
            #expect(try await visit.draft("draft.texts[0].s > 0").bool == true)

            try await browser.value("document.querySelector('.piece.picture').focus()")
            try await browser.press("ArrowRight", modifiers: 9)
            try await waitForRevision(visit, 4)
            #expect(try await visit.draft("draft.pictures[0].d").integer == after[0] + 100)
            await visit.end()
        }

        @Test func thePanelSetsWhatTheTableAllowsAndTheConversationTellsOfIt() async throws {
            let visit = try await film()
            let browser = visit.browser
            try await browser.click(".piece.picture")
            try await browser.wait("document.querySelector('[data-op=grade] select')")
            try await browser.value(
                "(() => { const s = document.querySelector('[data-op=grade] select'); s.value = 'warm'; s.dispatchEvent(new Event('change')); })()"
            )
            try await waitForRevision(visit, 2)
            #expect(try await visit.draft("draft.pictures[0].grade.look").string == "warm")
            #expect(try await visit.draft("draft.pictures[1].grade ?? null") == .null)
            try await browser.wait("document.querySelector('.turn.hand .answer')")
            // Several at once: with Shift a second is chosen too.
            try await browser.value(
                "document.querySelector('k-app').project.select(document.querySelector('k-app').project.draft.pictures[2].id, { more: true })"
            )
            try await browser.wait("document.querySelector('.inspector h2').textContent === '2 chosen'")
            try await browser.press("Escape")
            await visit.end()
        }

        @Test func aTextIsFramedWhereItIsSeenAndComposedMusicHasBeatsToSnapTo() async throws {
            let visit = try await film()
            let browser = visit.browser
            try await visit.say("add calm piano music")
            try await browser.wait(
                """
                (() => { const t = document.querySelector('k-timeline');
                  return (window.beats = t.piece(t.draft.sounds[0]?.id)?.beats)?.length > 4; })()
                """)
            #expect(
                try await browser.holds(
                    "Math.abs(document.querySelector('k-timeline').snap(beats[3] + 20) - beats[3]) <= 1"))
            try await browser.click(".piece.text")
            // About the middle of the picture, as wide as three letters of a title are.
            try await browser.wait(
                """
                (() => { const [s, b] = ['.screen', '.text-handle'].map((one) => document.querySelector(one)?.getBoundingClientRect());
                  return b && Math.abs(b.x + b.width / 2 - s.x - s.width / 2) < 6 && b.width > s.width * 0.08 && b.width < s.width * 0.3; })()
                """)
            // What it has from its style stands in the panel.
            try await browser.wait("document.querySelector('[data-at=\"style-text.size\"]')?.value === '104'")
            #expect(try await browser.holds("document.querySelector('[data-at=\"style-text.bold\"]').checked"))
            try await browser.value("document.querySelector('.text-handle').focus()")
            try await browser.press("Enter")
            try await browser.type("Lake")
            try await browser.press("Enter")
            try await browser.wait("document.querySelector('k-app').project.draft.texts[0].text === 'Lake'")
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func undoGoesBackOverWhatWasDoneAndWhatWasSaid() async throws {
            let visit = try await film()
            try await visit.browser.value("document.querySelector('.piece.picture').focus()")
            try await visit.browser.press("Enter")
            try await visit.browser.press("Delete")
            try await visit.browser.wait("document.querySelectorAll('.piece.picture').length === 3")
            try await visit.say("make it 12 seconds")
            #expect(try await visit.draft("draft.length").integer == 12000)
            for expected in [
                "draft.length !== 12000 && draft.pictures.length === 3", "draft.pictures.length === 4", "draft.isEmpty",
            ] {
                try await visit.browser.click(".top [aria-label=Undo]")
                try await visit.browser.wait(
                    "(() => { const draft = document.querySelector('k-app').project.draft; return \(expected); })()")
            }
            try await visit.browser.click(".top [aria-label=Redo]")
            try await visit.browser.wait("document.querySelector('k-app').project.draft.pictures.length === 4")
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func filesStandInTheFilmWhereTheyAreLetGo() async throws {
            let visit = try await film()
            let browser = visit.browser
            let third = try await browser.middle(of: ".piece.picture:nth-child(3)")
            try await browser.drop(try visit.photos(["new.jpg", "newer.jpg"]), at: (third.x - 30, third.y))
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 6")
            #expect(try await visit.pictures() == ["a.jpg", "b.jpg", "new.jpg", "newer.jpg", "c.jpg", "d.jpg"])
            #expect(
                try await browser.holds(
                    "document.querySelector('.caret').hidden && !document.documentElement.dataset.landing"))
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func aTransitionIsSeenInTheFilmsOwnFramesBeforeItIsChosen() async throws {
            let visit = try await film()
            let browser = visit.browser
            try await browser.click(".piece.picture")
            try await browser.wait("document.querySelector('.joint-way[data-name=wipe-left]')")
            let colours = """
                (() => { const c = document.querySelector('.sample'); const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
                const at = (x) => { const i = ((c.height >> 1) * c.width + x) * 4; return [d[i], d[i + 1], d[i + 2]]; };
                return [at(8), at(c.width - 8)]; })()
                """
            let before = try await browser.value(colours).text()
            try await browser.value("document.querySelector('.joint-way[data-name=wipe-left]').focus()")
            // Less motion is wished for: the middle of the way stands, half of each picture.
            try await browser.wait(
                "JSON.stringify(\(colours)) !== \(Browser.quoted(before)) && document.querySelector('.joint-now').textContent.includes('eft')"
            )
            #expect(try await visit.draft("draft.pictures[0].tr ?? null") == .null)
            try await browser.press("Enter")
            try await waitForRevision(visit, 2)
            #expect(try await visit.draft("draft.pictures[0].tr.type").string == "wipe-left")
            #expect(try await visit.draft("draft.pictures[1].tr ?? null") == .null)
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func anEditOnAnOlderFilmIsMadeOnTheNewerOne() async throws {
            let visit = try await film()
            let browser = visit.browser
            // Somebody else changes the film, and this page has not heard of it.
            try await browser.value(
                """
                (async () => {
                  const p = document.querySelector('k-app').project;
                  await fetch(`/v1/projects/${p.id}/edits`, { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ base_revision: p.revision, ops: [{ op: 'length', length: 20000 }] }) });
                  await p.edit([{ op: 'grade', look: 'sepia', segments: [p.draft.pictures[0].id] }]);
                })()
                """)
            #expect(try await visit.draft("[draft.length, draft.pictures[0].grade.look]").array == [20000, "sepia"])
            await visit.end()
        }
    }
}
