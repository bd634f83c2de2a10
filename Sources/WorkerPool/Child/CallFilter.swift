// SPDX-License-Identifier: GPL-3.0-or-later
internal import CSeccomp
import Glibc

/// A filter of system calls, by libseccomp: what it refuses fails with an error that libraries know how to bear, and nothing
/// is killed. Calls by another architecture's numbers end the process.
struct CallFilter {
    static var isThere: Bool { kinora_seccomp_is_there() != 0 }

    private let calls: Sandbox.Calls

    init(_ calls: Sandbox.Calls) { self.calls = calls }

    /// For good, for all threads of the process and all that they start.
    func enter() throws(SandboxFailure) {
        let allow = kinora_seccomp_allow
        // To a library, what is not on the list is what this kernel does not have.
        let rest = calls == .listed ? kinora_seccomp_refuse(ENOSYS) : allow
        guard let filter = seccomp_init(rest) else { throw SandboxFailure("make a filter of calls", ENOMEM) }
        defer { seccomp_release(filter) }
        try Self.check("let a filter hold for all threads", seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1))
        let builder = Builder(filter: filter, isList: calls == .listed)
        switch calls {
        case .listed:
            for name in Self.needed { try builder.add(name, allow) }
        case .unlisted:
            for name in Self.neverNeeded { try builder.add(name, kinora_seccomp_refuse(EPERM)) }
        }
        try builder.addConditions()
        try Self.check("enter its filter of calls", seccomp_load(filter))
    }

    fileprivate static func check(_ what: String, _ result: Int32) throws(SandboxFailure) {
        guard result == 0 else { throw SandboxFailure(what, -result) }
    }

    private struct Builder {
        let filter: scmp_filter_ctx
        let isList: Bool

        /// Adds a rule for a call that this architecture has; nothing for others.
        func add(_ name: String, _ action: UInt32, _ conditions: [scmp_arg_cmp] = []) throws(SandboxFailure) {
            let number = seccomp_syscall_resolve_name(name)
            guard number >= 0 else { return }
            let result = conditions.withUnsafeBufferPointer {
                seccomp_rule_add_array(filter, action, number, UInt32($0.count), $0.baseAddress)
            }
            try CallFilter.check("decide about \(name)", result)
        }

        /// Calls of which only some uses are refused. The kernel looks at the low half of these arguments, and so do we.
        func addConditions() throws(SandboxFailure) {
            let low: UInt64 = 0xFFFF_FFFF
            func equals(_ argument: UInt32, _ value: UInt64, of mask: UInt64 = 0xFFFF_FFFF) -> scmp_arg_cmp {
                scmp_arg_cmp(arg: argument, op: SCMP_CMP_MASKED_EQ, datum_a: mask, datum_b: value)
            }
            func differs(_ argument: UInt32, _ value: UInt64) -> scmp_arg_cmp {
                scmp_arg_cmp(arg: argument, op: SCMP_CMP_NE, datum_a: value, datum_b: 0)
            }
            let refuse = kinora_seccomp_refuse(EPERM)
            let own = UInt64(getpid()) & low

            // Threads, never processes. glibc falls back from clone3, whose flags no filter can see, to clone.
            let thread = CallFilter.sharesItsProcess
            if isList {
                try add("clone", kinora_seccomp_allow, [equals(0, thread, of: thread)])
                try add("kill", kinora_seccomp_allow, [equals(0, own)])
                try add("tgkill", kinora_seccomp_allow, [equals(0, own)])
                for name in CallFilter.ofOthers {
                    try add(name, kinora_seccomp_allow, [equals(name == "setpriority" ? 1 : 0, 0)])
                }
            } else {
                try add("clone3", kinora_seccomp_refuse(ENOSYS))
                try add("clone", refuse, [equals(0, 0, of: thread)])
                // Itself it may end; not its server, not its group, not everybody.
                for name in ["kill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"] {
                    try add(name, refuse, [differs(0, own)])
                }
                for name in CallFilter.ofOthers { try add(name, refuse, [differs(name == "setpriority" ? 1 : 0, 0)]) }
            }
            if isList {
                for command in CallFilter.descriptorCommands {
                    try add("fcntl", kinora_seccomp_allow, [equals(1, command)])
                }
                // PR_SET_NAME, PR_GET_NAME.
                for option in [UInt64(15), 16] { try add("prctl", kinora_seccomp_allow, [equals(0, option)]) }
            } else {
                // Signals through a descriptor's owner reach any process of the user; a terminal's input runs commands.
                for command in [UInt64(8), 10, 15] { try add("fcntl", refuse, [equals(1, command)]) }
                for command in [UInt64(0x5412), 0x541C, 0x8901, 0x8902] {
                    try add("ioctl", refuse, [equals(1, command)])
                }
                // PR_SET_PDEATHSIG: not outliving its server is no choice of its own.
                try add("prctl", refuse, [equals(0, 1)])
            }
        }
    }

    /// Calls whose first argument (of `setpriority` the second) names a process: 0 is the caller.
    private static let ofOthers = [
        "prlimit64", "sched_setaffinity", "sched_setattr", "sched_setparam", "sched_setscheduler", "setpriority",
    ]

    /// F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_SETLK, F_SETLKW, F_DUPFD_CLOEXEC, F_ADD_SEALS, F_GET_SEALS and
    /// the locks of open files.
    private static let descriptorCommands: [UInt64] = [0, 1, 2, 3, 4, 5, 6, 7, 36, 37, 38, 1030, 1033, 1034]

    /// CLONE_THREAD.
    private static let sharesItsProcess: UInt64 = 0x1_0000
}
