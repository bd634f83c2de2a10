// SPDX-License-Identifier: GPL-3.0-or-later
import ColourTables
import Compositor
import ContentHash
import EditModel
import FileStore
import Foundation
import PixelBuffers
import RenderPlanning
import StillImages
import Synchronization

/// Photos made ready for drawing: upright, sRGB, cropped, turned, graded, sized for the largest zoom they need; each made
/// once, however many workers ask, and mapped read-only by all of them.
final class PreparedPhotos: Sendable {
    static let kind = CacheFolder.Kind("photos")

    private struct Key: Encodable {
        let photo: PreparedPhoto
        let stage: String
    }

    private struct Held {
        weak var picture: Picture?
    }

    private let files: SourceFiles
    private let pictures: PictureStore
    private let gate = KeyedGate<PreparedPhoto>()
    /// One photo is developed at a time: a large one takes some dozens of megabytes on the way.
    private let darkroom = KeyedGate<Bool>()
    /// Those that some worker holds now.
    private let held = Mutex<[PreparedPhoto: Held]>([:])

    init(files: SourceFiles, pictures: PictureStore) {
        self.files = files
        self.pictures = pictures
    }

    /// The photo as described, or as large as it is where that is smaller.
    func picture(_ photo: PreparedPhoto) throws -> Picture {
        if let picture = inHand(photo) { return picture }
        return try gate.run(photo) {
            if let picture = inHand(photo) { return picture }
            let key = try ContentHash(canonical: Key(photo: photo, stage: Stages.photos))
            let picture =
                if let kept = pictures.load(Self.kind, key) {
                    kept
                } else {
                    try darkroom.run(true) { try pictures.store(make(photo), Self.kind, key) }
                }
            held.withLock { held in
                held = held.filter { $0.value.picture != nil }
                held[photo] = Held(picture: picture)
            }
            return picture
        }
    }

    private func inHand(_ photo: PreparedPhoto) -> Picture? { held.withLock { $0[photo]?.picture } }

    private func make(_ photo: PreparedPhoto) throws -> Picture {
        let request = PhotoRequest(
            crop: photo.crop, rotate: photo.turn.degrees, flipsHorizontally: photo.turn.flip == .horizontal,
            flipsVertically: photo.turn.flip == .vertical, size: .exactly(photo.size), acceptsTruncated: true)
        let picture = try StillImages.load(files.url(of: photo.photo.hash), request).picture
        if !photo.grade.keepsColours { try GradeTable(photo.grade, cube: cube(photo.grade)).apply(to: picture) }
        return picture
    }

    private func cube(_ grade: Grade) throws -> CubeTable? {
        guard let lut = grade.lut else { return nil }
        return try CubeTable(parsing: String(contentsOf: files.url(of: lut), encoding: .utf8))
    }
}
