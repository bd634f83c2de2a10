// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
public import EditModel
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

    /// A finished picture made smaller, by the filter that photos are; one that is that small already as it is.
    public static func reduced(_ picture: Picture, to size: PixelSize) throws(StillError) -> Picture {
        guard size.width < picture.width || size.height < picture.height else { return picture }
        do {
            let whole = try VipsPicture(over: Pixels(picture), interpretation: VIPS_INTERPRETATION_sRGB)
            return try Reduction.read(
                whole, area: PixelRect(x: 0, y: 0, width: picture.width, height: picture.height),
                width: min(size.width, picture.width), height: min(size.height, picture.height), premultiplies: false
            ).picture()
        } catch {
            throw StillError(.cannotWrite, "reduce", "a picture", error.message)
        }
    }

    struct Developed {
        var pixels: Pixels
        var sourceSize: PixelSize
        var isTruncated: Bool
    }

    /// The photo as RGB or premultiplied RGBA.
    static func develop(_ url: URL, _ request: PhotoRequest) throws(StillError) -> Developed {
        let file = try StillFile(url)
        do {
            return try PhotoDevelopment(file, request, .whole).run()
        } catch  where error.code == .damaged {
            // Damaged at the end, or damaged all through: what a lenient reading makes of it tells.
            guard let rest = try? PhotoDevelopment(file, request, .lenient).run() else { throw error }
            guard request.acceptsTruncated else {
                throw StillError(.truncated, error.operation, error.path, error.underlying)
            }
            return Developed(pixels: rest.pixels, sourceSize: rest.sourceSize, isTruncated: true)
        }
    }
}
