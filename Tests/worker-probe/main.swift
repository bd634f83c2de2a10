// SPDX-License-Identifier: GPL-3.0-or-later
// A worker for tests of WorkerPool: does what it is told, also what no worker should.
import Foundation
import WorkerPool

/// What a worker finds about itself.
func ownFacts(_ lane: String) -> String {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    // The listing's own descriptor is gone by now.
    let open = files.compactMap { Int32($0) }.filter { fcntl($0, F_GETFD) >= 0 }.sorted()
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let noNewPrivileges = status.contains("NoNewPrivs:\t1")
    let limits = (try? String(contentsOfFile: "/proc/self/limits", encoding: .utf8)) ?? ""
    func limit(_ name: String) -> String {
        limits.split(separator: "\n").first { $0.hasPrefix(name) }
            .map { $0.dropFirst(26).split(separator: " ")[0] }.map(String.init) ?? "?"
    }
    let facts: [String] = [
        "lane=\(lane)", "open=\(open.map(String.init).joined(separator: ","))", "group=\(getpgrp() == getpid())",
        "parent=\(getppid())", "noNewPrivileges=\(noNewPrivileges)", "address=\(limit("Max address space"))",
        "files=\(limit("Max open files"))", "core=\(limit("Max core file size"))",
        "environment=\(ProcessInfo.processInfo.environment.keys.sorted().joined(separator: ","))",
        "confined=\(confinedTo)", "nice=\(getpriority(0, 0))",
    ]
    return facts.joined(separator: "\n")
}

// A worker does one thing at a time, so nobody else touches these.
nonisolated(unsafe) var confinedTo = "nothing"
nonisolated(unsafe) var hoard: [UnsafeMutableRawPointer] = []

func take(_ megabytes: Int) {
    for _ in 0..<megabytes {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        memset(memory, 1, 1 << 20)
        hoard.append(memory)
    }
}

func sleepForEver() -> Never { while true { pause() } }

func carryOut(_ call: WorkerChild.Call) throws(WorkerChild.Refusal) -> WorkerAnswer {
    let words = String(decoding: call.request.prefix(200), as: UTF8.self)
        .split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let rest = words.count > 1 ? words[1] : ""
    switch words[0] {
    case "echo": return WorkerAnswer(Array(call.request.dropFirst(5)))
    case "facts": return WorkerAnswer(Array(ownFacts(call.lane).utf8))
    case "process": return WorkerAnswer(Array("\(getpid())".utf8))
    case "crash":
        FileHandle.standardError.write(Data("something went badly wrong\n".utf8))
        // As a fault of its own: one sent to the process waits where all threads have it blocked.
        pthread_kill(pthread_self(), SIGSEGV)
        UnsafeMutablePointer<UInt8>(bitPattern: 8)?.pointee = 1
        sleepForEver()
    case "crash-once":
        // Whoever makes the file first dies.
        let file = open(rest, O_CREAT | O_EXCL | O_WRONLY, 0o600)
        if file >= 0 { abort() }
        return WorkerAnswer(Array("\(getpid())".utf8))
    case "exit": exit(Int32(rest) ?? 1)
    case "hang": sleepForEver()
    case "beat":
        for number in 0..<(Int(rest) ?? 1) { call.progress(Array("\(number)".utf8)) }
        return WorkerAnswer(Array("beaten".utf8))
    case "beat-and-hang":
        call.progress([1])
        sleepForEver()
    case "eat":
        take(Int(rest) ?? 1)
        sleepForEver()
    case "keep":
        take(Int(rest) ?? 1)
        return WorkerAnswer(Array("\(getpid())".utf8))
    case "refuse": throw WorkerChild.Refusal(Array(rest.utf8))
    case "wait-for-stop":
        let stopped = DispatchSemaphore(value: 0)
        call.stop.whenStopped { stopped.signal() }
        call.progress(Array("waiting".utf8))
        stopped.wait()
        return WorkerAnswer(Array("\(getpid())".utf8))
    case "flood":
        let line = Data(repeating: UInt8(ascii: "x"), count: 1 << 20)
        for _ in 0..<(Int(rest) ?? 1) { FileHandle.standardError.write(line) }
        FileHandle.standardError.write(Data("\nlast line\n".utf8))
        return WorkerAnswer(Array("flooded".utf8))
    case "garbage":
        let garbage = [UInt8](repeating: 0xFF, count: 64)
        _ = write(3, garbage, garbage.count)
        sleepForEver()
    case "read":
        // Each descriptor's bytes, in capitals, in a file without a name.
        let files = call.descriptors.map { FileHandle(fileDescriptor: $0.number, closeOnDealloc: false) }
        let texts = files.map { String(decoding: (try? $0.readToEnd()) ?? Data(), as: UTF8.self).uppercased() }
        let made = texts.compactMap { text -> Descriptor? in
            guard let memory = Descriptor(inMemory: "answer") else { return nil }
            _ = write(memory.number, text, text.utf8.count)
            lseek(memory.number, 0, SEEK_SET)
            return memory
        }
        return WorkerAnswer([UInt8(made.count)], descriptors: made)
    case "child":
        // Something that would outlive it.
        var line = [CChar](repeating: 0, count: 64)
        if let pipe = popen("sleep 1000 >/dev/null & echo $!", "r") { fgets(&line, Int32(line.count), pipe) }
        call.progress(line.prefix { $0 != 0 && $0 != 10 }.map { UInt8(bitPattern: $0) })
        sleepForEver()
    default: return WorkerAnswer(Array("?".utf8))
    }
}

if CommandLine.arguments.contains("fail-to-start") {
    FileHandle.standardError.write(Data("no such engine\n".utf8))
    exit(3)
}
WorkerChild.serve(confine: { confinedTo = $0 }, carryOut)
