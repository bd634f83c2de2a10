// SPDX-License-Identifier: GPL-3.0-or-later
//
// libedit's line reading: a prompt that can be edited, with a history.
#ifndef KINORA_CEDIT_H
#define KINORA_CEDIT_H

#include <editline/readline.h>

#endif
