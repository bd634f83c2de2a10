// SPDX-License-Identifier: GPL-3.0-or-later
// espeak-ng, opened for one utterance and closed behind it.
//
// The library keeps much of its state between utterances (where the flutter of the voice stands, random numbers), so the same text
// is another sound the second time; to end it and start it anew hangs (1.51). A library that has been closed and is opened again
// begins with the state it was built with: what it says depends on the text alone.
#pragma once
#include <dlfcn.h>
#include <espeak-ng/speak_lib.h>
#include <string.h>
#include <strings.h>

struct kinora_espeak {
    void *library;
    int (*initialize)(espeak_AUDIO_OUTPUT, int, const char *, int);
    void (*set_callback)(t_espeak_callback *);
    espeak_ERROR (*set_voice)(const char *);
    espeak_ERROR (*set_parameter)(espeak_PARAMETER, int, int);
    espeak_ERROR (*synthesize)(
        const void *, size_t, unsigned int, espeak_POSITION_TYPE, unsigned int, unsigned int, unsigned int *, void *);
    const espeak_VOICE **(*voices)(espeak_VOICE *);
    espeak_ERROR (*terminate)(void);
};

// What the library needs in its turn stays: only its own state is to be new, and sound servers' clients take long to load.
static inline void kinora_espeak_hold(void) { dlopen("libpcaudio.so.0", RTLD_NOW | RTLD_LOCAL); }

// 1 where the library is there and has all of this; `library` is to be closed by `kinora_espeak_close`.
static inline int kinora_espeak_open(struct kinora_espeak *speak) {
    speak->library = dlopen("libespeak-ng.so.1", RTLD_NOW | RTLD_LOCAL);
    if (!speak->library) return 0;
    *(void **)&speak->initialize = dlsym(speak->library, "espeak_Initialize");
    *(void **)&speak->set_callback = dlsym(speak->library, "espeak_SetSynthCallback");
    *(void **)&speak->set_voice = dlsym(speak->library, "espeak_SetVoiceByName");
    *(void **)&speak->set_parameter = dlsym(speak->library, "espeak_SetParameter");
    *(void **)&speak->synthesize = dlsym(speak->library, "espeak_Synth");
    *(void **)&speak->voices = dlsym(speak->library, "espeak_ListVoices");
    *(void **)&speak->terminate = dlsym(speak->library, "espeak_Terminate");
    if (speak->initialize && speak->set_callback && speak->set_voice && speak->set_parameter && speak->synthesize &&
        speak->voices && speak->terminate)
        return 1;
    dlclose(speak->library);
    return 0;
}

static inline void kinora_espeak_close(struct kinora_espeak *speak) { dlclose(speak->library); }

// The name by which a voice's variant is spoken of (`f4`), whatever the case of `name`; NULL where there is none. The library takes
// any name for a variant, and its usual voice for those it does not have.
static inline const char *kinora_espeak_variant(const struct kinora_espeak *speak, const char *name) {
    espeak_VOICE wanted;
    memset(&wanted, 0, sizeof wanted);
    wanted.languages = "variant";
    for (const espeak_VOICE **voice = speak->voices(&wanted); voice && *voice; voice++) {
        const char *identifier = (*voice)->identifier;
        if (identifier && !strncmp(identifier, "!v/", 3) && !strcasecmp(identifier + 3, name)) return identifier + 3;
    }
    return NULL;
}

// The flags are macros and enumerators of two kinds.
static inline unsigned int kinora_espeak_text_flags(void) { return espeakCHARS_UTF8 | espeakENDPAUSE; }
