// SPDX-License-Identifier: GPL-3.0-or-later

/// Names that an architecture does not have, or that libseccomp does not know, are passed over.
extension CallFilter {
    /// All that is left to a worker that looks at strangers' files: its own memory, threads and time, files that it may see
    /// anyway, and the socket that it was given.
    static let needed = [
        // reading and writing what is open
        "read", "readv", "pread64", "preadv", "preadv2", "write", "writev", "pwrite64", "pwritev", "pwritev2", "lseek",
        "sendfile", "copy_file_range", "close", "close_range", "dup", "dup2", "dup3", "fsync", "fdatasync",
        "sync_file_range", "ftruncate", "truncate", "fallocate", "fadvise64", "readahead", "flock",
        "pipe", "pipe2", "memfd_create",
        // files
        "open", "openat", "creat", "stat", "lstat", "fstat", "newfstatat", "statx", "statfs", "fstatfs", "access",
        "faccessat", "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "mkdir", "mkdirat",
        "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "fchmod", "utime", "utimes",
        "futimesat", "utimensat", "umask",
        // waiting
        "poll", "ppoll", "select", "pselect6", "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait",
        "epoll_pwait", "epoll_pwait2", "eventfd", "eventfd2", "timerfd_create", "timerfd_settime", "timerfd_gettime",
        // memory
        "mmap", "munmap", "mremap", "mprotect", "madvise", "msync", "mincore", "mlock", "munlock", "brk", "membarrier",
        // threads and time
        "futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "set_tid_address", "sched_yield",
        "sched_getaffinity", "sched_getparam", "sched_getscheduler", "sched_getattr", "sched_get_priority_max",
        "sched_get_priority_min", "getcpu", "arch_prctl", "gettimeofday", "time", "times", "clock_gettime",
        "clock_getres", "clock_nanosleep", "nanosleep", "alarm", "getitimer", "setitimer", "restart_syscall",
        "exit", "exit_group", "pause",
        // itself
        "getpid", "gettid", "getppid", "getpgrp", "getpgid", "getsid", "getuid", "geteuid", "getgid", "getegid",
        "getresuid", "getresgid", "getgroups", "getpriority", "getrlimit", "getrusage", "getrandom", "sysinfo", "uname",
        "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigsuspend", "rt_sigtimedwait",
        "sigaltstack",
        // the socket to its server, which is there; none can be made
        "sendmsg", "sendto", "recvmsg", "recvfrom", "getsockopt", "getsockname", "getpeername", "shutdown",
    ]

    /// What no worker needs.
    static let neverNeeded = [
        // the network, and sockets of any kind
        "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "socketcall",
        // other programs and processes
        "execve", "execveat", "fork", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
        "process_mrelease", "kcmp", "pidfd_open", "pidfd_getfd", "pidfd_send_signal", "tkill", "ioprio_set",
        "migrate_pages", "move_pages", "setpgid", "setsid", "shmget", "shmat", "shmctl", "semget", "semop", "semctl",
        "semtimedop", "msgget", "msgsnd", "msgrcv", "msgctl", "ipc", "mq_open", "mq_unlink", "mq_notify",
        // another user, other rights
        "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setfsuid", "setfsgid", "setgroups",
        "capset", "personality", "unshare", "setns", "add_key", "request_key", "keyctl",
        // another view of the files
        "mount", "umount", "umount2", "pivot_root", "chroot", "move_mount", "open_tree", "open_tree_attr", "fsopen",
        "fsconfig", "fsmount", "fspick", "mount_setattr", "name_to_handle_at", "open_by_handle_at", "mknod", "mknodat",
        "symlink", "symlinkat", "chmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat", "setxattr",
        "lsetxattr", "fsetxattr",
        "removexattr", "lremovexattr", "fremovexattr", "quotactl", "quotactl_fd", "fanotify_init", "fanotify_mark",
        // large and little-tried parts of the kernel
        "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "io_setup",
        "io_submit", "io_destroy", "io_cancel", "io_getevents", "vmsplice", "memfd_secret", "lookup_dcookie",
        "modify_ldt", "remap_file_pages", "uselib", "ustat", "sysfs", "_sysctl", "nfsservctl", "vserver",
        // the machine
        "reboot", "kexec_load", "kexec_file_load", "init_module", "finit_module", "delete_module", "create_module",
        "swapon", "swapoff", "acct", "syslog", "vhangup", "iopl", "ioperm", "settimeofday", "clock_settime",
        "clock_adjtime", "adjtimex", "stime", "sethostname", "setdomainname",
    ]
}
