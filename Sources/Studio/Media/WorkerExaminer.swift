// SPDX-License-Identifier: GPL-3.0-or-later
package import FilmWork
package import Foundation

/// Has workers examine what strangers send: this process never opens it with a codec.
package struct WorkerExaminer: MediaExaminer {
    private let workers: FilmWorkers

    package init(_ workers: FilmWorkers) { self.workers = workers }

    package func examine(_ file: URL) async throws -> Examined {
        do throws(WorkFault) {
            let (facts, beats) = try await workers.examine(file)
            return Examined(facts: facts, beats: beats)
        } catch {
            if let refusal = error.refusal { throw refusal }
            throw error
        }
    }
}
