// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import EditModel
public import Foundation
public import PixelBuffers

extension StillImages {
    /// Version of what this module and libvips find in a picture; part of the key of a cached analysis.
    public static var analysisVersion: String { "\(analysisStage) libvips \(libraryVersion)" }

    /// Raised when the numbers change.
    private static let analysisStage = 1

    /// Long side at which sharpness is measured: fine enough to tell what a film would show.
    private static let sharpnessSide = 1280
    /// Long side for everything else.
    private static let analysisSide = 640

    /// Looks at a photo. Decodes it, so a file that ends too early throws `.truncated`.
    public static func analyse(_ url: URL, acceptsTruncated: Bool = false) throws(StillError) -> PhotoAnalysis {
        let box = PixelSize(width: sharpnessSide, height: sharpnessSide)
        let photo = try develop(url, PhotoRequest(size: .within(box), acceptsTruncated: acceptsTruncated))
        return analyse(photo.pixels)
    }

    /// Looks at a picture that is loaded already, such as a clip's frame. One loaded within 1 280 × 1 280 gives just what its file gives.
    ///
    /// - Parameter turn: what makes it upright; places are of the upright picture.
    public static func analyse(_ picture: Picture, turn: PhotoTurn = .none) -> PhotoAnalysis {
        analyse(Pixels(picture).turned(turn))
    }

    private static func analyse(_ pixels: Pixels) -> PhotoAnalysis {
        let fine = within(sharpnessSide, pixels)
        let small = within(analysisSide, fine)
        let luma = LumaPlane(small)
        // A small photo is enlarged in a film, and its detail with it.
        let enlargement = min(1, Double(max(fine.width, fine.height)) / Double(sharpnessSide))
        return PhotoAnalysis(
            focus: attention(small), faces: [], sharpness: LumaPlane(fine).sharpness * enlargement * enlargement,
            perceptualHash: luma.perceptualHash, meanLuma: luma.mean / 255, accent: small.accent())
    }

    private static func within(_ side: Int, _ pixels: Pixels) -> Pixels {
        let size = PhotoRequest.Size.within(PixelSize(width: side, height: side))
            .fitted(PixelSize(width: pixels.width, height: pixels.height))
        guard size.width < pixels.width || size.height < pixels.height,
            let picture = try? VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB),
            let small = try? Reduction.read(
                picture, area: PixelRect(x: 0, y: 0, width: pixels.width, height: pixels.height), width: size.width,
                height: size.height, premultiplies: false)
        else { return pixels }
        return small
    }

    /// libvips' attention: edges, saturated colours and skin. The centre when there is nothing to see.
    private static func attention(_ pixels: Pixels) -> UnitPoint {
        guard let picture = try? VipsPicture(over: pixels, interpretation: VIPS_INTERPRETATION_sRGB),
            let call = try? VipsCall(
                "smartcrop",
                [
                    ("input", .image(picture)), ("width", .int(min(32, pixels.width))),
                    ("height", .int(min(32, pixels.height))),
                    ("interesting", .int(Int(VIPS_INTERESTING_ATTENTION.rawValue))),
                ])
        else { return .center }
        return UnitPoint(
            x: (Double(call.int("attention_x")) + 0.5) / Double(pixels.width),
            y: (Double(call.int("attention_y")) + 0.5) / Double(pixels.height))
    }
}
