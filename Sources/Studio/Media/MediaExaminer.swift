// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel
package import Foundation
package import KinoraKit
import MediaLibrary

/// What a file turned out to be.
package struct Examined: Sendable {
    package var facts: MediaFacts
    /// Of a song that has beats.
    package var beats: BeatGrid?

    package init(facts: MediaFacts, beats: BeatGrid? = nil) {
        self.facts = facts
        self.beats = beats
    }
}

/// Tells what a file is by its content, and what is to be known of it for editing.
package protocol MediaExaminer: Sendable {
    /// Throws `Refusal` for a file that cannot be used.
    func examine(_ file: URL) async throws -> Examined
}

/// Examines in this process, on threads of its own.
package struct KitExaminer: MediaExaminer {
    private let kit: FilmKit
    private let threads: WorkThreads

    package init(_ kit: FilmKit, threads: WorkThreads) {
        self.kit = kit
        self.threads = threads
    }

    package func examine(_ file: URL) async throws -> Examined {
        try await threads.attempt { () throws -> Examined in
            let facts = try kit.takeIn(file: file)
            // A song whose beats cannot be found is still a song.
            var beats: BeatGrid?
            if facts.kind == .audio { beats = try? kit.beats(of: facts, at: file) }
            return Examined(facts: facts, beats: beats)
        }
    }
}
