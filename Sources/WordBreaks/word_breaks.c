// SPDX-License-Identifier: GPL-3.0-or-later
#include "WordBreaks.h"

#include <unicode/ubrk.h>

int32_t kinora_word_starts(const uint16_t *text, int32_t count, const char *locale, int32_t *starts) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *words = ubrk_open(UBRK_WORD, locale, (const UChar *)text, count, &error);
    if (U_FAILURE(error)) return -1;
    int32_t found = 0;
    for (int32_t place = ubrk_first(words); place != UBRK_DONE && place < count && found < count; place = ubrk_next(words))
        starts[found++] = place;
    ubrk_close(words);
    return found;
}
