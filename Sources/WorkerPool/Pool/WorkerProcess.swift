// SPDX-License-Identifier: GPL-3.0-or-later
internal import CProcess
import Foundation
import Glibc

/// A worker's process as the pool's thread sees it. Used by that thread alone.
final class WorkerProcess {
    let id: UInt64
    let process: Int32
    let socket: WorkerSocket
    /// Readable once the process has ended.
    let ended: Descriptor
    private(set) var words: Descriptor?
    private var tail: [UInt8] = []
    private var reader = WorkerFrameReader()
    private var unsent: [(bytes: [UInt8], done: Int, descriptors: [Descriptor])] = []

    /// What of its standard error is kept.
    private static let tailLength = 2048

    struct CannotStart: Error { let why: String }

    init(_ id: UInt64, _ program: WorkerProgram) throws(CannotStart) {
        guard let (ours, theirs) = WorkerSocket.pair() else { throw Self.refused("make a socket", errno) }
        var ends: [Int32] = [0, 0]
        let piped = kinora_pipe(&ends)
        guard piped == 0 else { throw Self.refused("make a pipe", piped) }
        guard let words = WorkerSocket.above(ends[0]), let toWords = WorkerSocket.above(ends[1]) else {
            throw Self.refused("make a pipe", errno)
        }
        _ = fcntl(ours.descriptor.number, F_SETFL, O_NONBLOCK)
        // The worker's own end waits, as standard error should.
        _ = fcntl(toWords.number, F_SETFL, 0)
        var process: Int32 = 0
        let result = Self.withCStrings(program.arguments) { arguments in
            Self.withCStrings(program.environment) { environment in
                kinora_spawn(
                    &process, program.path, arguments, environment, theirs.descriptor.number, toWords.number)
            }
        }
        guard result == 0 else { throw Self.refused("run \(program.path)", result) }
        let watch = kinora_pidfd(process)
        guard watch >= 0, let ended = WorkerSocket.above(watch) else {
            let cause = errno
            kill(-process, SIGKILL)
            waitpid(process, nil, 0)
            throw Self.refused("watch its process", cause)
        }
        self.id = id
        self.process = process
        self.ended = ended
        self.words = words
        socket = ours
    }

    private static func refused(_ what: String, _ cause: Int32) -> CannotStart {
        CannotStart(why: "could not \(what): \(String(cString: strerror(cause)))")
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a list with an end is not empty") }
            return body(UnsafePointer(base))
        }
    }

    /// Ends it and whatever it started.
    func end() {
        kill(-process, SIGKILL)
        kill(process, SIGKILL)
    }

    /// How it ended, once `ended` is readable.
    func collect() -> WorkerFailure.Ending? {
        var status: Int32 = 0
        let found = waitpid(process, &status, WNOHANG)
        // Where somebody else has collected it, nobody knows.
        if found < 0, errno == ECHILD { return .status(-1) }
        guard found == process else { return nil }
        // Its group may hold others that it started.
        kill(-process, SIGKILL)
        let signal = status & 0x7F
        return signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
    }

    // MARK: Sending

    var hasUnsent: Bool { !unsent.isEmpty }

    func send(_ frame: WorkerFrame) {
        unsent.append((frame.bytes, 0, frame.descriptors))
        flush()
    }

    /// Sends what goes. What a gone worker does not take is dropped: its end tells.
    func flush() {
        while var next = unsent.first {
            guard let count = socket.send(next.bytes[next.done...], next.done == 0 ? next.descriptors : []) else {
                unsent = []
                return
            }
            if count == 0 { return }
            next.done += count
            if next.done == next.bytes.count { unsent.removeFirst() } else { unsent[0] = next }
        }
    }

    // MARK: Receiving

    /// Frames that have come; nil once the worker has closed its end, or sends what is none.
    func receive() -> [WorkerFrame]? {
        var frames: [WorkerFrame] = []
        while true {
            switch socket.receive() {
            case .nothing: return frames
            case .ended: return frames.isEmpty ? nil : frames
            case .bytes(let bytes, let descriptors):
                reader.take(bytes, descriptors)
                do {
                    while let frame = try reader.next() { frames.append(frame) }
                } catch {
                    return nil
                }
            }
        }
    }

    /// Takes what the worker wrote on its standard error, a bounded amount at a time; only its end is kept.
    func listen() {
        guard let words else { return }
        let bytes = [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
            let count = read(words.number, buffer.baseAddress, buffer.count)
            filled = max(0, count)
            if count == 0 { self.words = nil }
        }
        tail = Array((tail + bytes).suffix(Self.tailLength))
    }

    /// The last lines on its standard error, as text without what cannot be shown.
    var lastWords: String {
        let text = String(decoding: tail, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).suffix(4).map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }))
        }
        return lines.joined(separator: "\n")
    }
}
