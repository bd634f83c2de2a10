// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Synchronization

/// A headless Chromium, driven by its DevTools protocol over a pair of pipes: starts once for all pages of a test run, since its
/// start costs more than most visits, and ends with the pipe when the run ends.
final class BrowserProcess: Sendable {
    private struct State {
        var calls: [Int64: CheckedContinuation<JSONValue, any Error>] = [:]
        var counted: Int64 = 0
        var isClosed = false
        /// Who hears the events: pages by their session, and by the target their downloads are told under.
        var pages: [String: WeakPage] = [:]
        /// Target by download.
        var downloads: [String: String] = [:]
    }

    private struct WeakPage {
        weak var page: Browser?
    }

    private let state = Mutex(State())
    private let process: Process
    private let input: FileHandle

    /// The one of this run: started by the first who asks, started anew when it died.
    static func shared() throws -> BrowserProcess {
        try running.withLock { running in
            if let running, running.isAlive { return running }
            let made = try BrowserProcess()
            running = made
            return made
        }
    }

    private static let running = Mutex<BrowserProcess?>(nil)

    private var isAlive: Bool { process.isRunning && !state.withLock { $0.isClosed } }

    private init() throws {
        let profile = FileManager.default.temporaryDirectory.appendingPathComponent(
            "kinora-browser-\(ProcessInfo.processInfo.processIdentifier)")
        process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe", "--force-color-profile=srgb",
            "--no-first-run", "--disable-background-networking", "--autoplay-policy=no-user-gesture-required",
            // Pages of other windows are as awake as the one in front.
            "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding", "--user-data-dir=\(profile.path)", "about:blank",
        ]
        // The protocol is spoken on descriptors 3 and 4, which Process has no way to give. The profile goes with the browser.
        // Started by root it would take real-time priority for some threads, and one that spins would stop all that is tested.
        let script = """
            if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null; then set -- setpriv --bounding-set=-sys_nice "$@"; fi
            "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1; rm -rf "$PROFILE"
            """
        process.arguments = ["-c", script, "browser", Browser.program] + arguments
        var environment = ProcessInfo.processInfo.environment
        environment["PROFILE"] = profile.path
        process.environment = environment
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
    }

    /// Events of this session and downloads of this target go to `page` from now on.
    func introduce(_ page: Browser, session: String, target: String) {
        state.withLock { state in
            state.pages[session] = WeakPage(page: page)
            state.pages[target] = WeakPage(page: page)
        }
    }

    func forget(session: String, target: String) {
        state.withLock { state in
            state.pages[session] = nil
            state.pages[target] = nil
        }
    }

    /// One command and its answer; of the browser itself, or of a page's session.
    func call(_ method: String, _ parameters: JSONValue, session: String? = nil) async throws -> JSONValue {
        let id = state.withLock { state in
            state.counted += 1
            return state.counted
        }
        // A page may never answer: a test that has run out of time lets go of it.
        return try await withTaskCancellationHandler {
            try await send(method, parameters, session, id)
        } onCancel: {
            state.withLock { $0.calls.removeValue(forKey: id) }?.resume(throwing: CancellationError())
        }
    }

    private func send(
        _ method: String, _ parameters: JSONValue, _ session: String?, _ id: Int64
    ) async throws -> JSONValue {
        try Task.checkCancellation()
        return try await withCheckedThrowingContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isClosed { state.calls[id] = continuation }
                return !state.isClosed
            }
            guard isOpen else { return continuation.resume(throwing: Browser.Failure.gone) }
            if Task.isCancelled {
                state.withLock { $0.calls.removeValue(forKey: id) }?.resume(throwing: CancellationError())
                return
            }
            var message: [String: JSONValue] = [
                "id": .integer(id), "method": .string(method), "params": parameters,
            ]
            if let session { message["sessionId"] = .string(session) }
            try? input.write(contentsOf: Array(JSONValue.object(message).text().utf8) + [0])
        }
    }

    private func heard(_ bytes: [UInt8]) {
        guard let message = try? JSONValue(parsing: bytes) else { return }
        if let id = message["id"]?.integer {
            guard let continuation = state.withLock({ $0.calls.removeValue(forKey: id) }) else { return }
            if let error = message["error"] {
                continuation.resume(throwing: Browser.Failure(description: error.text()))
            } else {
                continuation.resume(returning: message["result"] ?? [:])
            }
            return
        }
        let parameters = message["params"] ?? [:]
        let page: Browser? = state.withLock { state in
            if let session = message["sessionId"]?.string { return state.pages[session]?.page }
            // A download is told to the browser, under the frame that began it: that of the page is its target.
            guard let download = parameters["guid"]?.string else { return nil }
            if let frame = parameters["frameId"]?.string { state.downloads[download] = frame }
            return state.downloads[download].flatMap { state.pages[$0]?.page }
        }
        if let method = message["method"]?.string { page?.heard(method, parameters) }
    }

    private func ended() {
        let (calls, pages) = state.withLock { state in
            state.isClosed = true
            defer { (state.calls, state.pages) = ([:], [:]) }
            return (Array(state.calls.values), state.pages.values.compactMap(\.page))
        }
        for call in calls { call.resume(throwing: Browser.Failure.gone) }
        for page in pages { page.ended() }
    }
}
