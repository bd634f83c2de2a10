// SPDX-License-Identifier: GPL-3.0-or-later
internal import CRubberBand
internal import Foundation

/// Plays a take faster or slower at its own pitch, by Rubber Band's offline mode (the whole is studied, then made).
///
/// One thread, so that the same take gives the same samples. The finer engine, R3, costs 0.1 s a second of sound, so sounds over
/// three minutes take the faster one.
struct TimeStretcher {
    /// Source time that passes a film time.
    let speed: Double
    private static let fineFrames = 180 * FilmSound.rate
    private static let blockFrames = FilmSound.blockFrames

    init(speed: Double) { self.speed = min(max(speed, 1.0 / 64), 64) }

    /// Writes `take` at this speed to the end of `file`: exactly `frames / speed` long, to the nearest frame.
    func stretch(_ take: Take, into file: ScratchFile, hearing hear: (StereoBlock) -> Void) throws -> Take {
        let start = file.frames
        let frames = Int((Double(take.frames) / speed).rounded())
        guard take.frames > 0, frames > 0 else { return Take(file: file, start: start, frames: 0, offset: (0, 0)) }
        let engine = take.frames <= Self.fineFrames ? RubberBandOptionEngineFiner : RubberBandOptionEngineFaster
        let options =
            engine.rawValue | RubberBandOptionThreadingNever.rawValue | RubberBandOptionChannelsTogether.rawValue
        guard
            let band = rubberband_new(
                UInt32(FilmSound.rate), 2, Int32(options), Double(frames) / Double(take.frames), 1)
        else {
            throw SoundError(.outOfMemory, "change the speed of", of: "a sound", because: "Rubber Band gave no state")
        }
        defer { rubberband_delete(band) }
        rubberband_set_expected_input_duration(band, UInt32(take.frames))
        rubberband_set_max_process_size(band, UInt32(Self.blockFrames))

        let input = StereoBlock()
        let output = StereoBlock()
        for position in stride(from: 0, to: take.frames, by: Self.blockFrames) {
            input.count = min(Self.blockFrames, take.frames - position)
            try take.read(at: position, into: input)
            withChannels(input) {
                rubberband_study(band, $0, UInt32(input.count), position + input.count == take.frames ? 1 : 0)
            }
        }
        var written = 0
        func drain() throws {
            while true {
                let ready = rubberband_available(band)
                guard ready > 0 else { return }
                output.count = min(Int(ready), output.capacity)
                let targets: [UnsafeMutablePointer<Float>?] = [output.left, output.right]
                output.count = Int(rubberband_retrieve(band, targets, UInt32(output.count)))
                output.count = min(output.count, frames - written)
                if output.count <= 0 { continue }
                try file.append(output)
                hear(output)
                written += output.count
            }
        }
        for position in stride(from: 0, to: take.frames, by: Self.blockFrames) {
            input.count = min(Self.blockFrames, take.frames - position)
            try take.read(at: position, into: input)
            withChannels(input) {
                rubberband_process(band, $0, UInt32(input.count), position + input.count == take.frames ? 1 : 0)
            }
            try drain()
        }
        return Take(file: file, start: start, frames: written, offset: (0, 0))
    }

    private func withChannels(
        _ block: StereoBlock, _ body: (UnsafePointer<UnsafePointer<Float>?>) -> Void
    ) {
        let channels: [UnsafePointer<Float>?] = [UnsafePointer(block.left), UnsafePointer(block.right)]
        channels.withUnsafeBufferPointer { if let base = $0.baseAddress { body(base) } }
    }
}
