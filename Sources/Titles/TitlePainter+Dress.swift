// SPDX-License-Identifier: GPL-3.0-or-later

/// How a text is set once every blank is filled in from its style and role.
public struct TitleDress: Hashable, Sendable {
    /// Wanted, before a long text is made to fit; pixels on a canvas whose short side is 1080.
    public let size: Double
    /// CSS weight, 100 … 900.
    public let weight: Int
    public let italic: Bool
    public let letterCase: TitleCase
    public let color: TitleColor
    public let hasShadow: Bool
    public let hasPlate: Bool
}

extension TitlePainter {
    /// What `draw` would go by. Draws nothing and loads no font.
    public static func dress(of request: TitleRequest) -> TitleDress {
        let plan = TitlePlan(request)
        return TitleDress(
            size: plan.size / max(plan.scale, .leastNormalMagnitude), weight: plan.weight, italic: plan.italic,
            letterCase: plan.letterCase, color: plan.color, hasShadow: plan.shadow != .none, hasPlate: plan.plate != nil
        )
    }
}
