// SPDX-License-Identifier: GPL-3.0-or-later

/// What changes are called in one language.
public struct ChangeWords: Sendable {
    /// By subject; those of `EditChange.Subject` that have no before and after stand with the names concerned.
    public let names: [EditChange.Subject: String]
    /// Words of the model's tables (looks, fits, motions, …) where they are not said as they are written.
    let words: [String: String]
    let adjustments: [String: String]
    let none: String
    let on: String
    let off: String
    let seconds: String
    /// `%` stands for how many more there are.
    let more: String
    let comma: String
    let colon: String
    let open: String
    let close: String

    /// The words for a language tag such as `zh-CN`; English for those that have none yet.
    public static func of(language: String?) -> ChangeWords {
        (language ?? "").lowercased().hasPrefix("zh") ? chinese : english
    }

    public static let english = ChangeWords(
        names: [
            .length: "length", .canvas: "canvas", .preset: "platform", .frameRate: "frames a second",
            .background: "background", .fadeIn: "fade from black", .fadeOut: "fade to black",
            .filmTitle: "the film's name", .loudness: "loudness", .beats: "cuts on the beats", .pictures: "pictures",
            .added: "in", .removed: "out", .replaced: "replaced", .order: "order", .pace: "time per picture",
            .trim: "part of the clip", .speed: "speed", .reverse: "backwards", .turn: "turned", .crop: "cropped",
            .transition: "transition", .transitionLength: "length of transitions", .motion: "motion",
            .motionAmount: "amount of motion", .fit: "fit",
            .focus: "focus", .look: "look", .colourTable: "colour table", .adjustment: "colour", .opacity: "opacity",
            .clipVolume: "volume of clips",
            .clipSound: "sound of clips", .music: "music", .musicVolume: "volume of the music",
            .musicStart: "the music begins at", .musicFades: "fades of the music",
            .musicDucks: "music gives way to voices",
            .voice: "voice", .voiceVolume: "volume of the voice", .effects: "sound effects", .trackSound: "sound",
            .textAdded: "text in", .textRemoved: "text out", .textChanged: "text", .textMoved: "place of text",
            .textStyle: "style of text", .textTime: "time of text", .overlayAdded: "over the film",
            .overlayRemoved: "no longer over the film", .overlayChanged: "changed over the film",
        ],
        words: ["none": "none", "mixed": "mixed", "lower-third": "lower third", "black-and-white": "black and white"],
        adjustments: [
            "brightness": "brightness", "contrast": "contrast", "saturation": "saturation",
            "temperature": "temperature", "vignette": "vignette", "grain": "grain",
        ], none: "none", on: "on", off: "off", seconds: " s", more: "and % more", comma: ", ", colon: ": ", open: " (",
        close: ")")

    public static let chinese = ChangeWords(
        names: [
            .length: "时长", .canvas: "画布", .preset: "平台", .frameRate: "帧率", .background: "背景", .fadeIn: "黑场淡入",
            .fadeOut: "淡出到黑场", .filmTitle: "片名", .loudness: "响度", .beats: "卡点", .pictures: "画面", .added: "加入",
            .removed: "去掉", .replaced: "替换", .order: "顺序", .pace: "每个画面时长", .trim: "片段截取", .speed: "速度",
            .reverse: "倒放", .turn: "旋转", .crop: "裁切", .transition: "转场", .transitionLength: "转场时长", .motion: "运动",
            .motionAmount: "运动幅度",
            .fit: "填充方式", .focus: "重点", .look: "滤镜", .colourTable: "色彩表", .adjustment: "颜色", .opacity: "不透明度",
            .clipVolume: "片段音量",
            .clipSound: "片段原声", .music: "配乐", .musicVolume: "配乐音量", .musicStart: "配乐起点", .musicFades: "配乐淡入淡出",
            .musicDucks: "配乐让位给人声", .voice: "人声", .voiceVolume: "人声音量", .effects: "音效", .trackSound: "声音",
            .textAdded: "加上文字", .textRemoved: "去掉文字", .textChanged: "文字", .textMoved: "文字位置", .textStyle: "文字样式",
            .textTime: "文字时间", .overlayAdded: "叠加", .overlayRemoved: "去掉叠加", .overlayChanged: "叠加改动",
        ],
        words: [
            "none": "无", "mixed": "多种", "cover": "填满", "contain": "完整显示", "blur": "模糊背景", "top": "顶部", "center": "居中",
            "bottom": "底部",
            "lower-third": "下三分之一",
        ].merging(LookCatalog.entries.map { ($0.look.rawValue, $0.words.chineseName) }) { own, _ in own }
            .merging(MotionWords.all.map { ($0.rawValue, $1.chineseName) }) { own, _ in own }
            .merging(TransitionWords.all.map { ($0.rawValue, $1.chineseName) }) { own, _ in own },
        adjustments: [
            "brightness": "亮度", "contrast": "对比度", "saturation": "饱和度", "temperature": "色温", "vignette": "暗角",
            "grain": "颗粒",
        ], none: "无", on: "开", off: "关", seconds: " 秒", more: "等 % 个", comma: "、", colon: "：", open: "（", close: "）")
}
