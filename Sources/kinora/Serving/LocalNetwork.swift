// SPDX-License-Identifier: GPL-3.0-or-later
import Glibc

/// By which addresses others on the same network reach this machine.
enum LocalNetwork {
    /// IPv4 addresses in numbers, the one that leads to the rest of the world first.
    static func addresses() -> [String] {
        var list: UnsafeMutablePointer<ifaddrs>?
        guard getifaddrs(&list) == 0, let first = list else { return [] }
        defer { freeifaddrs(list) }
        var found: [String] = []
        for entry in sequence(first: first, next: { $0.pointee.ifa_next }) {
            let flags = Int32(bitPattern: entry.pointee.ifa_flags)
            guard let address = entry.pointee.ifa_addr, Int32(address.pointee.sa_family) == AF_INET,
                flags & Int32(IFF_UP) != 0, flags & Int32(IFF_LOOPBACK) == 0, let text = text(address)
            else { continue }
            if !found.contains(text) { found.append(text) }
        }
        if let main = mainAddress(), let place = found.firstIndex(of: main) {
            found.swapAt(0, place)
        }
        return found
    }

    /// The address that a packet to the world would carry. None is sent: the address asked for is nobody's (RFC 5737).
    private static func mainAddress() -> String? {
        let descriptor = socket(AF_INET, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(9).bigEndian
        address.sin_addr.s_addr = in_addr_t(0xCB00_7101).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                guard connect(descriptor, pointer, size) == 0, getsockname(descriptor, pointer, &size) == 0 else {
                    return nil
                }
                return text(pointer)
            }
        }
    }

    private static func text(_ address: UnsafePointer<sockaddr>) -> String? {
        address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { pointer in
            var number = pointer.pointee.sin_addr
            return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 64) { room in
                room.initialize(repeating: 0)
                guard inet_ntop(AF_INET, &number, room.baseAddress, 64) != nil else { return nil }
                return room.baseAddress.map { String(cString: $0) }
            }
        }
    }
}
