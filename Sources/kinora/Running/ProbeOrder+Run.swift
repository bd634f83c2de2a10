// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import Foundation
import JSON
import KinoraKit
import MediaLibrary

extension ProbeOrder {
    func run(_ console: Console) throws -> ExitStatus {
        let taken = try Coding.kit(usesCache: true, console).takeIn(files)
        for facts in taken.material.facts {
            let path = taken.material.locations[facts.id]?.path ?? facts.name
            console.result(json ? ProbeText.json(facts, path: path).text() : ProbeText.line(facts, console.words))
        }
        let words = console.words.words
        for refusal in taken.refused {
            if json {
                let fields: [String: JSONValue] = [
                    "path": .string(refusal.path), "error": .string(refusal.reason(in: words)),
                    "advice": .string(refusal.advice(in: words)), "code": .string(refusal.code.rawValue),
                    "why": .string(refusal.why.rawValue),
                ]
                console.result(JSONValue.object(fields).text())
                continue
            }
            console.warn(console.words.text(refusal))
        }
        return taken.refused.isEmpty ? .ok : .failed
    }
}

/// What is known of a file, in words and as JSON.
enum ProbeText {
    static func line(_ facts: MediaFacts, _ words: Catalogue) -> String {
        var parts = [facts.format]
        if let size = facts.size { parts.append("\(size.width)×\(size.height)") }
        if let duration = facts.duration { parts.append("\(duration)") }
        if let rate = facts.frameRate {
            parts.append(words.text("probe rate", ["fps": JSONValue.number((rate * 1000).rounded() / 1000).text()]))
        }
        if facts.kind == .video, facts.rotation != 0 { parts.append("↻\(facts.rotation)°") }
        if let time = facts.captureTime { parts.append(time) }
        parts.append(sizeText(facts.byteCount))
        let kind = words.text("probe kind \(facts.kind.rawValue)")
        return "\(facts.name)  \(kind)  " + parts.joined(separator: words.text("list and"))
    }

    static func json(_ facts: MediaFacts, path: String) -> JSONValue {
        var fields: [String: JSONValue] = [
            "path": .string(path), "name": .string(facts.name), "kind": .string(facts.kind.rawValue),
            "format": .string(facts.format), "hash": .string(facts.contentHash), "bytes": .integer(facts.byteCount),
            "hasSound": .bool(facts.hasSound),
        ]
        if let size = facts.size {
            fields["width"] = .integer(Int64(size.width))
            fields["height"] = .integer(Int64(size.height))
        }
        fields["duration"] = facts.duration.map { .number($0.seconds) }
        fields["frameRate"] = facts.frameRate.map { .number($0) }
        fields["captureTime"] = facts.captureTime.map { .string($0) }
        fields["focus"] = facts.focus.map { [.number($0.x), .number($0.y)] }
        fields["sharpness"] = facts.sharpness.map { .number($0) }
        if !facts.faces.isEmpty {
            fields["faces"] = .array(
                facts.faces.map { [.number($0.x), .number($0.y), .number($0.width), .number($0.height)] })
        }
        return .object(fields)
    }
}
