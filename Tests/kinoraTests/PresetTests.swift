// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import TestMedia
import Testing

/// Each platform's film has its size and rate, and its words lie clear of the platform's own.
@Suite struct PresetTests {
    /// A row of the platforms' table, written down once more, in pixels of that frame: what the table says must not
    /// change by accident.
    struct Platform: Sendable, CustomTestStringConvertible {
        var name: String
        var width: Int
        var height: Int
        var top, bottom, left, right: Int
        /// Below the first, so much is kept clear at the right.
        var buttons: (from: Int, right: Int)?

        var testDescription: String { name }
        var shape: [Int] {
            [width, height, top, bottom, left, right, buttons?.from ?? 0, buttons?.right ?? 0]
        }

        static func upright(_ name: String, _ clear: [Int], buttons: (Int, Int)? = nil) -> Platform {
            Platform(
                name: name, width: 1080, height: 1920, top: clear[0], bottom: clear[1], left: clear[2],
                right: clear[3], buttons: buttons.map { ($0, $1) })
        }

        /// No zones of its own: a twentieth above and below, a twelfth at the sides.
        static func plain(_ name: String, _ width: Int, _ height: Int) -> Platform {
            Platform(
                name: name, width: width, height: height, top: height / 20, bottom: height / 20, left: width * 8 / 100,
                right: width * 8 / 100)
        }
    }

    static let platforms: [Platform] = [
        .upright("tiktok", [240, 660, 120, 120], buttons: (840, 300)),
        .upright("reels", [269, 672, 65, 65], buttons: (1152, 227)),
        .upright("stories", [269, 672, 65, 65], buttons: (1152, 227)),
        .plain("instagram", 1080, 1350),
        .plain("youtube", 1920, 1080),
        .upright("shorts", [288, 672, 48, 192]),
        .plain("x", 1280, 720),
        .plain("whatsapp", 720, 1280),
        .upright("status", [269, 672, 65, 65], buttons: (1152, 227)),
        .upright("douyin", [240, 660, 120, 120], buttons: (840, 300)),
        // Shown in the middle of the screen: 240 from its top and bottom are not the film's.
        Platform(
            name: "xiaohongshu", width: 1080, height: 1440, top: 72, bottom: 420, left: 120, right: 120,
            buttons: (600, 300)),
        .upright("channels", [240, 660, 120, 120], buttons: (840, 300)),
    ]

    private static let isThorough = ProcessInfo.processInfo.environment["KINORA_TEST_ALL"] == "1"

    /// Of platforms whose frame and zones are the same the first; with `./test --all` each.
    private static let tried = platforms.enumerated().filter { index, platform in
        isThorough || !platforms[..<index].contains { $0.shape == platform.shape }
    }.map(\.element)

    @Test(arguments: tried)
    func aPlatformHasItsFrameAndKeepsWordsClear(platform: Platform) throws {
        let kinora = try KinoraCommand()
        let upright = platform.height > platform.width
        let photo = try TestMedia.ffmpeg(
            "grey.png",
            ["-f", "lavfi", "-i", "color=0x506478:s=\(upright ? "540x960" : "960x540")", "-frames:v", "1"])
        let answer = try kinora.run(
            "make", photo.path, "-o", "film.mp4", "--preset", platform.name, "--duration", "0.5", "--motion", "none",
            "--title", "Summer in the Hills of Andalusia, and then a Week by the Sea", "--draft-out", "draft.json",
            "--x264-preset", "ultrafast", "--crf", "35")
        try #require(answer.status == 0, "\(answer.errors)")
        let film = kinora.path("film.mp4")
        #expect(
            try KinoraCommand.probe(film, "stream=width,height,r_frame_rate,nb_frames")
                == "\(platform.width),\(platform.height),30/1,15")

        let draft = try String(contentsOfFile: kinora.path("draft.json"), encoding: .utf8)
        let without = try frame(kinora, try Self.edited(draft) { $0["text"] = " " })
        let positions = Self.isThorough ? ["top", "center", "bottom", "lower-third"] : ["center", "lower-third"]
        for position in positions {
            let with = try frame(kinora, try Self.edited(draft) { $0["pos"] = position })
            let ink = try #require(with.box(brighterThan: without, by: 60), "\(position): no words to be seen")
            #expect(ink.x.count > platform.width / 4, "\(position): hardly any words at \(ink)")
            #expect(
                ink.x.lowerBound >= platform.left && ink.x.upperBound <= platform.width - platform.right
                    && ink.y.lowerBound >= platform.top && ink.y.upperBound <= platform.height - platform.bottom,
                "\(position): words at \(ink)")
            if let buttons = platform.buttons, ink.y.upperBound > buttons.from {
                #expect(ink.x.upperBound <= platform.width - buttons.right, "\(position): words at \(ink)")
            }
        }
    }

    @Test func everyPlatformOfTheProgramIsTried() throws {
        let listed = try KinoraCommand().run("make", "x", "--preset", "no such platform").errors
        for platform in Self.platforms { #expect(listed.contains(platform.name), "\(listed)") }
        let help = try KinoraCommand().run("make", "--help").output
        let names = try #require(help.split(separator: "--preset").dropFirst().first)
        #expect(Self.platforms.allSatisfy { names.contains($0.name) }, "\(help)")
    }

    /// The draft with its title's segment changed.
    private static func edited(_ draft: String, _ change: (inout [String: Any]) -> Void) throws -> Data {
        var all = try #require(JSONSerialization.jsonObject(with: Data(draft.utf8)) as? [String: Any])
        var tracks = try #require(all["t"] as? [[String: Any]])
        let track = try #require(tracks.firstIndex { $0["tt"] as? Int == 7 })
        var segments = try #require(tracks[track]["sg"] as? [[String: Any]])
        change(&segments[0])
        segments[0]["in"] = nil
        segments[0]["out"] = nil
        tracks[track]["sg"] = segments
        all["t"] = tracks
        return try JSONSerialization.data(withJSONObject: all)
    }

    private func frame(_ kinora: KinoraCommand, _ draft: Data) throws -> SeenPicture {
        try draft.write(to: kinora.folder.appendingPathComponent("edited.json"))
        let answer = try kinora.run("frame", "edited.json", "0.2", "-o", "frame.png")
        try #require(answer.status == 0, "\(answer.errors)")
        return try SeenPicture.first(of: kinora.path("frame.png"))
    }
}
