// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <stdint.h>
#include <unicode/ubrk.h>

// ICU's names carry its version through macros, which Swift does not see: so its calls are made here.

/// Where words begin in `count` units of UTF-16 (UAX 29, with ICU's dictionary for Chinese and Japanese): offsets from 0 on,
/// ascending, into `starts`, which has room for `count`. Answers how many, or -1 where ICU has no dictionary.
static inline int32_t kinora_icu_word_starts(const uint16_t *text, int32_t count, const char *locale, int32_t *starts) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, locale, (const UChar *)text, count, &error);
    if (U_FAILURE(error)) return -1;
    int32_t found = 0;
    for (int32_t place = ubrk_first(words); place != UBRK_DONE && place < count; place = ubrk_next(words))
        starts[found++] = place;
    ubrk_close(words);
    return found;
}
