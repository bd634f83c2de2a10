// SPDX-License-Identifier: GPL-3.0-or-later
//
// What each feature costs a frame at 1080p, drawing alone (no decoding, no encoding): every transition beside a crossfade
// measured in turn with it, motions, looks, grain, vignette, fits, texts, patterns, pictures over pictures.
// `swift run -c release feature-bench` prints a table, what is dearer than it should be, and a last line.
import Compositor
import EditModel
import EditTime
import Foundation
import PixelBuffers
import RenderPlanning

let canvas = PixelSize(width: 1920, height: 1080)
let frames = 24

/// Pictures of hills and noise, made once, at the size asked for.
final class BenchSources: ChunkSources {
    private var made: [String: Picture] = [:]

    private func picture(_ name: String, _ width: Int, _ height: Int, hasAlpha: Bool = false) -> Picture {
        let key = "\(name) \(width) \(height)"
        if let known = made[key] { return known }
        let picture = Picture(width: width, height: height, hasAlpha: hasAlpha)
        var state = UInt32(truncatingIfNeeded: name.utf8.reduce(7) { $0 &* 31 &+ Int($1) }) | 1
        func fill(_ plane: MutablePlane, _ base: Int) {
            for y in 0..<plane.height {
                for x in 0..<plane.width {
                    state = state &* 1_664_525 &+ 1_013_904_223
                    let slope = (x * 60 / plane.width + y * 40 / plane.height)
                    plane.row(y)[x] = UInt8(min(235, max(16, base + slope + Int(state >> 28))))
                }
            }
        }
        fill(picture.mutableY, name.count % 2 == 0 ? 60 : 90)
        fill(picture.mutableU, 100)
        fill(picture.mutableV, 100)
        picture.mutableAlpha?.fill(180)
        made[key] = picture
        return picture
    }

    func photo(_ photo: PreparedPhoto) throws -> Picture {
        picture(photo.photo.hash, photo.size.width, photo.size.height)
    }
    func frame(of clip: ClipSource, at time: MediaTime) throws -> Picture {
        picture(clip.hash, clip.size.width, clip.size.height)
    }
    func bitmap(of text: TextOverlay) throws -> Picture {
        picture("text", text.size.width, text.size.height, hasAlpha: true)
    }
    func cube(_ hash: String) throws -> String { hash }
    func map(_ photo: PhotoSource) throws -> Picture { picture("map", photo.size.width, photo.size.height) }
}

let sources = BenchSources()
let photo = ShotSource.photo(PhotoSource(hash: "photo", size: PixelSize(width: 4000, height: 3000)))
let other = ShotSource.photo(PhotoSource(hash: "other one", size: PixelSize(width: 4000, height: 3000)))
let tall = ShotSource.photo(PhotoSource(hash: "tall", size: PixelSize(width: 3000, height: 4000)))
let clip = ShotSource.clip(ClipSource(hash: "clip", size: canvas, rotation: 0, start: .zero))

func shot(
    _ source: ShotSource, fit: Fit = .cover, motion: Motion = .none, _ grade: (inout Grade) -> Void = { _ in }
) -> Shot {
    var made = Shot(source: source, window: FrameWindow(first: 0, total: frames), fit: fit, motion: motion)
    grade(&made.grade)
    return made
}

func chunk(_ main: MainLayer, _ overlays: [Overlay] = []) -> ChunkSpec {
    ChunkSpec(canvas: canvas, frameRate: FrameRate(30), spans: [Span(frames: frames, main: main, overlays: overlays)])
}

func joint(_ name: String) -> ChunkSpec {
    chunk(
        .joint(
            Joint(
                from: shot(photo), to: shot(other), transition: Transition.Name(name),
                window: FrameWindow(first: 0, total: frames))))
}

/// Milliseconds a frame: all frames drawn in order, after one run to warm up; the least of some rounds.
@MainActor func cost(_ chunk: ChunkSpec, rounds: Int = 2) throws -> Double {
    let composer = FrameComposer(chunk, sources: sources)
    let target = Picture(width: canvas.width, height: canvas.height)
    var least = Double.infinity
    for round in 0...rounds {
        let began = ContinuousClock.now
        for index in 0..<chunk.frameCount { try composer.draw(index, into: target) }
        let each = (ContinuousClock.now - began) / .milliseconds(1) / Double(chunk.frameCount)
        if round > 0 { least = min(least, each) }
    }
    return least
}

func figure(_ value: Double) -> String { String(format: "%.2f", value) }

print("Drawing alone, \(canvas.width)×\(canvas.height), one thread, \(frames) frames each, the least of two rounds.\n")

// MARK: Transitions, each beside a crossfade

var rows: [(name: String, cost: Double, ratio: Double)] = []
for entry in TransitionCatalog.entries {
    let base = try cost(joint("crossfade"), rounds: 1)
    let own = try cost(joint(entry.name.rawValue))
    let again = try cost(joint("crossfade"), rounds: 1)
    rows.append((entry.name.rawValue, own, own / min(base, again)))
}
let crossfade = rows.first { $0.name == "crossfade" }?.cost ?? 0
print("| transition | ms a frame | × crossfade |\n|---|---:|---:|")
for row in rows.sorted(by: { $0.ratio > $1.ratio }) {
    print("| \(row.name) | \(figure(row.cost)) | \(figure(row.ratio)) |")
}

// MARK: The rest

var others: [(name: String, cost: Double)] = []
@MainActor func measure(_ name: String, _ chunk: ChunkSpec) throws { others.append((name, try cost(chunk))) }

try measure("a clip as it is", chunk(.shot(shot(clip))))
for kind in Motion.Kind.allCases where kind != .none {
    try measure("motion \(kind.rawValue)", chunk(.shot(shot(photo, motion: Motion(kind)))))
}
for look in Grade.Look.allCases where look != .none {
    try measure("look \(look.rawValue), on a clip", chunk(.shot(shot(clip) { $0.look = look })))
}
try measure("grain, on a clip", chunk(.shot(shot(clip) { $0.grain = 0.4 })))
try measure("vignette, on a clip", chunk(.shot(shot(clip) { $0.vignette = 0.5 })))
try measure("grain, on a photo", chunk(.shot(shot(photo) { $0.grain = 0.4 })))
let tallClip = ShotSource.clip(
    ClipSource(hash: "tall clip", size: PixelSize(width: 1080, height: 1920), rotation: 0, start: .zero))
for fit in Fit.allCases {
    try measure("fit \(fit.rawValue), an upright clip", chunk(.shot(shot(tallClip, fit: fit))))
    try measure(
        "fit \(fit.rawValue), an upright photo that moves",
        chunk(.shot(shot(tall, fit: fit, motion: Motion(.zoomIn)))))
}
let size = PixelSize(width: 1200, height: 200)
for kind in TextAnimation.Kind.allCases {
    let reveals =
        [.typewriter, .words].contains(kind)
        ? (0..<20).map { TextOverlay.Reveal(x: $0 * 60, y: 0, width: 60, height: 200, frame: $0) } : []
    let text = TextOverlay(
        bitmap: "t", size: size, x: 360, y: 440, window: FrameWindow(first: 0, total: frames),
        entrance: TextMove(kind, frames: frames / 2), exit: TextMove(kind, frames: frames / 2), reveals: reveals)
    try measure("text \(kind.rawValue) over a clip", chunk(.shot(shot(clip)), [.text(text)]))
}
for entry in PatternCatalog.entries {
    let ground = ShotSource.generated(pattern: entry.name, colors: entry.palette(seed: 0), seed: 7)
    try measure("pattern \(entry.name)", chunk(.shot(shot(ground))))
}
let corner = UnitRect(x: 0.6, y: 0.6, width: 0.35, height: 0.35)
try measure(
    "a clip in the corner of a clip",
    chunk(.shot(shot(clip)), [.picture(shot(tallClip), rect: corner, opacity: 1)]))
try measure(
    "the same at half opacity", chunk(.shot(shot(clip)), [.picture(shot(tallClip), rect: corner, opacity: 0.5)]))

print("\n| feature | ms a frame | × crossfade |\n|---|---:|---:|")
for row in others { print("| \(row.name) | \(figure(row.cost)) | \(figure(row.cost / crossfade)) |") }

let dear = rows.filter { $0.ratio > 2 }.sorted { $0.ratio > $1.ratio }
print(
    "\nfeature-bench: crossfade \(figure(crossfade)) ms a frame; \(rows.count - dear.count) of \(rows.count) transitions cost at "
        + "most twice as much"
        + (dear.isEmpty ? "" : "; more: " + dear.map { "\($0.name) \(figure($0.ratio))×" }.joined(separator: ", ")))
