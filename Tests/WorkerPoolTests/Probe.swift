// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization

@testable import WorkerPool

/// A pool of probes.
struct Probe {
    /// Built beside the tests.
    static let program: String = {
        let tests = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        return (tests as NSString).deletingLastPathComponent + "/worker-probe"
    }()

    let pool: WorkerPool

    init(
        workers: Int = 1, limits: WorkerLimits = WorkerLimits(), mostBytes: Int = 1 << 30,
        mostIdleBytes: Int = 256 << 20, arguments: [String] = ["probe"], path: String = Probe.program
    ) throws {
        let names = ["LD_LIBRARY_PATH", "PATH", "ASAN_OPTIONS", "TSAN_OPTIONS"]
        let environment = ProcessInfo.processInfo.environment.filter { names.contains($0.key) }
        pool = try WorkerPool(
            [
                WorkerLane(
                    "probe", workers: workers, limits: limits, mostBytes: mostBytes, mostIdleBytes: mostIdleBytes)
            ],
            program: WorkerProgram(
                path: path, arguments: arguments,
                environment: environment.map { "\($0.key)=\($0.value)" }.sorted() + [WorkerProgram.quietly]))
    }

    static func task(
        _ words: String, deadline: Duration = .seconds(60), silence: Duration? = nil, tries: Int = 2,
        priority: Int = 0, descriptors: [Descriptor] = []
    ) -> WorkerTask {
        WorkerTask(
            lane: "probe", request: Array(words.utf8), descriptors: descriptors, priority: priority,
            deadline: deadline, silence: silence, tries: tries)
    }

    /// What the probe answers, as text.
    func ask(_ words: String, progress: @escaping @Sendable ([UInt8]) -> Void = { _ in }) async throws -> String {
        String(decoding: try await pool.run(Self.task(words), progress: progress).bytes, as: UTF8.self)
    }

    /// Why the probe does not answer.
    func failure(of task: WorkerTask) async -> WorkerFailure? {
        do throws(WorkerFailure) {
            _ = try await pool.run(task)
            return nil
        } catch {
            return error
        }
    }
}

/// A value that comes once, from any thread.
final class Arrival<Value: Sendable>: Sendable {
    private let stream: AsyncStream<Value>
    private let continuation: AsyncStream<Value>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream() }

    func send(_ value: Value) { continuation.yield(value) }

    var value: Value? { get async { await stream.first { _ in true } } }
}

/// Whether a process is there and no zombie.
func isAlive(_ process: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return false }
    return text.split(separator: ")").last?.split(separator: " ").first.map { $0 != "Z" && $0 != "X" } ?? false
}

/// Waits for a process to be gone, however it goes, without looking at a clock: its pidfd becomes readable.
func goneFromTheSystem(_ process: Int32) async -> Bool {
    await withCheckedContinuation { continuation in
        Thread {
            while isAlive(process) { sched_yield() }
            continuation.resume(returning: true)
        }.start()
    }
}
