// SPDX-License-Identifier: GPL-3.0-or-later
// The same integers as BT709 in PixelBuffers: BT.709 limited range from sRGB bytes.
#include "StillKernels.h"

#if defined(__x86_64__)
#define VARIANTS __attribute__((target_clones("avx2", "default")))
#else
#define VARIANTS
#endif

static inline uint8_t luma(int32_t r, int32_t g, int32_t b)
{
    return (uint8_t)((11966 * r + 40254 * g + 4064 * b + (16 << 16) + 32768) >> 16);
}

// Each of r, g, b is a sum of eight samples, hence three bits more to shift out.
static inline uint8_t chroma_blue(int32_t r, int32_t g, int32_t b)
{
    return (uint8_t)((-6596 * r - 22189 * g + 28784 * b + (128 << 19) + (32767 << 3)) >> 19);
}

static inline uint8_t chroma_red(int32_t r, int32_t g, int32_t b)
{
    return (uint8_t)((28784 * r - 26145 * g - 2639 * b + (128 << 19) + (32767 << 3)) >> 19);
}

VARIANTS static void luma3(const uint8_t *rgb, uint8_t *out, size_t width)
{
    for (size_t x = 0; x < width; x++)
        out[x] = luma(rgb[3 * x], rgb[3 * x + 1], rgb[3 * x + 2]);
}

VARIANTS static void luma4(const uint8_t *rgb, uint8_t *out, size_t width)
{
    for (size_t x = 0; x < width; x++)
        out[x] = luma(rgb[4 * x], rgb[4 * x + 1], rgb[4 * x + 2]);
}

void still_luma_row(const uint8_t *rgb, int channels, uint8_t *out, size_t width)
{
    if (channels == 3)
        luma3(rgb, out, width);
    else
        luma4(rgb, out, width);
}

static inline void chroma_at(
    const uint8_t *p, const uint8_t *q, size_t left, size_t here, size_t right, uint8_t *blue, uint8_t *red)
{
    const int32_t r = p[left] + q[left] + 2 * (p[here] + q[here]) + p[right] + q[right];
    const int32_t g =
        p[left + 1] + q[left + 1] + 2 * (p[here + 1] + q[here + 1]) + p[right + 1] + q[right + 1];
    const int32_t b =
        p[left + 2] + q[left + 2] + 2 * (p[here + 2] + q[here + 2]) + p[right + 2] + q[right + 2];
    *blue = chroma_blue(r, g, b);
    *red = chroma_red(r, g, b);
}

VARIANTS static void chroma3(
    const uint8_t *p, const uint8_t *q, uint8_t *restrict blue, uint8_t *restrict red, size_t first, size_t last)
{
    for (size_t x = first; x < last; x++)
        chroma_at(p, q, 6 * x - 3, 6 * x, 6 * x + 3, blue + x, red + x);
}

VARIANTS static void chroma4(
    const uint8_t *p, const uint8_t *q, uint8_t *restrict blue, uint8_t *restrict red, size_t first, size_t last)
{
    for (size_t x = first; x < last; x++)
        chroma_at(p, q, 8 * x - 4, 8 * x, 8 * x + 4, blue + x, red + x);
}

void still_chroma_row(
    const uint8_t *upper, const uint8_t *lower, int channels, uint8_t *blue, uint8_t *red, size_t width)
{
    const size_t across = (width + 1) / 2, end = (width - 1) * channels, step = 2 * (size_t)channels;
    // The first sample has no left neighbour; the last of an odd width has no right one.
    chroma_at(upper, lower, 0, 0, width > 1 ? (size_t)channels : 0, blue, red);
    const size_t inner = width % 2 == 0 ? across : across - 1;
    if (inner > 1) {
        if (channels == 3)
            chroma3(upper, lower, blue, red, 1, inner);
        else
            chroma4(upper, lower, blue, red, 1, inner);
    }
    if (across > 1 && width % 2 == 1)
        chroma_at(upper, lower, step * (across - 1) - channels, step * (across - 1), end, blue + across - 1, red + across - 1);
}
