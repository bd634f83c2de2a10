// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
import Glibc
import JSON

/// The built program as a server, with data and cache of its own.
public final class RunningStudio: Sendable {
    public let url: String
    public let port: Int
    private let process: Process
    /// Open as long as the server may write to it.
    private let output: FileHandle
    /// Of one that outlives who made it: closed with this process, which ends it.
    private let leash: Pipe?

    /// Beside the program that runs this, where the build puts both.
    static let program: URL = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("kinora")
    }()

    /// Starts it and returns when it listens.
    ///
    /// - Parameters:
    ///   - folder: Holds its data and its cache; one that another studio left goes on where that was.
    ///   - port: 0 takes any free one.
    ///   - endsWithProcess: Nobody will stop it: it ends when this process does, however that ends.
    public init(in folder: URL, port: Int = 0, endsWithProcess: Bool = false) async throws {
        let process = Process()
        let arguments = [
            "serve", "--port", String(port), "--data", folder.appendingPathComponent("data").path, "--json",
        ]
        leash = endsWithProcess ? Pipe() : nil
        if endsWithProcess {
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments =
                ["-c", #""$@" </dev/null & cat >/dev/null; kill -9 $!"#, "leash", Self.program.path] + arguments
        } else {
            process.executableURL = Self.program
            process.arguments = arguments
        }
        var environment = ProcessInfo.processInfo.environment
        for name in environment.keys where name.hasPrefix("KINORA_") { environment[name] = nil }
        environment["XDG_CACHE_HOME"] = folder.appendingPathComponent("cache").path
        process.environment = environment
        process.standardInput = leash ?? FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        let reading = pipe.fileHandleForReading
        try process.run()
        self.process = process
        output = reading
        let line = await withCheckedContinuation { (continuation: CheckedContinuation<[UInt8], Never>) in
            Thread {
                var line: [UInt8] = []
                while line.last != 0x0A {
                    let byte = reading.readData(ofLength: 1)
                    if byte.isEmpty { break }
                    line += byte
                }
                continuation.resume(returning: line)
            }.start()
        }
        let ready = try JSONValue(parsing: line)
        url = ready["url"]?.string ?? ""
        self.port = Int(ready["port"]?.integer ?? 0)
    }

    deinit {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
    }

    /// Ends it as a power cut would.
    public func kill() async {
        Glibc.kill(process.processIdentifier, SIGKILL)
        await gone()
    }

    /// Ends it politely.
    public func stop() async {
        process.terminate()
        await gone()
    }

    private func gone() async {
        await withCheckedContinuation { continuation in
            Thread { [process] in
                process.waitUntilExit()
                continuation.resume()
            }.start()
        }
    }
}
