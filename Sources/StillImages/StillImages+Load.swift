// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import EditModel
public import Foundation
public import PixelBuffers

extension StillImages {
    /// Loads a photo: upright, in sRGB, cropped, turned and shrunk as asked, as a film's 4:2:0 picture.
    ///
    /// The picture has an alpha plane only when something in it is see-through. Of a moving gif or webp it is the first
    /// frame. Throws `.truncated` for a file that ends too early, unless the request accepts one.
    public static func load(_ url: URL, _ request: PhotoRequest = PhotoRequest()) throws(StillError) -> LoadedPhoto {
        let photo = try develop(url, request)
        return LoadedPhoto(
            picture: photo.pixels.picture(), sourceSize: photo.sourceSize, isTruncated: photo.isTruncated)
    }

    /// A small picture of a photo, upright, `width` pixels wide or as wide as the photo is; cut-short files show what they have.
    public static func thumbnail(_ url: URL, width: Int) throws(StillError) -> Picture {
        let tall = PixelSize(width: max(1, width), height: largestPixelCount)
        return try load(url, PhotoRequest(size: .within(tall), acceptsTruncated: true)).picture
    }

    struct Developed {
        var pixels: Pixels
        var sourceSize: PixelSize
        var isTruncated: Bool
    }

    /// The photo as RGB or premultiplied RGBA. For `spare` see `PhotoDevelopment`.
    static func develop(_ url: URL, _ request: PhotoRequest, spare: Double = 2) throws(StillError) -> Developed {
        let file = try StillFile(url)
        do {
            return try PhotoDevelopment(file, request, .whole, spare: spare).run()
        } catch  where error.code == .damaged {
            // Damaged at the end, or damaged all through: what a lenient reading makes of it tells.
            guard let rest = try? PhotoDevelopment(file, request, .lenient, spare: spare).run() else { throw error }
            guard request.acceptsTruncated else {
                throw StillError(.truncated, error.operation, error.path, error.underlying)
            }
            return Developed(pixels: rest.pixels, sourceSize: rest.sourceSize, isTruncated: true)
        }
    }
}
