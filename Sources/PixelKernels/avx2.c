// SPDX-License-Identifier: GPL-3.0-or-later
// AVX2. Along rows eight outputs are made at once, two taps at a time: their pairs of bytes are picked out of 16 loaded
// bytes and widened by one shuffle, multiplied and added by one pmaddwd. Along columns pmulhrsw does sixteen.

#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline))

static inline int32_t pairs_of(const pk_axis *axis) { return (axis->taps + 1) / 2; }

/// kind 0: one place to load from for eight outputs; kind 1: one for each four, for steeper reductions.
/// Tables: per eight outputs 32 bytes of shuffle and 32 a pair of weights; then the places.
static int32_t *places_of(const column_plan *plan) {
    size_t groups = (size_t)blocks_of(plan->axis->count) * (BLOCK / 8);
    return (int32_t *)(plan->tables + groups * (32 + 32 * (size_t)pairs_of(plan->axis)));
}

static bool avx2_prepare(column_plan *plan) {
    const pk_axis *axis = plan->axis;
    int32_t padded = blocks_of(axis->count) * BLOCK, taps = axis->taps, last = axis->count - 1;
    int32_t lanes = 8;
    for (int32_t x = 0; x < axis->count; x++) {
        int32_t end = axis->start[x];
        if (end - axis->start[x & ~3] > 14) return false;
        if (end - axis->start[x & ~7] > 14) lanes = 4;
    }
    plan->kind = lanes == 8 ? 0 : 1;
    int32_t *places = places_of(plan);
    for (int32_t x = 0; x < padded; x++) {
        int32_t from = x < last ? x : last, head = (x & -lanes) < last ? (x & -lanes) : last;
        uint8_t *group = plan->tables + (size_t)(x / 8) * (32 + 32 * (size_t)pairs_of(axis));
        int32_t lane = x & 7, place = axis->start[head];
        if (lane % lanes == 0) places[x / lanes] = place;
        uint8_t offset = (uint8_t)(axis->start[from] - place);
        uint8_t control[4] = {offset, 0x80, (uint8_t)(offset + 1), 0x80};
        memcpy(group + 4 * lane, control, 4);
        for (int32_t pair = 0; pair < pairs_of(axis); pair++) {
            const int16_t *weights = axis->weights + (ptrdiff_t)from * taps + 2 * pair;
            int16_t both[2] = {weights[0], 2 * pair + 1 < taps ? weights[1] : 0};
            memcpy(group + 32 + 32 * pair + 4 * lane, both, 4);
        }
    }
    return true;
}

/// Eight outputs as 32-bit sums, times 1 << 14.
AVX2 INLINE __m256i eight(const uint8_t *group, const uint8_t *low, const uint8_t *high, int32_t pairs, bool shared) {
    __m256i shuffle = _mm256_load_si256((const __m256i *)group), sum = _mm256_set1_epi32(128);
    for (int32_t pair = 0; pair < pairs; pair++) {
        __m128i first = _mm_loadu_si128((const __m128i *)(low + 2 * pair));
        __m256i bytes = _mm256_broadcastsi128_si256(first);
        if (!shared) bytes = _mm256_inserti128_si256(bytes, _mm_loadu_si128((const __m128i *)(high + 2 * pair)), 1);
        __m256i weights = _mm256_load_si256((const __m256i *)(group + 32 + 32 * pair));
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_shuffle_epi8(bytes, shuffle), weights));
    }
    return _mm256_srai_epi32(sum, 8);
}

AVX2 INLINE void across_with(const column_plan *plan, const uint8_t *source, int16_t *ring, int32_t pairs,
                             bool shared) {
    size_t step = 32 + 32 * (size_t)pairs;
    const int32_t *places = places_of(plan);
    const uint8_t *group = plan->tables;
    int32_t sixteens = blocks_of(plan->axis->count) * (BLOCK / 16);
    for (int32_t n = 0; n < sixteens; n++, group += 2 * step, ring += 16) {
        __m256i a, b;
        if (shared) {
            a = eight(group, source + places[0], 0, pairs, true);
            b = eight(group + step, source + places[1], 0, pairs, true);
            places += 2;
        } else {
            a = eight(group, source + places[0], source + places[1], pairs, false);
            b = eight(group + step, source + places[2], source + places[3], pairs, false);
            places += 4;
        }
        __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
        _mm256_store_si256((__m256i *)ring, packed);
    }
}

AVX2 static void avx2_across(const column_plan *plan, const uint8_t *source, int16_t *ring) {
    int32_t pairs = pairs_of(plan->axis);
    if (plan->kind == 0) {
        switch (pairs) {
        case 2: across_with(plan, source, ring, 2, true); return;
        case 3: across_with(plan, source, ring, 3, true); return;
        case 4: across_with(plan, source, ring, 4, true); return;
        default: across_with(plan, source, ring, pairs, true); return;
        }
    }
    across_with(plan, source, ring, pairs, false);
}

AVX2 INLINE void down_with(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                           int32_t width, int32_t blend) {
    // Copies, since a store of bytes might change what `rings` points to.
    const int16_t *ring[PK_MAX_TAPS];
    __m256i weight[PK_MAX_TAPS];
    for (int32_t j = 0; j < taps; j++) {
        ring[j] = rings[j];
        weight[j] = _mm256_set1_epi16(weights[j]);
    }
    __m256i share = _mm256_set1_epi16((short)blend), rest = _mm256_set1_epi16((short)(256 - blend));
    __m256i zero = _mm256_setzero_si256(), white = _mm256_set1_epi16(255), half = _mm256_set1_epi16(128);
    uint8_t edge[32];
    for (int32_t x = 0; x < width; x += 32) {
        __m256i a = _mm256_set1_epi16(16), b = a;
        for (int32_t j = 0; j < taps; j++) {
            const __m256i *row = (const __m256i *)(ring[j] + x);
            a = _mm256_add_epi16(a, _mm256_mulhrs_epi16(_mm256_load_si256(row), weight[j]));
            b = _mm256_add_epi16(b, _mm256_mulhrs_epi16(_mm256_load_si256(row + 1), weight[j]));
        }
        a = _mm256_srai_epi16(a, 5);
        b = _mm256_srai_epi16(b, 5);
        bool whole = x + 32 <= width;
        if (blend < 256) {
            const uint8_t *under = target + x;
            if (!whole) {
                memcpy(edge, under, (size_t)(width - x));
                under = edge;
            }
            __m256i old_a = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)under));
            __m256i old_b = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)under + 1));
            a = _mm256_mullo_epi16(_mm256_min_epi16(_mm256_max_epi16(a, zero), white), share);
            b = _mm256_mullo_epi16(_mm256_min_epi16(_mm256_max_epi16(b, zero), white), share);
            a = _mm256_add_epi16(_mm256_add_epi16(a, _mm256_mullo_epi16(old_a, rest)), half);
            b = _mm256_add_epi16(_mm256_add_epi16(b, _mm256_mullo_epi16(old_b, rest)), half);
            a = _mm256_srli_epi16(a, 8);
            b = _mm256_srli_epi16(b, 8);
        }
        __m256i out = _mm256_permute4x64_epi64(_mm256_packus_epi16(a, b), 0xD8);
        if (whole) {
            _mm256_storeu_si256((__m256i *)(target + x), out);
        } else {
            _mm256_storeu_si256((__m256i *)edge, out);
            memcpy(target + x, edge, (size_t)(width - x));
        }
    }
}

AVX2 static void avx2_down(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                           int32_t width, int32_t blend) {
    switch (taps) {
    case 4: down_with(rings, weights, 4, target, width, blend); return;
    case 5: down_with(rings, weights, 5, target, width, blend); return;
    case 6: down_with(rings, weights, 6, target, width, blend); return;
    case 8: down_with(rings, weights, 8, target, width, blend); return;
    default: down_with(rings, weights, taps, target, width, blend); return;
    }
}

const kernel_set avx2_kernels = {avx2_prepare, avx2_across, avx2_down};
#endif
