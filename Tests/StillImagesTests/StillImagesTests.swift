// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct LoadingPhotos {
    /// Every EXIF orientation shows the same upright picture.
    @Test(arguments: 1...8)
    func orientationIsUndone(orientation: Int) throws {
        let upright = try Chart.corners(width: 96, height: 64)
        // How a camera held that way stores the upright picture: the opposite of what makes it upright again.
        let stored = [
            [], ["-flop"], ["-rotate", "180"], ["-flip"], ["-transpose"], ["-rotate", "270"], ["-transverse"],
            ["-rotate", "90"],
        ][orientation - 1]
        let jpeg = try Chart.convert(upright, stored + ["-quality", "95"], to: "o.jpg")
        try Exif.write(orientation: orientation, captured: "2024:07:01 12:34:56", into: jpeg)

        let facts = try StillImages.probe(jpeg)
        #expect(facts.size == PixelSize(width: 96, height: 64))
        #expect(facts.orientation == orientation)
        #expect(facts.captureTime == "2024-07-01T12:34:56")

        let photo = try StillImages.load(jpeg)
        #expect(photo.sourceSize == PixelSize(width: 96, height: 64))
        #expect(Chart.cornerNames(Pixels(photo.picture)) == "rgbw")
        let small = try StillImages.load(jpeg, PhotoRequest(size: .within(PixelSize(width: 48, height: 48))))
        #expect(small.picture.width == 48 && small.picture.height == 32)
        #expect(Chart.cornerNames(Pixels(small.picture)) == "rgbw")
    }
}
