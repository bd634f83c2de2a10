// SPDX-License-Identifier: GPL-3.0-or-later

/// Every transition there is, with the other words that mean it. The compositor has one drawing for each row.
public enum TransitionCatalog {
    public struct Entry: Hashable, Sendable {
        public let name: Transition.Name
        /// FFmpeg's xfade names and what people say; where the two disagree people win.
        public let aliases: [String]
        /// Whether it belongs to what `mixed` draws from: calm enough to follow one another in a film.
        public let isCalm: Bool

        init(_ name: String, _ aliases: [String] = [], calm: Bool = false) {
            self.name = Transition.Name(name)
            self.aliases = aliases
            isCalm = calm
        }
    }

    public static let entries: [Entry] = [
        Entry("crossfade", ["fade", "dissolve", "cross-dissolve", "mix", "叠化", "溶解", "淡入淡出"], calm: true),
        Entry("fade-black", ["fadeblack", "dip-to-black", "黑场"], calm: true),
        Entry("fade-white", ["fadewhite", "dip-to-white", "白场", "闪白"]),
        Entry("wipe-left", ["wipeleft", "wipe", "擦除"]),
        Entry("wipe-right", ["wiperight"]),
        Entry("wipe-up", ["wipeup"]),
        Entry("wipe-down", ["wipedown"]),
        Entry("slide-left", ["slideleft", "slide", "滑动"], calm: true),
        Entry("slide-right", ["slideright"]),
        Entry("slide-up", ["slideup"]),
        Entry("slide-down", ["slidedown"]),
        Entry("push-left", ["pushleft", "push", "推入"], calm: true),
        Entry("push-right", ["pushright"]),
        Entry("push-up", ["pushup"]),
        Entry("push-down", ["pushdown"]),
        Entry("circle-open", ["circleopen", "iris-open", "circle", "圆形"]),
        Entry("circle-close", ["circleclose", "iris-close"]),
        Entry("radial", ["clock", "clock-wipe", "时钟"]),
        Entry("blur", ["hblur", "模糊"], calm: true),
        Entry("zoom-in", ["zoomin", "zoom", "放大"]),
        Entry("zoom-out", ["zoomout", "缩小"]),
        Entry("spin", ["rotate", "whirl", "旋转"]),
        Entry("page-turn", ["pageturn", "page", "page-curl", "page-peel", "翻页"]),
        Entry("glitch", ["digital-glitch", "故障"]),
        Entry("flash", ["camera-flash", "flashbulb", "闪光", "闪"]),
    ]

    private static let byWord: [String: Transition.Name] = {
        var table: [String: Transition.Name] = [:]
        for entry in entries {
            table[entry.name.rawValue] = entry.name
            for alias in entry.aliases { table[alias] = entry.name }
        }
        return table
    }()

    /// The transition that a name or alias means, whatever its case; spaces and underscores count as hyphens.
    public static func named(_ word: String) -> Transition.Name? {
        byWord[String(word.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })]
    }
}
