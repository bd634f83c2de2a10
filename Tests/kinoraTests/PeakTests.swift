// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// A platform's cap on peaks holds on a film that is as hard to code as any.
@Suite struct PeakTests {
    @Test(arguments: [("channels", 8000), ("reels", 25_000)])
    func theBusiestSecondKeepsUnderThePlatformsCap(preset: String, most: Int) throws {
        let kinora = try KinoraCommand()
        let noise = try TestMedia.ffmpeg(
            "noise.mp4",
            [
                "-f", "lavfi", "-i", "color=gray:s=540x960:d=4:r=30,noise=alls=60:allf=t+u", "-c:v", "libx264",
                "-preset", "ultrafast", "-crf", "12", "-pix_fmt", "yuv420p",
            ])
        func film(_ name: String, _ arguments: [String]) throws -> (peak: Int, errors: String) {
            let answer = try kinora.run(
                ["make", noise.path, "-o", name, "--duration", "3.5", "--x264-preset", "ultrafast", "--crf", "18"]
                    + arguments)
            try #require(answer.status == 0, "\(answer.errors)")
            return (try Self.busiestSecond(kinora.path(name)), answer.errors)
        }
        let capped = try film("capped.mp4", ["--preset", preset])
        #expect(capped.peak <= most, "\(capped.peak) kbit in a second: \(capped.errors)")
        #expect(capped.peak > most / 2, "the cap is used: \(capped.peak)")
        // Without it the film would pass it by far.
        let free = try film("free.mp4", ["--canvas", "1080x1920"])
        #expect(free.peak > most * 3 / 2, "\(free.peak)")
    }

    /// Kilobits of picture in the second that has most, as ffprobe counts packets.
    private static func busiestSecond(_ path: String) throws -> Int {
        let sizes = try KinoraCommand.probe(path, "packet=size").split(whereSeparator: { !$0.isNumber }).compactMap {
            Int($0)
        }
        try #require(sizes.count == 105)
        let sums = (0...sizes.count - 30).map { sizes[$0..<$0 + 30].reduce(0, +) }
        return (sums.max() ?? 0) * 8 / 1000
    }
}
