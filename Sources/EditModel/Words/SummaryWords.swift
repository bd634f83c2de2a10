// SPDX-License-Identifier: GPL-3.0-or-later

/// The words of a timeline's summary in one language.
public struct SummaryWords: Hashable, Sendable {
    /// `%` stands for the number of tracks.
    var timeline: String
    var noTracks: String
    var video: String
    var overlay: String
    var music: String
    var voice: String
    var effect: String
    var title: String
    var caption: String
    var subtitle: String
    var credit: String
    var photo: String
    var clip: String
    var color: String
    var generated: String
    var empty: String
    var muted: String
    /// `%` stands for the number of segments that are not named.
    var more: String
    var seconds: String
    /// After a track's label.
    var colon: String
    var comma: String
    /// Between a segment's time and its level.
    var innerComma: String
    var open: String
    var close: String
    var openQuote: String
    var closeQuote: String

    public static let english = SummaryWords(
        timeline: "Timeline (% tracks): ", noTracks: "The timeline is empty.", video: "Video", overlay: "Overlay",
        music: "BGM", voice: "Voice", effect: "Effect", title: "Title", caption: "Caption", subtitle: "Subtitle",
        credit: "Credit", photo: "photo", clip: "clip", color: "colour", generated: "background", empty: "empty",
        muted: "muted", more: "and % more", seconds: "s", colon: ": ", comma: ", ", innerComma: ", ", open: " (",
        close: ")", openQuote: "\"", closeQuote: "\"")

    public static let chinese = SummaryWords(
        timeline: "时间线（% 条轨道）：", noTracks: "时间线是空的。", video: "视频", overlay: "叠加", music: "配乐", voice: "人声",
        effect: "音效", title: "标题", caption: "文案", subtitle: "字幕", credit: "片尾", photo: "照片", clip: "片段", color: "纯色",
        generated: "背景", empty: "空", muted: "静音", more: "还有 % 段", seconds: "秒", colon: "：", comma: "、",
        innerComma: "，", open: "（", close: "）", openQuote: "“", closeQuote: "”")

    /// The words for a language tag such as `zh-CN`; English for those that have none yet.
    public static func of(language: String?) -> SummaryWords {
        (language ?? "").lowercased().hasPrefix("zh") ? chinese : english
    }
}
