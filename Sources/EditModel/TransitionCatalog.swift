// SPDX-License-Identifier: GPL-3.0-or-later

/// Every transition there is, with the other words that mean it (all 58 names of FFmpeg's xfade among them). The compositor has one drawing for each row.
public enum TransitionCatalog {
    public struct Entry: Hashable, Sendable {
        public let name: Transition.Name
        /// FFmpeg's xfade names and what people say; where the two disagree people win.
        public let aliases: [String]
        /// Whether it belongs to what `mixed` draws from: calm enough to follow one another in a film.
        public let isCalm: Bool

        /// Whether it is told of first where not all can be.
        public let isFavourite: Bool

        init(_ name: String, _ aliases: [String] = [], calm: Bool = false, favourite: Bool = false) {
            self.name = Transition.Name(name)
            self.aliases = aliases
            isCalm = calm
            isFavourite = favourite
        }
    }

    public static let entries: [Entry] = [
        Entry(
            "crossfade", ["fade", "dissolve", "cross-dissolve", "mix", "叠化", "溶解", "淡入淡出"], calm: true, favourite: true),
        Entry("fade-black", ["fadeblack", "dip-to-black", "黑场"], calm: true, favourite: true),
        Entry("fade-white", ["fadewhite", "dip-to-white", "白场", "闪白"], favourite: true),
        Entry("fade-grays", ["fadegrays", "fade-greys"]),
        Entry("fade-fast", ["fadefast"]),
        Entry("fade-slow", ["fadeslow"]),
        Entry("distance"),
        Entry("grain-dissolve", ["dissolve-grain"]),
        Entry("wipe-left", ["wipeleft", "wipe", "擦除"], favourite: true),
        Entry("wipe-right", ["wiperight"]),
        Entry("wipe-up", ["wipeup"]),
        Entry("wipe-down", ["wipedown"]),
        Entry("wipe-top-left", ["wipetl"]),
        Entry("wipe-top-right", ["wipetr"]),
        Entry("wipe-bottom-left", ["wipebl"]),
        Entry("wipe-bottom-right", ["wipebr"]),
        Entry("diagonal-top-left", ["diagtl", "diagonal", "斜擦"]),
        Entry("diagonal-top-right", ["diagtr"]),
        Entry("diagonal-bottom-left", ["diagbl"]),
        Entry("diagonal-bottom-right", ["diagbr"]),
        Entry("smooth-left", ["smoothleft", "smooth"]),
        Entry("smooth-right", ["smoothright"]),
        Entry("smooth-up", ["smoothup"]),
        Entry("smooth-down", ["smoothdown"]),
        Entry("slide-left", ["slideleft", "slide", "滑动"], calm: true, favourite: true),
        Entry("slide-right", ["slideright"]),
        Entry("slide-up", ["slideup"]),
        Entry("slide-down", ["slidedown"]),
        Entry("push-left", ["pushleft", "push", "推入"], calm: true, favourite: true),
        Entry("push-right", ["pushright"]),
        Entry("push-up", ["pushup"]),
        Entry("push-down", ["pushdown"]),
        Entry("cover-left", ["coverleft", "cover"]),
        Entry("cover-right", ["coverright"]),
        Entry("cover-up", ["coverup"]),
        Entry("cover-down", ["coverdown"]),
        Entry("reveal-left", ["revealleft", "reveal"]),
        Entry("reveal-right", ["revealright"]),
        Entry("reveal-up", ["revealup"]),
        Entry("reveal-down", ["revealdown"]),
        Entry("whip-left", ["whip-pan", "whip", "whip-pan-left", "甩镜头", "甩镜"], favourite: true),
        Entry("whip-right", ["whip-pan-right"]),
        Entry("whip-up", ["whip-pan-up"]),
        Entry("whip-down", ["whip-pan-down"]),
        Entry("circle-open", ["circleopen", "iris-open", "circle", "圆形"], favourite: true),
        Entry("circle-close", ["circleclose", "iris-close"]),
        Entry("circle-crop", ["circlecrop"]),
        Entry("rectangle-open", ["rect-open"]),
        Entry("rectangle-close", ["rect-close"]),
        Entry("rectangle-crop", ["rectcrop"]),
        Entry("heart-open", ["heart", "心形"]),
        Entry("vertical-open", ["vertopen", "doors"]),
        Entry("vertical-close", ["vertclose"]),
        Entry("horizontal-open", ["horzopen"]),
        Entry("horizontal-close", ["horzclose"]),
        Entry("radial", ["clock", "clock-wipe", "时钟"], favourite: true),
        Entry("squeeze-horizontal", ["squeezeh", "squeeze"]),
        Entry("squeeze-vertical", ["squeezev"]),
        Entry("slices-left", ["hlslice", "slices", "blinds", "百叶窗"]),
        Entry("slices-right", ["hrslice"]),
        Entry("slices-up", ["vuslice"]),
        Entry("slices-down", ["vdslice"]),
        Entry("wind-left", ["hlwind", "wind", "风"]),
        Entry("wind-right", ["hrwind"]),
        Entry("wind-up", ["vuwind"]),
        Entry("wind-down", ["vdwind"]),
        Entry("mosaic", ["tiles", "马赛克"]),
        Entry("pixelize", ["pixelate", "pixels", "像素化"]),
        Entry("blur", ["hblur", "模糊"], calm: true, favourite: true),
        Entry("zoom-in", ["zoomin", "zoom", "放大"], favourite: true),
        Entry("zoom-out", ["zoomout", "缩小"]),
        Entry("spin", ["rotate", "whirl", "旋转"], favourite: true),
        Entry("cube", ["cube-turn", "立方体"], favourite: true),
        Entry("flip", ["card-flip", "翻转"]),
        Entry("ripple", ["water", "水波", "涟漪"]),
        Entry("swirl", ["twist", "漩涡"]),
        Entry("kaleidoscope", ["万花筒"]),
        Entry("page-turn", ["pageturn", "page", "page-curl", "page-peel", "翻页"], favourite: true),
        Entry("glitch", ["digital-glitch", "故障"], favourite: true),
        Entry("flash", ["camera-flash", "flashbulb", "闪光", "闪"], favourite: true),
        Entry("light-leak", ["lightleak", "leak", "漏光"], favourite: true),
        Entry("film-burn", ["filmburn", "burn", "胶片灼烧", "灼烧"], favourite: true),
        Entry("luma-key", ["luma", "lumakey", "亮度擦除"]),
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
