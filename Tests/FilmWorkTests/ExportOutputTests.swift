// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Foundation
import JSON
import MediaIO
import Renderer
import Testing
import Wording

@testable import FilmWork

@Suite struct ExportOutputTests {
    private func output(_ text: String) throws -> ExportOutput {
        try ExportOutput(json: JSONValue(parsing: Array(text.utf8)))
    }

    @Test func whatIsNotSaidIsUsual() throws {
        #expect(try ExportOutput(json: nil) == ExportOutput())
        #expect(try output("null") == ExportOutput())
        #expect(try output("{}") == ExportOutput())
        #expect(try output(#"{"format":null,"later":1}"#) == ExportOutput())
    }

    @Test func everyFieldIsRead() throws {
        let all = try output(
            #"{"format":"MP4","quality":"high","codec":"H265","resolution":"1080p","fps":29.97,"crf":18.5,"preset":"TikTok","width":721,"height":1280}"#
        )
        #expect(all.format == .mp4 && all.quality == .high && all.codec == .hevc && all.shortSide == 1080)
        #expect(all.frameRate == FrameRate(30_000, over: 1001) && all.crf == 18.5 && all.preset == "tiktok")
        #expect(all.width == 720 && all.height == 1280)
        #expect(try output(#"{"resolution":"4K"}"#).shortSide == 2160)
        let size = try output(#"{"resolution":"1280x720"}"#)
        #expect(size.width == 1280 && size.height == 720)
        #expect(
            try ExportOutput(json: JSONValue(parsing: Array(#"{"format":"gif","quality":"draft"}"#.utf8))).format
                == .gif)
    }

    @Test(arguments: [
        (#"[]"#, "output"), (#"{"format":"avi"}"#, "format"), (#"{"format":7}"#, "format"),
        (#"{"quality":"best"}"#, "quality"), (#"{"codec":"vp8"}"#, "codec"), (#"{"resolution":"big"}"#, "resolution"),
        (#"{"resolution":"1080x"}"#, "resolution"), (#"{"resolution":"9p"}"#, "resolution"), (#"{"fps":0}"#, "fps"),
        (#"{"fps":"30"}"#, "fps"), (#"{"fps":61}"#, "fps"), (#"{"crf":64}"#, "crf"), (#"{"crf":52}"#, "crf"),
        (#"{"width":8}"#, "width"), (#"{"height":5000}"#, "height"), (#"{"width":99999999999999999999}"#, "width"),
        (#"{"preset":"myspace"}"#, "preset"), (#"{"format":"webm","codec":"h264"}"#, "codec"),
        (#"{"format":"mov","codec":"av1"}"#, "codec"), (#"{"format":"gif","crf":20}"#, "crf"),
    ])
    func whatIsWrongIsNamed(text: String, field: String) throws {
        let json = try JSONValue(parsing: Array(text.utf8))
        do throws(OutputFault) {
            _ = try ExportOutput(json: json)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.field == field)
            for words in [FaultWords.english, FaultWords.chinese] {
                let told = error.text(in: words)
                #expect(told.contains(field) && !told.contains("{"), "\(told)")
            }
        }
    }

    private var draft: Draft {
        get throws {
            try Draft(
                JSONValue(
                    parsing: Array(
                        #"""
                        {"v":1,"d":2000,"m":{"width":1920,"height":1080,"fps":30},
                         "t":[{"id":"v","tt":0,"sg":[{"id":"s","s":0,"d":2000,"src":"p","mt":"image"}]}]}
                        """#.utf8)))
        }
    }

    private var media: [String: MediaFacts] {
        var facts = MediaFacts(
            id: "p", name: "p.jpg", kind: .image, format: "jpeg", contentHash: String(repeating: "a", count: 64))
        facts.size = PixelSize(width: 3000, height: 2000)
        return ["p": facts]
    }

    @Test(arguments: [
        (#"{}"#, 1920, 1080, 30.0), (#"{"resolution":"720p"}"#, 1280, 720, 30), (#"{"width":960}"#, 960, 540, 30),
        (#"{"height":360}"#, 640, 360, 30), (#"{"width":1080,"height":1920}"#, 1080, 1920, 30),
        (#"{"fps":24}"#, 1920, 1080, 24), (#"{"resolution":"2160p"}"#, 3840, 2160, 30),
        (#"{"resolution":"4096p"}"#, 4096, 2304, 30), (#"{"preset":"tiktok"}"#, 1080, 1920, 30),
        (#"{"format":"gif"}"#, 568, 320, 12), (#"{"format":"gif","width":200,"fps":25}"#, 200, 112, 25),
    ])
    func aDraftIsLaidOutForIt(text: String, width: Int, height: Int, fps: Double) throws {
        let output = try output(text)
        let draft = try draft
        let laidOut = try output.laidOut(draft, media: media)
        #expect(laidOut.film.canvas == PixelSize(width: width, height: height))
        #expect(laidOut.film.frameRate.framesPerSecond == fps)
        #expect(laidOut.duration == draft.duration)
        #expect(output.shape(of: laidOut).canvas == laidOut.film.canvas)
    }
}
