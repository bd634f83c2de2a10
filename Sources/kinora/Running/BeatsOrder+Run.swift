// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import KinoraKit
import MediaLibrary
import Sound

extension BeatsOrder {
    func run(_ console: Console) throws -> ExitStatus {
        if let click { try AtomicFile.check(replacing: click) }
        let kit = try Coding.kit(usesCache: true, console)
        let (material, refused, _) = kit.takeIn([song])
        for refusal in refused { console.warn(console.words.text(refusal)) }
        guard refused.isEmpty else { return .failed }
        guard let facts = material.facts.first(where: { $0.kind == .audio || $0.hasSound }),
            let place = material.locations[facts.id]
        else {
            console.fail(console.words.text("beats no sound", ["name": song]))
            return .failed
        }
        if let click, material.has([click], console) { return .usage }
        let grid = try kit.beats(of: facts, at: place)
        if json {
            console.result(Self.json(grid ?? BeatGrid(beats: [], tempo: 0, confidence: 0), of: facts).text())
        } else if let grid {
            for line in Self.lines(grid, of: facts, console) { console.result(line) }
        }
        guard let grid else {
            if !json { console.warn(console.words.text("beats none", ["name": facts.name])) }
            return .failed
        }
        if let click {
            try ClickTrack.write(song: place, grid: grid, to: URL(fileURLWithPath: click))
            console.say(console.words.text("beats clicked", ["name": click]))
        }
        return .ok
    }

    private static func lines(_ grid: BeatGrid, of facts: MediaFacts, _ console: Console) -> [String] {
        func figure(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
        let words = console.words
        var lines = [
            words.text(
                "beats found",
                [
                    "name": facts.name, "tempo": figure(grid.tempo, 2), "beats": String(grid.beats.count),
                    "first": figure(grid.beats.first?.seconds ?? 0, 3), "bars": String(grid.downbeats.count),
                    "sure": figure(grid.confidence * 100, 0),
                ])
        ]
        if grid.isLevelUnsure {
            lines.append(
                words.text("beats level", ["half": figure(grid.tempo / 2, 1), "double": figure(grid.tempo * 2, 1)]))
        }
        for (start, energy) in zip(grid.phrases, grid.energies) {
            let bar = grid.downbeats.firstIndex(of: start).map { $0 + 1 } ?? 0
            lines.append(
                words.text(
                    "beats phrase",
                    ["time": figure(start.seconds, 2), "bar": String(bar), "energy": figure(energy * 100, 0)]))
        }
        return lines
    }

    private static func json(_ grid: BeatGrid, of facts: MediaFacts) -> JSONValue {
        func times(_ times: [MediaTime]) -> JSONValue {
            .array(times.map { .number(($0.seconds * 10_000).rounded() / 10_000) })
        }
        return .object([
            "name": .string(facts.name), "hash": .string(facts.contentHash),
            "bpm": .number((grid.tempo * 1000).rounded() / 1000),
            "confidence": .number((grid.confidence * 1000).rounded() / 1000),
            "levelUnsure": .bool(grid.isLevelUnsure), "beats": times(grid.beats), "downbeats": times(grid.downbeats),
            "phrases": .array(
                zip(grid.phrases, grid.energies).map {
                    .object(["start": .number(($0.seconds * 10_000).rounded() / 10_000), "energy": .number($1)])
                }),
        ])
    }
}
