// SPDX-License-Identifier: GPL-3.0-or-later
// FFmpeg's libraries, and what of them Swift cannot import: macros with casts or compound literals, variadic functions.
#pragma once
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/avutil.h>
#include <libavutil/channel_layout.h>
#include <libavutil/cpu.h>
#include <libavutil/display.h>
#include <libavutil/error.h>
#include <libavutil/imgutils.h>
#include <libavutil/log.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

// The channel-layout API (AVChannelLayout) came with FFmpeg 5.1.
#if LIBAVCODEC_VERSION_INT < AV_VERSION_INT(59, 37, 100)
#error "Kinora needs FFmpeg 5.1 or newer"
#endif

static inline int kinora_averror(int posix_error) { return AVERROR(posix_error); }
static const int kinora_averror_eof = AVERROR_EOF;
static const int kinora_averror_again = AVERROR(EAGAIN);
static const int kinora_averror_nomem = AVERROR(ENOMEM);
static const int kinora_averror_invaliddata = AVERROR_INVALIDDATA;
static const int kinora_averror_exit = AVERROR_EXIT;
static const int64_t kinora_nopts = AV_NOPTS_VALUE;
