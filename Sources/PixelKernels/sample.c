// SPDX-License-Identifier: GPL-3.0-or-later
// The order of work of every variant: a ring of 16-bit rows, filled as the output moves down the source.

#include "kernels.h"

#include <string.h>

bool pk_has(int32_t variant) {
    switch (variant) {
    case PK_PORTABLE:
        return true;
#if defined(__x86_64__)
    case PK_AVX2:
        return __builtin_cpu_supports("avx2");
    case PK_AVX512:
        return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") &&
               __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
               __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vnni");
#elif defined(__aarch64__)
    case PK_NEON:
        return true;
#endif
    default:
        return false;
    }
}

int32_t pk_best(void) {
    for (int32_t variant = PK_VARIANTS - 1; variant > PK_PORTABLE; variant--)
        if (pk_has(variant)) return variant;
    return PK_PORTABLE;
}

/// The asked-for kernels where they can do the axis, else the next simpler ones.
static const kernel_set *kernels_for(int32_t variant, column_plan *plan) {
#if defined(__x86_64__)
    if (variant == PK_AVX512 && avx512_kernels.prepare(plan)) return &avx512_kernels;
    if (variant >= PK_AVX2 && avx2_kernels.prepare(plan)) return &avx2_kernels;
#elif defined(__aarch64__)
    if (variant == PK_NEON && neon_kernels.prepare(plan)) return &neon_kernels;
#else
    (void)variant;
#endif
    portable_kernels.prepare(plan);
    return &portable_kernels;
}

/// Per column: 4 bytes of index, 2 a tap (a multiple of four); per block room for places and alignment.
static size_t table_bytes(int32_t columns, int32_t taps) {
    return (size_t)blocks_of(columns) * (BLOCK * (4 + ((size_t)taps + 3) / 4 * 8) + 128);
}

/// Strips are this wide at most, so that tables and ring stay in the first-level cache (measured: 1.5 times as fast).
#define STRIP 1024

static int32_t strip_width(int32_t columns) {
    int32_t strips = (columns + STRIP - 1) / STRIP;
    return blocks_of((columns + strips - 1) / strips) * BLOCK;
}

size_t pk_scratch_bytes(int32_t columns, int32_t column_taps, int32_t row_taps) {
    size_t width = columns > 0 ? (size_t)strip_width(columns) : 0;
    return table_bytes((int32_t)width, column_taps) + (size_t)row_taps * width * sizeof(int16_t);
}

static void sample_strip(int32_t variant, const uint8_t *source, ptrdiff_t source_stride, uint8_t *target,
                         ptrdiff_t target_stride, const pk_axis *columns, const pk_axis *rows, int32_t blend,
                         void *scratch) {
    column_plan plan = {.axis = columns, .tables = scratch, .kind = 0};
    const kernel_set *kernels = kernels_for(variant, &plan);
    int16_t *ring = (int16_t *)((uint8_t *)scratch + table_bytes(columns->count, columns->taps));
    size_t pitch = (size_t)blocks_of(columns->count) * BLOCK;

    int32_t slots = rows->taps, next = rows->start[0];
    const int16_t *rings[PK_MAX_TAPS];
    int16_t weights[PK_MAX_TAPS];
    for (int32_t y = 0; y < rows->count; y++) {
        int32_t start = rows->start[y];
        if (next < start) next = start;
        for (; next < start + rows->taps; next++)
            kernels->across(&plan, source + next * source_stride, ring + (size_t)(next % slots) * pitch);
        // Weights of zero add exactly nothing.
        int32_t used = 0;
        for (int32_t j = 0; j < rows->taps; j++) {
            int16_t weight = rows->weights[(ptrdiff_t)y * rows->taps + j];
            if (weight == 0) continue;
            weights[used] = weight;
            rings[used++] = ring + (size_t)((start + j) % slots) * pitch;
        }
        kernels->down(rings, weights, used, target + y * target_stride, columns->count, blend);
    }
}

void pk_sample(int32_t variant, const uint8_t *source, ptrdiff_t source_stride, uint8_t *target,
               ptrdiff_t target_stride, const pk_axis *columns, const pk_axis *rows, int32_t blend, void *scratch) {
    if (blend <= 0 || columns->count <= 0 || rows->count <= 0) return;
    int32_t width = strip_width(columns->count);
    for (int32_t x = 0; x < columns->count; x += width) {
        pk_axis strip = {columns->start + x, columns->weights + (ptrdiff_t)x * columns->taps,
                         columns->count - x < width ? columns->count - x : width, columns->taps};
        sample_strip(variant, source, source_stride, target + x, target_stride, &strip, rows, blend, scratch);
    }
}

static bool portable_prepare(column_plan *plan) {
    (void)plan;
    return true;
}

static void portable_across(const column_plan *plan, const uint8_t *source, int16_t *ring) {
    int32_t taps = plan->axis->taps;
    const int16_t *weights = plan->axis->weights;
    for (int32_t x = 0; x < plan->axis->count; x++, weights += taps) {
        const uint8_t *samples = source + plan->axis->start[x];
        int32_t sum = 128;
        for (int32_t i = 0; i < taps; i++) sum += weights[i] * samples[i];
        sum >>= 8;
        ring[x] = (int16_t)(sum > 32767 ? 32767 : sum < -32768 ? -32768 : sum);
    }
}

static void portable_down(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                          int32_t width, int32_t blend) {
    int16_t sums[BLOCK];
    for (int32_t x = 0; x < width; x += BLOCK) {
        for (int32_t k = 0; k < BLOCK; k++) sums[k] = 16;
        for (int32_t j = 0; j < taps; j++) {
            const int16_t *row = rings[j] + x;
            int32_t weight = weights[j];
            for (int32_t k = 0; k < BLOCK; k++) sums[k] = (int16_t)(sums[k] + ((row[k] * weight + (1 << 14)) >> 15));
        }
        int32_t length = width - x < BLOCK ? width - x : BLOCK;
        for (int32_t k = 0; k < length; k++) {
            int32_t value = sums[k] >> 5;
            value = value < 0 ? 0 : value > 255 ? 255 : value;
            if (blend < 256) value = (value * blend + target[x + k] * (256 - blend) + 128) >> 8;
            target[x + k] = (uint8_t)value;
        }
    }
}

const kernel_set portable_kernels = {portable_prepare, portable_across, portable_down};
