// SPDX-License-Identifier: GPL-3.0-or-later

/// The three shapes a film is asked for by name.
public enum CanvasShape: String, CaseIterable, Hashable, Sendable, Codable {
    case landscape, portrait, square

    /// Square within a tenth either way.
    public init(of size: PixelSize) {
        if size.aspect > 1.1 {
            self = .landscape
        } else if size.aspect < 1 / 1.1 {
            self = .portrait
        } else {
            self = .square
        }
    }

    /// The frame that is usual for it.
    public var canvas: PixelSize {
        switch self {
        case .landscape: return PixelSize(width: 1920, height: 1080)
        case .portrait: return PixelSize(width: 1080, height: 1920)
        case .square: return PixelSize(width: 1080, height: 1080)
        }
    }

    /// What people call it.
    public var aliases: [String] {
        switch self {
        case .landscape: return ["landscape", "horizontal", "widescreen", "wide", "tv", "横屏", "横版", "电视", "宽屏"]
        case .portrait: return ["portrait", "vertical", "upright", "phone", "竖屏", "竖版", "手机"]
        case .square: return ["square", "方形", "正方形", "方的"]
        }
    }

    /// The shape that a word means; nil if none.
    public init?(named word: String) {
        let lower = word.lowercased()
        guard let shape = Self.allCases.first(where: { $0.aliases.contains(lower) }) else { return nil }
        self = shape
    }
}

extension PixelSize {
    /// A canvas of the shape `width`:`height` (both above 0), its short side 1080 or what the longest side allowed
    /// leaves of it; even sides. Nil where the shape is so long that the short side would be under 16 pixels.
    public init?(aspect width: Int, to height: Int, shortSide: Int = 1080) {
        guard width > 0, height > 0, shortSide > 0 else { return nil }
        let long = Double(max(width, height)) / Double(min(width, height))
        let most = Double(DraftLimits.longestSide)
        let short = min(Double(shortSide), most / long)
        let shortEven = Int((short / 2).rounded()) * 2
        let longEven = min(DraftLimits.longestSide, Int((short * long / 2).rounded()) * 2)
        guard shortEven >= DraftLimits.shortestSide else { return nil }
        self.init(width: width >= height ? longEven : shortEven, height: width >= height ? shortEven : longEven)
    }

    /// Whether a film can have this frame: even sides from 16 to 4,096 pixels.
    public var isCanvas: Bool {
        let sides = DraftLimits.shortestSide...DraftLimits.longestSide
        return width % 2 == 0 && height % 2 == 0 && sides.contains(width) && sides.contains(height)
    }
}
