// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
import FileStore
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
            try Durable.makeShelf(shelf(of: hash))
            // Equal names are equal bytes: replacing one by the other changes nothing.
            try file.move(to: path(of: hash))
        }
    }

    package func kept() async throws -> [ContentHash] {
        let media = "\(data.path)/media"
        return await threads.run {
            Folders.names(in: media).flatMap { Folders.names(in: "\(media)/\($0)") }.compactMap(ContentHash.init(hex:))
        }
    }

    package func remove(_ hash: ContentHash) async throws {
        try await threads.attempt {
            guard unlink(path(of: hash)) == 0 || errno == ENOENT else {
                throw FileError("remove", path(of: hash), errno: errno)
            }
        }
    }

    private func shelf(of hash: ContentHash) -> String { "\(data.path)/media/\(hash.hex.prefix(2))" }

    private func path(of hash: ContentHash) -> String { "\(shelf(of: hash))/\(hash.hex)" }

    // MARK: Uploads in pieces

    private func path(ofUpload id: String) -> String { "\(data.path)/uploads/\(id)" }

    package func makeUpload(_ id: String) async throws {
        try await threads.attempt {
            let descriptor = try openUpload(id, O_CREAT | O_EXCL)
            close(descriptor)
            try Durable.sync(folder: "\(data.path)/uploads")
        }
    }

    package func write(_ bytes: [UInt8], toUpload id: String, at offset: Int64) async throws {
        try await threads.attempt {
            let descriptor = try openUpload(id, 0)
            defer { close(descriptor) }
            var done = 0
            while done < bytes.count {
                let count = bytes.withUnsafeBytes {
                    pwrite(descriptor, $0.baseAddress.map { $0 + done }, $0.count - done, off_t(offset) + off_t(done))
                }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw FileError("write", path(ofUpload: id), errno: errno)
                }
                done += count
            }
        }
    }

    package func syncUpload(_ id: String) async throws {
        try await threads.attempt { try Durable.sync(file: path(ofUpload: id)) }
    }

    package func incoming(ofUpload id: String) async throws -> IncomingFile {
        let name = surroundings.randomText(26)
        return try await threads.attempt {
            try IncomingFile(linking: path(ofUpload: id), in: "\(data.path)/incoming", name: name)
        }
    }

    package func removeUpload(_ id: String) async throws {
        let path = path(ofUpload: id)
        await threads.run { _ = unlink(path) }
    }

    private func openUpload(_ id: String, _ mode: Int32) throws(FileError) -> Int32 {
        let path = path(ofUpload: id)
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | mode, 0o600)
        guard descriptor >= 0 else { throw FileError("write", path, errno: errno) }
        return descriptor
    }

    package func location(of hash: ContentHash) async throws -> URL? {
        let path = path(of: hash)
        return await threads.run { FileManager.default.fileExists(atPath: path) } ? URL(fileURLWithPath: path) : nil
    }
}
