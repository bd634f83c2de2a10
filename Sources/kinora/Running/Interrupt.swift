// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import Foundation
import Renderer
import Synchronization

/// Ctrl-C and a polite kill ask the work to stop; the second Ctrl-C ends the program at once.
enum Interrupt {
    /// The signal that everything in this process listens to.
    static let stop = StopSignal()

    static func listen() {
        for number in [SIGINT, SIGTERM] {
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                if stop.isStopped { _exit(130) }
                stop.stop()
            }
            source.resume()
            let held = Held(source: source)
            sources.withLock { $0.append(held) }
        }
        // A closed pipe is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        // A file that may not grow is an error of the write, too.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Kept for the life of the process; dispatch sources may be used from any thread.
    private struct Held: @unchecked Sendable {
        let source: any DispatchSourceSignal
    }

    private static let sources = Mutex<[Held]>([])
}
