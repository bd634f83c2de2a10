// SPDX-License-Identifier: GPL-3.0-or-later
#include "StillKernels.h"

#define ROWS_SHIFT 8 /* Q14 weight to 6 fractional bits */
#define COLUMNS_SHIFT 20 /* Q14 weight and 6 fractional bits to whole samples */

static inline uint8_t clamp_byte(int32_t x) { return x < 0 ? 0 : x > 255 ? 255 : (uint8_t)x; }

static void rows_portable(
    const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t from, size_t samples)
{
    for (size_t i = from; i < samples; i++) {
        int32_t sum = 1 << (ROWS_SHIFT - 1);
        for (int k = 0; k < taps; k++)
            sum += weights[k] * rows[k][i];
        out[i] = (int16_t)(sum >> ROWS_SHIFT);
    }
}

static void columns_portable(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width)
{
    for (size_t x = 0; x < width; x++) {
        const int16_t *from = row + (size_t)starts[x] * channels;
        const int16_t *w = weights + x * taps;
        for (int c = 0; c < channels; c++) {
            int32_t sum = 1 << (COLUMNS_SHIFT - 1);
            for (int k = 0; k < taps; k++)
                sum += w[k] * from[k * channels + c];
            out[x * channels + c] = clamp_byte(sum >> COLUMNS_SHIFT);
        }
    }
}

#if defined(__x86_64__)
#include <immintrin.h>

__attribute__((target("avx2"))) static void rows_avx2(
    const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t samples)
{
    const __m256i zero = _mm256_setzero_si256();
    const __m256i half = _mm256_set1_epi32(1 << (ROWS_SHIFT - 1));
    size_t i = 0;
    for (; i + 32 <= samples; i += 32) {
        __m256i a = half, b = half, c = half, d = half;
        for (int k = 0; k < taps; k += 2) {
            // Two rows at a time, their samples side by side, so that one multiply-add serves both.
            const int second = k + 1 < taps;
            const __m256i pair = _mm256_set1_epi32(
                (int32_t)((uint32_t)(uint16_t)weights[k] | (uint32_t)(uint16_t)(second ? weights[k + 1] : 0) << 16));
            const __m256i p = _mm256_loadu_si256((const __m256i *)(rows[k] + i));
            const __m256i q = second ? _mm256_loadu_si256((const __m256i *)(rows[k + 1] + i)) : zero;
            const __m256i low = _mm256_unpacklo_epi8(p, q), high = _mm256_unpackhi_epi8(p, q);
            a = _mm256_add_epi32(a, _mm256_madd_epi16(_mm256_unpacklo_epi8(low, zero), pair));
            b = _mm256_add_epi32(b, _mm256_madd_epi16(_mm256_unpackhi_epi8(low, zero), pair));
            c = _mm256_add_epi32(c, _mm256_madd_epi16(_mm256_unpacklo_epi8(high, zero), pair));
            d = _mm256_add_epi32(d, _mm256_madd_epi16(_mm256_unpackhi_epi8(high, zero), pair));
        }
        a = _mm256_packs_epi32(_mm256_srai_epi32(a, ROWS_SHIFT), _mm256_srai_epi32(b, ROWS_SHIFT));
        c = _mm256_packs_epi32(_mm256_srai_epi32(c, ROWS_SHIFT), _mm256_srai_epi32(d, ROWS_SHIFT));
        // Each holds 8 samples of the lower and 8 of the upper half of the 32.
        _mm256_storeu_si256((__m256i *)(out + i), _mm256_permute2x128_si256(a, c, 0x20));
        _mm256_storeu_si256((__m256i *)(out + i + 16), _mm256_permute2x128_si256(a, c, 0x31));
    }
    rows_portable(rows, weights, taps, out, i, samples);
}

// One output pixel of 3 or 4 channels: source pixels are taken in twos, shuffled to R R G G B B X X, multiplied and added.
__attribute__((target("avx2"))) static inline __m128i pixel_avx2(
    const int16_t *from, const int16_t *w, int taps, int channels, __m256i order, __m128i half)
{
    __m256i sum = _mm256_inserti128_si256(_mm256_setzero_si256(), half, 0);
    int k = 0;
    for (; k + 4 <= taps; k += 4) {
        const __m128i first = _mm_loadu_si128((const __m128i *)(from + k * channels));
        const __m128i next = _mm_loadu_si128((const __m128i *)(from + (k + 2) * channels));
        const __m256i pixels = _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(first), next, 1), order);
        int32_t one, two;
        __builtin_memcpy(&one, w + k, 4);
        __builtin_memcpy(&two, w + k + 2, 4);
        const __m256i pairs = _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_set1_epi32(one)), _mm_set1_epi32(two), 1);
        sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pixels, pairs));
    }
    __m128i total = _mm_add_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    if (k < taps) {
        int32_t one;
        __builtin_memcpy(&one, w + k, 4);
        const __m128i pixels = _mm_shuffle_epi8(
            _mm_loadu_si128((const __m128i *)(from + k * channels)), _mm256_castsi256_si128(order));
        total = _mm_add_epi32(total, _mm_madd_epi16(pixels, _mm_set1_epi32(one)));
    }
    return _mm_srai_epi32(total, COLUMNS_SHIFT);
}

__attribute__((target("avx2"))) static void columns_avx2(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width)
{
    const __m128i three = _mm_setr_epi8(0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, -1, -1, -1, -1);
    const __m128i four = _mm_setr_epi8(0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15);
    const __m256i order = _mm256_broadcastsi128_si256(channels == 3 ? three : four);
    const __m128i half = _mm_set1_epi32(1 << (COLUMNS_SHIFT - 1));
    for (size_t x = 0; x < width; x++) {
        const __m128i pixel =
            pixel_avx2(row + (size_t)starts[x] * channels, weights + x * taps, taps, channels, order, half);
        const __m128i words = _mm_packs_epi32(pixel, pixel);
        const int32_t bytes = _mm_cvtsi128_si32(_mm_packus_epi16(words, words));
        __builtin_memcpy(out + x * channels, &bytes, channels == 3 ? 3 : 4);
    }
}

static int has_avx2(void) { return __builtin_cpu_supports("avx2"); }
#endif

void still_reduce_rows(const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t samples)
{
#if defined(__x86_64__)
    if (has_avx2()) {
        rows_avx2(rows, weights, taps, out, samples);
        return;
    }
#endif
    rows_portable(rows, weights, taps, out, 0, samples);
}

void still_reduce_columns(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width)
{
#if defined(__x86_64__)
    if (channels >= 3 && has_avx2()) {
        columns_avx2(row, starts, weights, taps, channels, out, width);
        return;
    }
#endif
    columns_portable(row, starts, weights, taps, channels, out, width);
}

void still_reduce_rows_portable(
    const uint8_t *const *rows, const int16_t *weights, int taps, int16_t *out, size_t samples)
{
    rows_portable(rows, weights, taps, out, 0, samples);
}

void still_reduce_columns_portable(
    const int16_t *row, const int32_t *starts, const int16_t *weights, int taps, int channels, uint8_t *out,
    size_t width)
{
    columns_portable(row, starts, weights, taps, channels, out, width);
}
