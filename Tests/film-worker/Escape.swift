// SPDX-License-Identifier: GPL-3.0-or-later
import CSeccomp
import Foundation
import WorkerPool

/// What a worker would do once a stranger's file had taken it over. Whatever is gained harms nobody: the tests plant what is
/// attacked, and try all of it in a worker that nothing holds, too.
enum Escape {
    /// The request: lines of the path of a secret, a folder outside, and the port of a listener on this machine. The answer:
    /// lines of an attempt's name and the error's number, 0 where it came off.
    static func carryOut(_ call: WorkerChild.Call) throws(WorkerChild.Refusal) -> WorkerAnswer {
        let lines = String(decoding: call.request, as: UTF8.self).split(separator: "\n").map(String.init)
        let isBare = CommandLine.arguments.contains("escape-bare")
        var escape = Escape.Attempts(secret: lines[0], outside: lines[1], inside: lines[2])
        escape.files()
        escape.network(port: UInt16(lines[3]) ?? 0)
        escape.processes()
        if !isBare { escape.kernel() }
        return WorkerAnswer(Array(escape.outcomes.map { "\($0.name) \($0.error)" }.joined(separator: "\n").utf8))
    }

    struct Attempts {
        let secret: String
        let outside: String
        /// A folder in which files may be made.
        let inside: String
        private(set) var outcomes: [(name: String, error: Int32)] = []

        init(secret: String, outside: String, inside: String) {
            self.secret = secret
            self.outside = outside
            self.inside = inside
        }

        /// Notes an attempt: a result below 0 is a failure, its reason in `errno`.
        private mutating func note(_ name: String, _ result: some BinaryInteger) {
            outcomes.append((name, result < 0 ? errno : 0))
        }

        private mutating func open(_ name: String, _ path: String, _ how: Int32) {
            let file = Glibc.open(path, how | O_CLOEXEC, 0o600)
            note(name, file)
            if file >= 0 { close(file) }
        }

        mutating func files() {
            let server = getppid()
            open("read-secret", secret, O_RDONLY)
            open("read-by-descriptor", "/proc/self/root" + secret, O_RDONLY)
            open("list-outside", outside, O_RDONLY | O_DIRECTORY)
            open("write-outside", outside + "/planted", O_WRONLY | O_CREAT)
            open("change-secret", secret, O_WRONLY | O_TRUNC)
            note("link-secret", link(secret, inside + "/linked-\(getpid())"))
            note("symlink", symlink(secret, inside + "/symlinked-\(getpid())"))
            note("open-to-all", chmod(secret, 0o666))
            note("make-folder-outside", mkdir(outside + "/folder-\(getpid())", 0o700))
            note("make-pipe-inside", mkfifo(inside + "/pipe-\(getpid())", 0o600))
            open("server-environment", "/proc/\(server)/environ", O_RDONLY)
            open("server-memory", "/proc/\(server)/mem", O_RDWR)
            open("server-descriptors", "/proc/\(server)/fd", O_RDONLY | O_DIRECTORY)

            // More than a worker of this lane may write; without its bytes, so that no disk is filled where nothing holds it.
            signal(SIGXFSZ, SIG_IGN)
            let path = inside + "/large-\(getpid())"
            let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
            note("fill-the-disk", file < 0 ? -1 : ftruncate(file, 65 << 30))
            close(file)
            // Last, since it takes the secret away.
            note("move-secret", rename(secret, inside + "/moved-\(getpid())"))
        }

        mutating func network(port: UInt16) {
            let streams = Int32(SOCK_STREAM.rawValue)
            let plain = socket(AF_INET, streams, 0)
            var result = plain
            if plain >= 0 {
                var address = sockaddr_in()
                address.sin_family = sa_family_t(AF_INET)
                address.sin_port = port.bigEndian
                address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
                result = withUnsafeBytes(of: &address) { bytes in
                    bytes.withMemoryRebound(to: sockaddr.self) {
                        $0.baseAddress.map { connect(plain, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) } ?? -1
                    }
                }
            }
            note("connect-tcp", result)
            if plain >= 0 { close(plain) }
            for (name, family) in [("unix", AF_UNIX), ("udp6", AF_INET6), ("netlink", AF_NETLINK)] {
                let made = socket(family, Int32(SOCK_DGRAM.rawValue), 0)
                note("socket-\(name)", made)
                if made >= 0 { close(made) }
            }
        }

        mutating func processes() {
            let server = getppid()
            note("signal-server", kill(server, SIGCONT))
            note("signal-everybody-of-its-group", kill(0, SIGCONT))
            note("own-a-descriptor-for-server", Self.call("fcntl", 0, 8, Int(server)))
            var limit = rlimit()
            let pointer = withUnsafeMutablePointer(to: &limit) { Int(bitPattern: $0) }
            note("limits-of-server", Self.call("prlimit64", Int(server), 7, 0, pointer))
            note("slow-server", Self.call("setpriority", 0, Int(server), 1))
            note("trace-server", Self.call("ptrace", 0x4206, Int(server)))
            _ = Self.call("ptrace", 17, Int(server))
            note("handle-of-server", Self.call("pidfd_open", Int(server), 0))

            var child: pid_t = 0
            var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("sh"), strdup("-c"), strdup("exit 7"), nil]
            let spawned = posix_spawn(&child, "/bin/sh", nil, nil, &arguments, nil)
            for argument in arguments { free(argument) }
            outcomes.append(("run-a-shell", spawned))
            if spawned == 0 { waitpid(child, nil, 0) }
            for name in ["fork", "vfork", "clone"] where seccomp_syscall_resolve_name(name) >= 0 {
                // One that comes off ends at once. A child of vfork would run on the parent's stack: `fork` shows the same.
                if name == "vfork", CommandLine.arguments.contains("escape-bare") { continue }
                var made = 0
                for _ in 0..<10 {
                    let forked = Self.call(name, name == "clone" ? Int(SIGCHLD) : 0)
                    if forked == 0 { _exit(0) }
                    if forked > 0 {
                        made += 1
                        waitpid(pid_t(forked), nil, 0)
                    }
                }
                note("bomb-by-\(name)", made == 0 ? -1 : made)
            }
        }

        /// Doors of the kernel, tried with arguments that do no harm.
        mutating func kernel() {
            let all = UInt.max
            for (name, first) in [
                ("unshare", 0x1000_0000), ("setns", 0), ("mount", 0), ("umount2", 0), ("pivot_root", 0), ("chroot", 0),
                ("bpf", 0), ("perf_event_open", 0), ("keyctl", 0), ("add_key", 0), ("userfaultfd", 0),
                ("io_uring_setup", 1), ("kexec_load", 0), ("init_module", 0), ("finit_module", 0), ("setuid", 0),
                ("setgid", 0), ("setresuid", 0), ("capset", 0), ("personality", Int(bitPattern: all) & 0xFFFF_FFFF),
                ("open_by_handle_at", 0), ("process_vm_readv", Int(getppid())), ("process_vm_writev", Int(getppid())),
                ("swapon", 0), ("acct", 0), ("syslog", 3), ("execve", 0), ("execveat", 0), ("clone3", 0),
                ("socketpair", 1), ("bind", 3), ("listen", 3), ("shmget", 0), ("fanotify_init", 0), ("mknodat", 0),
                ("setsid", 0), ("tkill", Int(getppid())),
            ] where seccomp_syscall_resolve_name(name) >= 0 {
                note("call-\(name)", Self.call(name, first))
            }
            note("outlive-server", Self.call("prctl", 1, 0))
        }

        private typealias SystemCall = @convention(c) (Int, Int, Int, Int, Int, Int, Int) -> Int

        /// A system call as such, past what libraries make of it. Swift cannot name `syscall`, which takes any arguments.
        private static func call(_ name: String, _ a: Int = 0, _ b: Int = 0, _ c: Int = 0, _ d: Int = 0) -> Int {
            guard let address = dlsym(nil, "syscall") else { return -1 }
            return unsafeBitCast(address, to: SystemCall.self)(
                Int(seccomp_syscall_resolve_name(name)), a, b, c, d, 0, 0)
        }
    }
}
