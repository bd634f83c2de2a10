// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
import FileStore
import Foundation
import Synchronization

/// Tokens in files of a folder, named by their hash.
package final class FolderTokenStore: TokenStore {
    private static let mostRemembered = 4096

    private let folder: String
    private let threads: WorkThreads
    private let known = Mutex<[ContentHash: TokenRecord]>([:])

    package init(_ data: DataFolder, threads: WorkThreads) {
        folder = "\(data.path)/tokens"
        self.threads = threads
    }

    package func add(_ record: TokenRecord) async throws {
        let path = path(record.hash)
        try await threads.attempt {
            try Durable.makeShelf((path as NSString).deletingLastPathComponent)
            try Durable.write([UInt8](JSONEncoder().encode(record)), to: path)
        }
        remember(record)
    }

    package func record(_ hash: ContentHash) async throws -> TokenRecord? {
        if let record = known.withLock({ $0[hash] }) { return record }
        let path = path(hash)
        let record = try await threads.attempt { () -> TokenRecord? in
            guard let file = MappedFile(path: path) else { return nil }
            return try JSONDecoder().decode(TokenRecord.self, from: Data(file.bytes))
        }
        // The name is the key, but what is inside decides.
        guard let record, record.hash == hash else { return nil }
        remember(record)
        return record
    }

    private func remember(_ record: TokenRecord) {
        known.withLock { known in
            if known.count >= Self.mostRemembered { known.removeAll() }
            known[record.hash] = record
        }
    }

    private func path(_ hash: ContentHash) -> String { "\(folder)/\(hash.hex.prefix(2))/\(hash.hex)" }
}
