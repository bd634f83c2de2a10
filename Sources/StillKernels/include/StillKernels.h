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

// The same two in plain C, whatever the processor has: for what the others are held to.
void still_reduce_rows_portable(
    const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t samples);
void still_reduce_columns_portable(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width);

// One row of RGB or RGBX (channels 3 or 4) to BT.709 limited-range luma.
void still_luma_row(const uint8_t *rgb, int channels, uint8_t *luma, size_t width);

// Two rows to one row of chroma, (width + 1) / 2 samples, sited left: weights 1 2 1 across, 1 1 down, edges repeated.
void still_chroma_row(
    const uint8_t *upper, const uint8_t *lower, int channels, uint8_t *blue, uint8_t *red, size_t width);

// A decision of a boosted cascade: two or three rectangles' sums, weighed, against a threshold.
// `corners` are offsets from a window's own place in a table of sums: top left, top right, bottom left, bottom right.
typedef struct {
    int32_t corners[3][4];
    float weights[3];
    int32_t rectangles; // 2 or 3
    float threshold;
    // Where each answer leads: a decision (0 or more, further on) or a leaf (-1 - index).
    int32_t below, above;
} still_decision;

// Adds to votes[i] what one tree of `count` decisions says of the window at sums[i], for `windows` windows side by side.
// norms[i] scales their contrast. `first` is the index of the tree's root, `scratch` holds count * windows floats.
void still_tree_votes(
    const uint32_t *sums, const float *norms, const still_decision *decisions, int first, int count,
    const float *leaves, float *votes, float *scratch, size_t windows);
