// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import MediaIO
import Testing

@testable import Renderer

@Suite struct PeakFittingTests {
    @Test func theBusiestSecondIsAnyOne() {
        let sizes = [100, 100, 100, 900, 900, 100, 100, 100]
        #expect(PeakFitting.busiestSecond(sizes, rate: FrameRate(2)) == 15)
        #expect(PeakFitting.busiestSecond(sizes, rate: FrameRate(8)) == 20)
        #expect(PeakFitting.busiestSecond([125], rate: FrameRate(30)) == 1)
        #expect(PeakFitting.busiestSecond([], rate: FrameRate(30)) == 0)
    }

    @Test(arguments: VideoCodec.allCases) func whatPassesTheCapIsTriedWithLess(codec: VideoCodec) throws {
        var encoding = Encoding()
        encoding.codec = codec
        encoding.mostKilobits = 8000
        var fitting = PeakFitting(most: 8000)
        let first = fitting.next(after: 8000, from: encoding)
        #expect(first == nil)
        var last = encoding
        for peak in [12_000, 9000, 8100] {
            let tried = fitting.next(after: peak, from: last)
            let next = try #require(tried)
            if codec == .av1 {
                #expect(next.crf ?? 0 > last.crf ?? 32)
            } else {
                #expect(next.peakShare < last.peakShare * 8000 / Double(peak))
            }
            last = next
        }
        let fourth = fitting.next(after: 9000, from: last)
        #expect(fourth == nil, "not for ever")
    }

    @Test func onlyAPlatformsFilmIsCapped() {
        var encoding = Encoding()
        let canvas = PixelSize(width: 1080, height: 1920)
        #expect(encoding.settings(canvas: canvas, frameRate: FrameRate(30)).peak == nil)
        encoding.mostKilobits = 8000
        let peak = encoding.settings(canvas: canvas, frameRate: FrameRate(30)).peak
        #expect(peak == .init(kilobits: 6400, bufferKilobits: 1600))
    }
}
