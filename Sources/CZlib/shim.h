// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <zlib.h>

// deflateInit2 is a macro. 15 + 16: the largest window, in gzip's frame.
static inline int kinora_gzip_begin(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
