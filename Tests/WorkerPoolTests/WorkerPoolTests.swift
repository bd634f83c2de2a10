// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Synchronization
import Testing

@testable import WorkerPool

/// Real processes that do their work, crash, hang and grow.
@Suite(.serialized, .timeLimit(.minutes(2))) struct WorkerPoolTests {
    @Test func aWorkerAnswers() async throws {
        let probe = try Probe()
        #expect(try await probe.ask("echo hello") == "hello")
        await probe.pool.close()
    }

    @Test func aWorkerIsKeptWarm() async throws {
        let probe = try Probe()
        let first = try await probe.ask("process")
        #expect(try await probe.ask("process") == first)
        #expect(probe.pool.standing.restarts == 0)
        await probe.pool.close()
    }

    @Test func largeRequestsAndAnswersComeWhole() async throws {
        let probe = try Probe()
        let bytes = (0..<6_000_000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) }
        let task = WorkerTask(lane: "probe", request: Array("echo ".utf8) + bytes)
        #expect(try await probe.pool.run(task).bytes == bytes)
        await probe.pool.close()
    }

    @Test func aWorkerGetsNothingOfOurs() async throws {
        var limits = WorkerLimits()
        limits.openFiles = 77
        limits.niceness = 7
        // A descriptor that would be passed on without care.
        let leak = open("/dev/null", O_RDONLY)
        defer { close(leak) }
        let probe = try Probe(limits: limits)
        let text = try await probe.ask("facts")
        let facts = Dictionary(
            uniqueKeysWithValues: text.split(separator: "\n").map { line in
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                return (String(parts[0]), String(parts[1]))
            })
        #expect(facts["open"] == "0,1,2,3")
        #expect(facts["group"] == "true")
        #expect(facts["parent"] == "\(getpid())")
        #expect(facts["noNewPrivileges"] == "true")
        #expect(facts["address"] == "\(16 << 30)")
        #expect(facts["files"] == "77")
        #expect(facts["core"] == "0")
        #expect(facts["nice"] == "7")
        #expect(facts["confined"] == "probe")
        let passed = Set(facts["environment"]?.split(separator: ",").map(String.init) ?? [])
        #expect(passed.isSubset(of: ["LD_LIBRARY_PATH", "PATH", "ASAN_OPTIONS", "TSAN_OPTIONS", "SWIFT_BACKTRACE"]))
        await probe.pool.close()
    }

    @Test func descriptorsGoBothWays() async throws {
        let probe = try Probe()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try ["one", "two", "three"].map { name -> Descriptor in
            let url = folder.appendingPathComponent(name)
            try Data(name.utf8).write(to: url)
            return try #require(Descriptor(reading: url.path))
        }
        let answer = try await probe.pool.run(Probe.task("read", descriptors: files))
        let texts = try answer.descriptors.map { descriptor in
            let file = FileHandle(fileDescriptor: descriptor.number, closeOnDealloc: false)
            return String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
        }
        #expect(texts == ["ONE", "TWO", "THREE"])
        #expect(try await probe.ask("facts").contains("open=0,1,2,3\n"))
        await probe.pool.close()
    }

    @Test func aTaskOfWhichAWorkerDiesIsTriedAgainInAFreshOne() async throws {
        let probe = try Probe()
        let first = try await probe.ask("process")
        let marker = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { unlink(marker) }
        let second = try await probe.ask("crash-once \(marker)")
        #expect(second != first)
        #expect(try await probe.ask("process") == second)
        await probe.pool.close()
    }

    @Test func aCrashThatComesAgainIsTold() async throws {
        let probe = try Probe()
        let failure = await probe.failure(of: Probe.task("crash"))
        #expect(failure == .crashed(.signal(SIGSEGV), words: "something went badly wrong"))
        #expect(probe.pool.standing.restarts >= 1)
        // Others do not notice.
        #expect(try await probe.ask("echo still here") == "still here")
        #expect(await probe.failure(of: Probe.task("exit 9")) == .crashed(.status(9), words: ""))
        await probe.pool.close()
    }

    @Test func aWorkerThatHangsIsEnded() async throws {
        let probe = try Probe()
        let failure = await probe.failure(of: Probe.task("hang", deadline: .milliseconds(200), tries: 1))
        #expect(failure == .overdue(after: .milliseconds(200)))
        #expect(try await probe.ask("echo on") == "on")
        await probe.pool.close()
    }

    @Test func aWorkerThatFallsSilentIsEnded() async throws {
        let probe = try Probe()
        let task = Probe.task("beat-and-hang", deadline: .seconds(600), silence: .milliseconds(200), tries: 1)
        #expect(await probe.failure(of: task) == .overdue(after: .milliseconds(200)))
        await probe.pool.close()
    }

    @Test func aWorkerThatGrowsIsEnded() async throws {
        let probe = try Probe(mostBytes: 96 << 20)
        let failure = await probe.failure(of: Probe.task("eat 200", tries: 1))
        guard case .overgrown(let bytes)? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        #expect(bytes > 96 << 20)
        #expect(try await probe.ask("echo on") == "on")
        await probe.pool.close()
    }

    @Test func aWorkerThatKeepsMemoryIsReplacedAfterItsTask() async throws {
        let probe = try Probe(mostIdleBytes: 64 << 20)
        let small = try await probe.ask("keep 1")
        #expect(try await probe.ask("process") == small)
        let bloated = try await probe.ask("keep 100")
        #expect(bloated == small)
        #expect(try await probe.ask("process") != bloated)
        await probe.pool.close()
    }

    @Test func memoryBeyondTheLimitIsRefusedByTheSystem() async throws {
        var limits = WorkerLimits()
        limits.dataBytes = 256 << 20
        let probe = try Probe(limits: limits)
        let failure = await probe.failure(of: Probe.task("eat 2000", tries: 1))
        guard case .crashed? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
        await probe.pool.close()
    }

    @Test func aRefusalIsNoCrash() async throws {
        let probe = try Probe()
        let before = try await probe.ask("process")
        #expect(await probe.failure(of: Probe.task("refuse no thanks")) == .refused(Array("no thanks".utf8)))
        #expect(try await probe.ask("process") == before)
        await probe.pool.close()
    }

    @Test func progressComesInOrder() async throws {
        let probe = try Probe()
        let beats = Mutex<[String]>([])
        let answer = try await probe.ask("beat 500") { bytes in
            beats.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) }
        }
        #expect(answer == "beaten")
        #expect(beats.withLock { $0 } == (0..<500).map(String.init))
        await probe.pool.close()
    }

    @Test func whoeverLeavesStopsTheTask() async throws {
        let probe = try Probe()
        let process = try await probe.ask("process")
        let begun = Arrival<Void>()
        let task = Task { try await probe.ask("wait-for-stop") { _ in begun.send(()) } }
        await begun.value
        task.cancel()
        await #expect(throws: WorkerFailure.cancelled) { try await task.value }
        // It stopped when it was told to, and goes on working.
        #expect(try await probe.ask("process") == process)
        await probe.pool.close()
    }

    @Test func whoeverDoesNotStopIsEnded() async throws {
        let probe = try Probe()
        let process = try await probe.ask("process")
        let begun = Arrival<Void>()
        let task = Task { try await probe.pool.run(Probe.task("beat-and-hang")) { _ in begun.send(()) } }
        await begun.value
        task.cancel()
        await #expect(throws: WorkerFailure.cancelled) { try await task.value }
        #expect(try await probe.ask("process") != process)
        await probe.pool.close()
    }

    @Test func aTaskCancelledBeforeItsTurnIsNeverBegun() async throws {
        let probe = try Probe()
        let begun = Arrival<Void>()
        let first = Task { try await probe.ask("wait-for-stop") { _ in begun.send(()) } }
        await begun.value
        let marker = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        let second = Task { try await probe.ask("crash-once \(marker)") }
        second.cancel()
        await #expect(throws: WorkerFailure.cancelled) { try await second.value }
        first.cancel()
        _ = await first.result
        #expect(try await probe.ask("echo on") == "on")
        #expect(!FileManager.default.fileExists(atPath: marker))
        await probe.pool.close()
    }

    @Test func aFloodOfWordsBlocksNobody() async throws {
        let probe = try Probe()
        #expect(try await probe.ask("flood 64") == "flooded")
        #expect(try await probe.ask("echo on") == "on")
        await probe.pool.close()
    }

    @Test func garbageEndsTheWorkerThatSendsIt() async throws {
        let probe = try Probe()
        guard case .crashed? = await probe.failure(of: Probe.task("garbage", tries: 1)) else {
            Issue.record("no crash")
            return
        }
        #expect(try await probe.ask("echo on") == "on")
        await probe.pool.close()
    }

    @Test func whatAWorkerStartedGoesWithIt() async throws {
        let probe = try Probe()
        let started = Arrival<Int32>()
        let task = Task {
            try await probe.pool.run(Probe.task("child", deadline: .seconds(1), tries: 1)) { bytes in
                if let process = Int32(String(decoding: bytes, as: UTF8.self)) { started.send(process) }
            }
        }
        let child = try #require(await started.value)
        #expect(isAlive(child))
        _ = await task.result
        #expect(await goneFromTheSystem(child))
        await probe.pool.close()
    }

    @Test func aPoolThatClosesEndsItsWorkers() async throws {
        let probe = try Probe(workers: 3)
        await probe.pool.warm()
        let processes = probe.pool.standing.workers
        #expect(processes.count == 3)
        let begun = Arrival<Void>()
        let task = Task { try await probe.pool.run(Probe.task("beat-and-hang")) { _ in begun.send(()) } }
        await begun.value
        await probe.pool.close()
        await #expect(throws: WorkerFailure.closed) { try await task.value }
        #expect(processes.allSatisfy { !isAlive($0) })
        #expect(await probe.failure(of: Probe.task("echo late")) == .closed)
    }

    @Test func aProgramThatCannotStartIsTold() async throws {
        let failing = try Probe(arguments: ["probe", "fail-to-start"])
        guard case .cannotStart(let words)? = await failing.failure(of: Probe.task("echo x")) else {
            Issue.record("it started")
            return
        }
        #expect(words.contains("no such engine"))
        await failing.pool.close()

        let missing = try Probe(path: "/nowhere/kinora")
        guard case .cannotStart(let words)? = await missing.failure(of: Probe.task("echo x")) else {
            Issue.record("it started")
            return
        }
        #expect(words.contains("/nowhere/kinora"))
        await missing.pool.close()
    }

    @Test func manyTasksAtOnceAreAllDone() async throws {
        let probe = try Probe(workers: 2)
        let answers = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<400 {
                group.addTask { (number, try await probe.ask("echo \(number)")) }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(answers.count == 400)
        #expect(answers.allSatisfy { $0.value == "\($0.key)" })
        await probe.pool.close()
    }

    @Test func workersKilledAtRandomMomentsLoseNothing() async throws {
        let probe = try Probe(workers: 2)
        await probe.pool.warm()
        var seed: UInt64 = 41
        // A task may be given to a worker that was killed the round before, and then meet its own killer.
        for round in 0..<30 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let victims = probe.pool.standing.workers
            async let answer = probe.pool.run(Probe.task("echo \(round)", tries: 4))
            if let victim = victims.isEmpty ? nil : victims[Int(seed >> 33) % victims.count] { kill(victim, SIGKILL) }
            #expect(try await answer.bytes == Array("\(round)".utf8))
        }
        await probe.pool.close()
    }
}
