// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Renderer
import Synchronization

/// Ctrl-C, a polite kill and a closed terminal ask the work to stop; another Ctrl-C ends the program at once.
enum Interrupt {
    /// The signal that everything in this process listens to.
    static let stop = StopSignal()

    static func listen() {
        for number in [SIGINT, SIGTERM, SIGHUP] {
            let before = signal(number, SIG_IGN)
            // `nohup` and the like have the last word.
            if number == SIGHUP, unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
                continue
            }
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                let now = ContinuousClock.now
                let first = firstAsked.withLock { first in
                    defer { first = first ?? now }
                    return first
                }
                // What runs a program often passes on the Ctrl-C that the program has got as well: that is one, not two.
                if let first, now - first > .milliseconds(300) { _exit(130) }
                stop.stop()
                asked.signal()
            }
            source.resume()
            let held = Held(source: source)
            sources.withLock { $0.append(held) }
        }
        takeFailedWrites()
    }

    /// Writes that cannot be done are errors, not the end of the process. All that a worker asks for: listening takes threads,
    /// and a worker is confined while it has one.
    static func takeFailedWrites() {
        // A closed pipe is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow is an error of the write, too.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Returns when somebody asks the program to end. Holds up the thread; for one caller.
    static func waitUntilAsked() { asked.wait() }

    private static let asked = DispatchSemaphore(value: 0)

    /// Kept for the life of the process; dispatch sources may be used from any thread.
    private struct Held: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }

    private static let firstAsked = Mutex<ContinuousClock.Instant?>(nil)
    private static let sources = Mutex<[Held]>([])
}
