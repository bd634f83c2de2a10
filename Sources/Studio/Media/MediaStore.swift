// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Foundation

/// Where media lie, named by their content. The same bytes are stored once.
package protocol MediaStore: Sendable {
    /// Room for a file that comes in.
    func receive() async throws -> IncomingFile
    /// Adds bytes to a file that comes in.
    func append(_ bytes: [UInt8], to file: IncomingFile) async throws
    /// Keeps a file under the name of its content; durable when it returns.
    func keep(_ file: IncomingFile, as hash: ContentHash) async throws
    /// Where the bytes can be read; nil where there are none of that name.
    func location(of hash: ContentHash) async throws -> URL?
    /// All that are kept.
    func kept() async throws -> [ContentHash]
    /// Removes bytes, if there are any of that name. That nobody needs them is the caller's to know.
    func remove(_ hash: ContentHash) async throws

    // Files that come in in pieces, by the ids of their uploads

    /// An empty file for an upload; its name is durable when it returns.
    func makeUpload(_ id: String) async throws
    /// Writes bytes; what stood there before is replaced.
    func write(_ bytes: [UInt8], toUpload id: String, at offset: Int64) async throws
    /// Makes all that was written durable.
    func syncUpload(_ id: String) async throws
    /// The whole of it as a file that comes in; the upload's own stays.
    func incoming(ofUpload id: String) async throws -> IncomingFile
    /// Removes an upload's bytes, if there are any.
    func removeUpload(_ id: String) async throws
}
