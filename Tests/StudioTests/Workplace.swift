// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import Foundation
import JSON
import KinoraKit
import Synchronization
import TestMedia

@testable import Studio

/// A time of day that stands still until it is set, and random bytes that come out the same each time.
final class StillWorld: Sendable {
    private let time = Mutex(1_800_000_000.0)
    private let state = Mutex<UInt64>(7)

    var surroundings: Surroundings {
        Surroundings(
            now: { self.time.withLock { $0 } },
            randomBytes: { count in
                self.state.withLock { state in
                    (0..<count).map { _ in
                        // Knuth's MMIX generator; its high bits are good enough for names.
                        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                        return UInt8(truncatingIfNeeded: state >> 56)
                    }
                }
            })
    }

    func advance(seconds: Double) { time.withLock { $0 += seconds } }
}

/// Answers with what it was told and makes it the film's title, so that the order of turns shows. May be held back.
final class EchoResponder: Responder {
    private let gate: Gate?
    private let fails: Bool
    /// What it was asked, in the order in which it began.
    let begun = Mutex<[String]>([])

    init(gate: Gate? = nil, fails: Bool = false) {
        self.gate = gate
        self.fails = fails
    }

    struct Failed: Error {}

    func answer(_ message: String, in project: Project) async throws -> Answer {
        begun.withLock { $0.append("begin \(message)") }
        await gate?.pass()
        if fails { throw Failed() }
        begun.withLock { $0.append("end \(message)") }
        return try echo(message, project)
    }
}

/// Lets through as many as it was told to.
actor Gate {
    private var open = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []
    private var arrived = 0
    private var watchers: [(count: Int, CheckedContinuation<Void, Never>)] = []

    func pass() async {
        arrived += 1
        for watcher in watchers where watcher.count <= arrived { watcher.1.resume() }
        watchers.removeAll { $0.count <= arrived }
        if open > 0 {
            open -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    func letThrough(_ count: Int = 1) {
        for _ in 0..<count {
            if waiting.isEmpty { open += 1 } else { waiting.removeFirst().resume() }
        }
    }

    /// Returns when so many have come to the gate.
    func arrivals(_ count: Int) async {
        if arrived >= count { return }
        await withCheckedContinuation { watchers.append((count, $0)) }
    }
}

/// A folder that outlives the studios over it; a new one takes it over from the one before.
final class Workplace {
    let folder: URL
    let world = StillWorld()
    private var data: DataFolder?

    init() throws { folder = try TestMedia.scratchFolder().appendingPathComponent("data") }

    /// Files on their way in.
    var incoming: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path + "/incoming") }
    }

    /// Media that are kept, by the place in their folder.
    var kept: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: folder.path + "/media").filter { $0.contains("/") }
        }
    }

    func studio(_ responder: any Responder = EchoResponder(), limits: StudioLimits = StudioLimits()) throws -> Studio {
        try studio(limits: limits) { _ in responder }
    }

    /// - Parameter responder: made for the studio's stores.
    func studio(
        limits: StudioLimits = StudioLimits(), _ responder: (Studio.Stores) throws -> any Responder
    ) throws -> Studio {
        let kit = try FilmKit(cache: FilmKit.throwawayCache(), jobs: 2)
        data?.release()
        let data = try DataFolder(path: folder.path)
        self.data = data
        let stores = Studio.Stores(data, world.surroundings)
        return Studio(
            stores, examiner: KitExaminer(kit, threads: WorkThreads("examine", atOnce: 2)),
            responder: try responder(stores),
            surroundings: world.surroundings, limits: limits)
    }
}

/// A file's bytes in pieces, as a socket would bring them.
func pieces(_ bytes: [UInt8], of size: Int = 10_000) -> [[UInt8]] {
    stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
}

extension Studio {
    /// Takes files in as one batch.
    func takeIn(
        _ files: [(name: String?, bytes: [UInt8])], into id: ProjectID, of account: AccountID = .localOwner
    ) async throws -> [UploadOutcome] {
        let batch = try await beginUpload(into: id, of: account)
        for file in files {
            try await batch.begin(named: file.name)
            for piece in pieces(file.bytes) { try await batch.write(piece) }
            try await batch.end()
        }
        return try await batch.finish()
    }
}

enum SampleFile {
    static func photo(_ name: String = "photo.jpg", color: String = "orange") throws -> [UInt8] {
        try bytes(TestMedia.ffmpeg(name, ["-f", "lavfi", "-i", "color=\(color):size=320x240", "-frames:v", "1"]))
    }

    /// A click every half second over soft noise, twenty seconds of it: long enough for beats to be found.
    static func song() throws -> [UInt8] {
        try bytes(
            TestMedia.ffmpeg(
                "song.wav",
                [
                    "-f", "lavfi", "-i",
                    "aevalsrc='0.7*exp(-mod(t+0.2,0.5)*60)*sin(2*PI*180*mod(t+0.2,0.5))+0.01*(random(0)-0.5)':s=44100:d=20",
                ]))
    }

    static func clip() throws -> [UInt8] {
        try bytes(
            TestMedia.ffmpeg(
                "clip.mp4", ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-preset", "ultrafast"]))
    }

    static func bytes(_ url: URL) throws -> [UInt8] { [UInt8](try Data(contentsOf: url)) }
}

/// An edit that names the film after the message.
func echo(_ message: String, _ project: Project) throws -> Answer {
    var history = project.history
    _ = try history.apply([OperationCall("title-name", ["title": .string(message)])], in: EditContext())
    return Answer(history: history, memory: project.memory, text: "echo \(message)")
}
