// SPDX-License-Identifier: GPL-3.0-or-later
internal import CProcess
import Glibc

/// One end of the socket between a pool and a worker.
struct WorkerSocket: Sendable {
    enum Received: Sendable {
        case bytes([UInt8], [Descriptor])
        /// Nothing there just now.
        case nothing
        case ended
    }

    let descriptor: Descriptor

    /// Both ends, close-on-exec, above descriptor 3; nil, with `errno` set, where there are no more descriptors.
    static func pair() -> (WorkerSocket, WorkerSocket)? {
        var ends: [Int32] = [0, 0]
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { return nil }
        guard let a = above(ends[0]), let b = above(ends[1]) else { return nil }
        return (WorkerSocket(descriptor: a), WorkerSocket(descriptor: b))
    }

    /// The descriptor, moved out of the range that a child's own are put into.
    static func above(_ number: Int32) -> Descriptor? {
        if number > 3 { return Descriptor(adopting: number) }
        let moved = fcntl(number, F_DUPFD_CLOEXEC, 4)
        close(number)
        return moved < 0 ? nil : Descriptor(adopting: moved)
    }

    /// Sends as much as goes: how many bytes, 0 where nothing goes just now, nil where the other end is gone. Descriptors go
    /// with the first byte.
    func send(_ bytes: ArraySlice<UInt8>, _ descriptors: [Descriptor]) -> Int? {
        while true {
            let numbers = descriptors.map(\.number)
            let sent = bytes.withUnsafeBytes { bytes in
                numbers.withUnsafeBufferPointer {
                    kinora_send(descriptor.number, bytes.baseAddress, bytes.count, $0.baseAddress, Int32($0.count))
                }
            }
            if sent >= 0 { return sent }
            switch Int32(-sent) {
            case EINTR: continue
            case EAGAIN: return 0
            default: return nil
            }
        }
    }

    /// Sends all of a frame, waiting for room. False where the other end is gone.
    func sendWhole(_ frame: WorkerFrame) -> Bool {
        let bytes = frame.bytes
        var done = 0
        while done < bytes.count {
            guard let count = send(bytes[done...], done == 0 ? frame.descriptors : []) else { return false }
            done += count
        }
        return true
    }

    func receive() -> Received {
        var numbers = [Int32](repeating: -1, count: Int(KINORA_MOST_DESCRIPTORS))
        var count: Int32 = 0
        var result = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
            repeat {
                result = kinora_receive(descriptor.number, buffer.baseAddress, buffer.count, &numbers, &count)
            } while result == -Int(EINTR)
            filled = max(0, result)
        }
        if result > 0 { return .bytes(bytes, numbers.prefix(Int(count)).map(Descriptor.init(adopting:))) }
        return result == -Int(EAGAIN) ? .nothing : .ended
    }
}
