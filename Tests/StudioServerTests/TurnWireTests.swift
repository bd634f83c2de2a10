// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import HTTPWire
import JSON
import Studio
import Synchronization
import TestMedia
import Testing

@testable import StudioServer

@Suite("Turns over the wire")
struct TurnWireTests {
    @Test("A turn is a stream of events in the kit's form, words last, and changes the state")
    func turn() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.say("My Film", in: session)
        #expect(reply.status == 200)
        #expect(reply.headers["content-type"]?.hasPrefix("text/event-stream") == true)
        let events = try reply.events
        #expect(events.count == 3)
        let calls = events[0]["content"], responses = events[1]["content"]
        #expect(events[0]["author"] == "nemo_agent" && events[1]["author"] == "nemo_agent")
        #expect(calls?["role"] == "model" && responses?["role"] == "user")
        let call = calls?["parts"]?.array?.first?["functionCall"]
        #expect(call?["name"] == "title_name" && call?["args"] == ["title": "My Film"])
        let response = responses?["parts"]?.array?.first?["functionResponse"]
        #expect(response?["id"] == call?["id"] && response?["response"]?["revision"] == 1)
        #expect(response?["response"]?["changes"]?.array?.isEmpty == false)
        let event = try #require(events.last?.object)
        #expect(event["author"] == "nemo_agent" && event["turnComplete"] == true)
        #expect(event["content"] == ["role": "model", "parts": [["text": "named My Film\nnow"]]])
        #expect(event["id"]?.string?.isEmpty == false && event["invocationId"]?.string?.hasPrefix("e-") == true)
        #expect((event["timestamp"]?.number ?? 0) > 1.7e9)
        #expect(event["partial"] == nil && event["errorCode"] == nil)
        let state = try await server.state(session)
        #expect(state["revision"]?.integer == 1)
        #expect(state["state"]?["draft"]?["m"]?["title"]?.string == "My Film")
        await server.stop()
    }

    @Test("With streaming, fragments come first and the last event has the complete text")
    func streaming() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let all = try await server.say("Film", in: session, more: ["streaming": true]).events
        #expect(Set(all.compactMap { $0["id"]?.string }).count == 5)
        let events = all.filter { $0["content"]?["parts"]?.array?.first?["text"] != nil }
        #expect(events.map { $0["partial"]?.bool } == [true, true, nil])
        let texts = events.map { $0["content"]?["parts"]?.array?.first?["text"]?.string ?? "" }
        #expect(texts.last == texts.dropLast().joined())
        #expect(Set(events.compactMap { $0["invocationId"]?.string }).count == 1)
        #expect(Set(events.compactMap { $0["id"]?.string }).count == 3)
        await server.stop()
    }

    @Test("Both spellings are taken, and a user that is not named")
    func spellings() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.call(
            "POST", "/run_sse",
            json: [
                "appName": "nemo_agent", "sessionId": .string(session), "newMessage": ["parts": [["text": "Camel"]]],
            ])
        #expect(try reply.events.last?["turnComplete"]?.bool == true)
        #expect(try await server.state(session)["state"]?["draft"]?["m"]?["title"]?.string == "Camel")
        await server.stop()
    }

    @Test("Signs of life go out by the clock while a turn takes its time")
    func heartbeats() async throws {
        let gate = Gate()
        let clock = ManualClock()
        let server = try TestServer(responder: Namer(gate: gate), clock: clock)
        let session = try await server.session()
        let client = try WireClient(port: server.server.port)
        let body = Array(TestServer.run("slow", session).text().utf8)
        try await client.send(
            WireClient.request(server.server.port, "POST", "/run_sse", ["Content-Type": "application/json"], body))
        await gate.arrivals(1)
        await clock.sleeper()
        clock.advance(by: .seconds(10))
        let first = String(decoding: try await client.read(until: ": heartbeat\n\n"), as: UTF8.self)
        #expect(first.hasPrefix("HTTP/1.1 200"))
        await clock.sleeper()
        clock.advance(by: .seconds(9))
        clock.advance(by: .seconds(1))
        _ = try await client.read(until: ": heartbeat\n\n")
        await gate.letThrough()
        let rest = String(decoding: try await client.read(), as: UTF8.self)
        #expect(rest.contains("named slow") && !rest.contains("heartbeat"))
        await server.stop()
    }

    @Test("A turn goes on when its client leaves; its result is in the state")
    func clientLeaves() async throws {
        let gate = Gate()
        let server = try TestServer(responder: Namer(gate: gate))
        let session = try await server.session()
        let client = try WireClient(port: server.server.port)
        let body = Array(TestServer.run("left alone", session).text().utf8)
        try await client.send(
            WireClient.request(server.server.port, "POST", "/run_sse", ["Content-Type": "application/json"], body))
        await gate.arrivals(1)
        client.leave()
        await gate.letThrough()
        await server.studio.finish()
        #expect(try await server.state(session)["state"]?["draft"]?["m"]?["title"]?.string == "left alone")
        await server.stop()
    }

    @Test("Two turns at once are both answered, one after the other")
    func twoAtOnce() async throws {
        let gate = Gate()
        let server = try TestServer(responder: Namer(gate: gate))
        let session = try await server.session()
        async let one = server.say("one", in: session)
        await gate.arrivals(1)
        async let two = server.say("two", in: session)
        await gate.letThrough(2)
        let events = try await [one.events, two.events].compactMap(\.last)
        let revisions = events.map { $0["actions"]?["stateDelta"]?["revision"]?.integer }
        #expect(revisions == [1, 2])
        #expect(try await server.state(session)["revision"]?.integer == 2)
        await server.stop()
    }

    @Test("A turn that fails says so in the stream and leaves the draft")
    func failure() async throws {
        let server = try TestServer()
        let session = try await server.session()
        let reply = try await server.say("fail", in: session)
        #expect(reply.status == 200)
        let events = try reply.events
        #expect(events.count == 1 && events.first?["error"]?.string?.isEmpty == false)
        #expect(try await server.state(session)["revision"]?.integer == 0)
        #expect(server.failures.told.withLock { $0.count } == 1)
        #expect(try await server.say("next", in: session).events.last?["turnComplete"]?.bool == true)
        await server.stop()
    }

    @Test("What is wrong before the stream begins is told in the envelope")
    func refused() async throws {
        var limits = StudioLimits()
        limits.messageBytes = 20
        let server = try TestServer(limits: limits)
        let session = try await server.session()
        let empty = try await server.say("  ", in: session)
        #expect(empty.status == 400)
        #expect(empty.headers["content-type"] == "application/json")
        let long = try await server.say(String(repeating: "長", count: 7), in: session)
        #expect(long.status == 413)
        #expect(try long.code == 4002)
        let other = try await server.call(
            "POST", "/run_sse", json: TestServer.run("x", session, ["user_id": "usr_other"]))
        #expect(try other.code == 1002)
        await server.stop()
    }

    @Test("After a restart sessions, files and tokens are there again")
    func restart() async throws {
        let folder = try TestMedia.scratchFolder().appendingPathComponent("data")
        let (session, token, before) = try await {
            let server = try TestServer(in: folder)
            let session = try await server.session()
            _ = try await server.upload(session, [("a.jpg", SampleFile.photo())])
            _ = try await server.say("kept", in: session)
            let token = try #require(
                try await server.call("POST", "/api/auth/anonymous-token", ["X-Client-Id": "c"]).data["token"]?.string)
            let state = try await server.state(session)
            await server.stop()
            return (session, token, state)
        }()
        let again = try TestServer(in: folder)
        let after = try await again.call(
            "GET", "/api/state/nemo_agent/me/\(session)/latest",
            ["Authorization": "Bearer \(token)", "Host": "127.0.0.1"]
        ).data
        #expect(after["state"]?["draft"] == before["state"]?["draft"])
        #expect(after["revision"]?.integer == 1)
        #expect(
            after["state"]?["video_infos"]?.array?.first?["id"] == before["state"]?["video_infos"]?.array?.first?["id"])
        await again.stop()
    }
}
