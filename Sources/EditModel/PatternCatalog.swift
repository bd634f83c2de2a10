// SPDX-License-Identifier: GPL-3.0-or-later

/// Every moving background there is, the other words that mean it, and the colours it wears when none are asked for. The
/// compositor has one drawing for each row.
public enum PatternCatalog {
    public struct Entry: Hashable, Sendable {
        public let name: String
        /// What people say, in English and Chinese.
        public let aliases: [String]
        /// `#RRGGBB`, one list a palette, the first the default: ground first, then what lies on it.
        public let palettes: [[String]]
        /// How many of a palette's first colours make most of the picture, where a text stands on.
        public let groundColors: Int

        init(_ name: String, _ aliases: [String], ground: Int, _ palettes: [[String]]) {
            self.name = name
            self.aliases = aliases
            self.palettes = palettes
            groundColors = ground
        }

        /// The palette of a seed, where nobody chose colours.
        public func palette(seed: Int64) -> [String] {
            palettes.isEmpty ? [] : palettes[Int(seed.magnitude % UInt64(palettes.count))]
        }

        /// Whether a dark text is more legible on it than a white one.
        public func isLight(_ colors: [String]) -> Bool {
            let ground = colors.prefix(groundColors).compactMap { RGBColor($0) }
            guard !ground.isEmpty else { return false }
            return 2 * ground.count(where: \.isLight) > ground.count
        }
    }

    public static let entries: [Entry] = [
        Entry(
            "gradient",
            [
                "gradients", "mesh-gradient", "moving-gradient", "color-gradient", "colour-gradient", "渐变", "流动渐变",
                "渐变色", "流动的渐变",
            ], ground: 4,
            [
                ["#1B1464", "#5B2A86", "#C2417C", "#E8795A"], ["#0B1026", "#1F2F6B", "#4657C9", "#7A5BD8"],
                ["#062B3D", "#0B5D6B", "#1B8F88", "#3FB79A"],
            ]),
        Entry(
            "aurora", ["northern-lights", "polar-lights", "极光"], ground: 1,
            [
                ["#040A1A", "#2BE6A8", "#2F6BFF"], ["#0A0618", "#7C4DFF", "#FF5FA2"],
                ["#03130F", "#B8F24A", "#12B8A6"],
            ]),
        Entry(
            "bokeh", ["lights", "light-spots", "blurred-lights", "散景", "光斑"], ground: 2,
            [
                ["#140B1E", "#3A1C3F", "#FFB65C", "#FF7A59", "#FFE2A8"],
                ["#06121F", "#0E3048", "#5CC8FF", "#B7E9FF", "#7C8CFF"],
                ["#0D1710", "#1F3B2A", "#F6E27F", "#9BD770", "#FFF6CF"],
            ]),
        Entry(
            "paper", ["paper-texture", "sheet", "纸", "纸张", "纸纹"], ground: 2,
            [["#F1E9DA", "#DCCDB2"], ["#C9A27A", "#A97F54"], ["#33363E", "#1D1E23"]]),
        Entry(
            "waves", ["wave", "hills", "layers", "波浪", "海浪"], ground: 5,
            [
                ["#E8795A", "#C2416B", "#8B2F72", "#552768", "#2A1A4A"],
                ["#3E9CCB", "#2379B3", "#155D9B", "#0F4475", "#0B2B4B"],
                ["#7FA86B", "#4F8A5F", "#2F6B55", "#1D5047", "#123832"],
            ]),
        Entry(
            "grain", ["film-grain", "noise", "texture", "颗粒", "噪点", "胶片颗粒"], ground: 3,
            [
                ["#23252B", "#454953", "#101115"], ["#3A2A22", "#74503A", "#1A120E"],
                ["#1B2A3A", "#3A5A76", "#0B131B"],
            ]),
        Entry(
            "rays", ["light-rays", "sunbeams", "sun-rays", "god-rays", "beams", "光线", "光束", "光芒"], ground: 2,
            [
                ["#1A0F2E", "#5A2A83", "#FFB36B"], ["#031B2B", "#0B4F6C", "#BDF0FF"],
                ["#2A0D0D", "#8C1C13", "#FFD166"],
            ]),
        Entry(
            "dust", ["particles", "sparkles", "fireflies", "snow", "尘埃", "粒子", "微粒"], ground: 2,
            [
                ["#0E0B08", "#3B2A18", "#FFD9A0"], ["#070B14", "#16263F", "#BFD9FF"],
                ["#100814", "#3A1846", "#FFB3E6"],
            ]),
        Entry(
            "stripes", ["lines", "diagonal-stripes", "条纹", "斜纹"], ground: 2,
            [
                ["#1D3557", "#25436D", "#E63946"], ["#2B2D42", "#363951", "#EF8354"],
                ["#F4D35E", "#F7DE82", "#EE964B"],
            ]),
        Entry(
            "halftone", ["dots", "polka-dots", "comic", "圆点", "波点", "网点"], ground: 1,
            [
                ["#161A36", "#3D4FD8", "#B24BF3"], ["#FFE8D6", "#FF8C61", "#CE6A85"],
                ["#0B2B26", "#1F7A63", "#B7E778"],
            ]),
        Entry(
            "ink", ["marble", "liquid", "fluid", "smoke", "水墨", "墨", "大理石", "流体"], ground: 3,
            [
                ["#0A0F1F", "#14305C", "#2F659C", "#9CC3DC"], ["#12060F", "#4A0C28", "#A8412F", "#EBB98A"],
                ["#F5F2ED", "#E3DED5", "#CFC8BC", "#8F8A84"],
            ]),
        Entry(
            "confetti", ["party", "celebration", "彩纸", "纸屑", "五彩纸屑", "彩带"], ground: 2,
            [
                ["#1B1436", "#3A1F5D", "#FF6B9A", "#FFD166", "#5CE1E6", "#C3F73A"],
                ["#FFF7EC", "#FFE6D2", "#FF595E", "#FFCA3A", "#8AC926", "#1982C4", "#6A4C93"],
                ["#101014", "#26252E", "#E9C46A", "#F4E2B0", "#C89B3C"],
            ]),
    ]

    private static let byWord: [String: Entry] = {
        var table: [String: Entry] = [:]
        for entry in entries {
            table[entry.name] = entry
            for alias in entry.aliases { table[alias] = entry }
        }
        return table
    }()

    /// The background that a name or alias means, whatever its case; spaces and underscores count as hyphens.
    public static func named(_ word: String) -> Entry? {
        byWord[String(word.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })]
    }
}
