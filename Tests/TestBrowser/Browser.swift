// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
public import JSON
import Synchronization

/// A headless Chromium with one page, driven by its DevTools protocol over a pair of pipes. Nothing waits by the clock: what a
/// test waits for is asked of the page, which answers when it is so.
public final class Browser: Sendable {
    /// Where Debian puts it.
    public static let program = "/usr/bin/chromium"
    public static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    private struct State {
        var calls: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
        var counted: Int64 = 0
        var complaints: [String] = []
        var received = 0
        var isClosed = false
        var downloads: [String: String] = [:]
        var finished: [String] = []
        var waiting: [CheckedContinuation<String, any Error>] = []
    }

    private let state = Mutex(State())
    private let process: Process
    private let input: FileHandle
    private let session: Mutex<String?> = Mutex(nil)

    /// Starts it, with a profile of its own, and opens an empty page.
    ///
    /// - Parameters:
    ///   - language: what the browser asks pages for: `en-US`, `zh-CN`.
    ///   - profile: an empty folder.
    public init(language: String = "en-US", profile: URL) async throws {
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--force-color-profile=srgb",
            "--no-first-run", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
            "--lang=\(language)", "--accept-lang=\(language)", "--user-data-dir=\(profile.path)", "about:blank",
        ]
        // The protocol is spoken on descriptors 3 and 4, which Process has no way to give.
        process.arguments =
            ["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1", Self.program] + arguments
        let (commands, answers) = (Pipe(), Pipe())
        process.standardInput = commands
        process.standardOutput = answers
        process.standardError = FileHandle.nullDevice
        input = commands.fileHandleForWriting
        try process.run()
        let reading = answers.fileHandleForReading
        Thread { [weak self] in
            var rest: [UInt8] = []
            while true {
                let data = reading.availableData
                if data.isEmpty { break }
                rest += data
                while let end = rest.firstIndex(of: 0) {
                    self?.heard(Array(rest[..<end]))
                    rest.removeFirst(end + 1)
                }
            }
            self?.ended()
        }.start()
        let target = try await call("Target.createTarget", ["url": "about:blank"])
        let attached = try await call(
            "Target.attachToTarget", ["targetId": target["targetId"] ?? .null, "flatten": true])
        session.withLock { $0 = attached["sessionId"]?.string }
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] { _ = try await call("\(domain).enable") }
    }

    deinit {
        if process.isRunning { process.terminate() }
    }

    /// Ends it and waits until it is gone.
    public func close() async {
        _ = try? await call("Browser.close")
        await withCheckedContinuation { continuation in
            Thread { [process] in
                process.waitUntilExit()
                continuation.resume()
            }.start()
        }
    }

    // MARK: The protocol

    /// One command and its answer.
    @discardableResult
    public func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        let id = state.withLock { state in
            state.counted += 1
            return state.counted
        }
        // A page may never answer: a test that has run out of time lets go of it.
        return try await withTaskCancellationHandler {
            try await send(method, parameters, id)
        } onCancel: {
            state.withLock { $0.calls.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    private func send(_ method: String, _ parameters: JSONValue, _ id: Int64) async throws -> JSONValue {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            let session = session.withLock { $0 }
            let isOpen = state.withLock { state in
                if !state.isClosed { state.calls[id] = continuation }
                return !state.isClosed
            }
            guard isOpen else { return continuation.resume(throwing: Failure(description: "the browser is gone")) }
            if Task.isCancelled {
                state.withLock { $0.calls.removeValue(forKey: id) }?.resume(throwing: CancellationError())
                return
            }
            var message: [String: JSONValue] = [
                "id": .integer(id), "method": .string(method), "params": parameters,
            ]
            // The browser's own commands go to the browser, the others to its page.
            if let session, !method.hasPrefix("Target."), !method.hasPrefix("Browser.") {
                message["sessionId"] = .string(session)
            }
            try? input.write(contentsOf: Array(JSONValue.object(message).text().utf8) + [0])
        }
    }

    private func heard(_ bytes: [UInt8]) {
        guard let message = try? JSONValue(parsing: bytes) else { return }
        if let id = message["id"]?.integer {
            guard let continuation = state.withLock({ $0.calls.removeValue(forKey: id) }) else { return }
            if let error = message["error"] {
                continuation.resume(throwing: Failure(description: error.text()))
            } else {
                continuation.resume(returning: message["result"] ?? [:])
            }
            return
        }
        let parameters = message["params"] ?? [:]
        state.withLock { state in
            switch message["method"]?.string {
            case "Runtime.exceptionThrown":
                let details = parameters["exceptionDetails"]
                let words = details?["exception"]?["description"]?.string ?? details?["text"]?.string
                state.complaints.append("exception: \(words ?? "unknown")")
            case "Runtime.consoleAPICalled" where ["error", "warning", "assert"].contains(parameters["type"]?.string):
                state.complaints.append("console: \(parameters["args"]?.text() ?? "")")
            case "Log.entryAdded" where ["error", "warning"].contains(parameters["entry"]?["level"]?.string):
                let entry = parameters["entry"]
                state.complaints.append("\(entry?["text"]?.string ?? "") \(entry?["url"]?.string ?? "")")
            case "Network.loadingFinished":
                state.received += Int(parameters["encodedDataLength"]?.number ?? 0)
            case "Browser.downloadWillBegin":
                state.downloads[parameters["guid"]?.string ?? ""] = parameters["suggestedFilename"]?.string
            case "Browser.downloadProgress" where parameters["state"]?.string == "completed":
                guard let name = state.downloads[parameters["guid"]?.string ?? ""] else { return }
                if state.waiting.isEmpty {
                    state.finished.append(name)
                } else {
                    state.waiting.removeFirst().resume(returning: name)
                }
            default: break
            }
        }
    }

    /// Lets pages put files into a folder.
    public func keepDownloads(in folder: URL) async throws {
        try await call(
            "Browser.setDownloadBehavior",
            ["behavior": "allow", "downloadPath": .string(folder.path), "eventsEnabled": true])
    }

    /// The name of the next file that is there whole; of each once.
    public func nextDownload() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            let ready: Result<String, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(Failure(description: "the browser is gone")) }
                if !state.finished.isEmpty { return .success(state.finished.removeFirst()) }
                state.waiting.append(continuation)
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
    }

    private func ended() {
        let (calls, waiting) = state.withLock { state in
            state.isClosed = true
            defer { (state.calls, state.waiting) = ([:], []) }
            return (Array(state.calls.values), state.waiting)
        }
        for call in calls { call.resume(throwing: Failure(description: "the browser is gone")) }
        for one in waiting { one.resume(throwing: Failure(description: "the browser is gone")) }
    }

    /// Errors and warnings of the page so far: exceptions, violated policies, what could not be loaded.
    public var complaints: [String] { state.withLock { $0.complaints } }

    /// Bytes that came over the wire so far, headers and compression counted as they are.
    public var bytesReceived: Int { state.withLock { $0.received } }
}
