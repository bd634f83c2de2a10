// SPDX-License-Identifier: GPL-3.0-or-later
import Compositor
import ContentHash
import EditModel
import EditTime
import FileStore
import Foundation
import MediaIO
import PixelBuffers
import RenderPlanning
import StillImages

/// What all workers of a render draw from.
final class RenderSources: Sendable {
    let files: SourceFiles
    let pictures: PictureStore
    let photos: PreparedPhotos

    init(files: SourceFiles, cache: CacheFolder) {
        self.files = files
        pictures = PictureStore(cache: cache)
        photos = PreparedPhotos(files: files, pictures: pictures)
    }
}

/// One worker's open sources: photos mapped, clips with their decoders where they stand. One thread at a time.
final class OpenSources: ChunkSources {
    private let shared: RenderSources
    private let clipSizes: ClipSizes
    /// Last used at the end.
    private var clips: [(hash: String, reader: OpenClip)] = []
    /// Held so that the next chunk finds them mapped; last used at the end.
    private var recentPhotos: [(photo: PreparedPhoto, picture: Picture)] = []

    private static let openClips = 3
    private static let heldPhotos = 2

    init(shared: RenderSources, plan: FilmPlan) {
        self.shared = shared
        clipSizes = ClipSizes(plan)
    }

    /// Makes a photo ready without holding it.
    func prepare(_ photo: PreparedPhoto) throws { _ = try shared.photos.picture(photo) }

    func photo(_ photo: PreparedPhoto) throws -> Picture {
        if let index = recentPhotos.firstIndex(where: { $0.photo == photo }) {
            let recent = recentPhotos.remove(at: index)
            recentPhotos.append(recent)
            return recent.picture
        }
        let picture = try shared.photos.picture(photo)
        recentPhotos.append((photo, picture))
        if recentPhotos.count > Self.heldPhotos { recentPhotos.removeFirst() }
        return picture
    }

    func frame(of clip: ClipSource, at time: MediaTime) throws -> Picture {
        try reader(of: clip).frame(at: time)
    }

    private func reader(of clip: ClipSource) throws -> OpenClip {
        if let index = clips.firstIndex(where: { $0.hash == clip.hash }) {
            let open = clips.remove(at: index)
            clips.append(open)
            return open.reader
        }
        let size = clipSizes.size(of: clip)
        let reader = try OpenClip(shared.files.url(of: clip.hash), targetSize: size)
        clips.append((clip.hash, reader))
        if clips.count > Self.openClips { clips.removeFirst() }
        return reader
    }

    func bitmap(of text: TextOverlay) throws -> Picture {
        guard let hash = ContentHash(hex: text.bitmap),
            let picture = shared.pictures.load(TextDrawings.bitmapKind, hash)
        else {
            throw RenderError.drawingLost
        }
        return picture
    }

    func cube(_ hash: String) throws -> String {
        let url = try shared.files.url(of: hash)
        guard let bytes = try? Data(contentsOf: url), let text = String(data: bytes, encoding: .utf8) else {
            throw RenderError.notAColourTable(name: url.lastPathComponent)
        }
        return text
    }

    func map(_ photo: PhotoSource) throws -> Picture {
        try self.photo(
            PreparedPhoto(photo: photo, crop: .whole, turn: .none, size: photo.size, grade: .none))
    }
}

/// A clip's reader: libav's, or for a moving webp, which that cannot decode, the photos'.
private enum OpenClip {
    case coded(ClipReader)
    case moving(MovingPicture)

    init(_ url: URL, targetSize: PixelSize) throws {
        if MovingPicture.isOne(url) {
            self = .moving(try MovingPicture(url, targetSize: targetSize))
        } else {
            let options = ClipReader.Options(targetSize: (width: targetSize.width, height: targetSize.height))
            self = .coded(try ClipReader(url, options: options))
        }
    }

    func frame(at time: MediaTime) throws -> Picture {
        switch self {
        case .coded(let reader): try reader.frame(at: time)
        case .moving(let reader): try reader.frame(at: time)
        }
    }
}

/// How large the frames of each clip are needed: as large as its nearest view of it on the canvas.
private struct ClipSizes {
    private let canvas: PixelSize
    private var enlargement: [String: Double] = [:]

    init(_ plan: FilmPlan) {
        canvas = plan.canvas
        for span in plan.chunks.lazy.flatMap(\.spans) {
            switch span.main {
            case .shot(let shot): note(shot)
            case .joint(let joint):
                note(joint.from)
                note(joint.to)
            }
            for case .picture(let shot, _, _) in span.overlays { note(shot) }
        }
    }

    private mutating func note(_ shot: Shot) {
        guard case .clip(let clip) = shot.source else { return }
        let needed = (1 + shot.motion.amount) / max(0.01, min(shot.crop.width, shot.crop.height))
        enlargement[clip.hash] = max(enlargement[clip.hash] ?? 1, needed)
    }

    /// In the clip's own, unrotated pixels.
    func size(of clip: ClipSource) -> PixelSize {
        let factor = enlargement[clip.hash] ?? 1
        let upright = PixelSize(
            width: Int((Double(canvas.width) * factor).rounded(.up)),
            height: Int((Double(canvas.height) * factor).rounded(.up)))
        return clip.rotation % 180 == 0 ? upright : upright.turned
    }
}
