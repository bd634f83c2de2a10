// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import Testing

@Suite struct OperationTableTests {
    @Test func everyOperationAndParameterHasWordsInBothLanguages() {
        for (words, language) in [(OperationWords.english, "English"), (.chinese, "Chinese")] {
            #expect(words.wordless.isEmpty, "\(language) lacks \(words.wordless)")
            #expect(words.unused.isEmpty, "\(language) has words that nothing needs: \(words.unused)")
        }
    }

    @Test func chineseWordsAreChinese() {
        let han = OperationTable.entries.map { OperationWords.chinese.help(of: $0) }
        #expect(han.allSatisfy { $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } })
    }

    @Test func namesAreUniqueAndHyphenated() {
        let names = OperationTable.entries.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
    }

    @Test(arguments: [
        (#"{"op":"length","length":-5}"#, "length"), (#"{"op":"length"}"#, "length"),
        (#"{"op":"length","lenght":5}"#, "lenght"), (#"{"op":"length","length":"15 s"}"#, "length"),
        (#"{"op":"lengthen"}"#, "op"), (#"{}"#, "op"), (#"{"op":5}"#, "op"),
        (#"{"op":"grade","look":"wram"}"#, "look"), (#"{"op":"grade","brightness":2}"#, "brightness"),
        (#"{"op":"transition","type":"explode"}"#, "type"), (#"{"op":"remove"}"#, "segments"),
        (#"{"op":"remove","segments":["s1",true]}"#, "segments[1]"),
        (#"{"op":"remove","segments":[0]}"#, "segments[0]"),
        (#"{"op":"add-text","text":"x","color":"red"}"#, "color"), (#"{"op":"volume","level":3}"#, "level"),
        (#"{"op":"music","compose":{"bpm":1}}"#, "compose.bpm"),
        (#"{"op":"music","compose":{"speed":1}}"#, "compose.speed"),
        (#"{"op":"create","preset":"tictoc"}"#, "preset"), (#"{"op":"undo","count":0}"#, "count"),
        (#"{"op":"crop","rect":[0,0,1]}"#, "rect"), (#"{"op":"move","segments":[1]}"#, "to"),
    ]) func aWrongCallIsRefusedWithItsField(text: String, field: String) throws {
        do {
            _ = try OperationCall(json: JSONValue(parsing: text))
            Issue.record("\(text) was taken")
        } catch let error as EditError {
            #expect(error.field == field, "\(text): \(error)")
            #expect(!error.words(in: .chinese).isEmpty && error.words(in: .chinese) != error.words(in: .english))
            #expect(!error.description.contains("{"))
        }
    }

    @Test func anErrorSaysWhatTheFieldMustBe() throws {
        let error = #expect(throws: EditError.self) { try OperationCall("pace", ["each": "slow"]) }
        #expect(error?.description == "pace: each: must be a whole number from 1 to 10800000, not \"slow\"")
        #expect(error?.words(in: .chinese) == "pace: each：必须是1 到 10800000 的整数，而不是 \"slow\"")
    }

    @Test func namesOutOfTablesAreTheTablesOwn() throws {
        let call = try OperationCall("transition", ["type": "叠化"])
        #expect(call.json == ["op": "transition", "type": "crossfade"])
        #expect(try OperationCall("canvas", ["preset": "Tik Tok"]).json["preset"] == "tiktok")
        #expect(try OperationCall("add-text", ["text": "x", "color": "#f80"]).json["color"] == "#FF8800")
        #expect(try OperationCall("keep_best", ["count": 3]).declaration?.name == "keep-best")
    }

    @Test func theSchemaIsStrictAndNamesEveryOperation() {
        let schema = OperationTable.schema()
        let all = schema["oneOf"]?.array ?? []
        #expect(all.compactMap { $0["properties"]?["op"]?["const"]?.string } == OperationTable.entries.map(\.name))
        #expect(all.allSatisfy { $0["additionalProperties"] == false })
        #expect(all.allSatisfy { $0["required"]?.array?.first == "op" })
        let pace = all.first { $0["title"] == "pace" }
        #expect(pace?["properties"]?["each"]?["type"] == "integer")
        #expect(pace?["properties"]?["each"]?["minimum"] == 1)
    }

    @Test func toolsOfLanguageModelsHaveNamesThatTheyTake() {
        let tools = OperationTable.toolDefinitions(language: "zh")
        #expect(tools.count == OperationTable.entries.count)
        for tool in tools {
            let name = tool["name"]?.string ?? ""
            #expect(name.wholeMatch(of: /[a-z_]{1,64}/) != nil)
            #expect(OperationTable.named(name) != nil)
            #expect(tool["parameters"]?["type"] == "object")
            #expect(tool["parameters"]?["properties"]?["op"] == nil)
        }
    }

    /// `docs/operations.md` is made of the table. After a change, write it anew: KINORA_WRITE_REFERENCE=1 swift test --filter
    /// OperationTableTests
    @Test func theReferencePageIsInStep() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let page = root.appending(path: "docs/operations.md")
        let text = OperationTable.reference()
        if ProcessInfo.processInfo.environment["KINORA_WRITE_REFERENCE"] != nil {
            try text.write(to: page, atomically: true, encoding: .utf8)
            Issue.record("docs/operations.md was written anew: look at it and run the tests again")
        }
        let there = try String(contentsOf: page, encoding: .utf8)
        #expect(there == text, "docs/operations.md is not what the table says; see above how to write it")
        #expect(OperationTable.reference(language: "zh").contains("转场"))
    }
}
