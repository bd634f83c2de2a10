// SPDX-License-Identifier: GPL-3.0-or-later

/// What each moving background is called in Chinese, and what it looks like in a line of English and of Chinese.
public enum PatternWords {
    /// One row for each of `PatternCatalog`, by its name.
    public static let all: [String: RowWords] = [
        "gradient": .init("流动渐变", "colours that slowly flow into each other", "颜色缓缓地流动交融"),
        "aurora": .init("极光", "curtains of light in a night sky", "夜空中的光幕"),
        "bokeh": .init("光斑", "soft lights out of focus, slowly rising", "虚化的光点缓缓上升"),
        "paper": .init("纸张", "a sheet of paper under a wandering light", "光线缓缓移过的纸面"),
        "waves": .init("波浪", "rolling hills of colour, one before the other", "一层层起伏的色彩"),
        "grain": .init("胶片颗粒", "quiet dark colours with the grain of film", "沉静的深色，带胶片颗粒"),
        "rays": .init("光芒", "beams of light that slowly turn", "缓缓转动的光束"),
        "dust": .init("微粒", "specks of dust floating in the light", "光里飘浮的微尘"),
        "stripes": .init("斜条纹", "slanting stripes that move along", "缓缓移动的斜条纹"),
        "halftone": .init("网点", "printed dots that swell and shrink", "忽大忽小的印刷网点"),
        "ink": .init("水墨", "ink that swirls in water, veins of marble", "水中舒卷的墨，大理石般的纹理"),
        "confetti": .init("彩纸", "bits of coloured paper falling", "飘落的彩色纸屑"),
    ]
}
