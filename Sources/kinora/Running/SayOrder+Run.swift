// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import FileStore
import Foundation
import KinoraKit
import Sound

extension SayOrder {
    func run(_ console: Console) throws -> ExitStatus {
        for path in [output, captions].compactMap(\.self) { try AtomicFile.check(replacing: path) }
        let kit = try Coding.kit(usesCache: true, console)
        let (material, refused, _) = kit.takeIn([script])
        for refusal in refused { console.warn(console.words.text(refusal)) }
        guard refused.isEmpty else { return .failed }
        guard let facts = material.facts.first(where: { $0.kind == .text }), let text = facts.text else {
            console.fail(console.words.text("say no text", ["name": script]))
            return .failed
        }
        if material.has([output, captions].compactMap(\.self), console) { return .usage }
        let utterance = Utterance(
            SpokenScript(text, format: facts.format).text, language: language, voice: voice, rate: rate)
        let reading = try kit.say(utterance, to: URL(fileURLWithPath: output))
        if let captions {
            let format = CaptionFile.Format(rawValue: (captions as NSString).pathExtension.lowercased()) ?? .srt
            try Data(Self.captions(of: reading.words).text(format).utf8)
                .write(to: URL(fileURLWithPath: captions), options: .atomic)
        }
        if let fallback = reading.fallback {
            console.warn(console.words.text("say other", ["speaker": reading.speaker, "detail": fallback]))
        }
        console.say(
            console.words.text(
                "say done",
                [
                    "speaker": reading.speaker, "length": "\(reading.duration)", "words": String(reading.words.count),
                ]))
        console.result(output)
        return .ok
    }

    /// Characters of a caption.
    private static let longestCaption = 80

    /// Words as captions: a sentence each, long ones in parts.
    static func captions(of words: [SpokenWord]) -> CaptionFile {
        var cues: [CaptionFile.Cue] = []
        var row: [SpokenWord] = []
        var text = ""
        func close() {
            guard let first = row.first, let last = row.last else { return }
            cues.append(
                CaptionFile.Cue(
                    text, TimeRange(first.start, until: max(last.end, first.start + MediaTime(milliseconds: 1))),
                    words: row.map { ($0.text, $0.start) }))
            (row, text) = ([], "")
        }
        for word in words {
            let isWide = word.text.unicodeScalars.contains { $0.value >= 0x2E80 }
            if text.count + word.text.count >= (isWide ? longestCaption / 2 : longestCaption) { close() }
            text += (text.isEmpty || isWide ? "" : " ") + word.text
            row.append(word)
            if let end = word.text.last, "。！？.!?…".contains(end) { close() }
        }
        close()
        return CaptionFile(cues)
    }
}
