// SPDX-License-Identifier: GPL-3.0-or-later
//
// Makes one call of a program fail, or its clock jump: preloaded by scripts/faults.py, which shares a page with it.
//   cc -shared -fPIC -O1 -o faults.so faults.c -ldl
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

// What is shared; scripts/hostile/shim.py knows the same places.
struct control {
    _Atomic int64_t calls;        // that could have failed until now
    _Atomic int64_t at;           // the one that fails, 0: none
    _Atomic int32_t error;        // errno; −1: a write takes half of its bytes, which is no error
    _Atomic int32_t fired;        // 1: it failed; 2: what was to be put on the disk there was put there later
    _Atomic int64_t clock;        // seconds that are added to the time of day
    char what[224];               // the call that failed, and on what
    char under[256];              // only files below this folder
};

static struct control *control;
static _Atomic uint64_t *unsynced;  // the file whose sync failed

__attribute__((constructor)) static void open_control(void) {
    const char *path = getenv("KINORA_FAULTS");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(0, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED) control = page;
}

// Files written since they were last put on the disk, by inode: to sync a file once more loses nothing when it fails.
#define MOST_FILES 4096
static _Atomic uint64_t dirty[MOST_FILES];

static _Atomic uint64_t *slot(int file) {
    struct stat facts;
    int saved = errno;
    int result = fstat(file, &facts);
    errno = saved;
    // What a folder holds is always news.
    return result == 0 && S_ISREG(facts.st_mode) ? &dirty[facts.st_ino % MOST_FILES] : 0;
}

static void written(int file, ssize_t count) {
    _Atomic uint64_t *mark = control && count > 0 ? slot(file) : 0;
    if (mark) *mark = 1;
}

static int below(const char *path) { return path && strncmp(path, control->under, strlen(control->under)) == 0; }

static int due(const char *call, const char *path, int writes) {
    if (!below(path) || (control->error == -1 && !writes)) return 0;
    int64_t number = atomic_fetch_add(&control->calls, 1) + 1;
    if (number != control->at) return 0;
    snprintf(control->what, sizeof control->what, "%s %s", call, path + strlen(control->under));
    control->fired = 1;
    return control->error;
}

static int due_on(const char *call, int file, int writes) {
    char link[32], path[512];
    if (!control) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    int saved = errno;
    ssize_t length = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (length <= 0 || path[0] != '/') return 0;
    path[length] = 0;
    return due(call, path, writes);
}

static int due_at(const char *call, int folder, const char *path) {
    char link[32], whole[1024];
    if (!control || !path) return 0;
    if (path[0] == '/') return due(call, path, 0);
    if (folder == AT_FDCWD) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, whole, 512);
    if (length <= 0) return 0;
    snprintf(whole + length, sizeof whole - (size_t)length, "/%s", path);
    return due(call, whole, 0);
}

#define REAL(name) static __typeof__(name) *real; if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)
#define FAIL(fault) do { errno = (fault); return -1; } while (0)

#define WRITES(name, parameters, whole, half) \
    ssize_t name parameters { \
        REAL(name); \
        int fault = due_on(#name, file, 1); \
        if (fault > 0) FAIL(fault); \
        ssize_t done = fault < 0 && count > 1 ? half : whole; \
        written(file, done); \
        return done; \
    }
WRITES(write, (int file, const void *bytes, size_t count), real(file, bytes, count), real(file, bytes, count / 2))
WRITES(pwrite, (int file, const void *bytes, size_t count, off_t at), real(file, bytes, count, at), real(file, bytes, count / 2, at))
WRITES(pwrite64, (int file, const void *bytes, size_t count, off64_t at), real(file, bytes, count, at), real(file, bytes, count / 2, at))
WRITES(writev, (int file, const struct iovec *parts, int count), real(file, parts, count), real(file, parts, count / 2))
WRITES(pwritev, (int file, const struct iovec *parts, int count, off_t at), real(file, parts, count, at), real(file, parts, count / 2, at))

#define ON(name, parameters, ...) \
    int name parameters { \
        REAL(name); \
        int fault = due_on(#name, file, 0); \
        if (fault > 0) FAIL(fault); \
        return real(__VA_ARGS__); \
    }

#define SYNCS(name) \
    int name(int file) { \
        REAL(name); \
        _Atomic uint64_t *mark = control ? slot(file) : 0; \
        int fault = due_on(mark && *mark == 0 ? #name "-again" : #name, file, 0); \
        if (fault > 0) { \
            unsynced = mark; \
            FAIL(fault); \
        } \
        int result = real(file); \
        if (mark && result == 0) { \
            *mark = 0; \
            if (mark == unsynced) control->fired = 2; \
            if (mark == unsynced) unsynced = 0; \
        } \
        return result; \
    }
SYNCS(fsync)
SYNCS(fdatasync)
ON(ftruncate, (int file, off_t length), file, length)
ON(ftruncate64, (int file, off64_t length), file, length)

int rename(const char *old, const char *new) {
    REAL(rename);
    int fault = due_at("rename", AT_FDCWD, new);
    if (fault > 0) FAIL(fault);
    return real(old, new);
}

int renameat(int a, const char *old, int b, const char *new) {
    REAL(renameat);
    int fault = due_at("renameat", b, new);
    if (fault > 0) FAIL(fault);
    return real(a, old, b, new);
}

int renameat2(int a, const char *old, int b, const char *new, unsigned flags) {
    REAL(renameat2);
    int fault = due_at("renameat2", b, new);
    if (fault > 0) FAIL(fault);
    return real(a, old, b, new, flags);
}

int link(const char *old, const char *new) {
    REAL(link);
    int fault = due_at("link", AT_FDCWD, new);
    if (fault > 0) FAIL(fault);
    return real(old, new);
}

int linkat(int a, const char *old, int b, const char *new, int flags) {
    REAL(linkat);
    int fault = due_at("linkat", b, new);
    if (fault > 0) FAIL(fault);
    return real(a, old, b, new, flags);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    int fault = due_at("mkdir", AT_FDCWD, path);
    if (fault > 0) FAIL(fault);
    return real(path, mode);
}

int unlink(const char *path) {
    REAL(unlink);
    int fault = due_at("unlink", AT_FDCWD, path);
    if (fault > 0) FAIL(fault);
    return real(path);
}

#define OPENS(name, parameters, folder, ...) \
    int name parameters { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list more; \
            va_start(more, flags); \
            mode = va_arg(more, mode_t); \
            va_end(more); \
        } \
        if (flags & O_CREAT) { \
            int fault = due_at(#name, folder, path); \
            if (fault > 0) FAIL(fault); \
        } \
        return real(__VA_ARGS__, flags, mode); \
    }
OPENS(open, (const char *path, int flags, ...), AT_FDCWD, path)
OPENS(open64, (const char *path, int flags, ...), AT_FDCWD, path)
OPENS(openat, (int folder, const char *path, int flags, ...), folder, folder, path)
OPENS(openat64, (int folder, const char *path, int flags, ...), folder, folder, path)

// The time of day; what runs on steadily does so.
int clock_gettime(clockid_t which, struct timespec *time) {
    REAL(clock_gettime);
    int result = real(which, time);
    if (result == 0 && control && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) time->tv_sec += control->clock;
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    REAL(gettimeofday);
    int result = real(time, zone);
    if (result == 0 && control) time->tv_sec += control->clock;
    return result;
}

time_t time(time_t *result) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (result) *result = now.tv_sec;
    return now.tv_sec;
}
