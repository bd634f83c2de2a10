// SPDX-License-Identifier: GPL-3.0-or-later
internal import CLibAV

/// The decoders that a stranger's file may reach; each row is one that cameras, phones, editors or shops write today.
enum CodecList {
    private static let rows: [(AVCodecID, decoder: String)] = [
        (AV_CODEC_ID_H264, "h264"), (AV_CODEC_ID_HEVC, "hevc"), (AV_CODEC_ID_AV1, "libdav1d"),
        (AV_CODEC_ID_VP8, "vp8"), (AV_CODEC_ID_VP9, "vp9"), (AV_CODEC_ID_MPEG4, "mpeg4"),
        (AV_CODEC_ID_MPEG2VIDEO, "mpeg2video"), (AV_CODEC_ID_MPEG1VIDEO, "mpeg1video"), (AV_CODEC_ID_H263, "h263"),
        (AV_CODEC_ID_MJPEG, "mjpeg"), (AV_CODEC_ID_PRORES, "prores"), (AV_CODEC_ID_DNXHD, "dnxhd"),
        (AV_CODEC_ID_DVVIDEO, "dvvideo"), (AV_CODEC_ID_FFV1, "ffv1"), (AV_CODEC_ID_HUFFYUV, "huffyuv"),
        (AV_CODEC_ID_RAWVIDEO, "rawvideo"), (AV_CODEC_ID_GIF, "gif"), (AV_CODEC_ID_PNG, "png"),
        (AV_CODEC_ID_QTRLE, "qtrle"), (AV_CODEC_ID_WMV3, "wmv3"), (AV_CODEC_ID_VC1, "vc1"),
        (AV_CODEC_ID_MSMPEG4V3, "msmpeg4"),

        (AV_CODEC_ID_AAC, "aac"), (AV_CODEC_ID_MP3, "mp3float"), (AV_CODEC_ID_MP2, "mp2float"),
        (AV_CODEC_ID_VORBIS, "vorbis"), (AV_CODEC_ID_OPUS, "opus"), (AV_CODEC_ID_FLAC, "flac"),
        (AV_CODEC_ID_ALAC, "alac"), (AV_CODEC_ID_AC3, "ac3"), (AV_CODEC_ID_EAC3, "eac3"),
        (AV_CODEC_ID_AMR_NB, "amrnb"), (AV_CODEC_ID_AMR_WB, "amrwb"), (AV_CODEC_ID_SPEEX, "speex"),
        (AV_CODEC_ID_WMAV2, "wmav2"), (AV_CODEC_ID_ADPCM_IMA_WAV, "adpcm_ima_wav"),
        (AV_CODEC_ID_ADPCM_IMA_QT, "adpcm_ima_qt"), (AV_CODEC_ID_ADPCM_MS, "adpcm_ms"),
        (AV_CODEC_ID_PCM_S16LE, "pcm_s16le"), (AV_CODEC_ID_PCM_S16BE, "pcm_s16be"),
        (AV_CODEC_ID_PCM_S24LE, "pcm_s24le"), (AV_CODEC_ID_PCM_S24BE, "pcm_s24be"),
        (AV_CODEC_ID_PCM_S32LE, "pcm_s32le"), (AV_CODEC_ID_PCM_S32BE, "pcm_s32be"),
        (AV_CODEC_ID_PCM_F32LE, "pcm_f32le"), (AV_CODEC_ID_PCM_F32BE, "pcm_f32be"),
        (AV_CODEC_ID_PCM_F64LE, "pcm_f64le"), (AV_CODEC_ID_PCM_F64BE, "pcm_f64be"), (AV_CODEC_ID_PCM_U8, "pcm_u8"),
        (AV_CODEC_ID_PCM_S8, "pcm_s8"), (AV_CODEC_ID_PCM_ALAW, "pcm_alaw"), (AV_CODEC_ID_PCM_MULAW, "pcm_mulaw"),
    ]

    /// libav's `codec_whitelist`.
    static let decoders = rows.map(\.decoder).joined(separator: ",")

    static func decoder(for id: AVCodecID) -> UnsafePointer<AVCodec>? {
        rows.first { $0.0 == id }.flatMap { avcodec_find_decoder_by_name($0.decoder) }
    }

    static func canDecode(_ id: AVCodecID) -> Bool { decoder(for: id) != nil }
}
