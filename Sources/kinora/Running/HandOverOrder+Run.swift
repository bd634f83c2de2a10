// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import FileStore
import Foundation
import HandOver
import JSON
import KinoraKit

extension HandOverOrder {
    func run(_ console: Console) throws -> ExitStatus { try naming(source) { try write(console) } }

    private func write(_ console: Console) throws -> ExitStatus {
        let ending = output.map { ($0 as NSString).pathExtension.lowercased() } ?? ""
        let named = target ?? HandOverFormat.allCases.first { $0.pathExtension == ending }.map { .document($0) }
        guard let target = named else { throw UsageError(.missingArgument, subject: "--to") }
        let source = URL(fileURLWithPath: source)
        let stem = source.deletingPathExtension().lastPathComponent
        switch target {
        case .document(let format):
            let name = output ?? [stem, format.pathExtension].compactMap(\.self).joined(separator: ".")
            return try handOver(format, from: source, to: name, console)
        case .draft: return try takeBack(source, to: output ?? "\(stem).json", console)
        }
    }

    private func handOver(
        _ format: HandOverFormat, from source: URL, to output: String, _ console: Console
    ) throws -> ExitStatus {
        let kit = try Coding.kit(usesCache: true, console)
        let (draft, material) = try DraftFile.read(source, takingInWith: kit)
        if material.has([output], alsoReading: [source.path], console) { return .usage }
        let handed = try kit.handOver(
            draft, material, as: format, to: URL(fileURLWithPath: output), bundlesMedia: bundlesMedia)
        for trouble in handed.troubles { console.note(console.words.text(trouble.wording)) }
        console.tell(handed.losses)
        if console.isJSON {
            console.event(
                "handed",
                [
                    "path": .string(output), "format": .string(format.rawValue),
                    "media": handed.mediaFolder.map { .string($0) } ?? .null,
                    "files": .integer(Int64(handed.mediaFiles)), "losses": .array(handed.losses.map(console.json)),
                ])
            return .ok
        }
        console.say(
            console.words.text(
                "handed done",
                ["name": (output as NSString).lastPathComponent]))
        if let folder = handed.mediaFolder {
            console.say(console.words.text("handed media", ["folder": folder, "count": String(handed.mediaFiles)]))
        }
        console.result(output)
        return .ok
    }
}

extension HandOverOrder {
    private func takeBack(_ source: URL, to output: String, _ console: Console) throws -> ExitStatus {
        try AtomicFile.check(replacing: output)
        let kit = try Coding.kit(usesCache: true, console)
        let taken = try kit.takeBack(source)
        if taken.material.has([output], alsoReading: [source.path], console) { return .usage }
        try DraftFile.write(taken.draft, taken.material, to: URL(fileURLWithPath: output))
        console.tell(taken.losses)
        let shots = taken.draft.mainTrack?.segments.count ?? 0
        if console.isJSON {
            console.event(
                "draft",
                [
                    "path": .string(output), "shots": .integer(Int64(shots)),
                    "duration": .number(taken.draft.duration.seconds),
                    "losses": .array(
                        taken.losses.map { ["what": .string($0.kind.rawValue), "name": .string($0.name)] }),
                ])
            return .ok
        }
        console.say(
            console.words.text(
                "handed back",
                [
                    "name": (output as NSString).lastPathComponent, "shots": String(shots),
                    "length": "\(taken.draft.duration)",
                ]))
        console.result(output)
        return .ok
    }
}

extension Console {
    /// Every kind of thing in a file that did not become part of the draft, one line each.
    fileprivate func tell(_ losses: [OTIOLoss]) {
        for kind in OTIOLoss.Kind.allCases {
            let names = losses.filter { $0.kind == kind }.map(\.name)
            guard !names.isEmpty, !isJSON else { continue }
            say(words.text("handed back not", ["what": list(words.text("handed back \(kind.rawValue)"), names)]))
        }
    }

    /// Every kind of thing that does not arrive as it is, one line each.
    fileprivate func tell(_ losses: [HandOverLoss]) {
        guard !isJSON else { return }
        for loss in losses { say(line(loss)) }
    }

    private func line(_ loss: HandOverLoss) -> String {
        words.text(
            "handed \(loss.carriage.rawValue)",
            ["what": list(words.text("handed trait \(loss.trait.rawValue)"), loss.names)])
    }

    /// What, and up to three of the names of those that it is about.
    private func list(_ what: String, _ all: [String]) -> String {
        let names = all.filter { !$0.isEmpty }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        guard !names.isEmpty else { return what }
        let shown = names.prefix(3).map { $0.count > 40 ? "\($0.prefix(38))…" : $0 }
            .joined(separator: words.text("handed comma"))
        let rest = names.count - 3
        return words.text(
            rest > 0 ? "handed of more" : "handed of", ["what": what, "names": shown, "count": String(rest)])
    }

    fileprivate func json(_ loss: HandOverLoss) -> JSONValue {
        [
            "what": .string(loss.trait.rawValue), "carried": .string(loss.carriage.rawValue),
            "names": .array(loss.names.map { .string($0) }), "message": .string(line(loss)),
        ]
    }
}
