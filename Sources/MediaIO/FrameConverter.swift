// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV
internal import Glibc
internal import PixelBuffers

/// Turns decoded frames of any format into pictures of one layout: 8-bit 4:2:0, BT.709, limited range.
///
/// libswscale changes format, size and range and leaves the matrix as it is; `MatrixChange` then turns BT.601 or BT.2020
/// samples into BT.709 ones. A frame that already is what is wanted is copied.
final class FrameConverter {
    private let layout: PictureLayout
    private let subject: String
    private let fallback: Fallback
    private var scaler: OpaquePointer?
    private var scalerInput: Input?
    private var matrixChange: MatrixChange?
    /// Ten-bit samples on their way to be tone-mapped.
    private var deep: FrameHandle?

    /// What the container says of colours, for frames that say nothing.
    struct Fallback {
        var matrix = AVCOL_SPC_UNSPECIFIED
        var range = AVCOL_RANGE_UNSPECIFIED
        var transfer = AVCOL_TRC_UNSPECIFIED
    }

    init(_ layout: PictureLayout, fallback: Fallback = Fallback(), subject: String) {
        self.layout = layout
        self.fallback = fallback
        self.subject = subject
    }

    deinit { sws_freeContext(scaler) }

    func picture(of frame: UnsafeMutablePointer<AVFrame>) throws(MediaError) -> Picture {
        let input = Input(frame, fallback)
        let picture = Picture(layout: layout)
        if input.isReady(for: layout) {
            copy(frame, to: picture)
        } else {
            if scalerInput != input { try prepare(for: input) }
            if let transfer = input.tone {
                try toneMap(frame, ToneMap.shared(transfer), to: picture)
            } else {
                let planes = [picture.mutableY, picture.mutableU, picture.mutableV]
                try scale(frame, planes.map(\.base), planes.map { Int32($0.stride) })
                matrixChange?.apply(to: picture)
            }
        }
        return picture
    }

    private func copy(_ frame: UnsafeMutablePointer<AVFrame>, to picture: Picture) {
        let (data, lines) = (frame.pointee.data, frame.pointee.linesize)
        let sources = [(data.0, lines.0), (data.1, lines.1), (data.2, lines.2)]
        for (plane, source) in zip([picture.mutableY, picture.mutableU, picture.mutableV], sources) {
            guard let base = source.0 else { continue }
            for row in 0..<plane.height { memcpy(plane.row(row), base + row * Int(source.1), plane.width) }
        }
    }

    private func prepare(for input: Input) throws(MediaError) {
        sws_freeContext(scaler)
        scaler = nil
        scalerInput = nil
        guard input.width > 0, input.height > 0, sws_isSupportedInput(input.format) != 0,
            let context = sws_alloc_context()
        else {
            throw MediaError(
                .unsupported, "convert a frame of", subject,
                "its pixel format (\(LibAV.string(av_get_pix_fmt_name(input.format)) ?? "unknown")) is not one that can be converted"
            )
        }
        scaler = context
        let options: [(String, Int64)] = [
            ("srcw", Int64(input.width)), ("srch", Int64(input.height)), ("src_format", Int64(input.format.rawValue)),
            ("dstw", Int64(layout.width)), ("dsth", Int64(layout.height)),
            ("dst_format", Int64((input.tone == nil ? AV_PIX_FMT_YUV420P : AV_PIX_FMT_YUV420P10LE).rawValue)),
            ("src_range", input.isFullRange ? 1 : 0),
            ("dst_range", 0),
            ("sws_flags", Int64(SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT | SWS_FULL_CHR_H_INP)),
            ("src_h_chr_pos", input.chromaX), ("src_v_chr_pos", input.chromaY), ("dst_h_chr_pos", 0),
            ("dst_v_chr_pos", 128),
        ]
        for (name, value) in options { av_opt_set_int(UnsafeMutableRawPointer(context), name, value, 0) }
        let matrix = input.isRGB ? Int(SWS_CS_ITU709) : input.matrix.scalerCode
        let coefficients = sws_getCoefficients(Int32(matrix))
        sws_setColorspaceDetails(
            context, coefficients, input.isFullRange ? 1 : 0, coefficients, 0, 0, 1 << 16, 1 << 16)
        let result = sws_init_context(context, nil, nil)
        guard result >= 0 else {
            throw MediaError(.unsupported, "convert a frame of", subject, "libswscale refused it", libav: result)
        }
        matrixChange = input.isRGB ? nil : MatrixChange(from: input.matrix)
        scalerInput = input
    }

    /// Through ten bits, so that the curve does not tear steps into the sky.
    private func toneMap(
        _ frame: UnsafeMutablePointer<AVFrame>, _ map: ToneMap, to picture: Picture
    ) throws(MediaError) {
        let between: FrameHandle
        if let deep { between = deep } else { between = try makeDeep() }
        deep = between
        let data = between.pointer.pointee.data
        let lines = between.pointer.pointee.linesize
        let bases = [data.0, data.1, data.2].compactMap(\.self)
        let strides = [lines.0, lines.1, lines.2]
        try scale(frame, bases, strides)
        map.apply(
            ToneMap.Source(
                planes: bases.map { UnsafePointer(UnsafeMutableRawPointer($0).assumingMemoryBound(to: UInt16.self)) },
                strides: strides.map { Int($0) / 2 }),
            to: picture)
    }

    private func makeDeep() throws(MediaError) -> FrameHandle {
        let frame = try FrameHandle(subject: subject)
        frame.pointer.pointee.width = Int32(layout.width)
        frame.pointer.pointee.height = Int32(layout.height)
        frame.pointer.pointee.format = AV_PIX_FMT_YUV420P10LE.rawValue
        let result = av_frame_get_buffer(frame.pointer, 0)
        guard result >= 0 else {
            throw MediaError(.noMemory, "convert a frame of", subject, "out of memory", libav: result)
        }
        return frame
    }

    private func scale(
        _ frame: UnsafeMutablePointer<AVFrame>, _ bases: [UnsafeMutablePointer<UInt8>], _ strides: [Int32]
    ) throws(MediaError) {
        var destinations: [UnsafeMutablePointer<UInt8>?] = bases + [nil]
        let strides = strides + [0]
        let (scaler, height) = (self.scaler, frame.pointee.height)
        let rows = withUnsafeBytes(of: &frame.pointee.data) { data in
            withUnsafeBytes(of: &frame.pointee.linesize) { lines in
                sws_scale(
                    scaler, data.bindMemory(to: UnsafePointer<UInt8>?.self).baseAddress,
                    lines.bindMemory(to: Int32.self).baseAddress, 0, height, &destinations, strides)
            }
        }
        guard rows == Int32(layout.height) else {
            throw MediaError(.damaged, "convert a frame of", subject, "libswscale stopped at row \(rows)")
        }
    }
}

extension FrameConverter {
    /// All of a frame that conversion depends on.
    struct Input: Equatable {
        var width: Int32
        var height: Int32
        var format: AVPixelFormat
        var isFullRange: Bool
        var matrix: ColorMatrix
        var isRGB: Bool
        /// High dynamic range, to be brought down.
        var tone: ToneMap.Transfer?
        /// Chroma position in 1/256 of a luma sample, or −513 for "none given".
        var chromaX: Int64 = -513
        var chromaY: Int64 = -513

        init(_ frame: UnsafeMutablePointer<AVFrame>, _ fallback: Fallback) {
            width = frame.pointee.width
            height = frame.pointee.height
            let given = AVPixelFormat(rawValue: frame.pointee.format)
            format = Self.modern[given.rawValue] ?? given
            let description = av_pix_fmt_desc_get(given)
            isRGB =
                description.map { $0.pointee.flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0 } ?? false
            let told = frame.pointee.color_range == AVCOL_RANGE_UNSPECIFIED ? fallback.range : frame.pointee.color_range
            isFullRange = isRGB || format != given || told == AVCOL_RANGE_JPEG
            let space = frame.pointee.colorspace == AVCOL_SPC_UNSPECIFIED ? fallback.matrix : frame.pointee.colorspace
            matrix = ColorMatrix(space, width: Int(width), height: Int(height))
            let transfer =
                frame.pointee.color_trc == AVCOL_TRC_UNSPECIFIED ? fallback.transfer : frame.pointee.color_trc
            tone = isRGB ? nil : transfer == AVCOL_TRC_ARIB_STD_B67 ? .hlg : transfer == AVCOL_TRC_SMPTE2084 ? .pq : nil
            if let description, description.pointee.log2_chroma_w == 1 {
                chromaX = frame.pointee.chroma_location == AVCHROMA_LOC_CENTER ? 128 : 0
                if description.pointee.log2_chroma_h == 1 {
                    chromaY = frame.pointee.chroma_location == AVCHROMA_LOC_TOPLEFT ? 0 : 128
                }
            }
        }

        /// The deprecated full-range formats, by the one that they are.
        private static let modern: [Int32: AVPixelFormat] = [
            AV_PIX_FMT_YUVJ420P.rawValue: AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ422P.rawValue: AV_PIX_FMT_YUV422P,
            AV_PIX_FMT_YUVJ444P.rawValue: AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUVJ440P.rawValue: AV_PIX_FMT_YUV440P,
            AV_PIX_FMT_YUVJ411P.rawValue: AV_PIX_FMT_YUV411P,
        ]

        /// Needs only to be copied.
        func isReady(for layout: PictureLayout) -> Bool {
            Int(width) == layout.width && Int(height) == layout.height && format == AV_PIX_FMT_YUV420P && !isFullRange
                && matrix == .bt709 && tone == nil
        }
    }
}

/// How colours were made into luma and chroma.
enum ColorMatrix: Equatable {
    case bt601, bt709, bt2020, fcc, smpte240

    /// Where a stream does not say, standard-definition pictures are BT.601 and larger ones BT.709, as players hold it.
    init(_ space: AVColorSpace, width: Int, height: Int) {
        switch space {
        case AVCOL_SPC_BT709: self = .bt709
        case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M: self = .bt601
        case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: self = .bt2020
        case AVCOL_SPC_FCC: self = .fcc
        case AVCOL_SPC_SMPTE240M: self = .smpte240
        default: self = width >= 1280 || height > 576 ? .bt709 : .bt601
        }
    }

    var scalerCode: Int {
        switch self {
        case .bt601: Int(SWS_CS_ITU601)
        case .bt709: Int(SWS_CS_ITU709)
        case .bt2020: Int(SWS_CS_BT2020)
        case .fcc: Int(SWS_CS_FCC)
        case .smpte240: Int(SWS_CS_SMPTE240M)
        }
    }

    /// Kr and Kb (ITU-T H.273 table 4).
    var weights: (red: Double, blue: Double) {
        switch self {
        case .bt601: (0.299, 0.114)
        case .bt709: (0.2126, 0.0722)
        case .bt2020: (0.2627, 0.0593)
        case .fcc: (0.30, 0.11)
        case .smpte240: (0.212, 0.087)
        }
    }
}
