// SPDX-License-Identifier: GPL-3.0-or-later
import Composer
import EditTime
import Foundation
import MusicEar
import Synchronization
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

    /// Samples of a store in memory.
    private final class Kept: SampleStore {
        private let kept = Mutex<(samples: [[UInt8]: Data], found: Int)>(([:], 0))
        var count: Int { kept.withLock { $0.samples.count } }
        var found: Int { kept.withLock { $0.found } }

        func load(decodedOf coded: UnsafeRawBufferPointer) -> Data? {
            let coded = Array(coded)
            return kept.withLock {
                if $0.samples[coded] != nil { $0.found += 1 }
                return $0.samples[coded]
            }
        }

        func keep(_ decoded: UnsafeRawBufferPointer, decodedOf coded: UnsafeRawBufferPointer) {
            let (decoded, coded) = (Data(decoded), Array(coded))
            kept.withLock { $0.samples[coded] = decoded }
        }
    }

    private func samples(
        _ style: String, seconds: Double, _ player: @escaping @Sendable () throws -> SoundFontPlayer
    ) async throws -> SampledSound {
        let request = MusicRequest(style: style, seed: 3, length: MediaTime(seconds: seconds))
        let piece = try #require(Composer.compose(request)).piece
        return try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try player().render(piece) }) }
        }
    }

    /// The bytes of what is written.
    private func file(
        _ style: String, seconds: Double, _ player: @escaping @Sendable () throws -> SoundFontPlayer
    ) async throws -> Data {
        let request = MusicRequest(style: style, seed: 3, length: MediaTime(seconds: seconds))
        let piece = try #require(Composer.compose(request)).piece
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("kept-\(UUID().uuidString).wav")
        defer { try? FileManager.default.removeItem(at: url) }
        try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try player().render(piece, to: url) }) }
        }
        return try Data(contentsOf: url)
    }

    /// Only what sounds is decoded, once for all pieces, and nobody hears that.
    @Test func decodedSamplesAreKeptAndSoundTheSame() async throws {
        let kept = Kept()
        let first = try await file("lofi", seconds: 6) { try SoundFontPlayer(store: kept) }
        let decoded = kept.count
        // A font of 1,254 samples, of which a few instruments play.
        #expect((1...200).contains(decoded) && kept.found == 0)
        let again = try await file("lofi", seconds: 6) { try SoundFontPlayer(store: kept) }
        #expect(kept.count == decoded && kept.found == decoded)
        let alone = try await file("lofi", seconds: 6) { try SoundFontPlayer() }
        #expect(first == again)
        #expect(first == alone)
        #expect(first.count == 44 + 4 * 288_000)
    }

    /// FluidSynth's own decoder rounds some samples otherwise, by one step of 16 bits. All of them take a minute.
    @Test(.enabled(if: BeatTrackerTests.isThorough, "only with ./test --all"), arguments: ["pop", "cinematic"])
    func leavingSamplesOutChangesNothing(style: String) async throws {
        let some = try await samples(style, seconds: 12) { try SoundFontPlayer() }
        let all = try await samples(style, seconds: 12) {
            var player = try SoundFontPlayer()
            player.decodesAll = true
            return player
        }
        func power(_ values: [Float]) -> Double { values.reduce(0) { $0 + Double($1) * Double($1) } }
        let difference = power(zip(some.left, all.left).map { $0 - $1 })
        #expect(power(some.left) > 1)
        #expect(10 * log10(difference / power(all.left)) < -60)
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
