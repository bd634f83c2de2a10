// SPDX-License-Identifier: GPL-3.0-or-later
//
// The one hot loop of the compositor: separable sampling of an 8-bit plane, in integers, with the same bytes from
// every variant and from the Swift reference (`Compositor/PlaneSampler+Reference.swift`).
//
// out(x, y) = sum over j of row.weight[y][j] * ( sum over i of column.weight[x][i] * source(column.start[x] + i, row.start[y] + j) )
//
//   1. along rows:    h = clamp16((sum of weight * sample + 128) >> 8)        value * 64
//   2. along columns: v = sum of ((weight * h + (1 << 14)) >> 15)             value * 32
//   3. sample:        p = clamp8((v + 16) >> 5)
//   4. blended:       p = (p * blend + old * (256 - blend) + 128) >> 8        where blend < 256

#ifndef PIXEL_KERNELS_H
#define PIXEL_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PK_MAX_TAPS 16
/// Bytes that must be readable after the last sample of a source plane.
#define PK_SOURCE_MARGIN 64

/// How one axis of the output is sampled: output i is made of source samples start[i] ..< start[i] + taps.
typedef struct {
    /// Never decreasing; every sample named lies inside the source.
    const int32_t *start;
    /// count * taps; each output's weights add up to 1 << 14, and their sizes to less than 1.9 * (1 << 14).
    const int16_t *weights;
    int32_t count;
    /// 1 ... PK_MAX_TAPS.
    int32_t taps;
} pk_axis;

typedef enum { PK_PORTABLE = 0, PK_AVX2 = 1, PK_AVX512 = 2, PK_NEON = 3 } pk_variant;
#define PK_VARIANTS 4

/// Whether this processor runs the variant.
bool pk_has(int32_t variant);
/// The fastest variant of this processor.
int32_t pk_best(void);

/// Bytes of scratch memory that pk_sample needs for these axes; the memory must begin at a multiple of 64.
size_t pk_scratch_bytes(int32_t columns, int32_t column_taps, int32_t row_taps);

/// Samples `source` into `target` (columns->count by rows->count). `blend` is the share of the new samples in 1/256:
/// 256 replaces what is there.
void pk_sample(int32_t variant, const uint8_t *source, ptrdiff_t source_stride, uint8_t *target,
               ptrdiff_t target_stride, const pk_axis *columns, const pk_axis *rows, int32_t blend, void *scratch);

#endif
