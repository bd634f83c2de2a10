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

    /// How far the shadow of a shape reaches beyond it, pixels.
    func reach(size: Double) -> Double {
        layers.map { ($0.sigma * 3 + $0.dy) * size + 2 }.max() ?? 0
    }
}
