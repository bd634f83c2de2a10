// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import Testing

/// A draft that cannot be rendered is refused with the field's name, and nothing is written.
@Suite struct DraftErrorTests {
    @Test(arguments: [
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\"id\":\"s\",\"s\":0,\"d\":1000,\"mt\":\"image\",\"src\":\"gone\"}]}]}",
            "t[0].sg[0].src"
        ),
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\"id\":\"s\",\"s\":-5,\"d\":1000,\"mt\":\"color\",\"color\":\"#FFFFFF\"}]}]}",
            "t[0].sg[0].s"
        ),
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\"id\":\"s\",\"s\":0,\"d\":0,\"mt\":\"color\",\"color\":\"#FFFFFF\"}]}]}",
            "t[0].sg[0].d"
        ),
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\"id\":\"a\",\"s\":0,\"d\":1000,\"mt\":\"color\",\"color\":\"#FFFFFF\"},"
                + "{\"id\":\"b\",\"s\":500,\"d\":1000,\"mt\":\"color\",\"color\":\"#000000\"}]}]}", "t[0].sg[1].s"
        ),
        (
            "{\"t\":[{\"id\":\"v\",\"tt\":0,\"sg\":[{\"id\":\"a\",\"s\":0,\"d\":1000,\"mt\":\"color\",\"color\":\"#FFFFFF\","
                + "\"tr\":{\"type\":\"sparkle\",\"d\":200}}]}]}", "t[0].sg[0].tr.type"
        ),
        ("{\"t\":[]}", "t"), ("not json", "line 1"), ("{\"v\":99}", "v"),
    ])
    func itsFieldIsNamed(draft: String, field: String) throws {
        let kinora = try KinoraCommand()
        try Data(draft.utf8).write(to: kinora.folder.appendingPathComponent("draft.json"))
        let answer = try kinora.run("render", "draft.json", "-o", "film.mp4")
        #expect(answer.status == 1)
        #expect(answer.errors.contains(field) && answer.errors.contains("draft.json"), "\(answer.errors)")
        #expect(!FileManager.default.fileExists(atPath: kinora.path("film.mp4")))
    }
}
