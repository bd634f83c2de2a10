// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import FileStore
import Foundation
import HandOver
import JSON
import KinoraKit

extension HandOverOrder {
    func run(_ console: Console) throws -> ExitStatus { try naming(source) { try write(console) } }

    private func write(_ console: Console) throws -> ExitStatus {
        let ending = output.map { ($0 as NSString).pathExtension.lowercased() } ?? ""
        let named = target ?? HandOverFormat.allCases.first { $0.pathExtension == ending }
        guard let format = named else { throw UsageError(.missingArgument, subject: "--to") }
        let source = URL(fileURLWithPath: source)
        let stem = source.deletingPathExtension().lastPathComponent
        let name = output ?? [stem, format.pathExtension].compactMap(\.self).joined(separator: ".")
        return try handOver(format, from: source, to: name, console)
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

extension Console {
    /// Every kind of thing that does not arrive as it is, one line each.
    fileprivate func tell(_ losses: [HandOverLoss]) {
        guard !isJSON else { return }
        for loss in losses { say(line(loss)) }
    }

    private func line(_ loss: HandOverLoss) -> String {
        var what = words.text("handed trait \(loss.trait.rawValue)")
        let names = loss.names.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if !names.isEmpty {
            let shown = names.prefix(3).map { $0.count > 40 ? "\($0.prefix(38))…" : $0 }
                .joined(separator: words.text("handed comma"))
            let rest = names.count - 3
            what = words.text(
                rest > 0 ? "handed of more" : "handed of", ["what": what, "names": shown, "count": String(rest)])
        }
        return words.text("handed \(loss.carriage.rawValue)", ["what": what])
    }

    fileprivate func json(_ loss: HandOverLoss) -> JSONValue {
        [
            "what": .string(loss.trait.rawValue), "carried": .string(loss.carriage.rawValue),
            "names": .array(loss.names.map { .string($0) }), "message": .string(line(loss)),
        ]
    }
}
