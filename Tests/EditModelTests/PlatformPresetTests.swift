// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import Testing

@Suite struct PlatformPresetTests {
    @Test(arguments: [
        ("tiktok", "tiktok"), ("TikTok", "tiktok"), ("Tik Tok", "tiktok"), ("tik-tok", "tiktok"), ("TT", "tiktok"),
        ("reel", "reels"), ("Reels", "reels"), ("IG Reels", "reels"), ("story", "stories"),
        ("Instagram Stories", "stories"),
        ("IG", "instagram"), ("insta", "instagram"), ("YouTube", "youtube"), ("yt", "youtube"), ("short", "shorts"),
        ("YouTube Shorts", "shorts"), ("twitter", "x"), ("X", "x"), ("WhatsApp", "whatsapp"), ("status", "status"),
        ("WhatsApp Status", "status"), ("朋友圈", "status"), ("抖音", "douyin"), ("快手", "douyin"), ("小红书", "xiaohongshu"),
        ("红书", "xiaohongshu"), ("rednote", "xiaohongshu"), ("视频号", "channels"), ("微信视频号", "channels"),
    ])
    func platformsGoByTheWordsPeopleUse(word: String, name: String) {
        #expect(PlatformPreset.named(word)?.name == name)
    }

    @Test(arguments: ["", "myspace", "tiktoks!"]) func otherWordsAreNone(word: String) {
        #expect(PlatformPreset.named(word) == nil)
    }

    @Test func noTwoRowsShareAWord() {
        var owner: [String: String] = [:]
        for row in PlatformPreset.all {
            for word in Set([row.name, row.title] + row.aliases) {
                #expect(PlatformPreset.named(word)?.name == row.name, "\(word)")
                owner[word] = row.name
            }
        }
        #expect(PlatformPreset.all.count == 12)
    }

    @Test(arguments: PlatformPreset.all) func everyRowIsAFilmThatCanBeMade(row: PlatformPreset) {
        for canvas in row.canvases { #expect(canvas.isCanvas) }
        #expect((row.frameRates.usual?.framesPerSecond ?? 30) <= row.frameRates.highest.framesPerSecond)
        #expect(row.frameRates.highest.framesPerSecond <= DraftLimits.highestFrameRate)
        if let advised = row.longestAdvised, let most = row.longest { #expect(advised <= most) }
        for canvas in row.canvases {
            for position in [TextContent.Position.top, .center, .bottom, .lowerThird, .at(.center)] {
                let rect = row.safeArea.rect(on: canvas, at: position)
                #expect(rect.x >= 0.04 && rect.y >= 0.05 - 1e-9)
                #expect(rect.x + rect.width <= 0.96 && rect.y + rect.height <= 0.95 + 1e-9)
                #expect(rect.width > 0.4 && rect.height > 0.3)
            }
        }
    }

    @Test func tiktokKeepsClearOfItsButtons() throws {
        let preset = try #require(PlatformPreset.named("tiktok"))
        func pixels(_ rect: UnitRect) -> [Int] {
            [rect.x * 1080, rect.y * 1920, (rect.x + rect.width) * 1080, (rect.y + rect.height) * 1920]
                .map { Int($0.rounded()) }
        }
        #expect(pixels(preset.safeArea.rect(on: preset.canvas, at: .top)) == [120, 240, 960, 1260])
        #expect(pixels(preset.safeArea.rect(on: preset.canvas, at: .bottom)) == [120, 240, 780, 1260])
        #expect(pixels(preset.safeRect(for: preset.canvas)) == [120, 240, 780, 1260])
    }

    @Test func insetsScaleWithTheCanvas() throws {
        let reels = try #require(PlatformPreset.named("reels"))
        let full = reels.safeRect(for: PixelSize(width: 1080, height: 1920))
        #expect(reels.safeRect(for: PixelSize(width: 540, height: 960)) == full)
        // A square film lies in the middle of the screen, clear of what is at the screen's ends.
        let square = reels.safeArea.rect(on: PixelSize(width: 1080, height: 1080), at: .top)
        #expect(abs(square.y - 0.05) < 1e-9)
        #expect(abs(square.y + square.height - (1 - 252.0 / 1080)) < 1e-9)
    }

    @Test func withoutAPlatformTitleSafeHolds() {
        var film = FilmSettings()
        let rect = film.safeRect(at: .bottom)
        #expect(rect == SafeArea.titleSafe.rect(on: film.canvas))
        #expect(abs(rect.x - 0.08) + abs(rect.y - 0.05) + abs(rect.width - 0.84) + abs(rect.height - 0.9) < 1e-9)
        film.preset = "tiktok"
        film.canvas = PixelSize(width: 1080, height: 1920)
        #expect(film.safeRect(at: .bottom) != rect)
        film.preset = "nowhere"
        #expect(film.safeArea == .titleSafe)
    }

    @Test func aSizeLimitGivesARate() throws {
        let whatsapp = try #require(PlatformPreset.named("whatsapp"))
        let rate = try #require(whatsapp.kilobits(fitting: ms(60_000)))
        #expect(rate * 1000 / 8 * 60 <= 16_000_000)
        #expect(rate > 2000)
        #expect(whatsapp.kilobits(fitting: .zero) == nil)
        #expect(PlatformPreset.named("instagram")?.kilobits(fitting: ms(1000)) == nil)
    }
}

@Suite struct CanvasShapeTests {
    @Test(arguments: [
        ("landscape", CanvasShape.landscape), ("横屏", .landscape), ("vertical", .portrait), ("竖屏", .portrait),
        ("Square", .square), ("方形", .square),
    ])
    func shapesHaveNames(word: String, shape: CanvasShape) { #expect(CanvasShape(named: word) == shape) }

    @Test(arguments: [
        (16, 9, 1920, 1080), (9, 16, 1080, 1920), (1, 1, 1080, 1080), (4, 5, 1080, 1350), (21, 9, 2520, 1080),
        (4, 1, 4096, 1024), (3, 2, 1620, 1080), (16, 1, 4096, 256),
    ])
    func aShapeGivesACanvas(width: Int, height: Int, x: Int, y: Int) {
        #expect(PixelSize(aspect: width, to: height) == PixelSize(width: x, height: y))
    }

    @Test(arguments: [(0, 1), (1, 0), (-1, 2), (1000, 1), (1, 1_000_000_000)])
    func impossibleShapesGiveNone(width: Int, height: Int) {
        #expect(PixelSize(aspect: width, to: height) == nil)
    }

    @Test func everyShapeThatGivesACanvasGivesAGoodOne() {
        for width in 1...40 {
            for height in 1...40 {
                if let canvas = PixelSize(aspect: width, to: height, shortSide: 1 + width * height) {
                    #expect(canvas.isCanvas, "\(width):\(height)")
                }
            }
        }
    }
}
