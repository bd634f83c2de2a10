// SPDX-License-Identifier: GPL-3.0-or-later
// Rubber Band's C interface: changes how long a sound is and keeps its pitch.
#pragma once
#include <rubberband/rubberband-c.h>
