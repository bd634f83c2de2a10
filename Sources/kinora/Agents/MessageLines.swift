// SPDX-License-Identifier: GPL-3.0-or-later
import FileStore
import Foundation
import JSON
import Studio

/// Messages that come in as lines, read on a thread of their own.
final class MessageInput: Sendable {
    /// Ends with the input. Read by one reader.
    let lines: AsyncStream<[UInt8]>
    private let continuation: AsyncStream<[UInt8]>.Continuation

    /// Longer lines are cut: they are no message then.
    private static let longest = 64 << 20

    init(reading descriptor: Int32) {
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        (self.lines, self.continuation) = (lines, continuation)
        Thread.detachNewThread {
            var splitter = LineSplitter(longest: Self.longest)
            var buffer = [UInt8](repeating: 0, count: 64 << 10)
            while true {
                let count = buffer.withUnsafeMutableBytes { Foundation.read(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                for line in splitter.split(buffer[..<count]) { continuation.yield(line) }
            }
            if let rest = splitter.rest { continuation.yield(rest) }
            continuation.finish()
        }
    }

    /// Nothing more is taken.
    func end() { continuation.finish() }
}

/// Takes bytes apart at line ends; empty lines are none.
struct LineSplitter {
    private let longest: Int
    private var open: [UInt8] = []

    init(longest: Int) { self.longest = longest }

    mutating func split(_ bytes: some Collection<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for part in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if part.offset > 0 { close(into: &lines) }
            open += part.element.prefix(max(0, longest - open.count))
        }
        return lines
    }

    /// What stands behind the last line's end.
    var rest: [UInt8]? { open.allSatisfy { $0 == 0x0D || $0 == 0x20 } ? nil : open }

    private mutating func close(into lines: inout [[UInt8]]) {
        if open.last == 0x0D { open.removeLast() }
        if !open.isEmpty { lines.append(open) }
        open = []
    }
}

/// Messages that go out as lines; nothing else does.
final class MessageOutput: Sendable {
    private let descriptor: Int32
    private let thread = WorkThreads("kinora.mcp.output", atOnce: 1)

    init(writing descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Standard output, for messages alone: what anything else writes there goes to standard error.
    static func takingStandardOutput() throws -> MessageOutput {
        let own = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
        guard own >= 0, dup2(STDERR_FILENO, STDOUT_FILENO) >= 0 else {
            throw FileError("write", "standard output", errno: errno)
        }
        return MessageOutput(writing: own)
    }

    /// False when nobody reads any more.
    func write(_ message: JSONValue) async -> Bool {
        let line = Array(message.text().utf8) + [0x0A]
        return await thread.run { [descriptor] in
            var rest = line[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
                if count > 0 {
                    rest = rest.dropFirst(count)
                } else if errno != EINTR {
                    return false
                }
            }
            return true
        }
    }
}
