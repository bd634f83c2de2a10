// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation

/// Piper, a neural voice: a program of its own that a person has installed, with a voice they have chosen.
public struct PiperSpeaker: Speaker {
    public let program: URL
    /// The voice, an ONNX file.
    public let model: URL
    /// A text takes at most so long.
    private static let patience: TimeInterval = 120

    public init(program: URL, model: URL) {
        self.program = program
        self.model = model
    }

    /// From `KINORA_PIPER`: the program's path, a space, the voice's path. Nil where it is not set.
    public init?(environment: [String: String]) {
        guard let value = environment["KINORA_PIPER"]?.trimmingCharacters(in: .whitespaces), !value.isEmpty,
            let space = value.firstIndex(of: " ")
        else { return nil }
        let model = value[space...].trimmingCharacters(in: .whitespaces)
        self.init(program: URL(fileURLWithPath: String(value[..<space])), model: URL(fileURLWithPath: model))
    }

    public var name: String { "Piper (\(model.deletingPathExtension().lastPathComponent))" }

    public func say(_ utterance: Utterance, to file: URL) throws(SpeechError) -> RawSpeech {
        let files = FileManager.default
        guard files.isExecutableFile(atPath: program.path) else {
            throw SpeechError(
                .notInstalled, name, because: "\(program.path) is no program; set KINORA_PIPER to Piper and its voice")
        }
        guard files.isReadableFile(atPath: model.path) else {
            throw SpeechError(.unknownVoice, name, because: "there is no voice at \(model.path)")
        }
        // Piper reads a line at a time.
        let text = utterance.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            .filter { $0 != "\u{0}" }
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else {
            throw SpeechError(.nothingToSay, name, because: "there is no word in the text")
        }
        let process = Process()
        process.executableURL = program
        process.arguments = [
            "--model", model.path, "--output_file", file.path, "--length_scale",
            String(format: "%.3f", 1 / utterance.rate),
        ]
        // A file rather than a pipe: a program that ends early breaks no pipe.
        let script = file.appendingPathExtension("txt")
        defer { try? files.removeItem(at: script) }
        guard files.createFile(atPath: script.path, contents: Data((text + "\n").utf8)),
            let input = FileHandle(forReadingAtPath: script.path)
        else { throw SpeechError(.failed, name, because: "the text could not be written beside \(file.path)") }
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        do {
            try process.run()
        } catch {
            throw SpeechError(.failed, name, because: "it does not start (\(error.localizedDescription))")
        }
        if ended.wait(timeout: .now() + Self.patience) == .timedOut {
            process.terminate()
            throw SpeechError(.failed, name, because: "it was not done after two minutes")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw SpeechError(.failed, name, because: "it ended with status \(process.terminationStatus)")
        }
        guard let size = try? files.attributesOfItem(atPath: file.path)[.size] as? Int, size > 44 else {
            throw SpeechError(.failed, name, because: "it wrote no sound")
        }
        return RawSpeech()
    }
}
