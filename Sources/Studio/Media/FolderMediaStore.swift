// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Foundation

/// Media in a folder, on shelves by the first two digits of their hash.
package struct FolderMediaStore: MediaStore {
    private let data: DataFolder
    private let surroundings: Surroundings
    private let threads: WorkThreads

    package init(_ data: DataFolder, _ surroundings: Surroundings, threads: WorkThreads) {
        self.data = data
        self.surroundings = surroundings
        self.threads = threads
    }

    package func receive() async throws -> IncomingFile {
        let name = surroundings.randomText(26)
        return try await threads.attempt { try IncomingFile(in: "\(data.path)/incoming", name: name) }
    }

    package func append(_ bytes: [UInt8], to file: IncomingFile) async throws {
        try await threads.attempt { try file.append(bytes) }
    }

    package func keep(_ file: IncomingFile, as hash: ContentHash) async throws {
        try await threads.attempt {
            let shelf = "\(data.path)/media/\(hash.hex.prefix(2))"
            try Durable.makeShelf(shelf)
            // Equal names are equal bytes: replacing one by the other changes nothing.
            try file.move(to: "\(shelf)/\(hash.hex)")
        }
    }

    package func location(of hash: ContentHash) async throws -> URL? {
        let path = "\(data.path)/media/\(hash.hex.prefix(2))/\(hash.hex)"
        return await threads.run { FileManager.default.fileExists(atPath: path) } ? URL(fileURLWithPath: path) : nil
    }
}
