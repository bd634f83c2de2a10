// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import JSON
import Testing
import Wording

@testable import Remote

/// The pure parts: where words go, what screen talk means, what a draft shows.
@Suite struct ReadingTests {
    @Test(arguments: [
        ("export", Router.Destination.export), ("导出", .export), ("Download", .export), ("send me the video", .export),
        ("please export it in 1080p as a gif", .export), ("请把视频导出", .export),
        ("Can you send me the video now?", .export),
        ("credits", .credits), ("积分", .credits), ("what's my balance?", .credits), ("余额", .credits),
        ("how many credits do I have left?", .credits), ("我还有多少积分？", .credits), ("status", .status), ("状态", .status),
        ("show tracks", .status), ("show me the tracks please", .status), ("upload", .upload), ("上传", .upload),
        ("上传这些照片", .upload),
        // What only sounds like it is said to the director.
        ("add a title that says Download now", .chat), ("add the text \"export\"", .chat),
        ("make a film about a credit union", .chat), ("put a status bar over it", .chat), ("把标题改成导出", .chat),
        ("export the second photo to black and white", .chat), ("make it 15 seconds", .chat), ("加一个“下载”的标题", .chat),
        ("send me the video with louder music", .chat), ("", .chat),
    ])
    func whatIsSaidGoesWhereItBelongs(words: String, destination: Router.Destination) {
        #expect(Router.destination(of: words) == destination, "\(words)")
    }

    @Test func filesWithoutWordsAreAnUpload() {
        #expect(Router.destination(of: " ", hasFiles: true) == .upload)
        #expect(Router.destination(of: "add this at the end", hasFiles: true) == .chat)
    }

    @Test func theKindOfFileIsReadBesideTheWord() {
        #expect(
            ExportWish(words: "export it in 720p as a gif, draft quality, 24 fps")
                == ExportWish(format: "gif", quality: "draft", resolution: "720p", fps: 24))
        #expect(
            ExportWish(words: "download in 4K at 60fps, highest quality")
                == ExportWish(quality: "high", resolution: "2160p", fps: 60))
        #expect(ExportWish(words: "导出 1080p") == ExportWish(resolution: "1080p"))
    }

    @Test(arguments: [
        ("Done! Click the \"Export\" button on the right.", "Done!", [ScreenTalk.Call.export]),
        ("Click 'Export' in the top-right corner to download your video.", "", [.export]),
        ("Added music. Press the Download button.", "Added music.", [.export]),
        ("已完成。点击右上角的导出按钮即可。", "已完成。", [.export]),
        ("音乐已添加。现在可以导出了。", "音乐已添加。", [.export]),
        ("Open the timeline panel to see it. The film is 15 s.", "The film is 15 s.", [.status]),
        ("Ready. You can preview it in the timeline.", "Ready.", [.status]),
        ("请打开时间线面板查看。共三张照片。", "共三张照片。", [.status]),
        ("Drag the clip to the front.", "", [.edit("Drag the clip to the front.")]),
        ("请将第二张照片拖拽到最前面。", "", [.edit("请将第二张照片拖拽到最前面。")]),
        ("Click on the title to change it.", "", [.edit("Click on the title to change it.")]),
        ("Click the upload icon to add photos.", "", [.upload]),
        // Said of the film, not of a screen.
        (
            "The film opens with beach.jpg at 1.5 s. Nothing else changed.",
            "The film opens with beach.jpg at 1.5 s. Nothing else changed.", []
        ),
        ("Added the title \"Click here\".", "Added the title \"Click here\".", []),
        ("已添加标题“点击导出”。", "已添加标题“点击导出”。", []),
        ("可以说“导出”得到文件。", "可以说“导出”得到文件。", []),
        ("The open road comes first, then the dragon.", "The open road comes first, then the dragon.", []),
    ])
    func talkOfAScreenIsUnderstood(said: String, shown: String, calls: [ScreenTalk.Call]) {
        let talk = ScreenTalk(said)
        #expect(talk.shown == shown)
        #expect(talk.calls == calls)
    }

    /// Whatever our own director says, it never sounds like a screen; its words are in files of their own.
    @Test func ourDirectorNeverTalksOfAScreen() throws {
        let languages = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources/Director/Languages")
        var count = 0
        for language in ["en", "zh", "es", "fr", "ja"] {
            let replies = try String(
                contentsOf: languages.appendingPathComponent("\(language)/replies.txt"), encoding: .utf8)
            for line in replies.split(separator: "\n") {
                guard line.first != "#", let colon = line.firstIndex(of: ":") else { continue }
                let words = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                // What is offered to be said stands in quotes by itself.
                if line.hasPrefix("suggest ") { continue }
                count += 1
                #expect(ScreenTalk(words).calls == [], "\(words)")
            }
        }
        #expect(count > 1000)
    }

    @Test func aDraftOfOursAndOneWithoutIDsAreRead() throws {
        let bare = try JSONValue(
            parsing:
                #"{"t":[{"tt":0,"sg":[{"d":2500,"m":{"name":"city"}}]},{"tt":1,"sg":[{"d":2500,"m":{"title":"song"}}]}]}"#
        )
        let timeline = RemoteTimeline(draft: bare)
        #expect(timeline.isReady && timeline.lengthMilliseconds == 2500)
        #expect(timeline.tracks.map(\.kind) == [.video, .music])
        #expect(timeline.tracks.flatMap(\.segments).map(\.name) == ["city", "song"])
        for broken in [JSONValue.null, [], ["t": 3], ["t": [[:]]], ["t": [["sg": [[:]]]], "d": "x"]] {
            #expect(!RemoteTimeline(draft: broken).isReady || broken["t"]?.array?.first?["sg"] != nil)
        }
    }

    @Test func changesNameWhatIsDifferent() {
        let old = RemoteTimeline(draft: HostileStudio.film(music: 1, title: "One"))
        #expect(old.changes(from: old).isEmpty)
        func keys(_ draft: JSONValue) -> [String] { RemoteTimeline(draft: draft).changes(from: old).map(\.key) }
        #expect(keys(HostileStudio.film(music: 0.3, title: "One")) == ["remote change level"])
        #expect(keys(HostileStudio.film(music: 1, title: "Two")) == ["remote change name"])
        #expect(keys(HostileStudio.film(music: 1)) == ["remote change removed"])
        #expect(
            keys(HostileStudio.film(pictures: ["c.jpg", "b.jpg", "a.jpg"], music: 1, title: "One")) == [
                "remote change order"
            ])
        #expect(keys(HostileStudio.film(seconds: 30, music: 1, title: "One")).first == "remote change length")
    }

    @Test func foldersAreSearchedInNaturalOrderAndLinksLeftAsTheyAre() throws {
        let harness = try Harness()
        let folder = harness.folder.appendingPathComponent("photos")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["p10.jpg", "p2.jpg", ".hidden", "P1.jpg"] {
            try Data("x".utf8).write(to: folder.appendingPathComponent(name))
        }
        let inputs = RemoteStudio.expand(["https://example.org/a.mp4", folder.path, "/nowhere/x.jpg"])
        #expect(
            inputs == [.link("https://example.org/a.mp4")]
                + ["P1.jpg", "p2.jpg", "p10.jpg"].map { .file("\(folder.path)/\($0)") } + [.file("/nowhere/x.jpg")])
    }

    @Test func aNoteComesBackAsItWas() {
        var note = SessionNote(server: "http://x", session: "ses_1")
        note.task = "t"
        note.skill = "kinora"
        note.sent = [.init(place: "/a.jpg", kind: "image", name: "a.jpg")]
        note.order = .init(id: "render_1", fingerprint: "f", target: "/f.mp4")
        #expect(SessionNote(note.json) == note)
        #expect(SessionNote([:]) == nil)
    }
}
