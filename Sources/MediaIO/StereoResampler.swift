// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// Decoded sound of any layout, format and rate in; 48 kHz stereo float out.
final class StereoResampler {
    private let subject: String
    private var context: OpaquePointer?
    private var input: Input?
    /// Interleaved samples that wait to be taken, from `head`.
    private var ready: [Float] = []
    private var head = 0
    /// Output pairs still to be thrown away before the first one wanted.
    private var dropping: Int64 = 0
    /// Input samples of the coming frames still to be passed over.
    var skipping: Int64 = 0
    /// The output sample that comes next out of the resampler (of those wanted).
    private(set) var produced: Int64 = 0
    /// Whether anything went in since `start`.
    private(set) var hasInput = false

    private struct Input: Equatable {
        var rate: Int32
        var format: Int32
        var channels: Int32
        var order: UInt32
        var mask: UInt64

        init(_ frame: UnsafeMutablePointer<AVFrame>) {
            rate = frame.pointee.sample_rate
            format = frame.pointee.format
            channels = frame.pointee.ch_layout.nb_channels
            order = frame.pointee.ch_layout.order.rawValue
            mask = order == AV_CHANNEL_ORDER_NATIVE.rawValue ? frame.pointee.ch_layout.u.mask : 0
        }
    }

    init(subject: String) { self.subject = subject }

    deinit { swr_free(&context) }

    func accepts(_ frame: UnsafeMutablePointer<AVFrame>) -> Bool { input == Input(frame) }

    /// Begins for sound like `frame`'s; of what comes out, the first `dropping` pairs are thrown away and the next is output
    /// sample `first`.
    func start(_ frame: UnsafeMutablePointer<AVFrame>, dropping: Int64, from first: Int64) throws(MediaError) {
        try drain()
        swr_free(&context)
        let kind = Input(frame)
        guard (1...64).contains(kind.channels), kind.rate > 0 else {
            throw MediaError(.unsupported, "play", subject, "it has \(kind.channels) channels")
        }
        var source = AVChannelLayout()
        defer { av_channel_layout_uninit(&source) }
        if kind.order == AV_CHANNEL_ORDER_NATIVE.rawValue {
            av_channel_layout_from_mask(&source, kind.mask)
        } else {
            // Nothing said about where the channels belong: the usual layout of as many.
            av_channel_layout_default(&source, kind.channels)
        }
        var stereo = AVChannelLayout()
        defer { av_channel_layout_uninit(&stereo) }
        av_channel_layout_default(&stereo, 2)
        var result = swr_alloc_set_opts2(
            &context, &stereo, AV_SAMPLE_FMT_FLT, 48_000, &source, AVSampleFormat(rawValue: kind.format), kind.rate, 0,
            nil)
        if result >= 0, kind.channels != 2 || source.u.mask != stereo.u.mask { result = mix(source, kind.channels) }
        if result >= 0 { result = swr_init(context) }
        guard result >= 0 else {
            throw MediaError(
                .unsupported, "play", subject, "its channel layout or format cannot be resampled", libav: result)
        }
        input = kind
        self.dropping = dropping
        produced = first
        skipping = 0
        hasInput = false
    }

    /// How channels come together: mono goes to both sides at full level; more than two are folded by ITU-R BS.775 (centre and
    /// surrounds at −3 dB, no low-frequency effects) and not scaled down, so that fronts stay as loud as they are;
    /// layouts that cannot be folded keep their first two.
    private func mix(_ source: AVChannelLayout, _ channels: Int32) -> Int32 {
        var matrix = [Double](repeating: 0, count: Int(channels) * 2)
        if channels == 1 {
            matrix = [1, 1]
        } else {
            var (from, to) = (source, AVChannelLayout())
            av_channel_layout_default(&to, 2)
            let result = swr_build_matrix2(
                &from, &to, 0.5.squareRoot(), 0.5.squareRoot(), 0, 1_000_000, 1, &matrix, Int(channels),
                AV_MATRIX_ENCODING_NONE, nil)
            av_channel_layout_uninit(&to)
            if result < 0 {
                matrix = [Double](repeating: 0, count: Int(channels) * 2)
                matrix[0] = 1
                matrix[Int(channels) + 1] = 1
            }
        }
        return swr_set_matrix(context, matrix, channels)
    }

    // MARK: In

    /// Takes the first `count` samples of a frame, less those to be skipped; returns how many were used.
    func add(_ frame: UnsafeMutablePointer<AVFrame>, count: Int64) throws(MediaError) -> Int64 {
        let passed = min(skipping, count)
        skipping -= passed
        let used = count - passed
        guard used > 0 else { return 0 }
        let format = AVSampleFormat(rawValue: frame.pointee.format)
        let isPlanar = av_sample_fmt_is_planar(format) != 0
        let channels = Int(frame.pointee.ch_layout.nb_channels)
        let step = Int(av_get_bytes_per_sample(format)) * (isPlanar ? 1 : channels)
        guard let planes = frame.pointee.extended_data else { return 0 }
        let sources = (0..<(isPlanar ? channels : 1)).map { plane in
            planes[plane].map { UnsafePointer($0 + Int(passed) * step) }
        }
        try convert(sources, Int32(clamping: used))
        return used
    }

    func addSilence(_ count: Int) throws(MediaError) {
        guard let input else { return }
        let format = AVSampleFormat(rawValue: input.format)
        let channels = Int(input.channels)
        let bytes = count * Int(av_get_bytes_per_sample(format)) * channels
        let level: UInt8 = format == AV_SAMPLE_FMT_U8 || format == AV_SAMPLE_FMT_U8P ? 0x80 : 0
        let silence = [UInt8](repeating: level, count: bytes)
        var failure: MediaError?
        silence.withUnsafeBufferPointer { buffer in
            do throws(MediaError) {
                // The same silence serves every channel, packed or planar.
                try convert([UnsafePointer<UInt8>?](repeating: buffer.baseAddress, count: channels), Int32(count))
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    /// The end: what the filter still holds comes out.
    func finish() throws(MediaError) {
        try drain()
        swr_free(&context)
        input = nil
    }

    private func drain() throws(MediaError) {
        guard context != nil, hasInput else { return }
        try convert([], 0)
    }

    private func convert(_ sources: [UnsafePointer<UInt8>?], _ count: Int32) throws(MediaError) {
        hasInput = true
        if head > 0 {
            ready.removeFirst(head)
            head = 0
        }
        let room = Int(max(0, swr_get_out_samples(context, count))) + 32
        let start = ready.count
        ready.append(contentsOf: repeatElement(0, count: room * 2))
        var sources = sources
        let isLast = sources.isEmpty
        let got = ready.withUnsafeMutableBytes { bytes -> Int32 in
            var target: UnsafeMutablePointer<UInt8>? = bytes.baseAddress?.advanced(by: start * 4)
                .assumingMemoryBound(to: UInt8.self)
            return sources.withUnsafeMutableBufferPointer {
                swr_convert(context, &target, Int32(room), isLast ? nil : $0.baseAddress, count)
            }
        }
        guard got >= 0 else {
            ready.removeLast(room * 2)
            throw MediaError(.damaged, "play", subject, "its sound cannot be resampled", libav: got)
        }
        ready.removeLast((room - Int(got)) * 2)
        let dropped = min(dropping, Int64(got))
        if dropped > 0 { ready.removeSubrange(start..<start + Int(dropped) * 2) }
        dropping -= dropped
        produced += Int64(got) - dropped
    }

    // MARK: Out

    /// Moves finished pairs into `buffer`; 0 where none are ready.
    func take(_ buffer: UnsafeMutableBufferPointer<Float>) -> Int {
        let count = min(buffer.count / 2, (ready.count - head) / 2)
        guard count > 0 else { return 0 }
        ready.withUnsafeBufferPointer { source in
            for index in 0..<count * 2 { buffer[index] = source[head + index] }
        }
        head += count * 2
        return count
    }
}
