// SPDX-License-Identifier: GPL-3.0-or-later
internal import MediaIO

/// Listens to coded sound as a player would decode it.
final class CodedSoundEar {
    let meter: LoudnessMeter
    let peak = TruePeakMeter()
    private(set) var overs: [Limiter.Relief] = []
    private let decoder: CodedSoundDecoder
    private let block = StereoBlock()
    private var position: Int
    private static let ceiling = Float(Decibels.gain(Mixdown.highestPeak))

    init(_ track: AudioTrack) throws {
        decoder = try CodedSoundDecoder(track)
        meter = try LoudnessMeter(range: true)
        position = -track.priming
    }

    func hear(_ packets: [CodedPacket]) throws {
        try decoder.decode(packets) { left, right, count in
            for start in stride(from: 0, to: count, by: block.capacity) {
                block.count = min(block.capacity, count - start)
                block.left.update(from: left + start, count: block.count)
                block.right.update(from: right + start, count: block.count)
                meter.add(block)
                note(peak.add(block))
            }
        }
    }

    /// A peak may lie between the last two samples.
    func finish() {
        block.count = TruePeakFilter.taps
        block.silence()
        note(peak.add(block))
    }

    private func note(_ highest: Float) {
        if highest > Self.ceiling {
            // A block of the codec spreads over its neighbours.
            let from = max(0, position - block.count - TruePeakFilter.taps)
            let to = max(from, position + 2 * block.count)
            overs.append(.init(range: from..<to, factor: Self.ceiling / highest * 0.96))
        }
        position += block.count
    }
}
