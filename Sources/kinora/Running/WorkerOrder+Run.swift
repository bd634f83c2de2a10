// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import FilmWork
import Foundation
import KinoraKit

extension WorkerOrder {
    /// Works until whoever started it is gone.
    func run() throws -> Never {
        let environment = ProcessInfo.processInfo.environment
        let user = try Coding.userCache(environment)
        let folder = try cache.map { try CacheFolder(path: $0, limit: user.limit) } ?? user
        let data = data.map { [$0] } ?? []
        FilmWorker.serve(
            try FilmKit(cache: folder), incoming: data.map { "\($0)/incoming" }, media: data.map { "\($0)/media" },
            films: data.map { "\($0)/exports" })
    }
}
