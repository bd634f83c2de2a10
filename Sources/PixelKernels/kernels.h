// SPDX-License-Identifier: GPL-3.0-or-later
// What the variants share; see PixelKernels.h for the arithmetic.

#ifndef KERNELS_H
#define KERNELS_H

#include "PixelKernels.h"

/// Columns are laid out in blocks of this many; ring rows are a whole number of blocks long.
#define BLOCK 64

static inline int32_t blocks_of(int32_t count) { return (count + BLOCK - 1) / BLOCK; }

/// The column axis in the order in which a variant reads it; `tables` lies in scratch memory.
typedef struct {
    const pk_axis *axis;
    uint8_t *tables;
    /// Which of a variant's inner loops fits the axis.
    int32_t kind;
} column_plan;

typedef struct {
    /// Lays the axis out; false where the variant cannot do it (too steep a reduction).
    bool (*prepare)(column_plan *plan);
    /// One source row to one ring row of 16-bit values.
    void (*across)(const column_plan *plan, const uint8_t *source, int16_t *ring);
    /// `taps` ring rows to `width` samples.
    void (*down)(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target, int32_t width,
                 int32_t blend);
} kernel_set;

extern const kernel_set portable_kernels;
#if defined(__x86_64__)
extern const kernel_set avx2_kernels;
extern const kernel_set avx512_kernels;
#elif defined(__aarch64__)
extern const kernel_set neon_kernels;
#endif

#endif
