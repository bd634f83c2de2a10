// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
public import JSON
import Synchronization

/// A page of a headless Chromium, with cookies and storage of its own. Nothing waits by the clock: what a test waits for is
/// asked of the page, which answers when it is so.
public final class Browser: Sendable {
    /// Where Debian puts it.
    public static let program = "/usr/bin/chromium"
    public static let isInstalled = FileManager.default.isExecutableFile(atPath: program)

    public struct Failure: Error, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }

        static let gone = Failure(description: "the browser is gone")
    }

    private struct State {
        var complaints: [String] = []
        var received = 0
        var isClosed = false
        var downloads: [String: String] = [:]
        var finished: [String] = []
        var waiting: [CheckedContinuation<String, any Error>] = []
    }

    private let state = Mutex(State())
    private let process: BrowserProcess
    private let context: JSONValue
    private let target: String
    private let session: String

    /// Opens an empty page that knows nothing of others; the first of a run starts the browser.
    ///
    /// - Parameter language: what the browser asks pages for: `en-US`, `zh-CN`.
    public init(language: String = "en-US") async throws {
        process = try BrowserProcess.shared()
        context = try await process.call("Target.createBrowserContext", [:])["browserContextId"] ?? .null
        let made = try await process.call(
            "Target.createTarget", ["url": "about:blank", "browserContextId": context])
        target = made["targetId"]?.string ?? ""
        let attached = try await process.call(
            "Target.attachToTarget", ["targetId": .string(target), "flatten": true])
        session = attached["sessionId"]?.string ?? ""
        process.introduce(self, session: session, target: target)
        for domain in ["Page", "Runtime", "Log", "Network", "DOM"] { try await call("\(domain).enable") }
        // Pages take this one to be in front, whichever is.
        try await call("Emulation.setFocusEmulationEnabled", ["enabled": true])
        let agent = try await process.call("Browser.getVersion", [:])["userAgent"] ?? .null
        try await call(
            "Emulation.setUserAgentOverride", ["userAgent": agent, "acceptLanguage": .string(language)])
        try await call("Emulation.setLocaleOverride", ["locale": .string(language)])
    }

    /// Closes the page and forgets what it kept.
    public func close() async {
        process.forget(session: session, target: target)
        _ = try? await process.call("Target.disposeBrowserContext", ["browserContextId": context])
        ended()
    }

    // MARK: The protocol

    /// One command to the page and its answer.
    @discardableResult
    public func call(_ method: String, _ parameters: JSONValue = [:]) async throws -> JSONValue {
        try await process.call(method, parameters, session: session)
    }

    /// What the page tells unasked.
    func heard(_ method: String, _ parameters: JSONValue) {
        state.withLock { state in
            switch method {
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
        _ = try await process.call(
            "Browser.setDownloadBehavior",
            [
                "behavior": "allow", "browserContextId": context, "downloadPath": .string(folder.path),
                "eventsEnabled": true,
            ])
    }

    /// The name of the next file that is there whole; of each once.
    public func nextDownload() async throws -> String {
        try await withCheckedThrowingContinuation { continuation in
            let ready: Result<String, any Error>? = state.withLock { state in
                if state.isClosed { return .failure(Failure.gone) }
                if !state.finished.isEmpty { return .success(state.finished.removeFirst()) }
                state.waiting.append(continuation)
                return nil
            }
            if let ready { continuation.resume(with: ready) }
        }
    }

    /// The page is gone: nobody waits for it any longer.
    func ended() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in waiting { one.resume(throwing: Failure.gone) }
    }

    /// Errors and warnings of the page so far: exceptions, violated policies, what could not be loaded.
    public var complaints: [String] { state.withLock { $0.complaints } }

    /// Bytes that came over the wire so far, headers and compression counted as they are.
    public var bytesReceived: Int { state.withLock { $0.received } }
}
