// SPDX-License-Identifier: GPL-3.0-or-later
#ifndef KINORA_WORD_BREAKS_H
#define KINORA_WORD_BREAKS_H

#include <stdint.h>

/// Where words begin in `count` units of UTF-16 (UAX 29, with ICU's dictionary for Chinese and Japanese): offsets from 0 on,
/// ascending, into `starts`, which has room for `count`. Answers how many, or -1 where ICU has no dictionary.
///
/// ICU's own headers stay in the C file: they would clash with the ICU that Foundation brings.
int32_t kinora_word_starts(const uint16_t *text, int32_t count, const char *locale, int32_t *starts);

#endif
