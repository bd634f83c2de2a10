// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Renders that are stopped, killed or run out of room leave what was there, and go on where they were.
@Suite struct InterruptionTests {
    let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    private func arguments(_ output: String) throws -> [String] {
        ["make", kinora.path("photos"), "-o", output, "--duration", "12", "--canvas", "640x360", "--json", "-j", "1"]
    }

    /// Runs until the first chunk is in the cache, then signals.
    private func interrupt(with number: Int32) throws -> Int32 {
        let process = kinora.process(try arguments("film.mp4"))
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let chunks = kinora.path("cache/kinora/chunks")
        while process.isRunning, (FileManager.default.enumerator(atPath: chunks)?.allObjects.count ?? 0) < 4 {
            sched_yield()
        }
        kill(process.processIdentifier, number)
        process.waitUntilExit()
        return process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    }

    @Test(arguments: [(SIGINT, 130), (SIGKILL, -9)] as [(Int32, Int32)])
    func theOldFilmStaysAndTheNextRunGoesOn(signal: Int32, status: Int32) throws {
        _ = try kinora.photos(5, size: "1280x960")
        try Data("old".utf8).write(to: URL(fileURLWithPath: kinora.path("film.mp4")))
        #expect(try interrupt(with: signal) == status)
        #expect(try Data(contentsOf: URL(fileURLWithPath: kinora.path("film.mp4"))) == Data("old".utf8))
        let left = try FileManager.default.contentsOfDirectory(atPath: kinora.folder.path)
        #expect(left.allSatisfy { !$0.hasSuffix(".part") })
        let resumed = try kinora.run(arguments("film.mp4"))
        #expect(resumed.status == 0, "\(resumed.errors)")
        let film = try #require(
            JSONSerialization.jsonObject(with: Data(resumed.lastLine.utf8)) as? [String: Any])
        #expect((film["chunksReused"] as? Int ?? 0) >= 1)
        let fresh = try kinora.run(arguments("fresh.mp4") + ["--no-cache"])
        #expect(fresh.status == 0, "\(fresh.errors)")
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: kinora.path("film.mp4")))
                == Data(contentsOf: URL(fileURLWithPath: kinora.path("fresh.mp4"))))
    }

    @Test func aFullDiskIsSaidAndTheOldFilmStays() throws {
        let photos = try kinora.photos(2)
        try Data("old".utf8).write(to: URL(fileURLWithPath: kinora.path("film.mp4")))
        // No file of this process may grow beyond 40 blocks of 512 bytes (POSIX ulimit -f), as on a disk that is full.
        let answer = try TestMedia.answer(
            "sh",
            [
                "-c", "ulimit -f 40; exec \"$0\" \"$@\"", KinoraCommand.program.path, "make", photos.path, "-o",
                kinora.path("film.mp4"), "--duration", "3", "--canvas", "320x180", "--no-cache",
            ])
        #expect(answer.status == 1)
        #expect(answer.errors.contains("space") || answer.errors.contains("too large"), "\(answer.errors)")
        #expect(try Data(contentsOf: URL(fileURLWithPath: kinora.path("film.mp4"))) == Data("old".utf8))
    }
}
