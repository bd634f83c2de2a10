// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import EditModel
public import Foundation
public import PixelBuffers

extension StillImages {
    /// Whether faces can be found: their detector's data come from Debian's package `opencv-data`.
    public static var findsFaces: Bool { FaceCascade.installed != nil }

    /// Version of what this module and libvips find in a picture; part of the key of a cached analysis.
    public static var analysisVersion: String {
        "\(analysisStage) libvips \(libraryVersion) \(findsFaces ? "faces" : "no faces")"
    }

    /// Raised when the numbers change.
    private static let analysisStage = 1

    /// Long side at which sharpness is measured: fine enough to tell what a film would show.
    private static let sharpnessSide = 1280
    /// Long side at which faces are looked for: one of 20 pixels, a twenty-fourth of it, is found.
    private static let faceSide = 480
    /// Long side for everything else.
    private static let analysisSide = 640

    /// Looks at a photo. Decodes it, so a file that ends too early throws `.truncated`.
    public static func analyse(_ url: URL, acceptsTruncated: Bool = false) throws(StillError) -> PhotoAnalysis {
        let box = PixelSize(width: sharpnessSide, height: sharpnessSide)
        let photo = try develop(url, PhotoRequest(size: .within(box), acceptsTruncated: acceptsTruncated))
        return analyse(photo.pixels)
    }

    /// Looks at a picture that is loaded already, such as a clip's frame. One loaded within 1 280 × 1 280 gives nearly what its file gives.
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
        let heads = heads(small, luma)
        return PhotoAnalysis(
            focus: Head.focus(heads, otherwise: Saliency(small, luma).focus), faces: heads.map(\.rect),
            sharpness: LumaPlane(fine).sharpness * enlargement * enlargement,
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

    private static func heads(_ pixels: Pixels, _ luma: LumaPlane) -> [Head] {
        guard let cascade = FaceCascade.installed else { return [] }
        let scale = max(1, Double(max(luma.width, luma.height)) / Double(faceSide))
        let plane = luma.resampled(
            width: max(1, Int(Double(luma.width) / scale)), height: max(1, Int(Double(luma.height) / scale)))
        return FaceFinder(cascade: cascade).find(in: plane, warmth: WarmthMap(pixels))
            .map { Head($0, width: plane.width, height: plane.height) }
    }
}
