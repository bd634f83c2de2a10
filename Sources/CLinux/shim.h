// SPDX-License-Identifier: GPL-3.0-or-later
// Linux calls that Swift's Glibc module leaves out or cannot import.
#pragma once
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static inline int kinora_terminal_columns(int descriptor) {
    struct winsize size;
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// Defined with __O_TMPFILE and behind _GNU_SOURCE in the headers.
static const int kinora_o_tmpfile = 020000000 | O_DIRECTORY;
// O_PATH, behind _GNU_SOURCE too: a place in the file system, without opening what is there.
static const int kinora_o_path = 010000000;

/// What is freed goes back to the system when it is at least `bytes` long, always (glibc would raise the threshold).
#include <malloc.h>
static inline void kinora_return_freed_memory(int bytes) {
    mallopt(M_MMAP_THRESHOLD, bytes);
    mallopt(M_TRIM_THRESHOLD, bytes);
}
