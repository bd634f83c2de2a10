// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import Schemas
import Testing

@testable import StudioServer

@Suite("The body of a run call")
struct RunRequestTests {
    /// As a call does: checked first.
    private func read(_ body: JSONValue) throws -> RunRequest {
        try RunRequest.schema.check(body)
        return try RunRequest(body)
    }

    @Test(
        "Both spellings say the same",
        arguments: [
            #"{"app_name":"nemo_agent","user_id":"me","session_id":"s","new_message":{"role":"user","parts":[{"text":"a"},{"text":"b"}]},"streaming":true,"state_delta":{}}"#,
            #"{"appName":"nemo_agent","userId":"me","sessionId":"s","newMessage":{"parts":[{"text":"a"},{"inlineData":{}},{"text":"b"}]},"streaming":true}"#,
        ])
    func spellings(_ text: String) throws {
        let run = try read(JSONValue(parsing: text))
        #expect(run.sessionID == "s" && run.userID == "me" && run.message == "a\nb" && run.streams)
    }

    @Test("User, role and streaming may be missing")
    func minimal() throws {
        let run = try read(JSONValue(parsing: #"{"session_id":"s","new_message":{"parts":[{"text":"a"}]}}"#))
        #expect(run.userID == nil && !run.streams && run.message == "a")
    }

    @Test(
        "What is missing is named",
        arguments: [
            (#"[]"#, "object"), (#"{}"#, "session_id"), (#"{"session_id":5}"#, "session_id"),
            (#"{"session_id":"s"}"#, "new_message"), (#"{"session_id":"s","new_message":null}"#, "new_message"),
            (#"{"session_id":"s","new_message":{"parts":"hi"}}"#, "parts"),
        ])
    func missing(_ text: String, field: String) throws {
        let body = try JSONValue(parsing: text)
        var told = ""
        do {
            _ = try read(body)
        } catch let fault as Schema.Fault {
            told = fault.sentence
        } catch let failure as WireFailure {
            told = failure.message
        }
        #expect(told.contains(field))
    }

    @Test("An answer in fragments is the whole answer", arguments: ["", "one", "one\ntwo\n", "\n\na\r\nb\n"])
    func fragments(_ text: String) {
        #expect(StudioService.fragments(of: text).joined() == text)
    }
}
