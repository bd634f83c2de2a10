// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
public import EditTime
public import Foundation

/// Reads the sound of a song or a clip as 48 kHz stereo: interleaved left and right, 32-bit float, full scale ±1.
///
/// Sample 0 is the file's own time 0 (`ContainerFacts`): an encoder's priming is dropped, silence stands where the sound
/// starts after the picture or breaks off for a while. Reading from the middle gives the samples that reading from the
/// start gives there (for codecs without memory, exactly those). One thread at a time; blocks.
public final class SoundReader {
    public static let sampleRate = 48_000

    private let file: MediaFile
    private var source: StreamDecoder
    private let resampler: StereoResampler
    private let origin: MediaTime
    /// Length of the stream as its container cuts it, in seconds from `origin`; nil where it does not.
    private let end: MediaTime?
    /// Where the container says that all of it ends, and some slack: a frame that says it comes later has a broken clock, and what
    /// stands before it is no silence. Nil where the container does not say.
    private let latest: MediaTime?

    /// Which sample of the source, at its own rate, comes next into the resampler.
    private var cursor: Int64?
    private var sourceRate: Int64
    /// Samples of silence or of cut-off still owed before the waiting frame, at the source's rate.
    private var silenceOwed: Int64 = 0
    private var waiting: FrameHandle?
    private var firstWanted: MediaTime
    private var hasEnded = false
    /// The source does not stand at its start, and has not shown yet where it stands.
    private var hasJumped = false

    /// Starts at source time `start`. Throws as `MediaProbe` does, and `noSound` or `unsupported`.
    public convenience init(_ url: URL, from start: MediaTime = .zero) throws(MediaError) {
        try self.init(MediaFile(url), from: start)
    }

    public init(_ file: MediaFile, from start: MediaTime = .zero) throws(MediaError) {
        self.file = file
        let demuxer = try Demuxer(file)
        guard let stream = demuxer.soundStream else {
            throw MediaError(.noSound, "play", file.name, "there is no sound in it")
        }
        sourceRate = Int64(stream.pointee.codecpar.pointee.sample_rate)
        guard (1000...768_000).contains(sourceRate) else {
            throw MediaError(.unsupported, "play", file.name, "its sample rate is \(sourceRate) Hz")
        }
        origin = demuxer.origin
        firstWanted = max(.zero, start)
        end = Self.cut(demuxer, stream, origin)
        latest = demuxer.end.map { $0 - demuxer.origin + MediaTime(milliseconds: 1000) }
        source = try StreamDecoder(demuxer, stream, threads: 1)
        resampler = StereoResampler(subject: file.name)
        seek()
    }

    /// Fills `buffer` (pairs of left and right) as far as there is sound, and returns how many sample pairs it wrote; fewer than
    /// would fit only at the end, 0 after it.
    public func read(into buffer: UnsafeMutableBufferPointer<Float>) throws(MediaError) -> Int {
        let wanted = buffer.count / 2
        var done = 0
        while done < wanted {
            let got = resampler.take(UnsafeMutableBufferPointer(rebasing: buffer[(2 * done)..<(2 * wanted)]))
            done += got
            if got == 0, try !advance() { break }
        }
        return done
    }

    // MARK: Starting

    /// Where the container's edit list ends the sound; the samples beyond fill the last packet only.
    private static func cut(_ demuxer: Demuxer, _ stream: UnsafeMutablePointer<AVStream>, _ origin: MediaTime)
        -> MediaTime?
    {
        guard demuxer.kind.demuxer == "mov", let start = demuxer.start(of: stream),
            let length = LibAV.time(stream.pointee.duration, stream.pointee.time_base), length > .zero
        else { return nil }
        return start + length - origin
    }

    /// Decoding starts this long before the first sample wanted, so that codecs with a memory (the bit reservoir of mp3, the
    /// overlap of AAC, Opus' 80 ms) and the resampler's filter have settled.
    private static let runUp = MediaTime(milliseconds: 300)

    private func seek() {
        guard firstWanted > Self.runUp * 2 else { return }
        let target = LibAV.count(firstWanted - Self.runUp + origin, source.stream.pointee.time_base)
        switch source.demuxer.kind {
        case .mp3, .aac:
            // Bare frames: a seek would guess from the bit rate, reading past them is exact and quick.
            source.passOver(until: target)
        default:
            // A failed seek leaves the reader at the start, from where everything up to the first sample wanted is dropped.
            hasJumped = source.seek(to: target)
        }
    }

    /// Opens the file anew where a jump went too far.
    private func startOver() throws(MediaError) {
        hasJumped = false
        cursor = nil
        let demuxer = try Demuxer(file)
        guard let stream = demuxer.soundStream else { return }
        source = try StreamDecoder(demuxer, stream, threads: 1)
    }

    // MARK: Moving on

    /// Gets more sound into the resampler; false at the end.
    private func advance() throws(MediaError) -> Bool {
        if hasEnded { return false }
        if silenceOwed > 0 {
            let count = min(silenceOwed, 65_536)
            try resampler.addSilence(Int(count))
            silenceOwed -= count
            cursor = (cursor ?? 0) + count
            return true
        }
        let frame: FrameHandle
        if let kept = waiting {
            waiting = nil
            frame = kept
        } else if let next = try source.next() {
            guard next.pointer.pointee.nb_samples > 0 else { return true }
            if try place(next) { return true }
            frame = next
        } else {
            hasEnded = true
            guard cursor != nil || firstWanted > .zero else {
                throw MediaError(.damaged, "play", file.name, "not one sample of it can be decoded")
            }
            try resampler.finish()
            return true
        }
        try add(frame)
        return true
    }

    /// Compares a frame's time with where the sound stands; true if it has to wait for silence.
    private func place(_ frame: FrameHandle) throws(MediaError) -> Bool {
        let rate = Int64(max(1, frame.pointer.pointee.sample_rate))
        if cursor == nil || rate != sourceRate || !resampler.accepts(frame.pointer) {
            try begin(frame, rate)
        }
        guard let cursor, let position = position(of: frame, rate) else { return false }
        if hasJumped {
            if position > cursor {
                try startOver()
                return true
            }
            hasJumped = false
        }
        // Where this frame should start if the sound went on without a break.
        let expected = cursor - resampler.skipping
        // Clocks of containers are coarse and recorders' ones drift a little; only real gaps are filled.
        let slack = resampler.hasInput ? rate / 25 : 0
        if abs(position - expected) > slack {
            resampler.skipping = max(0, cursor - position)
            silenceOwed = max(0, position - cursor)
        }
        if silenceOwed > 0 { waiting = frame }
        return silenceOwed > 0
    }

    /// Sets up the resampler so that its output falls on whole samples of the film: input from the last moment before the
    /// first sample wanted at which both rates have a sample.
    private func begin(_ frame: FrameHandle, _ rate: Int64) throws(MediaError) {
        let isRestart = cursor != nil
        var (a, b) = (rate, Int64(Self.sampleRate))
        while b != 0 { (a, b) = (b, a % b) }
        let (inputs, outputs) = (rate / a, Int64(Self.sampleRate) / a)
        let produced = resampler.produced
        let first = isRestart ? produced : Self.sample(at: firstWanted, Int64(Self.sampleRate))
        let settle = (isRestart ? 0 : rate / 10) / inputs + 1
        let block = max(0, first / outputs - settle)
        cursor = block * inputs
        sourceRate = rate
        try resampler.start(frame.pointer, dropping: first - block * outputs, from: first)
    }

    /// The sample, counted from the file's time 0, with which a frame starts; nil where its time is unknown or cannot be.
    private func position(of frame: FrameHandle, _ rate: Int64) -> Int64? {
        let base = source.stream.pointee.time_base
        guard let time = LibAV.time(frame.pointer.pointee.best_effort_timestamp, base) else { return nil }
        if let latest, time - origin > latest { return nil }
        let position = Self.sample(at: time - origin, rate)
        // Where the clock is coarser than a sample (Matroska's milliseconds), blocks of one length tell which sample is meant.
        let parameters = source.stream.pointee.codecpar.pointee
        var block = Int64(parameters.frame_size)
        if block <= 1, parameters.codec_id == AV_CODEC_ID_FLAC || parameters.codec_id == AV_CODEC_ID_OPUS {
            block = Int64(frame.pointer.pointee.nb_samples)
        }
        guard Int64(base.num) * rate > Int64(base.den), block > 1, let start = source.demuxer.start(of: source.stream)
        else { return position }
        let first = Self.sample(at: start - origin, rate) - Int64(parameters.initial_padding)
        let snapped = first + roundedDivision(position - first, block) * block
        return abs(snapped - position) * Int64(base.den) <= rate * Int64(base.num) ? snapped : position
    }

    private func add(_ frame: FrameHandle) throws(MediaError) {
        var count = Int64(frame.pointer.pointee.nb_samples)
        if let end, let cursor {
            // Cut the last frame, and all after it, where the edit list ends.
            let left = Self.sample(at: end, sourceRate) - cursor + resampler.skipping
            if left < count {
                count = max(0, left)
                hasEnded = true
            }
        }
        let used = try resampler.add(frame.pointer, count: count)
        cursor = (cursor ?? 0) + used
        if hasEnded { try resampler.finish() }
    }

    private static func sample(at time: MediaTime, _ rate: Int64) -> Int64 {
        av_rescale_q(time.ticks, LibAV.ticks, AVRational(num: 1, den: Int32(rate)))
    }
}

/// `a / b` to the nearest; `b` > 0.
private func roundedDivision(_ a: Int64, _ b: Int64) -> Int64 {
    (a >= 0 ? a + b / 2 : a - b / 2) / b
}
