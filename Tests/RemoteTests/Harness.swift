// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import TestMedia

@testable import Remote

/// A client of a hostile server with a configuration folder of its own, whose pauses take no time and are written down.
final class Harness: Sendable {
    let studio: HostileStudio
    let folder: URL
    let environment: [String: String]
    let notices = Mutex<[RemoteNotice]>([])
    let pauses = Mutex<[Duration]>([])
    /// How often the two minutes between two words to the person pass at once; then never more.
    let words: Mutex<Int>

    init(words: Int = 0, environment: [String: String] = [:]) throws {
        studio = try HostileStudio()
        folder = try TestMedia.scratchFolder()
        self.environment = ["HOME": folder.path, "NEMO_API_URL": studio.url].merging(environment) { _, own in own }
        self.words = Mutex(words)
    }

    deinit { studio.stop() }

    func client(_ change: (inout RemoteStudio.Pace) -> Void = { _ in }) -> RemoteStudio {
        var pace = RemoteStudio.Pace()
        pace.sleep = { duration in
            if duration == .seconds(120) {
                let passes = self.words.withLock { words in
                    words -= 1
                    return words >= 0
                }
                if !passes {
                    let (never, _) = AsyncStream<Void>.makeStream()
                    for await _ in never {}
                    throw CancellationError()
                }
            } else {
                self.pauses.withLock { $0.append(duration) }
            }
            await Task.yield()
        }
        change(&pace)
        return RemoteStudio(
            environment: environment, attribution: Attribution(source: "tests", version: "1.0.0"), pace: pace
        ) { notice in self.notices.withLock { $0.append(notice) } }
    }

    func film(_ name: String = RemoteFilm.usualName, _ change: (inout RemoteStudio.Pace) -> Void = { _ in })
        -> RemoteFilm
    {
        RemoteFilm(client(change), named: name, language: "en")
    }

    var told: [RemoteNotice] { notices.withLock { $0 } }
    var waited: [Duration] { pauses.withLock { $0 } }

    /// A file of this name, with some bytes.
    func file(_ name: String, _ bytes: String = "bytes") throws -> String {
        let url = folder.appendingPathComponent(name)
        try Data(bytes.utf8).write(to: url)
        return url.path
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
}
