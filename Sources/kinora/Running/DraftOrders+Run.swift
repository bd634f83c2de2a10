// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import FileStore
import Foundation
import JSON
import KinoraKit
import Renderer
import Sound
import Wording

extension RenderOrder {
    func run(_ console: Console) throws -> ExitStatus { try naming(draft) { try render(console) } }

    private func render(_ console: Console) throws -> ExitStatus {
        let kit = try coding.kit(console)
        let (draft, material) = try DraftFile.read(URL(fileURLWithPath: self.draft), takingInWith: kit)
        if material.has([output], alsoReading: [self.draft], console) { return .usage }
        if (output as NSString).pathExtension.lowercased() == "y4m" {
            try kit.renderRaw(draft, material, to: output, stop: Interrupt.stop) { console.show($0) }
            console.result(output)
            return .ok
        }
        guard Coding.container(of: output) != nil else {
            console.fail(console.words.text("bad output", ["name": output]))
            return .usage
        }
        // What the draft was laid out for takes it as `make` would have given it.
        let platform = draft.film.preset.flatMap(PlatformPreset.named)
        let report = try kit.render(
            draft, material, to: output, encoding: coding.encoding(for: output, preset: platform),
            mostBytes: coding.mostBytes(preset: platform), verifiesAll: coding.verifies, stop: Interrupt.stop
        ) { console.show($0) }
        console.tell(report, draft, try kit.voiceTroubles(in: draft), path: output)
        return .ok
    }
}

extension FrameOrder {
    func run(_ console: Console) throws -> ExitStatus { try naming(draft) { try draw(console) } }

    private func draw(_ console: Console) throws -> ExitStatus {
        guard ["png", "jpg", "jpeg", "webp"].contains((output as NSString).pathExtension.lowercased()) else {
            console.fail(console.words.text("bad picture", ["name": output]))
            return .usage
        }
        try AtomicFile.check(replacing: output)
        let kit = try Coding.kit(usesCache: usesCache, console)
        let (draft, material) = try DraftFile.read(URL(fileURLWithPath: self.draft), takingInWith: kit)
        if material.has([output], alsoReading: [self.draft], console) { return .usage }
        if MediaTime(seconds: seconds) > draft.duration {
            console.note(console.words.text("frame past end", ["length": "\(draft.duration)"]))
        }
        try kit.writeFrame(draft, material, at: MediaTime(seconds: seconds), to: URL(fileURLWithPath: output))
        console.result(output)
        return .ok
    }
}

/// Runs `body`; what is wrong with the draft it works on is said with the file's name.
func naming<Result>(_ draft: String, _ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let error as DraftError {
        throw DraftProblem(path: draft, error: error)
    }
}

/// A draft file that cannot be used, and why.
private struct DraftProblem: Worded {
    let path: String
    let error: DraftError

    func text(in words: [String: String]) -> String {
        Wording("draft file", ["path": .text(path), "problems": .text(error.text(in: words))]).text(in: words)
    }
}

extension CacheOrder {
    func run(_ console: Console) throws -> ExitStatus {
        let cache = try Coding.userCache(ProcessInfo.processInfo.environment)
        if clears {
            console.result(console.words.text("cache cleared", ["size": sizeText(cache.clear())]))
            return .ok
        }
        let usage = cache.usage()
        console.result(
            console.words.text(
                "cache line",
                [
                    "path": cache.path, "size": sizeText(usage.bytes), "files": String(usage.files),
                    "limit": sizeText(cache.limit),
                ]))
        for (kind, bytes) in usage.kinds.sorted(by: { $0.value > $1.value }) {
            console.result(console.words.text("cache kind", ["kind": kind, "size": sizeText(bytes)]))
        }
        return .ok
    }
}

extension Console {
    /// The finished film: its path on standard output, its facts beside it.
    func tell(_ report: FilmRenderer.Report, _ draft: Draft, _ troubles: [VoiceTrouble], path: String) {
        endProgress()
        for name in FilmKit.unheard(in: draft) { note(words.text("note unheard", ["name": name])) }
        for text in FilmKit.unwritten(in: draft) {
            note(
                words.text(
                    "note unwritten",
                    [
                        "text": String(text.text.prefix(40)),
                        "characters": text.characters.prefix(12).joined(separator: " "),
                    ]))
        }
        for trouble in troubles { note(words.text(trouble.wording)) }
        tellLimits(report, draft)
        if isJSON {
            var fields: [String: JSONValue] = [
                "path": .string(path), "duration": .number(draft.duration.seconds),
                "width": .integer(Int64(draft.film.canvas.width)), "height": .integer(Int64(draft.film.canvas.height)),
                "fps": .number(draft.film.frameRate.framesPerSecond), "bytes": .integer(report.byteCount),
                "frames": .integer(Int64(report.frames)), "chunks": .integer(Int64(report.chunks)),
                "chunksReused": .integer(Int64(report.chunksReused)), "seconds": .number(report.seconds),
                "busiestSecondKilobits": .integer(Int64(report.busiestSecond)),
            ]
            if let sound = report.sound {
                fields["loudness"] = sound.integratedLoudness.map { .number($0) } ?? .null
                fields["truePeak"] = sound.truePeak.map { .number($0) } ?? .null
                fields["warnings"] = .array(sound.warnings.map { .string(words.text($0.wording)) })
            }
            return event("film", fields)
        }
        say(
            words.text(
                "film done",
                [
                    "name": (path as NSString).lastPathComponent, "length": "\(draft.duration)",
                    "width": String(draft.film.canvas.width), "height": String(draft.film.canvas.height),
                    "fps": JSONValue.number((draft.film.frameRate.framesPerSecond * 100).rounded() / 100).text(),
                    "size": sizeText(report.byteCount), "time": secondsText(report.seconds),
                ]))
        if report.chunksReused > 0 {
            say(
                words.text(
                    "film reused", ["reused": String(report.chunksReused), "chunks": String(report.chunks)]))
        }
        if let sound = report.sound, let loudness = sound.integratedLoudness, let peak = sound.truePeak {
            say(words.text("film loudness", ["lufs": oneDecimal(loudness), "peak": oneDecimal(peak)]))
        }
        for warning in report.sound?.warnings ?? [] { warn(words.text(warning.wording)) }
        result(path)
    }

    /// Where the film is not as a platform would have it.
    private func tellLimits(_ report: FilmRenderer.Report, _ draft: Draft) {
        if let sound = report.sound, sound.turnedDown > 2 {
            note(
                words.text(
                    "film turned down",
                    ["by": oneDecimal(sound.turnedDown), "target": oneDecimal(draft.film.loudness)]))
        }
        if let most = draft.film.preset.flatMap(PlatformPreset.named)?.bitrate.most, report.busiestSecond > most {
            warn(words.text("film peak", ["peak": String(report.busiestSecond), "most": String(most)]))
        }
    }

    private func oneDecimal(_ number: Double) -> String { JSONValue.number((number * 10).rounded() / 10).text() }
}
