// SPDX-License-Identifier: GPL-3.0-or-later
public import Foundation
public import MediaIO
public import RenderPlanning

/// Makes a film's sound: all that its plan wants to be heard, mixed, brought to its loudness, and coded in one piece.
///
/// The same plan and sources give the same bytes on one machine. Blocks the calling thread for about a hundredth of the film's
/// length; memory stays at a few megabytes, the samples of long films lie in a nameless file in the scratch folder.
public struct Mixdown: Sendable {
    /// Raised whenever the same plan comes to sound different: part of the key under which a mix is cached.
    public static let version = 2

    public let plan: SoundPlan
    public let codec: AudioCodec
    /// Bits a second.
    public let bitRate: Int

    public init(_ plan: SoundPlan, codec: AudioCodec = .aac, bitRate: Int = 192_000) {
        self.plan = plan
        self.codec = codec
        self.bitRate = bitRate
    }

    /// Finds a source by its content hash; nil where it is not at hand, which is a warning and silence.
    public typealias Sources = (_ contentHash: String) throws -> MediaFile?

    /// No true peak of the decoded sound is above this, in dBTP.
    public static let highestPeak = -1.0
    /// Coding raises peaks a little: what the limiter keeps free for that. Where it takes more, the next attempt gives way there.
    private static let codecRoom = 0.6
    private static let attempts = 6
    /// What the limiter takes from the loudness is given back up to this, in dB; beyond it the sound would be crushed.
    private static let mostGivenBack = 4.0

    /// Mixes into `file` (replaced; the caller renames it to where it belongs), which `MixedSound` reads.
    ///
    /// `isCancelled` is asked at every block. Throws `cancelled`, `noSpace`, `unwritable`, `encodingFailed`.
    public func render(
        to file: URL, scratch: URL = FileManager.default.temporaryDirectory, sources: Sources,
        isCancelled: @escaping () -> Bool = { false }
    ) throws(SoundError) -> MixReport {
        do {
            return try mix(to: file, scratch: scratch, sources: sources, isCancelled: isCancelled)
        } catch let error as SoundError {
            throw error
        } catch {
            throw SoundError(.encodingFailed, "mix", of: "the film's sound", because: "\(error)")
        }
    }

    private func mix(
        to file: URL, scratch: URL, sources: Sources, isCancelled: @escaping () -> Bool
    ) throws -> MixReport {
        let mix = try FilmMix(plan: plan, scratch: scratch, isCancelled: isCancelled)
        try mix.takeIn { hash, frame in
            guard let source = try sources(hash) else { return nil }
            return try FileSource(source, from: frame)
        }
        let loudness = try mix.premix()
        let (gain, wanted) = mix.gain(for: loudness)
        let ceiling = Self.highestPeak - Self.codecRoom
        var attempt = Attempt(gain: gain, ceiling: ceiling)
        if let wanted { attempt.gain = try mix.gain(gain, under: ceiling, wanted: wanted, most: Self.mostGivenBack) }
        let writer = try MixedSoundWriter(file)
        var report = mix.report
        report.wantedLoudness = wanted
        let turnedDown = max(0, loudness.reference - loudness.set)
        report.turnedDown = turnedDown.isFinite ? turnedDown : 0
        for round in 1...Self.attempts {
            if round > 1 { try writer.startOver() }
            let heard = try encode(mix, attempt, into: writer)
            report.gain = attempt.gain
            report.integratedLoudness = heard.loudness
            report.truePeak = heard.truePeak
            report.loudnessRange = heard.range
            report.limitedBy = heard.limiting.deepest < 1 ? -Decibels.of(Double(heard.limiting.deepest)) : 0
            report.limitedSeconds = Double(heard.limiting.frames) / Double(FilmSound.rate)
            report.warnings = mix.report.warnings
            guard let next = attempt.next(after: heard, wanted: wanted, first: gain), round < Self.attempts else {
                if let wanted, let loudness = heard.loudness, loudness < wanted - 0.5 {
                    report.warnings.append(.peaksKept(loudness: loudness))
                }
                warnOffTarget(&report)
                try writer.finish(heard.track, report)
                break
            }
            attempt = next
        }
        return report
    }

    /// Says where the film is much softer or louder than it should be, and nothing else has said so.
    private func warnOffTarget(_ report: inout MixReport) {
        guard let loudness = report.integratedLoudness else { return }
        let isKnown = report.warnings.contains {
            switch $0 {
            case .gainCapped, .peaksKept: true
            default: false
            }
        }
        let asked = plan.loudness - report.turnedDown
        if !isKnown, abs(loudness - asked) > Self.mostOff {
            report.warnings.append(.offTarget(loudness: loudness, target: asked))
        }
    }

    /// In LU.
    private static let mostOff = 2.0

    /// What decoding the packets of one attempt gave.
    private struct Heard {
        var track: AudioTrack
        var loudness: Double?
        var truePeak: Double?
        var range: Double
        var limiting: FilmMix.Limiting
        /// Where decoded peaks are too high.
        var overs: [Limiter.Relief]
    }

    /// One choice of gain (dB) and ceiling (dBTP), with the places that need a lower one.
    private struct Attempt {
        var gain: Double
        var ceiling: Double
        var reliefs: [Limiter.Relief] = []

        /// The next choice, or nil when this one does: peaks under the ceiling, loudness where it belongs.
        ///
        func next(after heard: Heard, wanted: Double?, first: Double) -> Attempt? {
            var next = self
            for over in heard.overs {
                // What was given way before did not do: more of it.
                let before = reliefs.filter { $0.range.overlaps(over.range) }.map(\.factor).min() ?? 1
                next.reliefs.append(.init(range: over.range, factor: before * over.factor))
            }
            if let wanted, let loudness = heard.loudness, abs(wanted - loudness) > 0.2 {
                next.gain = min(gain + (wanted - loudness) * 1.1, first + Mixdown.mostGivenBack)
            }
            return heard.overs.isEmpty && abs(next.gain - gain) < 0.02 ? nil : next
        }
    }

    private func encode(_ mix: FilmMix, _ attempt: Attempt, into writer: MixedSoundWriter) throws -> Heard {
        let encoder = try AudioEncoder(codec, bitRate: bitRate)
        let ear = try CodedSoundEar(encoder.track)
        let samples = UnsafeMutableBufferPointer<Float>.allocate(capacity: 2 * FilmSound.blockFrames)
        defer { samples.deallocate() }
        func finish(_ packets: [CodedPacket]) throws {
            try writer.add(packets)
            try ear.hear(packets)
        }
        let limiting = try mix.master(
            gain: attempt.gain, ceiling: attempt.ceiling, reliefs: attempt.reliefs
        ) { master in
            guard let base = samples.baseAddress else { return }
            master.interleave(into: base)
            try finish(encoder.encode(UnsafeBufferPointer(rebasing: samples[..<(2 * master.count)])))
        }
        try finish(encoder.finish())
        ear.finish()
        return Heard(
            track: encoder.track, loudness: ear.meter.integrated.isFinite ? ear.meter.integrated : nil,
            truePeak: ear.peak.peak > 0 ? ear.peak.decibels : nil, range: ear.meter.loudnessRange, limiting: limiting,
            overs: ear.overs)
    }
}
