// SPDX-License-Identifier: GPL-3.0-or-later

extension TitleShadow {
    /// One layer of a shadow. Lengths are shares of the size.
    struct Layer {
        let sigma: Double
        let dy: Double
        let opacity: Double
        /// How much the blurred shape is fattened.
        let gain: Double
    }

    /// Widest first: a veil that quietens the ground, a soft shadow that lifts the letters, and a breath of dark along their edge.
    var layers: [Layer] {
        switch self {
        case .none: []
        case .glow: Self.glowLayers
        case .block: Self.blockLayers
        case .soft:
            [
                Layer(sigma: 0.22, dy: 0.03, opacity: 0.44, gain: 1.5),
                Layer(sigma: 0.05, dy: 0.016, opacity: 0.50, gain: 1.8),
                Layer(sigma: 0.016, dy: 0.006, opacity: 0.30, gain: 1.7),
            ]
        case .strong:
            [
                Layer(sigma: 0.25, dy: 0.03, opacity: 0.50, gain: 2.0),
                Layer(sigma: 0.055, dy: 0.016, opacity: 0.60, gain: 2.2),
                Layer(sigma: 0.018, dy: 0.006, opacity: 0.42, gain: 2.2),
            ]
        }
    }

    // A glow lies evenly round the letters; a block is the letters again, hard, step by step lower.
    private static let glowLayers = [
        Layer(sigma: 0.34, dy: 0, opacity: 0.60, gain: 1.9), Layer(sigma: 0.12, dy: 0, opacity: 0.75, gain: 1.9),
        Layer(sigma: 0.035, dy: 0, opacity: 0.80, gain: 2.0),
    ]
    private static let blockLayers = (1...6).map { Layer(sigma: 0.006, dy: 0.013 * Double($0), opacity: 1, gain: 1.6) }

    /// What lies under a shadow with a colour of its own, so that letters stand out on any ground.
    var veil: [Layer] {
        switch self {
        case .glow, .block: TitleShadow.strong.layers
        case .none, .soft, .strong: []
        }
    }

    /// How far the shadow of a shape reaches beyond it, pixels.
    func reach(size: Double) -> Double {
        (layers + veil).map { ($0.sigma * 3 + $0.dy) * size + 2 }.max() ?? 0
    }
}
