// SPDX-License-Identifier: GPL-3.0-or-later
// Pango lays text out, Cairo draws it, Fontconfig finds the faces.
#pragma once
#include <cairo.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
