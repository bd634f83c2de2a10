// SPDX-License-Identifier: GPL-3.0-or-later
// libvips. Operations are called through vips_operation_new and GValues: its variadic calls cannot be imported.
#pragma once
#include <vips/vips.h>
