// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Synchronization
import TestSockets
import Testing
import Wording

@testable import Remote

/// Every number of the table, from a server that answers with it.
@Suite struct RefusalTests {
    private func bearer(_ request: HostileStudio.Request) -> String? { request.headers["authorization"] }

    @Test func theTableHasEveryNumberOfTheWire() {
        #expect(CodeTable.all.map(\.code).sorted() == [0, 400, 402, 429, 1001, 1002, 2001, 4001, 4002])
    }

    @Test func anExpiredTokenIsReplacedAndTheCallMadeAgain() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        harness.studio.answers("run_sse", HostileStudio.refused(1001, 401))
        #expect(try await film.say("go").text == "Done.")
        let tokens = harness.studio.requests("run_sse").map(bearer)
        #expect(tokens == ["Bearer nmv_usr_1", "Bearer nmv_usr_2"])
        #expect(harness.studio.requests("session").count == 1, "the session is still the same")
        #expect(harness.told.contains(.newToken(fromEnvironment: false)))
    }

    @Test func aTokenThatIsRefusedTwiceIsTold() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "credits", HostileStudio.refused(1001, 401), HostileStudio.refused(1001, 401, .null, "bad token"))
        let fault = await #expect(throws: RemoteFault.self) { try await harness.client().credits() }
        #expect(fault?.wording.key == "remote refused 1001")
        #expect(harness.studio.requests("token").count == 2 && harness.studio.requests("credits").count == 2)
    }

    @Test func aTokenOfTheEnvironmentIsUsedAndNoneAskedFor() async throws {
        let harness = try Harness(environment: ["NEMO_TOKEN": "given"])
        _ = try await harness.client().credits()
        #expect(harness.studio.requests("credits").map(bearer) == ["Bearer given"])
        #expect(harness.studio.requests("token").isEmpty)
        #expect(!FileManager.default.fileExists(atPath: harness.path(".config/kinora/remote/tokens")))
    }

    @Test func aTokenOfTheEnvironmentThatIsOverIsReplacedAloud() async throws {
        let harness = try Harness(environment: ["NEMO_TOKEN": "given"])
        harness.studio.answers("credits", HostileStudio.refused(1001, 401))
        _ = try await harness.client().credits()
        #expect(harness.studio.requests("credits").map(bearer) == ["Bearer given", "Bearer nmv_usr_1"])
        #expect(harness.told == [.newToken(fromEnvironment: true)])
    }

    @Test(arguments: [
        (JSONValue.object(["code": 1002, "message": "gone"]), 404),
        (JSONValue.object(["code": 1002, "data": .null]), 200),
        (JSONValue.object(["detail": "Session not found"]), 404),
    ])
    func aVanishedSessionIsBegunAnewWithItsFiles(body: JSONValue, status: Int) async throws {
        let harness = try Harness()
        let film = harness.film()
        _ = try await film.upload([.file(try harness.file("a.jpg")), .file(try harness.file("b.jpg"))])
        harness.studio.answers("run_sse", .json(body, status: status))
        #expect(try await film.say("go").text == "Done.")
        #expect(harness.studio.requests("session").count == 2)
        #expect(harness.studio.requests("upload").count == 2)
        #expect(harness.studio.requests("upload").last?.target.contains("ses_2") == true)
        #expect(film.note?.session == "ses_2" && film.note?.sent.count == 2)
        #expect(harness.told.contains(.newSession(files: 2)))
    }

    @Test func aNewTokenThatDoesNotKnowTheSessionGetsANewOne() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        harness.studio.answers("state", HostileStudio.refused(1001, 401), HostileStudio.refused(1002, 404))
        #expect(try await film.say("go").text == "Done.")
        #expect(film.note?.session == "ses_2")
        #expect(harness.studio.requests("run_sse").map(bearer) == ["Bearer nmv_usr_2"])
    }

    @Test func anExportOfAVanishedSessionSaysThatThereIsNothingInTheNewOne() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        harness.studio.answers("state", HostileStudio.refused(1002, 404))
        await #expect(throws: RemoteFault.begunAnew) { try await film.order(RemoteOutput(), to: harness.path("f.mp4")) }
        #expect(harness.studio.requests("export").isEmpty)
    }

    @Test func tooManyRequestsAreWaitedOutAsTheServerSaysAndOnce() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "credits", .json(["code": 429, "message": "slow"], status: 429, headers: ["Retry-After": "7"]))
        #expect(try await harness.client().credits().available == 90)
        #expect(harness.waited == [.seconds(7)])
        harness.studio.answers("credits", .json(["code": 429], status: 429), .json(["code": 429], status: 429))
        let fault = await #expect(throws: RemoteFault.self) { try await harness.client().credits() }
        #expect(fault?.wording.key == "remote refused 429")
        #expect(harness.waited == [.seconds(7), .seconds(30)], "half a minute where the server says nothing")
    }

    @Test func daysAreNotWaitedFor() async throws {
        let harness = try Harness()
        harness.studio.answers("token", .json(["code": 429, "data": ["retry_after": 604800]], status: 429))
        let fault = await #expect(throws: RemoteFault.self) { try await harness.client().credits() }
        #expect(fault?.wording.blanks["wait"] == "168 h")
        #expect(harness.waited.isEmpty)
    }

    @Test func aPlanThatForbidsAnExportIsToldWithTheWayOut() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        harness.studio.answers(
            "export",
            .json(
                [
                    "success": false, "code": 402, "error": "over 1080p",
                    "data": ["upgrade_url": "https://u.example/up"],
                ], status: 402))
        let fault = await #expect(throws: RemoteFault.self) {
            try await film.order(RemoteOutput(), to: harness.path("f.mp4"))
        }
        #expect(fault?.wording.key == "remote refused 402")
        #expect(fault?.wording.blanks["link"] == "https://u.example/up")
        #expect(harness.studio.requests("export").count == 1)
    }

    @Test func noCreditsLeftShowsWhereToRegisterWithWhoOneIs() async throws {
        let harness = try Harness()
        let film = harness.film()
        try await film.begin()
        harness.studio.answers("run_sse", HostileStudio.refused(2001, 402))
        let fault = await #expect(throws: RemoteFault.self) { try await film.say("go") }
        #expect(fault?.wording.key == "remote refused 2001")
        #expect(fault?.wording.blanks["link"] == "\(harness.studio.url)/register?bind=usr_7")
    }

    @Test func aKindThatIsNotTakenAndAFileTooLargeAreToldWithWhatIs() async throws {
        let harness = try Harness()
        let film = harness.film()
        harness.studio.answers(
            "upload", HostileStudio.refused(4001, 415, ["accepted_formats": ["jpg", "mp4"]]),
            HostileStudio.refused(4002, 413, ["max_bytes": 200_000_000]), .text("<html>", status: 413))
        for (key, blank) in [("4001", "jpg mp4"), ("4002", "200 MB"), ("4002", "500 MB")] {
            let file = try harness.file("a.xyz")
            let fault = await #expect(throws: RemoteFault.self) { try await film.upload([.file(file)]) }
            #expect(fault?.wording.key == "remote refused \(key)")
            #expect(fault?.wording.blanks[key == "4001" ? "formats" : "limit"] == .text(blank))
        }
    }

    @Test func oneBadFileDoesNotLoseTheGoodOnes() async throws {
        let harness = try Harness()
        harness.studio.answers(
            "upload",
            .json(
                HostileStudio.fine([
                    "files": [
                        ["filename": "a.jpg", "file_type": "image"], ["filename": "c.mp3", "file_type": "audio"],
                    ],
                    "refused": [["filename": "b.exe", "code": 4001, "message": "a program"]],
                ])))
        let inputs = try ["a.jpg", "b.exe", "c.mp3"].map { RemoteInput.file(try harness.file($0)) }
        let upload = try await harness.film().upload(inputs + [.file("/nowhere/d.jpg")])
        #expect(upload.taken.map(\.place) == [harness.path("a.jpg"), harness.path("c.mp3")])
        #expect(upload.refused.map(\.name).sorted() == ["/nowhere/d.jpg", "b.exe"])
    }

    @Test func aFileThatCannotBeReadIsNamed() async throws {
        let harness = try Harness()
        let fault = await #expect(throws: RemoteFault.self) {
            try await harness.film().upload([.file("/nowhere/d.jpg")])
        }
        #expect(fault?.wording.key == "remote unreadable file" && fault?.wording.blanks["path"] == "/nowhere/d.jpg")
        #expect(harness.studio.requests("upload").isEmpty)
    }

    @Test func aMissingClientIDIsMadeAndSentAgain() async throws {
        let harness = try Harness()
        harness.studio.answers("token", HostileStudio.refused(400, 400))
        _ = try await harness.client().credits()
        let ids = harness.studio.requests("token").map { $0.headers["x-client-id"] ?? "" }
        #expect(ids.count == 2 && ids[0] != ids[1] && ids.allSatisfy { (1...64).contains($0.count) })
    }

    @Test func nobodyThereIsToldWithWhatToDo() async throws {
        let harness = try Harness()
        harness.studio.stop()
        let fault = await #expect(throws: RemoteFault.self) { try await harness.client().credits() }
        #expect(fault?.wording.key == "remote unreachable")
        #expect(await harness.client().isThere() == false)
    }

    @Test(arguments: ["<html>hello</html>", ""]) func aPageInsteadOfAnAnswerIsToldAsThat(page: String) async throws {
        let harness = try Harness()
        harness.studio.answers("credits", .text(page, status: 200))
        let fault = await #expect(throws: RemoteFault.self) { try await harness.client().credits() }
        #expect(fault?.wording.key == "remote unreadable")
    }

    @Test func whatIsKeptIsForThePersonsEyesOnly() async throws {
        let harness = try Harness()
        let film = harness.film("trip")
        try await film.begin()
        let place = harness.path(".config/kinora/remote")
        let found = FileManager.default.enumerator(atPath: place)?.compactMap { $0 as? String } ?? []
        #expect(found.count == 5, "\(found)")
        for name in found {
            let facts = try FileManager.default.attributesOfItem(atPath: "\(place)/\(name)")
            let isFolder = facts[.type] as? FileAttributeType == .typeDirectory
            #expect(facts[.posixPermissions] as? Int == (isFolder ? 0o700 : 0o600), "\(name)")
        }
        // Another process goes on with the same token and session.
        let later = harness.film("trip")
        _ = try await later.say("go")
        #expect(harness.studio.requests("token").count == 1 && harness.studio.requests("session").count == 1)
        #expect(later.note?.session == film.note?.session)
        // Another server's token is none of its.
        #expect(RemoteMemory(environment: harness.environment).token(of: "http://elsewhere") == nil)
    }

    @Test func everyRequestSaysWhoAsks() async throws {
        let harness = try Harness()
        let film = harness.film()
        _ = try await film.upload([.file(try harness.file("a.jpg"))])
        _ = try await film.say("go")
        let path = harness.path("f.mp4")
        _ = try await film.fetch(try await film.order(RemoteOutput(), to: path), to: path)
        let requests = harness.studio.state.withLock { $0.requests }
        #expect(requests.count >= 8)
        for request in requests {
            #expect(request.headers["x-skill-source"] == "tests" && request.headers["x-skill-version"] == "1.0.0")
            #expect(request.headers["x-skill-platform"] == "unknown")
        }
    }

    @Test(arguments: [
        ("/home/a/.clawhub/skills/x", "clawhub"), ("/home/a/.cursor/skills/x", "cursor"),
        ("/home/a/.claude/skills/x", "unknown"), ("/home/ab/.clawhub/x", "unknown"),
    ])
    func thePlatformIsToldByWhereASkillLies(path: String, platform: String) {
        #expect(Attribution.platform(ofSkillAt: path, home: "/home/a") == platform)
    }
}
