// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Synchronization
import Testing

/// The program as a server on a free port over a folder of its own, until it is stopped.
final class RunningStudio: Sendable {
    let url: String
    private let process: Process

    init(_ kinora: KinoraCommand, _ arguments: [String] = []) throws {
        process = kinora.process(
            ["serve", "--port", "0", "--data", kinora.path("studio-data"), "--json"] + arguments)
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        var line: [UInt8] = []
        while line.last != 0x0A {
            let byte = output.fileHandleForReading.readData(ofLength: 1)
            if byte.isEmpty { break }
            line += byte
        }
        url = try #require(try JSONValue(parsing: line)["url"]?.string)
    }

    deinit { stop() }

    /// Ends it with the process, for one that a whole suite shares.
    func stopAtExit() {
        Self.lasting.withLock { $0.append(self) }
        Self.atExit
    }

    private static let lasting = Mutex<[RunningStudio]>([])
    private static let atExit: Void = { atexit { RunningStudio.lasting.withLock { $0 }.forEach { $0.stop() } } }()

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }
}
