// SPDX-License-Identifier: GPL-3.0-or-later
internal import CEBUR128
internal import Foundation

/// Loudness of 48 kHz stereo as ITU-R BS.1770-4 and EBU R 128 define it, measured by libebur128.
final class LoudnessMeter {
    private var state: UnsafeMutablePointer<ebur128_state>?
    private let interleaved = UnsafeMutablePointer<Float>.allocate(capacity: 2 * FilmSound.blockFrames)
    private var frames = 0
    private let hasRange: Bool

    /// `range`: whether `loudnessRange` will be asked for.
    init(range: Bool = false) throws(SoundError) {
        hasRange = range
        let mode = EBUR128_MODE_I.rawValue | (range ? EBUR128_MODE_LRA.rawValue : 0)
        state = ebur128_init(2, UInt(FilmSound.rate), Int32(mode))
        guard state != nil else {
            throw SoundError(.outOfMemory, "measure loudness", of: "a mix", because: "libebur128 gave no meter")
        }
    }

    deinit {
        ebur128_destroy(&state)
        interleaved.deallocate()
    }

    func add(_ block: StereoBlock) {
        precondition(block.count <= FilmSound.blockFrames)
        block.interleave(into: interleaved)
        // Fails only when out of memory for its history; the measure then stands where it was.
        _ = ebur128_add_frames_float(state, interleaved, block.count)
        frames += block.count
    }

    /// Integrated loudness in LUFS; minus infinity for silence.
    ///
    /// Below 400 ms, where the standard defines none, the ungated loudness of what there is.
    var integrated: Double {
        guard frames > 0 else { return -.infinity }
        var value = 0.0
        if frames < FilmSound.rate * 2 / 5 {
            guard ebur128_loudness_momentary(state, &value) == 0, value.isFinite else { return -.infinity }
            return value + 10 * log10(0.4 * Double(FilmSound.rate) / Double(frames))
        }
        guard ebur128_loudness_global(state, &value) == 0, value.isFinite else { return -.infinity }
        return value
    }

    /// Loudness range in LU (EBU Tech 3342); 0 where it was not asked for or nothing was heard.
    var loudnessRange: Double {
        var value = 0.0
        guard hasRange, ebur128_loudness_range(state, &value) == 0, value.isFinite else { return 0 }
        return value
    }
}
