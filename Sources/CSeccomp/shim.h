// SPDX-License-Identifier: GPL-3.0-or-later
// Filters of system calls (libseccomp), and Landlock, for which neither glibc nor Debian's kernel headers have all there is.
#pragma once
#include <errno.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

// Macros with casts or shifts that Swift cannot read.
static const uint32_t kinora_seccomp_allow = SCMP_ACT_ALLOW;
static inline uint32_t kinora_seccomp_refuse(int error) { return SCMP_ACT_ERRNO(error); }

/// Whether the system knows filters that answer with an error.
static inline int kinora_seccomp_is_there(void) {
    uint32_t action = SCMP_ACT_ERRNO(0) & SECCOMP_RET_ACTION_FULL;
    return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

// Landlock: linux/landlock.h of kernel 6.1 stops at LANDLOCK_ACCESS_FS_REFER; the values are the kernel's for ever.

#define KINORA_LANDLOCK_EXECUTE (1ULL << 0)
#define KINORA_LANDLOCK_WRITE_FILE (1ULL << 1)
#define KINORA_LANDLOCK_READ_FILE (1ULL << 2)
#define KINORA_LANDLOCK_READ_DIR (1ULL << 3)
#define KINORA_LANDLOCK_REMOVE_DIR (1ULL << 4)
#define KINORA_LANDLOCK_REMOVE_FILE (1ULL << 5)
#define KINORA_LANDLOCK_MAKE_DIR (1ULL << 7)
#define KINORA_LANDLOCK_MAKE_REG (1ULL << 8)
/// All of version 2, which is the least that will do: without REFER no file could be moved between folders.
#define KINORA_LANDLOCK_FILES ((1ULL << 14) - 1)
#define KINORA_LANDLOCK_REFER (1ULL << 13)
#define KINORA_LANDLOCK_TRUNCATE (1ULL << 14)
#define KINORA_LANDLOCK_DEVICES (1ULL << 15)

/// The version of Landlock that the system has; 0 where it has none.
static inline int kinora_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, (void *)0, (size_t)0, 1U);
    return version > 0 ? (int)version : 0;
}

/// What is governed of files in this version.
static inline uint64_t kinora_landlock_governed(int version) {
    return KINORA_LANDLOCK_FILES | (version >= 3 ? KINORA_LANDLOCK_TRUNCATE : 0) |
           (version >= 5 ? KINORA_LANDLOCK_DEVICES : 0);
}

/// A set of rules that, so far, allows nothing: no file, no TCP (from version 4), no signals and no abstract sockets to the
/// outside (from 6). A descriptor, or −errno.
static inline int kinora_landlock_make(int version) {
    struct {
        uint64_t files, net, scope;
    } set = {kinora_landlock_governed(version), version >= 4 ? 3 : 0, version >= 6 ? 3 : 0};
    size_t size = version >= 6 ? 24 : version >= 4 ? 16 : 8;
    long result = syscall(SYS_landlock_create_ruleset, &set, size, 0U);
    return result < 0 ? -errno : (int)result;
}

/// Allows `rights` on what `place` has open, and below it. 0, or an error number.
static inline int kinora_landlock_allow(int rules, int place, uint64_t rights) {
    struct {
        uint64_t rights;
        int32_t place;
    } __attribute__((packed)) rule = {rights, place};
    return syscall(SYS_landlock_add_rule, rules, 1, &rule, 0U) ? errno : 0;
}

/// From here on, for this thread and those it starts. 0, or an error number.
static inline int kinora_landlock_enter(int rules) {
    return syscall(SYS_landlock_restrict_self, rules, 0U) ? errno : 0;
}
