// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import FileStore
import Foundation
import JSON
import TestMedia
import Testing
import Wording

@testable import FilmWork
@testable import WorkerPool

/// Workers of every lane, confined as in earnest, try to get out.
@Suite(.serialized, .timeLimit(.minutes(1))) struct EscapeTests {
    /// What is attacked, and by whom.
    private struct Cell {
        /// Where the worker may write.
        let inside: URL
        let outside: URL
        let secret: URL

        init() throws {
            inside = try TestMedia.scratchFolder()
            outside = try TestMedia.scratchFolder()
            secret = outside.appendingPathComponent("secret")
            try Data("nobody's business".utf8).write(to: secret)
        }

        /// Errors by attempt; 0 where it came off.
        func attempts(_ lane: String, _ mode: String) async throws -> [String: Int32] {
            let listener = try #require(Listener())
            // TMPDIR would be a second place in which it may write.
            let own = WorkerProgram.ownself([], environment: ProcessInfo.processInfo.environment)
            let pool = try WorkerPool(
                FilmWorkers.lanes(viewers: 1, films: 1).filter { $0.name == lane },
                program: WorkerProgram(
                    path: FilmShop.program, arguments: ["film-worker", inside.path, mode],
                    environment: own.environment))
            let request = [secret.path, outside.path, inside.path, "\(listener.port)"].joined(separator: "\n")
            let answer: WorkerAnswer
            do {
                answer = try await pool.run(WorkerTask(lane: lane, request: Array(request.utf8), tries: 1))
            } catch {
                await pool.close()
                throw error
            }
            await pool.close()
            var errors: [String: Int32] = [:]
            for line in String(decoding: answer.bytes, as: UTF8.self).split(separator: "\n") {
                let words = line.split(separator: " ")
                errors[String(words[0])] = Int32(words[1])
            }
            return errors
        }
    }

    /// Waits for callers on this machine.
    private final class Listener {
        let port: UInt16
        private let descriptor: Int32

        init?() {
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let own = descriptor
            let result = withUnsafeMutableBytes(of: &address) { bytes in
                bytes.withMemoryRebound(to: sockaddr.self) { pointer -> Int32 in
                    guard let base = pointer.baseAddress, Glibc.bind(own, base, length) == 0, listen(own, 4) == 0
                    else { return -1 }
                    return getsockname(own, base, &length)
                }
            }
            port = UInt16(bigEndian: address.sin_port)
            if result != 0 { return nil }
        }

        deinit { close(descriptor) }
    }

    @Test(arguments: ["examine", "view", "films"]) func aWorkerGetsNowhere(_ lane: String) async throws {
        try #require(Sandbox.layers == Set(Sandbox.Layer.allCases), "this machine has no seccomp or no Landlock")
        let cell = try Cell()
        let errors = try await cell.attempts(lane, "escape")
        #expect(errors.count > 60)
        for (name, error) in errors.sorted(by: { $0.key < $1.key }) {
            // In the two lanes that are not on a list, what Landlock refuses is EACCES and what the filter does is EPERM.
            let refusals: Set<Int32> =
                switch name {
                case "fill-the-disk": [EFBIG]
                case "link-secret", "move-secret": [EACCES, EXDEV]
                default: [EPERM, EACCES, ENOSYS]
                }
            #expect(refusals.contains(error), "\(name): \(error == 0 ? "came off" : String(cString: strerror(error)))")
        }
        #expect(try String(contentsOf: cell.secret, encoding: .utf8) == "nobody's business")
        #expect(try FileManager.default.contentsOfDirectory(atPath: cell.outside.path) == ["secret"])
    }

    @Test func withoutConfinementTheSameAttemptsComeOff() async throws {
        let errors = try await Cell().attempts("films", "escape-bare")
        for name in [
            "read-secret", "read-by-descriptor", "list-outside", "write-outside", "change-secret", "link-secret",
            "symlink", "open-to-all", "make-folder-outside", "make-pipe-inside", "move-secret", "server-environment",
            "connect-tcp", "socket-unix", "socket-udp6", "signal-server", "signal-everybody-of-its-group",
            "limits-of-server", "handle-of-server", "run-a-shell", "bomb-by-clone",
        ] {
            #expect(errors[name] == 0, "\(name)")
        }
    }

    @Test func whereNothingConfinesNoWorkerIsStarted() throws {
        let cache = try CacheFolder(path: try TestMedia.scratchFolder().path, limit: 1 << 20)
        let program = WorkerProgram(path: FilmShop.program, arguments: ["film-worker", cache.path], environment: [])
        #expect {
            _ = try FilmWorkers(cache: cache, program: program, layers: [])
        } throws: { error in
            let fault = error as? WorkFault
            return fault?.cause == .unavailable && fault?.wording.key == "work unconfined"
        }
        let sandbox = Sandbox(calls: .listed, reads: [], writes: [])
        #expect(throws: SandboxFailure.self) { try sandbox.enter(layers: [], mayBeBare: false) }
        #expect(try sandbox.enter(layers: [], mayBeBare: true) == [])
    }

    @Test func aServersFoldersAreEnoughForItsWork() async throws {
        let files = FileManager.default
        let data = try TestMedia.scratchFolder().path
        for name in ["incoming", "media", "exports"] {
            try files.createDirectory(atPath: "\(data)/\(name)", withIntermediateDirectories: false)
        }
        let (incoming, media) = (URL(fileURLWithPath: "\(data)/incoming/x"), URL(fileURLWithPath: "\(data)/media/x"))
        for place in [incoming, media] { try files.copyItem(at: try FilmShop.photo("red"), to: place) }
        let shop = try FilmShop(data: data)
        var facts = try await shop.workers.examine(incoming).facts
        facts.id = "red"
        // What has been taken in is no longer the business of who examines.
        await #expect(throws: WorkFault.self) { _ = try await shop.workers.examine(media) }
        let draft = try Draft([
            "v": 1, "d": 1000, "m": ["width": 320, "height": 180, "fps": 30],
            "t": [["id": "v", "tt": 0, "sg": [["id": "s", "s": 0, "d": 1000, "src": "red", "mt": "image"]]]],
        ])
        func order(from place: URL, to path: String) -> FilmOrder {
            let sources = FilmSources(media: [facts], places: ["red": place.path])
            return FilmOrder(scene: sources.scene(draft), output: ExportOutput(), path: path)
        }
        let path = "\(data)/exports/film.mp4"
        _ = try await shop.workers.film(order(from: media, to: path)) { _ in }
        #expect(try colour(path).isNear([254, 0, 0]))
        await #expect(throws: WorkFault.self) {
            _ = try await shop.workers.film(order(from: media, to: "\(data)/film.mp4")) { _ in }
        }
        #expect(!files.fileExists(atPath: "\(data)/film.mp4"))
        await shop.workers.close()
    }

    @Test func lanesSeeNoMoreThanTheyNeed() throws {
        let confinement = Confinement(
            Confinement.Folders(cache: "/c", incoming: ["/i"], media: ["/m"], films: ["/f"]),
            environment: ["HOME": "/home/me"])
        let examine = confinement.sandbox("examine", scratch: "/c/scratch")
        #expect(examine.calls == .listed)
        #expect(examine.reads.contains("/i") && !examine.reads.contains("/m"))
        #expect(!examine.reads.contains { $0.hasPrefix("/home/me") })
        #expect(examine.writes == ["/c", "/c/scratch", "/dev/null"])
        let view = confinement.sandbox("view", scratch: "/c/scratch")
        #expect(view.reads.contains("/m") && !view.reads.contains("/i") && !view.reads.contains("/home/me"))
        #expect(!view.writes.contains("/f"))
        #expect(confinement.sandbox("films", scratch: "/c/scratch").writes.contains("/f"))
        let unknown = confinement.sandbox("other", scratch: "/c/scratch")
        #expect(unknown.reads.isEmpty && unknown.writes.isEmpty && unknown.calls == .listed)
    }
}
