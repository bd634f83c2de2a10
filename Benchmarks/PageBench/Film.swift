// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser

/// A film on the page, and a hand on it.
struct Film {
    private static let project = "document.querySelector('k-app').project"

    let browser: Browser

    init(_ browser: Browser) { self.browser = browser }

    /// Brings photographs, says a wish; seconds from the page's knowing of the edit to a whole second that is there to be played.
    func secondsToPlay(_ photos: [String], asking wish: String) async throws -> Double {
        try await browser.wait("document.querySelector('k-composer textarea')")
        try await browser.drop(photos)
        try await browser.wait(
            "\(Self.project).uploads.list.length >= \(photos.count) && !\(Self.project).uploads.isBusy && \(Self.project).media.length >= \(photos.count)"
        )
        let measured = try await browser.value(
            """
            (async () => {
              const p = \(Self.project);
              const applied = new Promise((resolve) => p.addEventListener('draft', () => p.draft.isEmpty || resolve(performance.now())));
              document.querySelector('k-app').on_wish(\(Browser.quoted(wish)));
              const began = await applied;
              for (;;) {
                const { buffered } = document.querySelector('k-player video') ?? { buffered: [] };
                if (buffered.length && buffered.start(0) <= 0.05 && buffered.end(0) >= 1) return performance.now() - began;
                await new Promise((next) => requestAnimationFrame(next));
              }
            })()
            """)
        return (measured.number ?? .infinity) / 1000
    }

    /// Milliseconds from each of some jumps to its own frame on the screen, ascending.
    func scrub(times: Int) async throws -> [Double] {
        let measured = try await browser.value(
            """
            (async () => {
              const player = document.querySelector('k-player');
              player.pause();
              const all = [];
              let seed = 7;
              for (let turn = 0; turn < \(times); turn++) {
                seed = (seed * 48271) % 2147483647;
                const began = performance.now();
                player.seek((seed / 2147483647) * player.draft.length);
                while (player.frames.shown !== player.time) await new Promise((next) => requestAnimationFrame(next));
                all.push(performance.now() - began);
              }
              return all;
            })()
            """)
        return (measured.array?.compactMap(\.number) ?? []).sorted()
    }

    func grow(to count: Int) async throws {
        try await browser.value(
            """
            (async () => {
              const p = \(Self.project);
              while (p.draft.pictures.length < \(count)) {
                const segments = p.draft.pictures.slice(0, \(count) - p.draft.pictures.length).map((one) => one.id);
                await p.edit([{ op: 'duplicate', segments }]);
              }
            })()
            """)
        try await browser.wait("document.querySelectorAll('.piece.picture').length === \(count)")
    }

    /// Carries a picture to and fro for a while; milliseconds between the pictures of the screen.
    func drag() async throws -> [Double] {
        try await browser.value(
            """
            (() => { window.paints = []; let last = null; window.painting = true;
              const tick = (now) => { if (last !== null) window.paints.push(now - last); last = now; if (window.painting) requestAnimationFrame(tick); };
              requestAnimationFrame(tick); })()
            """)
        for _ in 0..<3 {
            for distance in [600.0, -300, 400] {
                try await browser.drag(".piece.picture:nth-child(30)", by: (distance, 0), steps: 40, letGo: false)
            }
        }
        let all = try await browser.value("(() => { window.painting = false; return window.paints; })()")
        return all.array?.compactMap(\.number) ?? []
    }
}
