// SPDX-License-Identifier: GPL-3.0-or-later
// How soon workers answer, and what they hold: work-bench PHOTO… [SONG]
//
// Prints, each beside its bar: memory of a warm worker, the first playable second of a fresh film's preview, and frames of
// a film at random times, drawn anew (never from the cache). Nothing here is a test.
import ContentHash
import EditModel
import EditTime
import FileStore
import FilmWork
import Foundation
import KinoraKit
import WorkerPool

if CommandLine.arguments.dropFirst().first == "worker" {
    let cache = try CacheFolder(path: CommandLine.arguments[2], limit: 1 << 40)
    let places = Array(CommandLine.arguments.dropFirst(3))
    FilmWorker.serve(try FilmKit(cache: cache), incoming: places, media: places, films: [])
}

func say(_ name: String, _ value: Double, _ unit: String, bar: Double? = nil) {
    let ratio = bar.map { String(format: "   %.2f of %.0f %@", value / $0, $0, unit) } ?? ""
    print(name.padding(toLength: 44, withPad: " ", startingAt: 0) + String(format: "%8.1f ", value) + unit + ratio)
}

func milliseconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - start) / .milliseconds(1)
}

extension [Double] {
    func share(_ part: Double) -> Double {
        sorted()[Swift.min(count - 1, Int((Double(count) * part).rounded(.up)) - 1)]
    }
}

/// Workers over a cache that nothing is in yet.
func freshWorkers(_ folder: URL) async throws -> FilmWorkers {
    let path = folder.appendingPathComponent(UUID().uuidString).path
    let workers = try FilmWorkers(
        cache: CacheFolder(path: path, limit: 1 << 40),
        program: .ownself(
            ["worker", path] + CommandLine.arguments.dropFirst(), environment: ProcessInfo.processInfo.environment))
    await workers.warm()
    return workers
}

let folder = FileManager.default.temporaryDirectory.appendingPathComponent("work-bench-\(getpid())")
try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
defer { try? FileManager.default.removeItem(at: folder) }

let kit = try FilmKit(cache: CacheFolder(path: folder.path + "/kit", limit: 1 << 40))
var (material, refused, _) = kit.takeIn(Array(CommandLine.arguments.dropFirst()))
guard !material.facts.isEmpty, refused.isEmpty else {
    print("usage: work-bench PHOTO… [SONG]")
    exit(64)
}
let draft = try kit.propose(&material, EditWishes()).draft
let sources = FilmSources(
    media: material.facts, beats: material.beats, places: material.locations.mapValues(\.path))
say("film", draft.duration.seconds, "s")

// Memory and starting
var workers: FilmWorkers?
say("all workers started and ready", try await milliseconds { workers = try await freshWorkers(folder) }, "ms")
if let workers {
    let resident = workers.standing.workers.compactMap { ProcessMemory.residentBytes(of: $0) }
    say("largest warm worker", Double(resident.max() ?? 0) / Double(1 << 20), "MiB", bar: 80)
    let before = clock()
    try await Task.sleep(for: .seconds(3))
    say("processor time of the idle pool in 3 s", Double(clock() - before) / 1000, "ms")
    await workers.close()
}

// The first second of a preview
var seconds: [Double] = []
for _ in 0..<5 {
    let workers = try await freshWorkers(folder)
    seconds.append(
        try await milliseconds {
            let scene = FilmWorkers.previewScene(draft, sources)
            let preview = try await workers.preview(of: scene)
            var names = [preview.picture.header]
            names += preview.picture.pieces.prefix { $0.range.start < MediaTime(milliseconds: 1000) }.map(\.name)
            if let sound = preview.sound { names += [sound.header, sound.pieces[0].name] }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for name in names {
                    group.addTask {
                        if let hash = ContentHash(hex: name) { _ = try await workers.part(hash, of: scene) }
                    }
                }
                try await group.waitForAll()
            }
        })
    await workers.close()
}
say("first playable second, median of 5", seconds.share(0.5), "ms", bar: 1000)
say("first playable second, worst of 5", seconds.share(1), "ms", bar: 1000)

// Frames
for width in [nil, 640] {
    let workers = try await freshWorkers(folder)
    var seed: UInt64 = 11
    var frames: [Double] = []
    var first = 0.0
    for number in 0..<81 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let time = MediaTime(seconds: draft.duration.seconds * Double(seed >> 40) / Double(1 << 24))
        let took = try await milliseconds {
            _ = try await workers.frame(of: draft, sources, at: time, width: width, format: .jpeg)
        }
        if number == 0 { first = took } else { frames.append(took) }
    }
    let name = width.map { "\($0) wide" } ?? "full size"
    say("frame \(name), the very first", first, "ms")
    say("frame \(name), p50 of 80", frames.share(0.5), "ms", bar: 100)
    say("frame \(name), p95 of 80", frames.share(0.95), "ms", bar: 100)
    await workers.close()
}
