// SPDX-License-Identifier: GPL-3.0-or-later
// The system's socket types come with each C library of this target; which one the compiler counts them to depends on what
// it reads first, so all are named.
import CCurl
import CMicrohttpd
import Glibc

/// A socket that listens; closed by whoever takes its descriptor.
struct ListeningSocket {
    let descriptor: Int32
    /// The port that was bound; 0 for a file.
    let port: Int
    let path: String?

    init(_ address: HTTPAddress) throws(HTTPServerError) {
        switch address {
        case .tcp(let host, let port): self = try Self.tcp(host, port)
        case .unix(let path): self = try Self.file(path)
        }
    }

    private init(descriptor: Int32, port: Int, path: String?) {
        self.descriptor = descriptor
        self.port = port
        self.path = path
    }

    private static func tcp(_ host: String, _ port: Int) throws(HTTPServerError) -> ListeningSocket {
        var hints = addrinfo()
        hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, String(port), &hints, &found)
        guard code == 0, let first = found else {
            throw HTTPServerError(.resolve, "\(host):\(port)", reason: String(cString: gai_strerror(code)))
        }
        defer { freeaddrinfo(found) }
        var failure = HTTPServerError(.listen, "\(host):\(port)", errno: EADDRNOTAVAIL)
        for entry in sequence(first: first, next: { $0.pointee.ai_next }) {
            let info = entry.pointee
            let descriptor = socket(info.ai_family, info.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), 0)
            guard descriptor >= 0 else {
                failure = HTTPServerError(.listen, "\(host):\(port)", errno: errno)
                continue
            }
            set(descriptor, SOL_SOCKET, SO_REUSEADDR)
            set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
            if bind(descriptor, info.ai_addr, info.ai_addrlen) == 0, startListening(descriptor) {
                return ListeningSocket(descriptor: descriptor, port: boundPort(descriptor), path: nil)
            }
            failure = HTTPServerError(.listen, "\(host):\(port)", errno: errno)
            close(descriptor)
        }
        throw failure
    }

    private static func file(_ path: String) throws(HTTPServerError) -> ListeningSocket {
        guard var address = sockaddr_un(path: path) else {
            throw HTTPServerError(.listen, path, errno: ENAMETOOLONG)
        }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw HTTPServerError(.listen, path, errno: errno) }
        // A socket that nobody answers on is what a server left that was killed.
        var facts = stat()
        if lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK, !isAnswered(&address) { unlink(path) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let bound = withUnsafePointer(to: &address) {
            // The mode is set before anybody can connect: nobody listens yet.
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        guard bound == 0, chmod(path, 0o600) == 0, startListening(descriptor) else {
            let code = errno
            close(descriptor)
            if bound == 0 { unlink(path) }
            throw HTTPServerError(.listen, path, errno: code)
        }
        return ListeningSocket(descriptor: descriptor, port: 0, path: path)
    }

    private static func isAnswered(_ address: inout sockaddr_un) -> Bool {
        let probe = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard probe >= 0 else { return true }
        defer { close(probe) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(probe, $0, size) == 0 || errno != ECONNREFUSED
            }
        }
    }

    private static func startListening(_ descriptor: Int32) -> Bool {
        fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 && listen(descriptor, 1024) == 0
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func boundPort(_ descriptor: Int32) -> Int {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = getsockname(descriptor, $0, &size) }
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }
}

extension sockaddr_un {
    /// The address of a socket file; nil if the path is too long for one.
    init?(path: String) {
        self.init()
        sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: sun_path)
        guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else { return nil }
        withUnsafeMutableBytes(of: &sun_path) { $0.copyBytes(from: bytes) }
    }
}
