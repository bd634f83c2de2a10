// SPDX-License-Identifier: GPL-3.0-or-later
// Shrinking a photo and turning it into Y'CbCr: the two loops of a still image that run over every pixel.
// Integer arithmetic throughout, so that every variant gives the same bytes.
#pragma once
#include <stddef.h>
#include <stdint.h>

// Weights are Q14: those of one output sample add up to 1 << 14.
// Samples between the two passes carry 6 fractional bits.

// out[i] = sum over k of weights[k] * rows[k][i], for `samples` samples (channels are interleaved and do not matter here).
void still_reduce_rows(
    const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t samples);

// out[x][c] = sum over k of weights[x * taps + k] * row[(starts[x] + k)][c], clamped to 0...255.
// `channels` is 1, 3 or 4; `taps` is even; `row` may be read 32 bytes past its end.
void still_reduce_columns(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width);

// One row of RGB or RGBX (channels 3 or 4) to BT.709 limited-range luma.
void still_luma_row(const uint8_t *rgb, int channels, uint8_t *luma, size_t width);

// Two rows to one row of chroma, (width + 1) / 2 samples, sited left: weights 1 2 1 across, 1 1 down, edges repeated.
void still_chroma_row(
    const uint8_t *upper, const uint8_t *lower, int channels, uint8_t *blue, uint8_t *red, size_t width);
