// SPDX-License-Identifier: GPL-3.0-or-later

/// Every look there is: its name, the other words that mean it, and what it is in a line. The compositor has one recipe for
/// each row (`LookRecipes`).
public enum LookCatalog {
    public struct Entry: Hashable, Sendable {
        public let look: Grade.Look
        /// What people say for it, in English and Chinese.
        public let aliases: [String]
        public let words: RowWords

        init(_ name: String, _ aliases: [String], _ words: RowWords) {
            look = Grade.Look(name)
            self.aliases = aliases
            self.words = words
        }
    }

    public static let entries: [Entry] = [
        Entry("none", ["original", "原图", "原色", "无滤镜"], .init("无", "the colours as they are", "颜色原样")),
        Entry("warm", ["暖色", "暖"], .init("暖色", "warmer light, as in the afternoon", "午后一样的暖光")),
        Entry("cool", ["cold", "冷色", "冷"], .init("冷色", "cooler, clear light", "清冷的光")),
        Entry("vivid", ["vibrant", "鲜艳"], .init("鲜艳", "strong colours and contrast; skin is spared", "颜色浓、反差大，肤色不过火")),
        Entry(
            "bright", ["airy", "light-and-airy", "明亮", "通透"],
            .init("明亮", "light and airy: faces and rooms", "明亮通透，适合人和室内")),
        Entry(
            "fresh", ["japanese", "清新", "小清新", "日系"],
            .init("清新", "clear greens and sky blue, light shadows", "绿得清透、天空蓝、阴影浅")),
        Entry(
            "portrait", ["skin", "人像", "美肤"], .init("人像", "gentle light for faces; greens step back", "脸上光线柔和，背景的绿退后")),
        Entry("pastel", ["macaron", "马卡龙", "奶油"], .init("马卡龙", "pale and soft, with milky shadows", "浅淡柔和，阴影像牛奶")),
        Entry("matte", ["哑光", "雾面"], .init("哑光", "muted, blacks like slate", "颜色收敛，黑色像石板")),
        Entry(
            "film", ["print", "kodak", "胶片", "柯达"],
            .init("胶片", "print stock: warm lights, rich skin, quiet greens", "电影拷贝：亮部暖、肤色厚、绿色安静")),
        Entry(
            "golden-hour", ["golden", "sunset-light", "金色时刻", "夕阳"],
            .init("金色时刻", "the last hour of sun, amber on everything", "日落前一小时，万物镀金")),
        Entry("dusk", ["twilight", "暮色", "黄昏"], .init("暮色", "violet shadows, rosy lights", "阴影偏紫，亮部泛粉")),
        Entry(
            "cinematic", ["cinema", "movie", "电影感", "电影"],
            .init("电影感", "teal shadows, warm lights, deep contrast", "暗部偏青、亮部偏暖、反差深")),
        Entry(
            "teal-orange", ["teal-and-orange", "orange-teal", "blockbuster", "青橙"],
            .init("青橙", "sky and shade to teal, skin to orange", "天空和阴影变青，肤色偏橙")),
        Entry(
            "moody", ["dark-and-moody", "暗调", "情绪"], .init("暗调", "dark and restrained; warm colours stay", "低沉克制，只留暖色")),
        Entry("autumn", ["fall", "秋色", "秋天"], .init("秋色", "greens turn to gold and rust", "绿叶变成金黄和锈红")),
        Entry("night", ["day-for-night", "moonlight", "夜色", "月光"], .init("夜色", "moonlight made of day", "把白天变成月夜")),
        Entry("neon", ["cyberpunk", "霓虹", "赛博朋克"], .init("霓虹", "magenta and cyan, as in a lit street", "洋红与青，像夜里的街灯")),
        Entry(
            "hong-kong", ["hongkong", "港风", "港片"],
            .init("港风", "as in old Hong Kong films: green shadows, red lips", "老港片：阴影泛绿，红色浓郁")),
        Entry("vintage", ["retro", "复古"], .init("复古", "an old print: warm, soft, faded blacks", "老照片：偏暖、柔和、黑色发灰")),
        Entry("fade", ["faded", "褪色"], .init("褪色", "pale, with lifted blacks", "颜色淡、黑色提亮")),
        Entry(
            "bleach-bypass", ["bleach", "跳漂白", "漂白"],
            .init("跳漂白", "silver left in the print: hard and nearly colourless", "银留在拷贝里：硬朗、近乎无色")),
        Entry(
            "black-and-white", ["bw", "b&w", "mono", "monochrome", "黑白"], .init("黑白", "a panchromatic film", "全色黑白胶片")),
        Entry("noir", ["film-noir", "黑色电影"], .init("黑色电影", "black and white with deep shadows", "阴影浓重的黑白")),
        Entry("sepia", ["棕褐", "怀旧棕"], .init("怀旧棕", "a brown-toned print", "棕色调的老相片")),
    ]

    static let names = Set(entries.map(\.look.rawValue))

    private static let byWord: [String: Grade.Look] = {
        var table: [String: Grade.Look] = [:]
        for entry in entries {
            for word in entry.aliases { table[plain(word)] = entry.look }
        }
        for entry in entries { table[plain(entry.look.rawValue)] = entry.look }
        return table
    }()

    private static func plain(_ word: String) -> String {
        word.lowercased().filter { $0 != " " && $0 != "_" && $0 != "-" }
    }

    /// The look that a name or alias means, whatever its case and however its words are joined.
    public static func named(_ word: String) -> Grade.Look? { byWord[plain(word)] }

    /// What a look is called in Chinese, and a line of it.
    public static func words(of look: Grade.Look) -> RowWords {
        entries.first { $0.look == look }?.words ?? RowWords(look.rawValue, look.rawValue, look.rawValue)
    }
}
