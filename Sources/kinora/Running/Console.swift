// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import Foundation
import JSON
import Renderer
import Synchronization
import Wording

/// Where a command speaks: results on standard output, everything on the way on standard error; or all of it as JSON
/// lines on standard output. Safe from any thread.
final class Console: Sendable {
    let words: Catalogue
    let language: Language
    private let reporting: Reporting
    private let painter: Mutex<ProgressPainter>
    private let meter = Mutex<ProgressMeter?>(nil)
    private let start = ContinuousClock.now

    init(_ reporting: Reporting = Reporting()) {
        let environment = ProcessInfo.processInfo.environment
        language = Language.preferred(environment: environment)
        words = kinoraProgram.catalogue(language)
        self.reporting = reporting
        painter = Mutex(
            ProgressPainter(terminal: StandardStream.errors.terminal(environment: environment), catalogue: words))
    }

    private var now: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// A line for the person on the way.
    func say(_ line: String) {
        if reporting.isQuiet || reporting.json { return }
        painter.withLock { painter in
            _ = StandardStream.errors.write(painter.say(line))
        }
    }

    /// Something the person should know of the edit: it is never silent, in JSON neither.
    func note(_ line: String) {
        event("note", ["message": .string(line)])
        say(line)
    }

    /// A line that is said even when the command is to be quiet.
    func warn(_ line: String) {
        if reporting.json { return event("warning", ["message": .string(line)]) }
        painter.withLock { painter in
            _ = StandardStream.errors.write(painter.say(line))
        }
    }

    /// The result: a line on standard output.
    func result(_ line: String) {
        endProgress()
        StandardStream.output.write(line + "\n")
    }

    /// A JSON line on standard output, when those are wanted.
    func event(_ kind: String, _ fields: [String: JSONValue]) {
        guard reporting.json else { return }
        StandardStream.output.write(
            JSONValue.object(fields.merging(["event": .string(kind)]) { old, _ in old }).text() + "\n")
    }

    var isJSON: Bool { reporting.json }

    /// Shows how far a render is.
    func show(_ progress: RenderProgress) {
        if progress.phase == .done { return endProgress() }
        let now = now
        let line = meter.withLock { meter -> ProgressLine in
            if meter == nil {
                meter = ProgressMeter(total: max(1, progress.framesTotal), startedAtSeconds: now)
            }
            meter?.advance(to: progress.framesDone, atSeconds: now)
            let label = words.text(progress.phase == .drawing ? "rendering" : "assembling")
            return ProgressLine(
                label: label, fraction: progress.fraction, framesPerSecond: meter?.framesPerSecond,
                secondsLeft: meter?.secondsLeft)
        }
        if reporting.json {
            let step = Int(progress.fraction * 100)
            let isNew = lastStep.withLock { last in
                defer { last = step }
                return step != last
            }
            if isNew {
                event(
                    "progress",
                    [
                        "percent": .integer(Int64(step)), "frames": .integer(Int64(progress.framesDone)),
                        "total": .integer(Int64(progress.framesTotal)), "phase": .string(progress.phase.rawValue),
                    ])
            }
            return
        }
        if reporting.isQuiet { return }
        painter.withLock { painter in
            let text = painter.paint(line, atSeconds: now)
            if !text.isEmpty { StandardStream.errors.write(text) }
        }
    }

    /// Shows how far something else is that takes a while.
    func show(_ label: String, percent: Int) {
        if reporting.isQuiet || reporting.json { return }
        painter.withLock { painter in
            let text = painter.paint(ProgressLine(label: label, fraction: Double(percent) / 100), atSeconds: now)
            if !text.isEmpty { StandardStream.errors.write(text) }
        }
    }

    private let lastStep = Mutex<Int>(-1)

    /// Takes the progress bar away.
    func endProgress() {
        meter.withLock { $0 = nil }
        painter.withLock { painter in
            let text = painter.clear()
            if !text.isEmpty { StandardStream.errors.write(text) }
        }
    }

    /// Says why the command failed.
    func fail(_ error: any Error) {
        switch error {
        case let error as any Worded: fail(words.text(error))
        case let error as EditError: fail(error.words(in: .of(language: language.rawValue)))
        default: fail("\(error)")
        }
    }

    func fail(_ message: String) {
        endProgress()
        if reporting.json { event("error", ["message": .string(message)]) }
        let ink = StandardStream.errors.terminal(environment: ProcessInfo.processInfo.environment).ink
        StandardStream.errors.write("\(ink.error("kinora:")) \(message)\n")
    }
}

/// A number of bytes as people read it: `12.4 MB`.
func sizeText(_ bytes: Int64) -> String {
    let units = [("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
    for (unit, size) in units where Double(bytes) >= size {
        let value = (Double(bytes) / size * 10).rounded() / 10
        return "\(JSONValue.number(value).text()) \(unit)"
    }
    return "\(bytes) B"
}

/// Seconds with one decimal: `12.3 s`.
func secondsText(_ seconds: Double) -> String { "\(JSONValue.number((seconds * 10).rounded() / 10).text()) s" }
