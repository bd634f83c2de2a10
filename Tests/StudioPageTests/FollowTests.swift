// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// It keeps working: two windows on one film, networks that break, servers that go, links that let somebody in.
extension InTheBrowser {
    @Suite(.serialized, .timeLimit(.minutes(3))) struct FollowTests {
        @Test func twoWindowsOnOneFilmFollowEachOther() async throws {
            let visit = try await Visit()
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg", "c.jpg"]))
            try await visit.say("make a 6 second video")
            try await visit.sees(3)
            let other = try await Browser()
            try await other.resize(1280, 800)
            try await other.open(try await visit.browser.text("location.href"))
            try await other.wait("document.querySelectorAll('.piece.picture').length === 3")
            // What is done by hand in one is seen in the other, and the other way round what is said.
            try await visit.browser.value(
                "(() => { const p = document.querySelector('k-app').project; p.edit([{ op: 'remove', segments: [p.draft.pictures[0].id] }]); })()"
            )
            try await other.wait("document.querySelectorAll('.piece.picture').length === 2")
            try await other.click("k-composer textarea")
            try await other.type("make it 9 seconds")
            try await other.press("Enter")
            try await visit.browser.wait("document.querySelector('k-app').project.draft.length === 9000")
            try await visit.browser.wait(
                "[...document.querySelectorAll('k-log .said')].some((one) => one.textContent === 'make it 9 seconds')")
            #expect(visit.complaints() == [])
            await other.close()
            await visit.end()
        }

        @Test func withoutANetworkItIsSaidAndWhenItIsBackItGoesOnByItself() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg", "c.jpg"]))
            try await visit.say("make a 6 second video")
            try await visit.sees(3)
            try await browser.network(offline: true)
            try await browser.value("document.querySelector('.piece.picture').focus()")
            try await browser.press("Enter")
            try await browser.press("Delete")
            try await browser.wait("document.querySelector('.notice')?.textContent.includes('by itself')")
            try await browser.wait(
                "document.querySelector('.top .status').textContent === 'No connection · 1 change waits'")
            #expect(try await browser.count(".piece.picture") == 3)
            try await browser.click("k-composer textarea")
            try await browser.type("add the title Lake")
            try await browser.press("Enter")
            try await browser.wait("document.querySelector('k-log').textContent.includes('Your wish is kept')")
            try await browser.network()
            try await browser.wait(
                "document.querySelectorAll('.piece.picture').length === 2 && document.querySelectorAll('.piece.text').length === 1"
            )
            try await browser.wait("document.querySelector('.top .status').textContent === 'Saved'")
            #expect(try await visit.turns() == 3)
            await visit.end()
        }

        @Test func aChangeWhoseAnswerIsLostIsMadeOnce() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg"]))
            try await visit.say("make a 4 second video")
            try await visit.sees(2)
            // The server hears the edit, the page does not hear the server.
            try await browser.value(
                """
                (() => { const send = fetch; window.fetch = async (path, options) => {
                  const reply = await send(path, options);
                  if (options?.method !== 'POST' || !path.endsWith('/edits')) return reply;
                  window.fetch = send; throw new TypeError('lost'); };
                  const p = document.querySelector('k-app').project;
                  p.edit([{ op: 'duplicate', segments: [p.draft.pictures[0].id] }]); })()
                """)
            try await browser.wait(
                "(() => { const p = document.querySelector('k-app').project; return !p.held && p.revision === 2; })()")
            try await visit.sees(3)
            #expect(visit.complaints() == [])
            await visit.end()
        }

        @Test func aLargeFileGoesOnWhereItWasWhenTheServerWentAway() async throws {
            let visit = try await Visit(alone: true)
            let browser = visit.browser
            // A clip of 12 MB: noise cannot be made small.
            let clip = try TestMedia.ffmpeg(
                "large.mp4",
                [
                    "-f", "lavfi", "-i", "nullsrc=s=640x480:d=2,geq=random(1)*255:128:128", "-c:v", "mpeg4", "-b:v",
                    "48M",
                    "-t", "2",
                ])
            let size = try FileManager.default.attributesOfItem(atPath: clip.path)[.size] as? Int ?? 0
            #expect(size > 9_000_000)
            try await browser.value(
                """
                (() => { const send = fetch; window.offsets = []; window.fetch = (path, options) => {
                  if (options?.method === 'PATCH') window.offsets.push(Number(options.headers['Upload-Offset'])); return send(path, options); };
                  const open = XMLHttpRequest.prototype.setRequestHeader;
                  XMLHttpRequest.prototype.setRequestHeader = function (name, value) { if (name === 'Upload-Offset') window.offsets.push(Number(value)); return open.call(this, name, value); }; })()
                """)
            try await browser.network(bytesOut: 4_000_000)
            try await browser.drop([clip.path])
            // Past the first piece, so that there is something to go on from.
            try await browser.wait("window.offsets.some((offset) => offset > 0)")
            await visit.studio.kill()
            try await browser.wait("document.querySelector('k-app').project.uploads.list[0].state === 'paused'")
            try await browser.network()
            let again = try await RunningStudio(in: visit.folder, port: visit.studio.port)
            try await browser.wait("document.querySelector('k-app').project.uploads.list[0].state === 'done'")
            let offsets = try await browser.value("window.offsets").array?.compactMap(\.integer) ?? []
            #expect(offsets.filter { $0 == 0 }.count == 1, "it began anew: \(offsets)")
            let hash = try TestMedia.run("sha256sum", [clip.path]).prefix(64)
            try await browser.wait("document.querySelector('k-app').project.media.length === 1")
            #expect(try await browser.text("document.querySelector('k-app').project.media[0].hash") == hash)
            await browser.close()
            await again.stop()
        }

        @Test func aClaimLinkOpensItsFilmOnceAndAWornLinkIsSaidToBeWorn() async throws {
            let visit = try await Visit()
            let browser = visit.browser
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg"]))
            try await visit.say("make a 4 second video with the title Ours")
            let link = try await browser.text(
                """
                (async () => { const p = document.querySelector('k-app').project;
                  const reply = await fetch('/api/auth/claim-token', { method: 'POST', headers: { 'Content-Type': 'application/json' },
                    body: JSON.stringify({ session_id: p.id }) });
                  return `${location.origin}/#claim=${encodeURIComponent((await reply.json()).data.claim_token)}`; })()
                """)
            let other = try await Browser()
            try await other.open(link)
            try await other.wait("document.querySelectorAll('.piece.picture').length === 2")
            #expect(try await other.text("location.hash").hasPrefix("#/project/"))
            // The token is good for frames too, which pictures cannot ask for by themselves.
            try await other.wait("document.querySelector('k-player').frames.shown === 0")
            #expect(try await other.count(".notice.bad") == 0)
            let third = try await Browser()
            try await third.open(link)
            try await third.wait("document.querySelector('.notice.bad')?.textContent.includes('expired')")
            await third.close()
            await other.close()
            await visit.end()
        }

        @Test func aFilmIsCopiedRenamedDeletedAndBroughtBack() async throws {
            let visit = try await Visit(alone: true)
            let browser = visit.browser
            try await visit.bring(try visit.photos(["a.jpg", "b.jpg"]))
            try await visit.say("make a 4 second video with the title Ours")
            try await browser.open("\(visit.studio.url)/#/projects")
            try await browser.wait("document.querySelectorAll('.film-cell .film-ways').length === 1")
            #expect(try await browser.text("document.querySelector('.film-facts').textContent").contains("0:04"))
            #expect(try await browser.text("document.querySelector('.weight').textContent").contains("kept"))
            try await browser.click(".film-ways .button:nth-child(2)")
            try await browser.wait("document.querySelectorAll('.film-cell .film-ways').length === 2")
            #expect(
                try await browser.holds(
                    "[...document.querySelectorAll('.film-cell strong')].some((one) => one.textContent.includes('(copy)'))"
                )
            )
            try await browser.click(".film-cell:first-child .film-ways .button:nth-child(1)")
            try await browser.value("document.querySelector('.film-cell .field').select()")
            try await browser.type("<b>Another</b>")
            try await browser.press("Enter")
            try await browser.wait(
                "document.querySelector('.film-cell:first-child strong').textContent === '<b>Another</b>'")
            try await browser.click(".film-cell:first-child .film-ways .button:nth-child(3)")
            try await browser.wait("document.querySelectorAll('.film-cell .film-ways').length === 1")
            try await browser.click(".notice .button.small")
            try await browser.wait("document.querySelectorAll('.film-cell .film-ways').length === 2")
            // The copy is a film of its own.
            try await browser.click(".film-cell:first-child a")
            try await browser.wait("document.querySelectorAll('.piece.picture').length === 2")
            #expect(try await browser.count("k-log .turn") == 0)
            #expect(visit.complaints() == [])
            await visit.end()
        }
    }
}
