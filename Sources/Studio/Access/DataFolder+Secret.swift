// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation

extension DataFolder {
    private static let secretBytes = 32

    /// Random bytes that the folder keeps under a name of ours; made the first time. Blocks.
    package func secret(
        named name: String, _ surroundings: Surroundings = .system
    ) throws(DataFolderError) -> [UInt8] {
        let file = "\(path)/\(name).key"
        if let found = MappedFile(path: file)?.copy, found.count == Self.secretBytes { return found }
        let secret = surroundings.randomBytes(Self.secretBytes)
        do throws(FileError) {
            try Durable.write(secret, to: file)
        } catch {
            throw .file(error)
        }
        _ = chmod(file, 0o600)
        return secret
    }
}
