// SPDX-License-Identifier: GPL-3.0-or-later
#include "StillKernels.h"

// The same votes with and without fused multiply-add.
#pragma STDC FP_CONTRACT OFF

#if defined(__x86_64__)
#define VARIANTS __attribute__((target_clones("avx2", "default")))
#else
#define VARIANTS
#endif

VARIANTS static void decide(
    const uint32_t *restrict sums, const float *restrict norms, const still_decision *d, const float *below,
    float below_leaf, const float *above, float above_leaf, float *restrict out, size_t windows)
{
    const uint32_t *a = sums + d->corners[0][0], *b = sums + d->corners[0][1];
    const uint32_t *c = sums + d->corners[0][2], *e = sums + d->corners[0][3];
    const uint32_t *f = sums + d->corners[1][0], *g = sums + d->corners[1][1];
    const uint32_t *h = sums + d->corners[1][2], *j = sums + d->corners[1][3];
    const float v = d->weights[0], w = d->weights[1], threshold = d->threshold;
    for (size_t i = 0; i < windows; i++) {
        const float first = v * (float)(int32_t)(a[i] - b[i] - c[i] + e[i]);
        out[i] = first + w * (float)(int32_t)(f[i] - g[i] - h[i] + j[i]);
    }
    if (d->rectangles > 2) {
        const uint32_t *k = sums + d->corners[2][0], *l = sums + d->corners[2][1];
        const uint32_t *m = sums + d->corners[2][2], *n = sums + d->corners[2][3];
        const float u = d->weights[2];
        for (size_t i = 0; i < windows; i++)
            out[i] = out[i] + u * (float)(int32_t)(k[i] - l[i] - m[i] + n[i]);
    }
    for (size_t i = 0; i < windows; i++) {
        const float yes = below ? below[i] : below_leaf, no = above ? above[i] : above_leaf;
        out[i] = out[i] * norms[i] < threshold ? yes : no;
    }
}

void still_tree_votes(
    const uint32_t *sums, const float *norms, const still_decision *decisions, int first, int count,
    const float *leaves, float *votes, float *scratch, size_t windows)
{
    // From the last decision back to the root: each takes over the answer of the one it leads to.
    for (int k = count - 1; k >= 0; k--) {
        const still_decision *d = decisions + first + k;
        const float *below = d->below >= 0 ? scratch + (size_t)(d->below - first) * windows : 0;
        const float *above = d->above >= 0 ? scratch + (size_t)(d->above - first) * windows : 0;
        decide(
            sums, norms, d, below, below ? 0 : leaves[-1 - d->below], above, above ? 0 : leaves[-1 - d->above],
            scratch + (size_t)k * windows, windows);
    }
    for (size_t i = 0; i < windows; i++)
        votes[i] += scratch[i];
}
