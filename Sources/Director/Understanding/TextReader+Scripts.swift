// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

extension TextReader {
    static func readScript(
        _ clause: inout Clause, _ head: (index: Int, name: String)?, _ scene: Scene, _ result: inout Understanding
    ) -> Bool {
        let isCaptioned = clause.free("verb", "caption")
        // `add text: Paris, Rome, Athens` is captions too: a list after a colon.
        let isList = clause.units.contains { unit in
            unit.has("captured") && (unit.value?.quote?.contains { ",，、;；\n|".contains($0) } ?? false)
        }
        guard let head = head ?? isCaptioned.map({ ($0, "caption") }),
            ["script", "caption", "subtitle"].contains(head.name) || isCaptioned != nil
                || (head.name == "text" && isList)
        else { return false }
        let files = scene.media.filter { $0.kind == .text }
        let isRead = clause.hasVerb("read-aloud") || clause.hasThing("voice")
        if let quote = clause.free(\.quote).first {
            let isOfOne = clause.references.contains { if case .it = $0.value { false } else { true } }
            guard !["caption", "subtitle"].contains(head.name) || !isOfOne else { return false }
            let words = quote.value
            clause.use(quote.index, head.index)
            if isRead {
                result.add(Wish("voice-over", ["text": .string(words)]), topic: .voice)
            } else {
                result.add(Self.captions(words, isScript: head.name == "script"), topic: .texts)
            }
            useVerbs(&clause)
            return true
        }
        if isRead, head.name == "script", isCaptioned == nil {
            clause.use(head.index)
            if let index = clause.free("verb", "read-aloud") { clause.use(index) }
            if let index = clause.free("thing", "voice") { clause.use(index) }
            if let script = scene.script {
                result.add(Wish("voice-over", ["text": .string(script)]), topic: .voice)
            } else {
                result.needs.append("script")
            }
            return true
        }
        if ["caption", "subtitle"].contains(head.name) || isRead, files.isEmpty,
            SoundReader.readSpokenCaptions(&clause, scene, &result)
        {
            return true
        }
        if clause.hasThing("date") {
            result.add(Wish("date-captions"), topic: .texts)
            clause.use(clause.indices)
            return true
        }
        if clause.free("pos") != nil, !scene.texts.isEmpty { return false }
        guard !files.isEmpty, !clause.has("deg"), !clause.has("adjust"), !clause.has("color") else { return false }
        // The script that was uploaded.
        clause.use(head.index)
        useVerbs(&clause)
        if !scene.isCreating {
            // Captions with times are taken as they are, several scripts one after the other.
            let timed = files.first { ["srt", "vtt"].contains($0.format) }
            let script = timed?.id ?? (files.count == 1 ? files[0].id : scene.script ?? "")
            result.add(Wish("captions", ["script": .string(script)]), topic: .texts)
        } else {
            result.topic = .texts
        }
        return true
    }

    /// Captions from typed words: a list with commas is one for each picture, sentences are a script.
    static func captions(_ words: String, isScript: Bool) -> Wish {
        let parts = words.split { ",，、;；\n|/".contains($0) }
            .map { $0.trimmed }.filter { !$0.isEmpty }
        let isList = !isScript && parts.count > 1 && parts.allSatisfy { $0.count <= 60 } && !words.contains(". ")
        guard isList else { return Wish("captions", ["script": .string(words)]) }
        return Wish("captions", ["lines": .array(parts.map { .string($0.strippedOfAnd) })])
    }
}
