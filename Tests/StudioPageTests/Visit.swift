// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import TestBrowser
import TestMedia
import Testing

/// All that is done in a browser, one after the other: two at once would slow each other past what a person would bear.
@Suite(.serialized, Visit.hasBrowser) enum InTheBrowser {}

/// A person at the studio: a running server, a browser on its page, photos and a song at hand.
struct Visit {
    let folder: URL
    let studio: RunningStudio
    let browser: Browser

    static let hasBrowser: ConditionTrait = .enabled(
        if: Browser.isInstalled, "Chromium is not installed (Debian package chromium)")

    /// Whether nobody else comes to this server.
    private let isAlone: Bool

    /// One server for most visits, one after the other: its start costs more than many of them.
    private static let shared = Task { try await RunningStudio(in: TestMedia.scratchFolder(), endsWithProcess: true) }

    /// - Parameters:
    ///   - alone: with a server of its own, which may be ended.
    ///   - path: behind the server's address: `#/projects`.
    init(language: String = "en-US", alone: Bool = false, at path: String = "") async throws {
        isAlone = alone
        folder = try TestMedia.scratchFolder()
        studio = alone ? try await RunningStudio(in: folder) : try await Self.shared.value
        browser = try await Browser(language: language)
        try await browser.prefer(lessMotion: true)
        try await browser.resize(1280, 800)
        try await browser.open("\(studio.url)/\(path)")
        try await browser.wait("document.querySelector('k-top')?.childElementCount")
    }

    /// Leaves the page; on a server that others come to, without the films that were made.
    func end() async {
        if !isAlone {
            _ = try? await browser.value(
                """
                (async () => { const list = (await (await fetch('/v1/projects')).json()).data.projects;
                  for (const one of list) await fetch(`/v1/projects/${one.session_id ?? one.id}`, { method: 'DELETE' }); })()
                """)
        }
        await browser.close()
        if isAlone { await studio.stop() }
    }

    /// Photographs of different colours, with names of one's own choice.
    func photos(_ names: [String]) throws -> [String] {
        let place = folder.appendingPathComponent("photos")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        return try names.enumerated().map { index, name in
            let made = try TestMedia.ffmpeg(
                "p\(index).jpg",
                ["-f", "lavfi", "-i", "testsrc2=s=640x480,hue=h=\(index * 47)", "-frames:v", "1", "-update", "1"])
            let photo = place.appendingPathComponent(name)
            try? FileManager.default.removeItem(at: photo)
            try FileManager.default.copyItem(at: made, to: photo)
            return photo.path
        }
    }

    /// Ten photographs of a camera's size: those that come with the samples of `kinora demo`, else some that are made.
    func cameraPhotos() throws -> [String] {
        if Self.samples.count >= 10 { return Array(Self.samples.prefix(10)) }
        return try (0..<10).map { number in
            try TestMedia.ffmpeg(
                "photo \(number).jpg",
                [
                    "-f", "lavfi", "-i", "gradients=s=4000x3000:seed=\(number):nb_colors=5,noise=alls=6",
                    "-frames:v", "1", "-update", "1",
                ]
            ).path
        }
    }

    private static let samples: [String] = {
        let folder = "/usr/share/backgrounds"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".jpg") }.sorted().map { "\(folder)/\($0)" }
    }()

    func song() throws -> String {
        try TestMedia.ffmpeg("song.mp3", ["-f", "lavfi", "-i", "sine=f=330:d=20", "-b:a", "128k"]).path
    }

    /// Drops files and waits until the server has looked at all of them.
    func bring(_ paths: [String]) async throws {
        try await browser.drop(paths)
        try await browser.wait(
            "(() => { const p = document.querySelector('k-app').project; "
                + "return p.uploads.list.length >= \(paths.count) && !p.uploads.isBusy; })()")
        try await browser.wait("document.querySelectorAll('k-media .tile.going').length === 0")
    }

    /// Says a wish as a person does, and waits for the answer's end.
    func say(_ wish: String) async throws {
        let before = try await turns()
        try await browser.click("k-composer textarea")
        try await browser.type(wish)
        try await browser.press("Enter")
        try await answered(after: before)
    }

    /// Waits until so many pictures are on the timeline.
    func sees(_ count: Int) async throws {
        try await browser.wait("document.querySelectorAll('.piece.picture').length === \(count)")
    }

    func turns() async throws -> Int { try await browser.count("k-log .turn") }

    func answered(after before: Int) async throws {
        try await browser.wait(
            "(() => { const p = document.querySelector('k-app').project; "
                + "return p.turns.length > \(before) && !p.isBusy && p.turns.at(-1).state === 'done'; })()")
    }

    /// A part of the draft as the page has it, by JavaScript on `draft`.
    func draft(_ expression: String) async throws -> JSONValue {
        try await browser.value(
            "(() => { const draft = document.querySelector('k-app').project.draft; return \(expression); })()")
    }

    /// Names of the pictures in the order of the film.
    func pictures() async throws -> [String] {
        try await draft("draft.pictures.map((one) => one.m.name)").array?.compactMap(\.string) ?? []
    }

    /// What the page complained of, but for calls that a server of this version has not.
    func complaints() -> [String] {
        browser.complaints.filter { words in
            !["404 (Not Found)", "ERR_CONNECTION", "willReadFrequently"].contains { words.contains($0) }
        }
    }
}
