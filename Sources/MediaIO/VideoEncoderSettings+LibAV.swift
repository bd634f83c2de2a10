// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import EditTime

extension VideoEncoderSettings {
    /// Sets up an encoder's context and private options.
    func apply(to context: UnsafeMutablePointer<AVCodecContext>, _ options: inout OptionList) {
        context.pointee.width = Int32(width)
        context.pointee.height = Int32(height)
        context.pointee.pix_fmt = AV_PIX_FMT_YUV420P
        context.pointee.sample_aspect_ratio = AVRational(num: 1, den: 1)
        context.pointee.time_base = AVRational(num: frameRate.denominator, den: frameRate.numerator)
        context.pointee.framerate = AVRational(num: frameRate.numerator, den: frameRate.denominator)
        context.pointee.color_range = AVCOL_RANGE_MPEG
        context.pointee.colorspace = AVCOL_SPC_BT709
        context.pointee.color_primaries = AVCOL_PRI_BT709
        context.pointee.color_trc = AVCOL_TRC_BT709
        context.pointee.chroma_sample_location = AVCHROMA_LOC_LEFT
        context.pointee.gop_size = Int32(clamping: max(1, keyframeInterval))
        context.pointee.thread_count = 1
        context.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_BITEXACT
        context.pointee.flags |= Int32(bitPattern: AV_CODEC_FLAG_CLOSED_GOP)
        applyRate(to: context, &options)
        options.set("preset", preset)
        switch codec {
        case .h264:
            options.set("profile", "high")
            // Keeps the picture parameter set free of the rate factor, so that parts of different quality can be joined.
            options.set("x264-params", joined("stitchable=1" + steadyAssembly, parameters))
        case .hevc:
            options.set(
                "x265-params",
                joined(
                    "log-level=none:pools=none:frame-threads=1:info=0:open-gop=0:repeat-headers=0:qpmax=51", parameters)
            )
        case .av1:
            options.set("svtav1-params", joined("lp=1:enable-overlays=0", parameters))
        }
    }

    private func applyRate(to context: UnsafeMutablePointer<AVCodecContext>, _ options: inout OptionList) {
        switch rate {
        case .quality(let factor):
            options.set("crf", codec == .av1 ? String(Int(factor.rounded())) : String(factor))
            guard let peak, codec != .av1 else { return }
            context.pointee.rc_max_rate = Int64(peak.kilobits) * 1000
            context.pointee.rc_buffer_size = Int32(clamping: peak.bufferKilobits * 1000)
        case .bitRate(let kilobits, let most, let buffer):
            context.pointee.bit_rate = Int64(kilobits) * 1000
            if let most { context.pointee.rc_max_rate = Int64(most) * 1000 }
            if let buffer { context.pointee.rc_buffer_size = Int32(clamping: buffer * 1000) }
        }
    }

    /// x264 r3095's AVX-512 macroblock-tree code reads past its rows where a picture is not a multiple of eight macroblocks
    /// wide, and the bytes then depend on what lay in memory before (seen with MALLOC_PERTURB_; its AVX2 code gives the
    /// same bytes each time). Such widths do without AVX-512, for about 6 % of time.
    private var steadyAssembly: String {
        let macroblocks = (width + 15) / 16
        return macroblocks % 8 != 0 && av_get_cpu_flags() & AV_CPU_FLAG_AVX512 != 0 ? ":asm=avx2" : ""
    }

    private func joined(_ own: String, _ given: String) -> String { given.isEmpty ? own : own + ":" + given }
}
