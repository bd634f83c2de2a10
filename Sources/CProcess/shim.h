// SPDX-License-Identifier: GPL-3.0-or-later
// Child processes: spawning with nothing inherited, descriptors over a socket, waiting for many things at once.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <spawn.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

/// Most descriptors that go with one message.
#define KINORA_MOST_DESCRIPTORS 16

/// Sends bytes, and descriptors with the first of them. The count sent, or −errno.
static inline ssize_t kinora_send(
    int socket, const void *bytes, size_t count, const int *descriptors, int descriptor_count) {
    char control[CMSG_SPACE(sizeof(int) * KINORA_MOST_DESCRIPTORS)] __attribute__((aligned(8)));
    struct iovec part = {.iov_base = (void *)bytes, .iov_len = count};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (descriptor_count > KINORA_MOST_DESCRIPTORS) return -EINVAL;
    if (descriptor_count > 0) {
        memset(control, 0, sizeof control);
        message.msg_control = control;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
        memcpy(CMSG_DATA(head), descriptors, sizeof(int) * descriptor_count);
    }
    ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    return sent < 0 ? -errno : sent;
}

/// Receives bytes and the descriptors that came with them, close-on-exec. The count, 0 at the end, or −errno.
/// `descriptors` has room for KINORA_MOST_DESCRIPTORS.
static inline ssize_t kinora_receive(
    int socket, void *bytes, size_t count, int *descriptors, int *descriptor_count) {
    char control[CMSG_SPACE(sizeof(int) * KINORA_MOST_DESCRIPTORS)] __attribute__((aligned(8)));
    struct iovec part = {.iov_base = bytes, .iov_len = count};
    struct msghdr message = {
        .msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    *descriptor_count = 0;
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0) return -errno;
    for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        int here = (int)((head->cmsg_len - CMSG_LEN(0)) / sizeof(int));
        for (int i = 0; i < here && *descriptor_count < KINORA_MOST_DESCRIPTORS; i++)
            memcpy(&descriptors[(*descriptor_count)++], CMSG_DATA(head) + i * sizeof(int), sizeof(int));
    }
    return got;
}

/// A pipe whose ends are close-on-exec and do not wait. 0, or an error number. (`pipe2` is hidden without _GNU_SOURCE, with
/// which these headers would differ from those of Swift's own modules.)
static inline int kinora_pipe(int *ends) {
    return syscall(SYS_pipe2, ends, O_CLOEXEC | O_NONBLOCK) ? errno : 0;
}

/// A file without a name, in memory.
static inline int kinora_memory_file(const char *name) { return (int)syscall(SYS_memfd_create, name, 1); }

/// A descriptor that is readable once the process has ended.
static inline int kinora_pidfd(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

/// Starts a program with `input` as descriptor 3 and `words` as its standard error, nothing else of ours, in a process
/// group of its own. 0, or an error number.
static inline int kinora_spawn(
    pid_t *process, const char *path, char *const *arguments, char *const *environment, int input, int words) {
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    int result = posix_spawn_file_actions_init(&files);
    if (result) return result;
    if ((result = posix_spawnattr_init(&how))) {
        posix_spawn_file_actions_destroy(&files);
        return result;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setpgroup(&how, 0);
    posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    // `input` and `words` lie above 3, so that no step writes over what a later one needs.
    result = posix_spawn_file_actions_adddup2(&files, input, 3);
    if (!result) result = posix_spawn_file_actions_adddup2(&files, words, 2);
    if (!result) result = posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0);
    if (!result) result = posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
    if (!result) result = posix_spawn_file_actions_addclosefrom_np(&files, 4);
    if (!result) result = posix_spawn(process, path, &files, &how, arguments, environment);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return result;
}

/// Ends with the thread that started this process, and gains no rights by running anything. 0, or an error number.
static inline int kinora_die_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) ? errno : 0; }
static inline int kinora_no_new_privileges(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) ? errno : 0; }
static inline void kinora_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

/// `resource` as an int: the header's own type is an enumeration in some modes and not in others.
static inline int kinora_limit(int resource, unsigned long long most) {
    struct rlimit limit;
    if (getrlimit(resource, &limit)) return errno;
    // Never above what there was: raising is not ours to do.
    rlim_t wanted = most < limit.rlim_max ? (rlim_t)most : limit.rlim_max;
    limit.rlim_cur = wanted;
    limit.rlim_max = wanted;
    return setrlimit(resource, &limit) ? errno : 0;
}
static const int kinora_limit_memory = RLIMIT_AS;
static const int kinora_limit_data = RLIMIT_DATA;
static const int kinora_limit_cpu = RLIMIT_CPU;
static const int kinora_limit_file = RLIMIT_FSIZE;
static const int kinora_limit_files = RLIMIT_NOFILE;
static const int kinora_limit_core = RLIMIT_CORE;

static inline int kinora_niceness(int niceness) { return setpriority(PRIO_PROCESS, 0, niceness) ? errno : 0; }

/// Readiness of descriptors; `key` comes back with it.
static inline int kinora_watch(int set, int operation, int descriptor, unsigned int events, unsigned long long key) {
    struct epoll_event event = {.events = events, .data = {.u64 = key}};
    return epoll_ctl(set, operation, descriptor, &event) ? errno : 0;
}
static inline unsigned long long kinora_event_key(const struct epoll_event *event) { return event->data.u64; }
static const unsigned int kinora_event_readable = EPOLLIN;
static const unsigned int kinora_event_writable = EPOLLOUT;
static const unsigned int kinora_event_ended = EPOLLHUP | EPOLLERR;
