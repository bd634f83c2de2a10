// SPDX-License-Identifier: GPL-3.0-or-later
// AVX-512 with VBMI: as AVX2, but one byte permutation reaches 64 loaded bytes, enough for 32 outputs.

#include "kernels.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define AVX512 __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vbmi,avx512vnni")))
#define INLINE static inline __attribute__((always_inline))

/// Four taps at a time; a weight is split into two signed bytes, weight = 256 * upper + lower, for vpdpbusd.
static inline int32_t quads_of(const pk_axis *axis) { return (axis->taps + 3) / 4; }

/// Per 32 outputs: two times 64 bytes of permutation; a quad of taps four times 64 bytes of weights (upper, lower);
/// then the places to load from. The two halves hold outputs 0-3, 8-11, 16-19, 24-27 and the others.
static int32_t *places_of(const column_plan *plan) {
    size_t groups = (size_t)blocks_of(plan->axis->count) * (BLOCK / 32);
    return (int32_t *)(plan->tables + groups * (128 + 256 * (size_t)quads_of(plan->axis)));
}

static bool avx512_prepare(column_plan *plan) {
    const pk_axis *axis = plan->axis;
    int32_t padded = blocks_of(axis->count) * BLOCK, taps = axis->taps, last = axis->count - 1;
    for (int32_t x = 0; x < axis->count; x++)
        if (axis->start[x] + taps - axis->start[x & ~31] > 64) return false;
    int32_t quads = quads_of(axis), *places = places_of(plan);
    for (int32_t x = 0; x < padded; x++) {
        int32_t from = x < last ? x : last, head = (x & ~31) < last ? (x & ~31) : last;
        uint8_t *group = plan->tables + (size_t)(x / 32) * (128 + 256 * (size_t)quads);
        int32_t half = (x >> 2) & 1, lane = ((x & 31) >> 3) * 4 + (x & 3), place = axis->start[head];
        if ((x & 31) == 0) places[x / 32] = place;
        uint8_t offset = (uint8_t)(axis->start[from] - place);
        uint8_t control[4] = {offset, (uint8_t)(offset + 1), (uint8_t)(offset + 2), (uint8_t)(offset + 3)};
        uint8_t *slot = group + 64 * half + 4 * lane;
        memcpy(slot, control, 4);
        const int16_t *weights = axis->weights + (ptrdiff_t)from * taps;
        for (int32_t quad = 0; quad < quads; quad++) {
            int8_t upper[4], lower[4];
            for (int32_t i = 0; i < 4; i++) {
                int32_t weight = 4 * quad + i < taps ? weights[4 * quad + i] : 0;
                lower[i] = (int8_t)weight;
                upper[i] = (int8_t)((weight - lower[i]) >> 8);
            }
            memcpy(slot + 128 + 256 * quad, upper, 4);
            memcpy(slot + 256 + 256 * quad, lower, 4);
        }
    }
    return true;
}

AVX512 INLINE void across_with(const column_plan *plan, const uint8_t *source, int16_t *ring, int32_t quads) {
    size_t step = 128 + 256 * (size_t)quads;
    const int32_t *places = places_of(plan);
    const uint8_t *group = plan->tables;
    int32_t count = blocks_of(plan->axis->count) * (BLOCK / 32);
    const __m512i half = _mm512_set1_epi32(128);
    // Bytes 1 and 2 of each sum, that is (sum >> 8) as 16 bits, in order; the sums cannot overflow 16 bits.
    uint8_t middle[64];
    for (int32_t k = 0; k < 32; k++) {
        int32_t from = ((k >> 2) & 1) * 64 + ((k >> 3) * 4 + (k & 3)) * 4;
        middle[2 * k] = (uint8_t)(from + 1);
        middle[2 * k + 1] = (uint8_t)(from + 2);
    }
    const __m512i order = _mm512_loadu_si512(middle);
    for (int32_t n = 0; n < count; n++, group += step, ring += 32) {
        __m512i bytes = _mm512_loadu_si512(source + places[n]);
        __m512i index_a = _mm512_load_si512(group), index_b = _mm512_load_si512(group + 64);
        __m512i a = _mm512_setzero_si512(), b = a, samples_a[PK_MAX_TAPS / 4], samples_b[PK_MAX_TAPS / 4];
        for (int32_t quad = 0; quad < quads; quad++) {
            const __m512i next = _mm512_set1_epi8((char)(4 * quad));
            samples_a[quad] = _mm512_permutexvar_epi8(_mm512_add_epi8(index_a, next), bytes);
            samples_b[quad] = _mm512_permutexvar_epi8(_mm512_add_epi8(index_b, next), bytes);
            a = _mm512_dpbusd_epi32(a, samples_a[quad], _mm512_load_si512(group + 128 + 256 * quad));
            b = _mm512_dpbusd_epi32(b, samples_b[quad], _mm512_load_si512(group + 192 + 256 * quad));
        }
        a = _mm512_add_epi32(_mm512_slli_epi32(a, 8), half);
        b = _mm512_add_epi32(_mm512_slli_epi32(b, 8), half);
        for (int32_t quad = 0; quad < quads; quad++) {
            a = _mm512_dpbusd_epi32(a, samples_a[quad], _mm512_load_si512(group + 256 + 256 * quad));
            b = _mm512_dpbusd_epi32(b, samples_b[quad], _mm512_load_si512(group + 320 + 256 * quad));
        }
        _mm512_store_si512(ring, _mm512_permutex2var_epi8(a, order, b));
    }
}

AVX512 static void avx512_across(const column_plan *plan, const uint8_t *source, int16_t *ring) {
    int32_t quads = quads_of(plan->axis);
    switch (quads) {
    case 1: across_with(plan, source, ring, 1); return;
    case 2: across_with(plan, source, ring, 2); return;
    case 3: across_with(plan, source, ring, 3); return;
    default: across_with(plan, source, ring, quads); return;
    }
}

AVX512 INLINE void down_with(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                             int32_t width, int32_t blend) {
    // Copies, since a store of bytes might change what `rings` points to.
    const int16_t *ring[PK_MAX_TAPS];
    __m512i weight[PK_MAX_TAPS];
    for (int32_t j = 0; j < taps; j++) {
        ring[j] = rings[j];
        weight[j] = _mm512_set1_epi16(weights[j]);
    }
    const __m512i share = _mm512_set1_epi16((short)blend), rest = _mm512_set1_epi16((short)(256 - blend));
    const __m512i zero = _mm512_setzero_si512(), white = _mm512_set1_epi16(255), half = _mm512_set1_epi16(128);
    const __m512i order = _mm512_setr_epi64(0, 2, 4, 6, 1, 3, 5, 7);
    for (int32_t x = 0; x < width; x += 64) {
        __m512i a = _mm512_set1_epi16(16), b = a;
        for (int32_t j = 0; j < taps; j++) {
            const int16_t *row = ring[j] + x;
            a = _mm512_add_epi16(a, _mm512_mulhrs_epi16(_mm512_load_si512(row), weight[j]));
            b = _mm512_add_epi16(b, _mm512_mulhrs_epi16(_mm512_load_si512(row + 32), weight[j]));
        }
        a = _mm512_srai_epi16(a, 5);
        b = _mm512_srai_epi16(b, 5);
        __mmask64 mask = width - x >= 64 ? ~0ull : (1ull << (width - x)) - 1;
        if (blend < 256) {
            __m512i old = _mm512_maskz_loadu_epi8(mask, target + x);
            __m512i old_a = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(old));
            __m512i old_b = _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(old, 1));
            a = _mm512_mullo_epi16(_mm512_min_epi16(_mm512_max_epi16(a, zero), white), share);
            b = _mm512_mullo_epi16(_mm512_min_epi16(_mm512_max_epi16(b, zero), white), share);
            a = _mm512_add_epi16(_mm512_add_epi16(a, _mm512_mullo_epi16(old_a, rest)), half);
            b = _mm512_add_epi16(_mm512_add_epi16(b, _mm512_mullo_epi16(old_b, rest)), half);
            a = _mm512_srli_epi16(a, 8);
            b = _mm512_srli_epi16(b, 8);
        }
        __m512i out = _mm512_permutexvar_epi64(order, _mm512_packus_epi16(a, b));
        _mm512_mask_storeu_epi8(target + x, mask, out);
    }
}

AVX512 static void avx512_down(const int16_t *const *rings, const int16_t *weights, int32_t taps, uint8_t *target,
                               int32_t width, int32_t blend) {
    switch (taps) {
    case 4: down_with(rings, weights, 4, target, width, blend); return;
    case 5: down_with(rings, weights, 5, target, width, blend); return;
    case 6: down_with(rings, weights, 6, target, width, blend); return;
    case 8: down_with(rings, weights, 8, target, width, blend); return;
    default: down_with(rings, weights, taps, target, width, blend); return;
    }
}

const kernel_set avx512_kernels = {avx512_prepare, avx512_across, avx512_down};
#endif
