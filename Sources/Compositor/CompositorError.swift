// SPDX-License-Identifier: GPL-3.0-or-later

/// Why a frame could not be drawn.
public enum CompositorError: Error, Hashable, CustomStringConvertible {
    /// A transition that the catalogue has and the compositor does not, or an unknown one.
    case unknownTransition(String)
    /// A moving background that the catalogue has and the compositor does not, or an unknown one.
    case unknownPattern(String)
    case unknownColour(String)
    /// A frame outside the chunk.
    case noSuchFrame(Int, count: Int)
    /// A target of another size than the canvas, or with alpha.
    case wrongTarget(width: Int, height: Int, canvasWidth: Int, canvasHeight: Int)

    public var description: String {
        switch self {
        case .unknownTransition(let name):
            "cannot draw the transition “\(name)”: it is unknown; see the list of transitions"
        case .unknownPattern(let name):
            "cannot draw the moving background “\(name)”: it is unknown; see the list of patterns"
        case .unknownColour(let text): "cannot draw the colour “\(text)”: write it as #RRGGBB"
        case .noSuchFrame(let index, let count): "cannot draw frame \(index): the chunk has frames 0…\(count - 1)"
        case .wrongTarget(let width, let height, let canvasWidth, let canvasHeight):
            "cannot draw into a picture of \(width)×\(height): the canvas is \(canvasWidth)×\(canvasHeight), without alpha"
        }
    }
}
