// SPDX-License-Identifier: GPL-3.0-or-later
// NEON. Along rows eight outputs a tap: a table look-up picks their bytes, widening multiplies add them up.
// Along columns vqrdmulh is pmulhrsw's twin.

#include "kernels.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

/// Per eight outputs: 8 bytes of look-up (padded to 32), 16 bytes a tap of weights; then the places.
static int32_t *places_of(const column_plan *plan) {
    size_t groups = (size_t)blocks_of(plan->axis->count) * (BLOCK / 8);
    return (int32_t *)(plan->tables + groups * (32 + 16 * (size_t)plan->axis->taps));
}

static bool neon_prepare(column_plan *plan) {
    const pk_axis *axis = plan->axis;
    int32_t padded = blocks_of(axis->count) * BLOCK, taps = axis->taps, last = axis->count - 1;
    for (int32_t x = 0; x < axis->count; x++)
        if (axis->start[x] + taps - axis->start[x & ~7] > 32) return false;
    int32_t *places = places_of(plan);
    for (int32_t x = 0; x < padded; x++) {
        int32_t from = x < last ? x : last, head = (x & ~7) < last ? (x & ~7) : last;
        uint8_t *group = plan->tables + (size_t)(x / 8) * (32 + 16 * (size_t)taps);
        int32_t lane = x & 7, place = axis->start[head];
        if (lane == 0) places[x / 8] = place;
        group[lane] = (uint8_t)(axis->start[from] - place);
        for (int32_t i = 0; i < taps; i++)
            memcpy(group + 32 + 16 * i + 2 * lane, axis->weights + (ptrdiff_t)from * taps + i, 2);
    }
    return true;
}

static void neon_across(const column_plan *plan, const uint8_t *source, int16_t *ring) {
    int32_t taps = plan->axis->taps, groups = blocks_of(plan->axis->count) * (BLOCK / 8);
    size_t step = 32 + 16 * (size_t)taps;
    const int32_t *places = places_of(plan);
    const uint8_t *group = plan->tables;
    const uint8x8_t one = vdup_n_u8(1);
    for (int32_t n = 0; n < groups; n++, group += step, ring += 8) {
        uint8x16x2_t bytes = {{vld1q_u8(source + places[n]), vld1q_u8(source + places[n] + 16)}};
        uint8x8_t index = vld1_u8(group);
        int32x4_t a = vdupq_n_s32(128), b = a;
        for (int32_t i = 0; i < taps; i++) {
            int16x8_t samples = vreinterpretq_s16_u16(vmovl_u8(vqtbl2_u8(bytes, index)));
            int16x8_t weights = vld1q_s16((const int16_t *)(const void *)(group + 32 + 16 * i));
            a = vmlal_s16(a, vget_low_s16(samples), vget_low_s16(weights));
            b = vmlal_high_s16(b, samples, weights);
            index = vadd_u8(index, one);
        }
        vst1q_s16(ring, vqmovn_high_s32(vqmovn_s32(vshrq_n_s32(a, 8)), vshrq_n_s32(b, 8)));
    }
}

static void neon_down(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                      int32_t width, int32_t blend) {
    uint8x16_t share = vdupq_n_u8((uint8_t)blend), rest = vdupq_n_u8((uint8_t)(256 - blend));
    uint8_t edge[16];
    for (int32_t x = 0; x < width; x += 16) {
        int16x8_t a = vdupq_n_s16(16), b = a;
        for (int32_t j = 0; j < taps; j++) {
            a = vaddq_s16(a, vqrdmulhq_n_s16(vld1q_s16(rings[j] + x), weights[j]));
            b = vaddq_s16(b, vqrdmulhq_n_s16(vld1q_s16(rings[j] + x + 8), weights[j]));
        }
        uint8x16_t out = vqmovun_high_s16(vqmovun_s16(vshrq_n_s16(a, 5)), vshrq_n_s16(b, 5));
        bool whole = x + 16 <= width;
        if (blend < 256) {
            const uint8_t *under = target + x;
            if (!whole) {
                memcpy(edge, under, (size_t)(width - x));
                under = edge;
            }
            uint8x16_t old = vld1q_u8(under);
            uint16x8_t low = vmlal_u8(vmull_u8(vget_low_u8(out), vget_low_u8(share)), vget_low_u8(old), vget_low_u8(rest));
            uint16x8_t high = vmlal_high_u8(vmull_high_u8(out, share), old, rest);
            uint16x8_t half = vdupq_n_u16(128);
            out = vshrn_high_n_u16(vshrn_n_u16(vaddq_u16(low, half), 8), vaddq_u16(high, half), 8);
        }
        if (whole) {
            vst1q_u8(target + x, out);
        } else {
            vst1q_u8(edge, out);
            memcpy(target + x, edge, (size_t)(width - x));
        }
    }
}

const kernel_set neon_kernels = {neon_prepare, neon_across, neon_down};
#endif
