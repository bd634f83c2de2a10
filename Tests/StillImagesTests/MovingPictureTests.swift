// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import PixelBuffers
import TestMedia
import Testing

@testable import StillImages

@Suite struct MovingPictures {
    /// Ten greys, a tenth of a second each, from dark to bright.
    private func greys(lossless: Bool = true) throws -> URL {
        try TestMedia.ffmpeg(
            "greys.webp",
            [
                "-f", "lavfi", "-i", "color=black:s=62x40:r=10:d=1,format=rgb24,geq=r=20*N+30:g=20*N+30:b=20*N+30",
                "-c:v", "libwebp_anim", "-lossless", lossless ? "1" : "0", "-loop", "0",
            ])
    }

    private func level(_ picture: Picture) -> Int {
        // Limited-range luma back to a grey.
        Int(((Double(picture.y.row(picture.height / 2)[picture.width / 2]) - 16) * 255 / 219).rounded())
    }

    @Test func eachMomentShowsItsPicture() throws {
        let reader = try MovingPicture(try greys())
        #expect(reader.size == PixelSize(width: 62, height: 40) && reader.duration == MediaTime(milliseconds: 1000))
        #expect(reader.starts == (0..<10).map { MediaTime(milliseconds: 100 * Int64($0)) })
        // Forwards, backwards, past both ends.
        for moment in [0, 50, 99, 100, 340, 950, 5000, 920, 610, 100, 0, -200, 777] {
            let index = min(9, max(0, moment == 99 ? 1 : moment / 100))
            let shown = level(try reader.frame(at: MediaTime(milliseconds: Int64(moment))))
            #expect(abs(shown - (20 * index + 30)) <= 2, "\(moment) ms shows \(shown)")
        }
        let standing = try reader.frame(at: MediaTime(milliseconds: 310))
        #expect(try reader.frame(at: MediaTime(milliseconds: 390)) === standing)
    }

    @Test func picturesAreShrunkAndNeverEnlarged() throws {
        let file = try greys(lossless: false)
        let small = try MovingPicture(file, targetSize: PixelSize(width: 31, height: 10))
        let frame = try small.frame(at: MediaTime(milliseconds: 500))
        #expect(frame.width == 31 && frame.height == 20 && abs(level(frame) - 130) <= 4)
        let large = try MovingPicture(file, targetSize: PixelSize(width: 620, height: 400))
        #expect(try large.frame(at: .zero).width == 62)
    }

    @Test func whatIsNoWebPOrTornIsRefused() throws {
        let file = try greys()
        #expect(MovingPicture.isOne(file))
        let photo = try TestMedia.ffmpeg("p.png", ["-f", "lavfi", "-i", "testsrc=s=32x32", "-frames:v", "1"])
        #expect(!MovingPicture.isOne(photo))
        #expect(throws: StillError.self) { try MovingPicture(photo) }
        let torn = try TestMedia.scratchFolder().appendingPathComponent("torn.webp")
        try Data(contentsOf: file).prefix(60).write(to: torn)
        #expect(throws: StillError.self) { try MovingPicture(torn).frame(at: .zero) }
    }
}
