// SPDX-License-Identifier: GPL-3.0-or-later
// The system's socket types come with each C library of this target; which one the compiler counts them to depends on what
// it reads first, so all are named.
import CCurl
import CMicrohttpd
import Glibc

/// Where a client's connection comes from.
struct ClientAddress: Sendable {
    /// What is counted as one client: an IPv4 address, a /64 network of IPv6, all of a socket file.
    struct Group: Hashable, Sendable {
        let high: UInt64
    }

    /// In numbers; `unix` for a socket file. An IPv4 address that came as an IPv6 one (`::ffff:1.2.3.4`) stands as IPv4.
    let text: String
    let group: Group

    /// Whether it is this machine's.
    var isLocal: Bool { text == "::1" || text == "unix" || text.hasPrefix("127.") }

    private init(_ text: String, _ group: Group) { (self.text, self.group) = (text, group) }

    init(_ address: UnsafePointer<sockaddr>?) {
        switch address.map({ Int32($0.pointee.sa_family) }) {
        case AF_INET?:
            let number = address?.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { $0.pointee.sin_addr }
            self.init(number ?? in_addr())
        case AF_INET6?:
            let number = address?.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { $0.pointee.sin6_addr }
            self.init(number ?? in6_addr())
        case nil: self.init("unknown", Group(high: .max))
        default: self.init("unix", Group(high: .max))
        }
    }

    /// An address in numbers; nil for anything else.
    init?(number: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, number, &four) == 1 {
            self.init(four)
        } else if inet_pton(AF_INET6, number, &six) == 1 {
            self.init(six)
        } else {
            return nil
        }
    }

    private init(_ number: in_addr) {
        var number = number
        self.init(Self.text(AF_INET, &number), Group(high: UInt64(number.s_addr)))
    }

    private init(_ number: in6_addr) {
        var number = number
        let bytes = withUnsafeBytes(of: &number) { Array($0) }
        if bytes[..<10].allSatisfy({ $0 == 0 }), bytes[10] == 0xFF, bytes[11] == 0xFF {
            self.init(in_addr(s_addr: bytes[12...].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        } else {
            // The top bit keeps them apart from IPv4's numbers.
            let high = bytes[..<8].reduce(UInt64(0)) { $0 << 8 | UInt64($1) } | 1 << 63
            self.init(Self.text(AF_INET6, &number), Group(high: high))
        }
    }

    private static func text(_ family: Int32, _ number: UnsafeRawPointer) -> String {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { text in
            text.initialize(repeating: 0)
            _ = inet_ntop(family, number, text.baseAddress, 64)
            return text.baseAddress.map { String(cString: $0) } ?? "unknown"
        }
    }
}
