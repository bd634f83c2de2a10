// SPDX-License-Identifier: GPL-3.0-or-later

/// The dress of a text: one row of a table that a person can correct. Lengths are shares of the type's size.
public struct TitleStyle: Hashable, Sendable {
    public let name: String
    /// What it is good for.
    public let summary: String
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

    public struct Stroke: Hashable, Sendable {
        public let color: TitleColor
        public let width: Double
    }

    /// The row of this name; nil when there is none.
    public static func named(_ name: String) -> TitleStyle? {
        let wanted = name.lowercased()
        return all.first { $0.name == wanted }
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

extension TitleStyle {
    /// The table, the default of titles first.
    public static let all: [TitleStyle] = [
        TitleStyle(
            name: "clean", summary: "modern and calm; suits everything", family: "sans", weight: 600,
            boldWeight: 800, letterSpacing: -0.015, lineHeight: 1.12),
        TitleStyle(
            name: "bold", summary: "heavy and loud: sport, short videos", family: "sans", weight: 900,
            boldWeight: 900, letterSpacing: -0.012, lineHeight: 1.06, shadow: .strong),
        TitleStyle(
            name: "elegant", summary: "fine serif: weddings, portraits, travel", family: "didone", weight: 400,
            lineHeight: 1.16, sizeFactor: 1.04, shadow: .strong, thickening: 0.012),
        TitleStyle(
            name: "cinematic", summary: "wide-set capitals, as on a film's first frame", family: "sans", weight: 500,
            letterCase: .upper, letterSpacing: 0.24, lineHeight: 1.42, sizeFactor: 0.62),
        TitleStyle(
            name: "handwritten", summary: "a lively hand: birthdays, family, diaries", family: "script", weight: 700,
            lineHeight: 1.12, sizeFactor: 1.3, shadow: .strong),
        TitleStyle(
            name: "poster", summary: "tall narrow capitals: trailers, music, sport", family: "display", weight: 700,
            letterCase: .upper, letterSpacing: 0.02, lineHeight: 1.0, sizeFactor: 1.42),
        TitleStyle(
            name: "minimal", summary: "small and light; also for credits", family: "humanist", weight: 400,
            letterSpacing: 0.02, lineHeight: 1.3, sizeFactor: 0.8, shadow: .strong),
        TitleStyle(
            name: "caption", summary: "white on a soft dark plate; legible on anything", family: "text", weight: 600,
            letterSpacing: -0.005, lineHeight: 1.36, shadow: .none,
            plate: TitlePlate(color: TitleColor(red: 12, green: 12, blue: 14), opacity: 0.62)),
        TitleStyle(
            name: "subtitle", summary: "white with a fine dark edge, as in films", family: "text", weight: 600,
            lineHeight: 1.24, shadow: .soft,
            stroke: Stroke(color: TitleColor(red: 0, green: 0, blue: 0, alpha: 210), width: 0.035)),
        TitleStyle(
            name: "outline", summary: "heavy with a thick black edge, as on TikTok", family: "sans", weight: 800,
            boldWeight: 900, letterSpacing: -0.005, lineHeight: 1.14, shadow: .soft,
            stroke: Stroke(color: .black, width: 0.075)),
    ]
}
