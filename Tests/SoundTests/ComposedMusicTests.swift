// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditTime
import Foundation
import MusicEar
import Testing

@testable import Sound

/// What holds of composed music as it sounds.
@Suite struct ComposedMusicTests {
    /// Plays off the threads of Swift's concurrency: it takes a second or two.
    private func played(_ style: String, seed: UInt64, seconds: Double) async throws -> (Data, SoundMeasures) {
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                done.resume(
                    with: Result {
                        let url = FileManager.default.temporaryDirectory
                            .appendingPathComponent("composed-\(style)-\(seed)-\(seconds)-\(UUID().uuidString).wav")
                        defer { try? FileManager.default.removeItem(at: url) }
                        let request = MusicRequest(style: style, seed: seed, length: MediaTime(seconds: seconds))
                        let composition = try #require(Composer.compose(request))
                        try SoundFontPlayer().render(composition.piece, to: url)
                        let (left, right) = try WaveReader.read(url)
                        return (try Data(contentsOf: url), SoundMeasures(left: left, right: right))
                    })
            }
        }
    }

    @Test(arguments: BeatTrackerTests.styles) func isExactlyLongEnoughWithoutHolesOrClippingAndDiesAway(
        style: String
    ) async throws {
        let (data, measures) = try await played(style, seed: 2, seconds: 9.5)
        #expect(data.count == 44 + 4 * 456_000)
        #expect(measures.longestSilence <= 0.3)
        #expect(measures.peak < -1 && measures.clippedSamples == 0)
        #expect(measures.lastLevel < -45)
        #expect(abs(measures.loudness + 16) < 2.5)
    }

    @Test func soundsTheSameTwice() async throws {
        let first = try await played("lofi", seed: 4, seconds: 6).0
        #expect(try await played("lofi", seed: 4, seconds: 6).0 == first)
    }

    /// Samples that no note needs are not decoded, and nobody hears that. All of them take a minute.
    @Test(.enabled(if: BeatTrackerTests.isThorough, "only with ./test --all"), arguments: ["pop", "cinematic"])
    func leavingSamplesOutChangesNothing(
        style: String
    ) async throws {
        let request = MusicRequest(style: style, seed: 3, length: MediaTime(seconds: 12))
        let piece = try #require(Composer.compose(request)).piece
        let same = try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread {
                done.resume(
                    with: Result {
                        var player = try SoundFontPlayer()
                        let some = try player.render(piece)
                        player.decodesAll = true
                        let all = try player.render(piece)
                        return some.left == all.left && some.right == all.right && some.left.contains { abs($0) > 0.01 }
                    })
            }
        }
        #expect(same)
    }

    @Test(.enabled(if: BeatTrackerTests.isThorough, "only with ./test --all"))
    func stylesSoundMoreDifferentThanSeedsOfOne() async throws {
        var measures: [String: [SoundMeasures]] = [:]
        for style in ["electronic", "piano", "ambient", "jazz"] {
            for seed in [1, 2] as [UInt64] {
                measures[style, default: []].append(try await played(style, seed: seed, seconds: 16).1)
            }
        }
        var (within, between) = ([Double](), [Double]())
        for (style, pieces) in measures {
            within.append(pieces[0].distance(to: pieces[1]))
            for (other, others) in measures where other != style { between.append(pieces[0].distance(to: others[1])) }
        }
        let mean = { (numbers: [Double]) in numbers.reduce(0, +) / Double(numbers.count) }
        #expect(within.allSatisfy { $0 > 0.3 })
        #expect(mean(between) > 1.2 * mean(within))
    }
}
