// SPDX-License-Identifier: GPL-3.0-or-later

/// Words people use for styles and moods, English and Chinese, in lower case without spaces and hyphens.
enum MusicWords {
    static func style(for word: String) -> String? { id(word, styles) }
    static func mood(for word: String) -> String? { id(word, moods) }

    private static func id(_ word: String, _ table: [(id: String, words: [String])]) -> String? {
        let plain = plain(word)
        guard !plain.isEmpty else { return nil }
        if let row = table.first(where: { Self.plain($0.id) == plain || $0.words.contains(plain) }) { return row.id }
        // A longer phrase: the longest word in it wins.
        var best: (length: Int, id: String)?
        for row in table {
            for known in row.words + [Self.plain(row.id)] where known.count > 1 && plain.contains(known) {
                if known.count > best?.length ?? 0 { best = (known.count, row.id) }
            }
        }
        return best?.id
    }

    private static func plain(_ word: String) -> String {
        String(word.lowercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "_" && $0 != "’" && $0 != "'" })
    }

    private static let styles: [(id: String, words: [String])] = [
        ("lofi", ["lofi", "lofihiphop", "chillhop", "studybeats", "chill", "低保真", "学习音乐", "慵懒"]),
        ("pop", ["pop", "upbeat", "upbeatpop", "dancepop", "流行", "轻快", "欢快流行"]),
        ("acoustic", ["acoustic", "guitar", "ukulele", "unplugged", "原声", "木吉他", "吉他", "尤克里里", "不插电"]),
        (
            "cinematic",
            ["cinematic", "orchestral", "orchestra", "filmscore", "strings", "classical", "电影感", "电影配乐", "管弦乐", "交响"]
        ),
        ("ambient", ["ambient", "atmospheric", "meditation", "spa", "drone", "氛围", "环境音乐", "冥想", "空灵", "轻音乐"]),
        (
            "electronic",
            [
                "electronic", "house", "edm", "techno", "dance", "deephouse", "synthwave", "trance", "disco", "club",
                "浩室", "电子", "电音", "舞曲",
            ]
        ),
        ("piano", ["piano", "solopiano", "keys", "钢琴", "钢琴曲"]),
        ("jazz", ["jazz", "swing", "lounge", "bossanova", "bigband", "爵士", "摇摆"]),
        ("rock", ["rock", "punk", "metal", "indie", "grunge", "摇滚", "朋克", "重金属"]),
        ("hip-hop", ["hiphop", "rap", "trap", "boombap", "rnb", "beat", "嘻哈", "说唱", "街舞"]),
        (
            "corporate",
            [
                "corporate", "business", "motivational", "presentation", "inspirational", "tech", "企业", "商务", "宣传片",
                "科技感",
            ]
        ),
        ("holiday", ["holiday", "christmas", "xmas", "festive", "newyear", "winter", "圣诞", "节日", "新年"]),
        ("tropical", ["tropical", "summer", "beach", "island", "reggae", "calypso", "热带", "夏天", "海岛", "海滩"]),
        (
            "chinese",
            [
                "chinese", "china", "pentatonic", "guofeng", "oriental", "guzheng", "erhu", "中国风", "国风", "古风", "民乐",
                "古筝", "二胡",
            ]
        ),
        ("folk", ["folk", "country", "bluegrass", "celtic", "banjo", "americana", "irish", "民谣", "乡村"]),
        ("funk", ["funk", "funky", "soul", "motown", "groove", "放克", "灵魂乐"]),
        ("waltz", ["waltz", "ballroom", "threefour", "圆舞曲", "华尔兹", "三拍子"]),
        ("epic", ["epic", "trailer", "heroic", "battle", "史诗", "大气", "震撼", "气势磅礴"]),
    ]

    private static let moods: [(id: String, words: [String])] = [
        ("happy", ["happy", "cheerful", "joyful", "upbeat", "fun", "sunny", "bright", "欢快", "开心", "快乐", "活泼"]),
        (
            "calm",
            [
                "calm", "chill", "relaxing", "relaxed", "peaceful", "soft", "gentle", "quiet", "舒缓", "安静", "平静", "轻柔",
                "放松", "治愈",
            ]
        ),
        ("sad", ["sad", "melancholic", "emotional", "heartfelt", "悲伤", "伤感", "忧伤", "催泪"]),
        ("dramatic", ["dramatic", "tense", "suspense", "intense", "紧张", "戏剧", "悬疑"]),
        ("romantic", ["romantic", "love", "tender", "wedding", "浪漫", "甜蜜", "温馨", "感人"]),
        ("energetic", ["energetic", "driving", "powerful", "hype", "fast", "动感", "激情", "燃", "热血"]),
        ("dreamy", ["dreamy", "ethereal", "floating", "梦幻", "朦胧"]),
        ("dark", ["dark", "mysterious", "scary", "黑暗", "神秘", "恐怖"]),
        ("uplifting", ["uplifting", "inspiring", "hopeful", "triumphant", "励志", "希望", "振奋", "昂扬"]),
        ("playful", ["playful", "quirky", "cute", "funny", "俏皮", "可爱", "搞笑"]),
        ("nostalgic", ["nostalgic", "retro", "memories", "怀旧", "复古", "回忆"]),
    ]
}
