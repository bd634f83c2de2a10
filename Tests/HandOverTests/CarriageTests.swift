// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import HandOver
import Testing

/// Nothing is lost in silence.
@Suite struct CarriageTests {
    @Test(arguments: HandOverFormat.allCases)
    func whatAFilmHasIsCarriedOrTold(format: HandOverFormat) throws {
        let film = try HandOverSamples.film()
        let losses = film.losses(format)
        #expect(!losses.isEmpty)
        #expect(losses.allSatisfy { $0.carriage != .whole })
        #expect(losses.contains { $0.trait == .ducking }, "no format knows of ducking but our own reader")
        #expect(losses.contains { $0.trait == .grade && $0.names == ["beach.jpg"] })
        #expect(losses.map(\.trait) == FilmTrait.allCases.filter { trait in losses.contains { $0.trait == trait } })
    }

    @Test func captionsAreAllThatACaptionFileKeeps() throws {
        let lost = Set(try HandOverSamples.film().losses(.srt).map(\.trait))
        #expect(lost.isSuperset(of: [.pictures, .sounds, .titles, .transitions, .canvas, .filmFades]))
        #expect(!lost.contains(.captions))
    }

    @Test func aTransitionThatAFormatKnowsIsNoLoss() throws {
        let film = try HandOverSamples.film()
        func kinds(_ format: HandOverFormat) -> [String] {
            film.losses(format).first { $0.trait == .transitionKinds }?.names ?? []
        }
        #expect(kinds(.capcut) == [])
        #expect(kinds(.fcpxml) == ["surf.mp4"])
        #expect(kinds(.edl) == ["surf.mp4"])
    }

    @Test func aSoundThatCouldNotBeMadeIsToldOf() throws {
        var film = try HandOverSamples.film()
        #expect(!film.losses(.mlt).contains { $0.trait == .unmadeSounds })
        film.made = [:]
        #expect(film.losses(.mlt).contains { $0.trait == .unmadeSounds && $0.names == ["Hi"] })
    }
}
