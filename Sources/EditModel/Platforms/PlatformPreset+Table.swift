// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

// Where films go. Correct a row here when a platform changes; nothing else knows these figures.
// Every film for a platform is MP4, H.264 High, yuv420p, BT.709, closed GOPs of at most 2 s, `moov` first, AAC-LC 48 kHz
// stereo, −14 LUFS integrated, at most −1 dBTP. Keep-clear zones are published for adverts; organic screens are freer,
// so they err on the safe side.

extension PlatformPreset {
    public static let all: [PlatformPreset] = [
        PlatformPreset(
            name: "tiktok", title: "TikTok", aliases: ["tt", "tik tok"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(10), longestAdvised: minutes(3),
            largestFileBytes: 4 * gigabyte, bitrate: .any, soundKilobits: 192,
            safeArea: tiktokZones,
            doubts: "Android is said to take 72 MB only"),
        PlatformPreset(
            name: "reels", title: "Instagram Reels",
            aliases: ["reel", "ig reel", "ig reels", "instagram reel", "insta reels"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(15), longestAdvised: minutes(3),
            largestFileBytes: 300 * megabyte, bitrate: .init(most: 25_000), soundKilobits: 128,
            safeArea: metaZones,
            doubts: ""),
        PlatformPreset(
            name: "stories", title: "Instagram Stories",
            aliases: ["story", "ig story", "ig stories", "instagram story", "insta story", "facebook story"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(60)),
            longest: seconds(60), longestAdvised: seconds(60),
            largestFileBytes: 100 * megabyte, bitrate: .init(most: 25_000), soundKilobits: 128,
            safeArea: metaZones,
            doubts: ""),
        PlatformPreset(
            name: "instagram", title: "Instagram", aliases: ["ig", "insta", "instagram feed", "ig feed", "ins"],
            canvas: PixelSize(width: 1080, height: 1350),
            otherCanvases: [PixelSize(width: 1080, height: 1440), PixelSize(width: 1080, height: 1080)],
            frameRates: .init(to: FrameRate(60)),
            longest: nil, longestAdvised: seconds(60),
            largestFileBytes: nil, bitrate: .init(most: 25_000), soundKilobits: 128,
            safeArea: .titleSafe,
            doubts: "60 s a slide is not confirmed"),
        PlatformPreset(
            name: "youtube", title: "YouTube", aliases: ["yt", "you tube", "油管"],
            canvas: CanvasShape.landscape.canvas, otherCanvases: [],
            frameRates: .init(usual: nil, to: FrameRate(60)),
            longest: minutes(12 * 60), longestAdvised: nil,
            largestFileBytes: 256 * gigabyte, bitrate: .init(advised: 8000, advisedAtHighRate: 12_000),
            soundKilobits: 384,
            safeArea: .titleSafe,
            doubts: ""),
        PlatformPreset(
            name: "shorts", title: "YouTube Shorts", aliases: ["short", "yt short", "yt shorts", "youtube short"],
            canvas: portrait, otherCanvases: [CanvasShape.square.canvas],
            frameRates: .init(to: FrameRate(60)),
            longest: seconds(180), longestAdvised: seconds(180),
            largestFileBytes: 256 * gigabyte, bitrate: .init(advised: 8000, advisedAtHighRate: 12_000),
            soundKilobits: 384,
            safeArea: SafeArea(top: 288, bottom: 672, left: 48, right: 192),
            doubts: ""),
        PlatformPreset(
            name: "x", title: "X", aliases: ["twitter", "tweet", "推特"],
            canvas: PixelSize(width: 1280, height: 720),
            otherCanvases: [
                PixelSize(width: 720, height: 1280), CanvasShape.landscape.canvas, CanvasShape.portrait.canvas,
            ],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(20), longestAdvised: minutes(20),
            largestFileBytes: 8 * gigabyte, bitrate: .init(advised: 5000), soundKilobits: 128,
            safeArea: .titleSafe,
            doubts: "1080p is for subscribers"),
        PlatformPreset(
            name: "whatsapp", title: "WhatsApp", aliases: ["wa", "whats app"],
            canvas: PixelSize(width: 720, height: 1280), otherCanvases: [PixelSize(width: 1280, height: 720)],
            frameRates: .init(to: FrameRate(30)),
            longest: nil, longestAdvised: nil,
            largestFileBytes: 16 * megabyte, bitrate: .init(followsLength: true), soundKilobits: 96,
            safeArea: .titleSafe,
            doubts: ""),
        PlatformPreset(
            name: "status", title: "WhatsApp Status",
            aliases: ["whatsapp status", "wa status", "朋友圈", "微信朋友圈", "wechat moments"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(30)),
            longest: seconds(60), longestAdvised: seconds(30),
            largestFileBytes: 16 * megabyte, bitrate: .init(followsLength: true), soundKilobits: 96,
            safeArea: metaZones,
            doubts: "60 s, the 16 MB and the zones are not confirmed"),
        PlatformPreset(
            name: "douyin", title: "抖音", aliases: ["dou yin", "快手", "kuaishou"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(15), longestAdvised: minutes(15),
            largestFileBytes: 4 * gigabyte, bitrate: .any, soundKilobits: 192,
            safeArea: tiktokZones,
            doubts: "zones as TikTok's; over 128 MB it is taken in pieces"),
        PlatformPreset(
            name: "xiaohongshu", title: "小红书", aliases: ["红书", "xhs", "rednote", "red note", "little red book"],
            canvas: PixelSize(width: 1080, height: 1440), otherCanvases: [portrait],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(15), longestAdvised: minutes(15),
            largestFileBytes: 500 * megabyte, bitrate: .any, soundKilobits: 192,
            safeArea: tiktokZones,
            doubts: "length, size and zones are not confirmed"),
        PlatformPreset(
            name: "channels", title: "视频号", aliases: ["微信视频号", "wechat channels", "weixin channels", "wechat"],
            canvas: portrait, otherCanvases: [],
            frameRates: .init(to: FrameRate(60)),
            longest: minutes(60), longestAdvised: minutes(60),
            largestFileBytes: 1 * gigabyte, bitrate: .init(most: 8000), soundKilobits: 128,
            safeArea: tiktokZones,
            doubts: "length, size, rate and zones are not confirmed"),
    ]

    private static let portrait = CanvasShape.portrait.canvas
    /// Decimal, as platforms count: the smaller reading is the safe one.
    private static let megabyte: Int64 = 1_000_000
    private static let gigabyte: Int64 = 1_000_000_000

    private static func seconds(_ count: Int64) -> MediaTime { MediaTime(milliseconds: count * 1000) }
    private static func minutes(_ count: Int64) -> MediaTime { seconds(count * 60) }

    private static let tiktokZones = SafeArea(
        top: 240, bottom: 660, left: 120, right: 120, buttons: .init(from: 840, right: 300))
    private static let metaZones = SafeArea(
        top: 269, bottom: 672, left: 65, right: 65, buttons: .init(from: 1152, right: 227))
}
