// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import Foundation
import MediaIO
import PixelBuffers
import TestMedia
import Testing

@Suite struct ClipReaderTests {
    @Test(arguments: [FilmContainer.mp4, .mov, .matroska])
    func `frames are exact in order, at random and backwards`(_ container: FilmContainer) throws {
        let rate = FrameRate(30)
        let film = try TestFilm.write(container, rate: rate, frames: 100)
        let reader = try ClipReader(film)
        func number(_ index: Int) throws -> Int { TestFilm.number(of: try reader.frame(at: rate.time(ofFrame: index))) }
        var random = SeededRandom(7)
        let orders = [Array(0..<100), (0..<60).map { _ in random.next(100) }, (0..<100).reversed()]
        for order in orders { #expect(try order.map(number) == order) }
        #expect(TestFilm.number(of: try reader.frame(at: MediaTime(seconds: -1))) == 0)
        #expect(TestFilm.number(of: try reader.frame(at: MediaTime(seconds: 60))) == 99)
        #expect(try reader.frame(at: MediaTime(seconds: 60)) === reader.frame(at: MediaTime(seconds: 70)))
    }
}

/// A small generator with a fixed seed (Numerical Recipes' linear congruential constants).
struct SeededRandom {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
    }
}
