// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Synchronization
import TestMedia
import Testing

/// Scripts read aloud: on their own, and in films.
@Suite struct SayTests {
    private let kinora: KinoraCommand

    init() throws { kinora = try KinoraCommand() }

    private func write(_ text: String, _ name: String = "script.txt") throws {
        try Data(text.utf8).write(to: kinora.folder.appendingPathComponent(name))
    }

    private func seconds(_ name: String) throws -> Double {
        Double(try KinoraCommand.probe(kinora.path(name), "stream=duration", stream: "a")) ?? 0
    }

    @Test func aScriptBecomesASoundWithTheTimesOfItsWords() throws {
        try write("# Heading\n- The sea was calm.\n- Nobody spoke & nobody moved.\n")
        let said = try kinora.run("say", "script.txt", "-o", "voice.wav", "--captions", "voice.vtt")
        #expect(said.status == 0, "\(said.errors)")
        #expect(said.lastLine == "voice.wav")
        #expect((2.0...7.0).contains(try seconds("voice.wav")))
        let captions = try String(contentsOf: kinora.folder.appendingPathComponent("voice.vtt"), encoding: .utf8)
        #expect(captions.hasPrefix("WEBVTT\n") && !captions.contains("Heading"))
        #expect(captions.contains("<00:00:0") && captions.contains("&amp;"), "\(captions)")
        // What it wrote is a script itself, and no slower to say.
        let again = try kinora.run("say", "voice.vtt", "-o", "again.wav")
        #expect(again.status == 0, "\(again.errors)")
        #expect(abs(try seconds("again.wav") - seconds("voice.wav")) < 0.6)
    }

    @Test func paceAndLanguageAreHeeded() throws {
        try write("我们一起去海边看日出，然后慢慢走回家。")
        #expect(try kinora.run("say", "script.txt", "-o", "a.wav").status == 0)
        #expect(try kinora.run("say", "script.txt", "--rate", "1.5", "-o", "b.wav").status == 0)
        let ratio = try seconds("a.wav") / seconds("b.wav")
        #expect((1.2...1.7).contains(ratio), "\(ratio)")
    }

    @Test(arguments: [
        (["--language", "xx"], "xx"), (["--voice", "../../etc/passwd"], "voice"), (["--rate", "9"], "--rate"),
    ])
    func whatCannotBeSaidIsNamed(options: [String], word: String) throws {
        try write("Hello there.")
        let said = try kinora.run(["say", "script.txt", "-o", "voice.wav"] + options)
        #expect(said.status != 0)
        #expect(said.errors.contains(word), "\(said.errors)")
        #expect(!FileManager.default.fileExists(atPath: kinora.path("voice.wav")))
    }

    @Test func aPhotoIsNoScript() throws {
        _ = try kinora.photos(1)
        let said = try kinora.run("say", "photos/p1.jpg")
        #expect(said.status == 1)
        #expect(said.errors.contains("p1.jpg"))
    }

    /// The voice is in the film's sound, where there is nothing else to hear.
    @Test func aScriptIsHeardInTheFilm() throws {
        _ = try kinora.photos(3)
        try write("The sea was calm. Nobody spoke. We walked home late.")
        let film = try kinora.run(
            ["make", "photos", "script.txt", "--say", "make a video and read the script aloud", "-o", "film.mp4"]
                + ["--draft-out", "draft.json"] + KinoraCommand.quick)
        #expect(film.status == 0, "\(film.errors)")
        let draft = try String(contentsOfFile: kinora.path("draft.json"), encoding: .utf8)
        try #require(draft.contains("\"voice\""), "\(film.errors)")
        let level = try TestMedia.answer(
            "ffmpeg", ["-hide_banner", "-i", kinora.path("film.mp4"), "-af", "volumedetect", "-vn", "-f", "null", "-"])
        let found = try #require(level.errors.firstMatch(of: /mean_volume: (-?[0-9.]+) dB/))
        #expect((Double(found.1) ?? -90) > -35, "\(level.errors)")
        #expect(!film.errors.contains("cannot be made"))
    }

    // MARK: A speech server

    private struct Server: ~Copyable {
        let server: HTTPServer
        let asked: Asked

        final class Asked: Sendable {
            let bodies = Mutex<[JSONValue]>([])
        }

        init(_ sound: [UInt8], status: Int = 200) throws {
            let asked = Asked()
            self.asked = asked
            server = try HTTPServer(HTTPServerConfiguration(address: .tcp(host: "127.0.0.1", port: 0))) { request in
                let body = try await request.body.collect(upTo: 1 << 20)
                asked.bodies.withLock { $0.append((try? JSONValue(parsing: body)) ?? .null) }
                return HTTPResponse(
                    status: HTTPStatus(status), headers: ["Content-Type": "audio/wav"], body: .bytes(sound))
            }
        }
    }

    private func configured(_ server: borrowing Server) -> KinoraCommand {
        var kinora = kinora
        kinora.environment["KINORA_SPEECH_URL"] = "http://127.0.0.1:\(server.server.port)/v1"
        kinora.environment["KINORA_SPEECH_MODEL"] = "tts-test"
        return kinora
    }

    /// Runs the command on a thread of its own: the server beside it needs those of the pool.
    private func say(_ server: borrowing Server, _ arguments: [String]) async throws -> KinoraCommand.Answer {
        let kinora = configured(server)
        return try await withCheckedThrowingContinuation { done in
            Thread.detachNewThread { done.resume(with: Result { try kinora.run(arguments) }) }
        }
    }

    @Test func aServerThatIsConfiguredReads() async throws {
        let tone = try TestMedia.ffmpeg("speech.wav", ["-f", "lavfi", "-i", "sine=f=300:d=3.5", "-ar", "24000"])
        let server = try Server([UInt8](Data(contentsOf: tone)))
        try write("Hello there, you.")
        let said = try await say(server, ["say", "script.txt", "--voice", "alloy", "-o", "voice.wav"])
        #expect(said.status == 0, "\(said.errors)")
        #expect((3.4...4.3).contains(try seconds("voice.wav")))
        let asked = try #require(server.asked.bodies.withLock { $0 }.first)
        #expect(asked["input"]?.string == "Hello there, you." && asked["voice"]?.string == "alloy")
        #expect(asked["model"]?.string == "tts-test")
    }

    @Test func whereTheServerFailsTheBuiltInVoiceReadsAndItIsSaid() async throws {
        let server = try Server([], status: 503)
        try write("Hello there, you.")
        let said = try await say(server, ["say", "script.txt", "-o", "voice.wav"])
        #expect(said.status == 0)
        #expect(said.errors.contains("espeak-ng") && said.errors.contains("503"), "\(said.errors)")
        #expect(try seconds("voice.wav") > 0.6)
    }
}
