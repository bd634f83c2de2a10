// SPDX-License-Identifier: GPL-3.0-or-later
import WordBreaks

/// Where words begin in a text whose script has no spaces between them.
enum WordStarts {
    /// Offsets in UTF-8; nil where no dictionary is at hand.
    static func offsets(in text: String) -> Set<Int>? {
        let units = Array(text.utf16)
        guard !units.isEmpty, units.count < 100_000 else { return nil }
        var starts = [Int32](repeating: 0, count: units.count)
        // One dictionary serves Chinese and Japanese.
        let count = kinora_word_starts(units, Int32(units.count), "zh", &starts)
        guard count >= 0 else { return nil }
        var wanted = starts.prefix(Int(count))
        var offsets: Set<Int> = []
        var (unit, offset) = (0, 0)
        for scalar in text.unicodeScalars {
            while let first = wanted.first, first < unit { wanted = wanted.dropFirst() }
            if wanted.first == Int32(unit) { offsets.insert(offset) }
            unit += scalar.utf16.count
            offset += scalar.utf8.count
        }
        return offsets
    }

    /// Said with what comes before it: no line begins with one of them where another way can be found.
    static let trailing: Set<String> = [
        "的", "了", "着", "过", "吗", "嗎", "呢", "吧", "啊", "呀", "哦", "们", "們", "地", "得", "之", "里", "裡", "上", "下", "中", "季",
        "节", "節", "录", "錄", "集", "记", "記", "年", "月", "日", "号", "岁", "歲", "の", "を", "は", "に", "が", "と", "で", "も", "へ",
        "や",
        "ね", "よ", "な", "か", "から", "まで", "より", "です", "ます",
    ]

    /// Said with what comes after it: no line ends with one of them where another way can be found.
    static let leading: Set<String> = [
        "在", "和", "与", "與", "跟", "把", "被", "从", "從", "对", "對", "向", "给", "給", "我", "你", "他", "她", "不", "很", "最", "小",
        "大",
        "老", "这", "這", "那", "第", "一", "每", "又", "再", "也", "都", "就", "お", "ご",
    ]
}
