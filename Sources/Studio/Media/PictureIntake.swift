// SPDX-License-Identifier: GPL-3.0-or-later
import ContentHash
import EditModel

/// Takes in pictures that a picture model draws. They come the way of every upload: written down, examined; kept by hash
/// with the turn that brings them.
package struct PictureIntake: Sendable {
    /// The bytes of a picture that shows what is described; throws `Failure`.
    package typealias Drawing = @Sendable (_ description: String) async throws -> [UInt8]

    /// Why no picture came, in the director's words for it: `slow`, `refused`, `confused`, `unreachable`.
    package struct Failure: Error, Hashable, Sendable {
        package var reason: String

        package init(reason: String) { self.reason = reason }
    }

    private let stores: Studio.Stores
    private let examiner: any MediaExaminer
    private let mostBytes: Int
    /// All media of an account; nil = as many as there is room for.
    private let accountBytes: Int64?
    /// Files that a project may hold.
    let mostFiles: Int
    private let drawing: Drawing

    package init(
        _ stores: Studio.Stores, examiner: any MediaExaminer, limits: StudioLimits = StudioLimits(),
        drawing: @escaping Drawing
    ) {
        self.stores = stores
        self.examiner = examiner
        mostBytes = limits.fileBytes
        accountBytes = limits.accountBytes
        mostFiles = limits.filesInProject
        self.drawing = drawing
    }

    /// A picture that shows what is described, for a project of `account`. Nothing keeps its bytes yet.
    func picture(showing description: String, for account: AccountID) async throws -> Answer.Arrived {
        let bytes = try await drawing(description)
        guard !bytes.isEmpty, bytes.count <= mostBytes else { throw Failure(reason: "confused") }
        if let most = accountBytes, try await stores.assets.byteCount(of: account) + Int64(bytes.count) > most {
            throw Failure(reason: "refused")
        }
        let file = try await stores.media.receive()
        try await stores.media.append(bytes, to: file)
        var examined: Examined
        do {
            examined = try await examiner.examine(file.url)
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Failure(reason: "confused")
        }
        guard examined.facts.kind == .image, let hash = ContentHash(hex: examined.facts.contentHash) else {
            throw Failure(reason: "confused")
        }
        // When it was drawn says nothing about its place among photos that were taken.
        examined.facts.fileTime = nil
        return Answer.Arrived(examined, named: Self.name(for: description, examined), file: file, hash: hash)
    }

    /// What the file is called in the project: the first words of what it shows, and the ending of what it is.
    static func name(for description: String, _ examined: Examined) -> String {
        let words = description.split { !$0.isLetter && !$0.isNumber }.prefix(6).joined(separator: "-")
        let ending = examined.facts.format.isEmpty ? "png" : examined.facts.format
        return "\(words.isEmpty ? "picture" : String(words.prefix(40))).\(ending == "jpeg" ? "jpg" : ending)"
    }
}
