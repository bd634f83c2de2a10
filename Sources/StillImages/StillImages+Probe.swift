// SPDX-License-Identifier: GPL-3.0-or-later
import CVips
import EditModel
public import Foundation

extension StillImages {
    /// Reads the header of a picture file: size, camera orientation, capture time, profile. A few milliseconds.
    public static func probe(_ url: URL) throws(StillError) -> PhotoFacts {
        let file = try StillFile(url)
        let picture = try file.picture(.lenient)
        let turn = PhotoTurn(orientation: picture.orientation)
        let size = PixelSize(width: picture.width, height: picture.height)
        var facts = PhotoFacts(
            format: file.format, size: turn.swapsSides ? size.turned : size, hasAlpha: picture.hasAlpha,
            frameCount: max(1, picture.integer("n-pages") ?? 1), orientation: picture.orientation)
        facts.profileName = picture.blob(VIPS_META_ICC_NAME).flatMap(ICCProfile.name)

        let exif = ExifText(picture)
        for (time, offset) in ExifText.captureFields {
            guard let value = exif.captureTime(time) else { continue }
            facts.captureTime = value
            facts.captureOffsetMinutes = exif.offsetMinutes(offset)
            break
        }
        facts.camera = exif.camera
        return facts
    }
}
