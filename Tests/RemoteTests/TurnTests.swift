// SPDX-License-Identifier: GPL-3.0-or-later
import Dispatch
import JSON
import TestSockets
import Testing
import Wording

@testable import Remote

/// Turns with a server that does not do what one would like.
@Suite struct TurnTests {
    private func keys(_ turn: RemoteTurn) -> [String] { turn.changes.map(\.key) }

    @Test func anAnswerIsReadAsItIs() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse", .events([HostileStudio.said("Fif", partial: true), HostileStudio.said("Fifteen.")]))
        let turn = try await harness.film().say("make it 15 seconds")
        #expect(turn.text == "Fifteen." && turn.calls.isEmpty && turn.changes.isEmpty && !turn.brokeOff)
        #expect(harness.studio.messages == ["make it 15 seconds"])
    }

    @Test func aStreamWithoutTextIsMadeUpForByWhatChanged() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse",
            .events(
                [#"data: {"content":{"parts":[{"functionCall":{"name":"add_music","args":{}}}]}}"# + "\n\n"],
                then: HostileStudio.film(seconds: 12, music: 0.35)))
        let turn = try await harness.film().say("add music, 12 seconds")
        #expect(turn.text.isEmpty && !turn.brokeOff)
        #expect(keys(turn).prefix(2) == ["remote change length", "remote change timing"])
        #expect(keys(turn).contains("remote change added"))
        #expect(turn.timeline?.tracks.map(\.kind) == [.video, .music])
        #expect(harness.told.contains(.lookingUp))
    }

    @Test func anEditThatComesLateIsWaitedFor() async throws {
        let harness = try Harness()
        let draft = HostileStudio.film(title: "Home")
        let now = HostileStudio.fine(["revision": 1, "state": ["draft": HostileStudio.film()]])
        let later = HostileStudio.fine(["revision": 2, "state": ["draft": draft]])
        harness.studio.answers("run_sse", .events([]))
        harness.studio.answers("state", .json(now), .json(now), .json(now), .json(later), .json(later))
        let turn = try await harness.film().say("title Home")
        #expect(keys(turn) == ["remote change added"])
    }

    @Test func nothingSaidAndNothingDoneIsToldAsThat() async throws {
        let harness = try Harness()
        harness.studio.answers("run_sse", .events([]))
        let turn = try await harness.film().say("do the impossible")
        #expect(turn.text.isEmpty && turn.changes.isEmpty && turn.timeline != nil && !turn.brokeOff)
        #expect(harness.studio.requests("state").count == 1 + RemoteStudio.Pace().looksAfterSilence)
    }

    @Test func emptyDataLinesAndNoiseArePassedOver() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse",
            .events([
                "data:\n\n", "data: \n\n", ": heartbeat\n\n", "data: not json\n\n", "data: [1]\n\n", "event: ping\n\n",
                HostileStudio.said("Warm now."), "data:\n\n", "data: [DONE]\n\n",
            ]))
        #expect(try await harness.film().say("warmer").text == "Warm now.")
    }

    @Test func heartbeatsAloneKeepThePersonInformed() async throws {
        let harness = try Harness(words: 3)
        let gate = DispatchSemaphore(value: 0)
        harness.studio.answers(
            "run_sse",
            .events(
                Array(repeating: ": heartbeat\n\n", count: 50), then: HostileStudio.film(seconds: 30), ends: .held(gate)
            ))
        let film = harness.film()
        let turn = Task { try await film.say("30 seconds") }
        while harness.told.count(where: { if case .stillWorking = $0 { true } else { false } }) < 3 {
            await Task.yield()
        }
        gate.signal()
        let came = try await turn.value
        #expect(came.changes.map(\.key).first == "remote change length")
        #expect(
            harness.told.filter { if case .stillWorking = $0 { true } else { false } }
                == [2, 4, 6].map { .stillWorking(minutes: $0) })
    }

    @Test func aCutInMidEventIsMadeUpForByWhatChanged() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse", .events([], then: HostileStudio.film(pictures: ["b.jpg", "a.jpg", "c.jpg"]), ends: .cut))
        let turn = try await harness.film().say("swap the first two")
        #expect(turn.brokeOff && turn.text.isEmpty)
        #expect(keys(turn) == ["remote change order"])
    }

    @Test func whatCameBeforeACutIsKept() async throws {
        let harness = try Harness()
        harness.studio.answers("run_sse", .events([HostileStudio.said("All done.")], ends: .cut))
        let turn = try await harness.film().say("go")
        #expect(turn.text == "All done." && !turn.brokeOff)
    }

    @Test func silenceIsNotWaitedOutForEver() async throws {
        let harness = try Harness()
        let gate = DispatchSemaphore(value: 0)
        defer { gate.signal() }
        harness.studio.answers("run_sse", .events([], then: HostileStudio.film(music: 1), ends: .held(gate)))
        let turn = try await harness.film("film") { $0.silence = .milliseconds(300) }.say("music")
        #expect(turn.brokeOff && keys(turn) == ["remote change added"])
    }

    @Test func anErrorInTheStreamIsToldInItsWords() async throws {
        let harness = try Harness()
        harness.studio.answers("run_sse", .events(["data: {\"error\":\"out of film\"}\n\n"]))
        await #expect(throws: RemoteFault.turnFailed("out of film")) { try await harness.film().say("go") }
    }

    @Test func allEventsAtOnceAreReadToo() async throws {
        let harness = try Harness()
        harness.studio.answers("run_sse", .json([["content": ["parts": [["text": "At once."]]]]]))
        #expect(try await harness.film().say("go").text == "At once.")
    }

    @Test func thePersonsOwnWordsAndThinkingAloudAreNotTheAnswer() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse",
            .events([
                #"data: {"author":"user","content":{"role":"user","parts":[{"text":"go"}]}}"# + "\n\n",
                #"data: {"content":{"parts":[{"text":"hmm","thought":true},{"text":"Gone."}]}}"# + "\n\n",
            ]))
        #expect(try await harness.film().say("go").text == "Gone.")
    }

    @Test func talkOfButtonsIsTurnedIntoTheCallItMeans() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse",
            .events([HostileStudio.said("Your film is ready. Click the Export button on the right to download it.")]))
        let turn = try await harness.film().say("make it")
        #expect(turn.text == "Your film is ready." && turn.calls == [.export])
        #expect(harness.studio.requests("export").isEmpty)
    }

    @Test func whatIsToBeDraggedIsSaidInstead() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "run_sse", .events([HostileStudio.said("Drag the beach photo to the front.")]),
            .events([HostileStudio.said("Moved the beach photo to the front. Drag on if you like.")]))
        let turn = try await harness.film().say("beach first")
        #expect(turn.text == "Moved the beach photo to the front." && turn.calls.isEmpty)
        #expect(harness.studio.messages.count == 2)
        #expect(harness.studio.messages.last?.hasSuffix("Drag the beach photo to the front.") == true)
    }

    @Test func anInvitationToLookIsAnsweredWithTheTimeline() async throws {
        let harness = try Harness()
        harness.studio.answers("run_sse", .events([HostileStudio.said("Done. You can preview it in the timeline.")]))
        let turn = try await harness.film().say("go")
        #expect(turn.text == "Done." && turn.timeline?.isReady == true)
    }

    @Test func anEmptyMessageIsNotSent() async throws {
        let harness = try Harness()
        await #expect(throws: RemoteFault.emptyMessage) { try await harness.film().say("  \n") }
        #expect(harness.studio.requests("run_sse").isEmpty)
    }
}
