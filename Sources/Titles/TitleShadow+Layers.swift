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

    /// Wide first: a broad veil that darkens the ground a little, and a close one that gives the letters an edge.
    var layers: [Layer] {
        switch self {
        case .none: []
        case .soft:
            [
                Layer(sigma: 0.20, dy: 0.04, opacity: 0.46, gain: 1.4),
                Layer(sigma: 0.045, dy: 0.018, opacity: 0.50, gain: 1.5),
            ]
        case .strong:
            [
                Layer(sigma: 0.22, dy: 0.04, opacity: 0.56, gain: 1.9),
                Layer(sigma: 0.05, dy: 0.018, opacity: 0.62, gain: 2.0),
            ]
        }
    }

    /// How far the shadow of a shape reaches beyond it, pixels.
    func reach(size: Double) -> Double {
        layers.map { ($0.sigma * 3 + $0.dy) * size + 2 }.max() ?? 0
    }
}
