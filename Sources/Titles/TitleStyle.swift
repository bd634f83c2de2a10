// SPDX-License-Identifier: GPL-3.0-or-later

/// The dress of a text: one row of a table that a person can correct. Lengths are shares of the type's size.
public struct TitleStyle: Hashable, Sendable {
    public let name: String
    public let chineseName: String
    /// What it is good for, in English and in Chinese.
    public let summary: String
    public let chinese: String
    /// A name of `FontFamily.all`.
    public let family: String
    /// CSS weight, 100 … 900.
    public let weight: Int
    /// The weight that "bold" asks for.
    public var boldWeight = 700
    public var italic = false
    public var letterCase = TitleCase.asIs
    public var letterSpacing = 0.0
    /// From baseline to baseline.
    public var lineHeight = 1.16
    /// The role's size is multiplied by this, so that all styles look equally large.
    public var sizeFactor = 1.0
    public var color = TitleColor.white
    public var shadow = TitleShadow.soft
    public var stroke: Stroke?
    /// Added to every stem, for faces whose hairlines would flicker in a film.
    public var thickening = 0.0
    public var plate: TitlePlate?

    /// Of a `glow` or `block` shadow; nil = black, or white under dark letters.
    public var shadowColor: TitleColor?
    /// Of the plate's corners, a share of the size.
    public var plateRadius = PlateShape.radius
    /// An upright bar of this colour on the side where reading begins.
    public var bar: TitleColor?
    /// How the lines below the first are set: a name's role, a headline's second line. Nil = as the first.
    public var laterLines: LaterLines?
    /// What a word is lit with while it is said.
    public var accent = TitleColor(red: 255, green: 210, blue: 63)
    /// How it comes and goes where nothing else is asked for.
    public var entrance = Move(.fade, 400)
    public var exit = Move(.fade, 400)

    public struct LaterLines: Hashable, Sendable {
        /// Times the first line's size.
        public let scale: Double
        public let weight: Int
    }

    /// A way to come or to go, and how long it takes.
    public struct Move: Hashable, Sendable {
        public enum Kind: String, CaseIterable, Hashable, Sendable { case fade, slide, pop, typewriter, words }

        public let kind: Kind
        public let milliseconds: Int

        init(_ kind: Kind, _ milliseconds: Int) {
            self.kind = kind
            self.milliseconds = milliseconds
        }
    }

    public struct Stroke: Hashable, Sendable {
        public let color: TitleColor
        public let width: Double
    }

    /// The row of this name, English or Chinese, whatever its case, with hyphens or spaces; nil when there is none.
    public static func named(_ name: String) -> TitleStyle? {
        let wanted = String(name.lowercased().map { $0 == " " || $0 == "_" ? "-" : $0 })
        return all.first { $0.name == wanted } ?? all.first { $0.chineseName == name }
    }

    /// The style a role wears when none is asked for.
    static func standard(for role: TitleRole) -> TitleStyle {
        let name =
            switch role {
            case .title: "clean"
            case .caption: "caption"
            case .subtitle: "subtitle"
            case .credit: "minimal"
            }
        return named(name) ?? all[0]
    }
}
