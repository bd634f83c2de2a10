// SPDX-License-Identifier: GPL-3.0-or-later
// How the web studio feels, in figures: `swift run -c release page-bench [PHOTO…]` beside a built `kinora`. Ten photographs make
// the film; without any named, ten are drawn by ffmpeg.
import Foundation
import JSON
import TestBrowser

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("kinora-page-bench-\(UUID().uuidString)")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }
let studio = try await RunningStudio(in: folder)
let browser = try await Browser()
try await browser.resize(1440, 900)

// How much it weighs and how soon it is there
let first = try await Opening(browser, studio.url)
print("first visit: \(first.words)")
var again: [Opening] = []
for turn in 0..<10 {
    try await browser.open("about:blank#\(turn)")
    again.append(try await Opening(browser, studio.url))
}
again.sort { $0.ready < $1.ready }
print("later visit: \(again[again.count / 2].words) (median of \(again.count))")
print(
    Figure("page ready", first.ready, atMost: 1000, "ms"), Figure("transferred", first.kilobytes, atMost: 150, "kB"),
    separator: "\n")

// From the edit to a second that plays
let photos = try photographs(Array(CommandLine.arguments.dropFirst()), in: folder)
let film = Film(browser)
var playable: [Double] = []
for turn in 0..<5 {
    try await browser.open("\(studio.url)/#/new\(turn)")
    try await browser.open("about:blank")
    try await browser.open(studio.url)
    playable.append(try await film.secondsToPlay(photos, asking: "a 30 second video number \(turn)") * 1000)
}
// Pieces that were made before are known by what they show: only the first film is fresh.
print(Figure("a fresh film's first second plays", playable[0], atMost: 1000, "ms after the edit"))
print("  \(playable.dropFirst().map { String(format: "%.0f", $0) }.joined(separator: ", ")) ms where pieces are known")

// Any moment at once
let scrubbed = try await film.scrub(times: 80)
print(Figure("a scrubbed frame, p95", scrubbed[scrubbed.count * 95 / 100], atMost: 100, "ms"))
print(String(format: "  median %.0f ms, longest %.0f ms", scrubbed[scrubbed.count / 2], scrubbed.last ?? 0))

// A hundred segments under a hand
try await film.grow(to: 100)
let frames = try await film.drag()
let late = frames.filter { $0 > 1.5 * 1000 / 60 }.count
print(
    String(
        format: "dragging among 100: %ld pictures, %.1f a second, %ld late, longest %.1f ms", frames.count,
        1000 * Double(frames.count) / max(1, frames.reduce(0, +)), late, frames.max() ?? 0))
await browser.close()
await studio.stop()
