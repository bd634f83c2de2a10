// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <espeak-ng/speak_lib.h>

// The flags are macros and enumerators of two kinds.
static inline unsigned int kinora_espeak_text_flags(void) { return espeakCHARS_UTF8 | espeakENDPAUSE; }
