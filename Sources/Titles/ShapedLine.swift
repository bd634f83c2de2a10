// SPDX-License-Identifier: GPL-3.0-or-later

/// A line of glyphs in visual order. Lengths are in em: x from the line's left, y from the baseline, down.
struct ShapedLine {
    var glyphs: [PlacedGlyph] = []
    var clusters: [Cluster] = []
    var width = 0.0
    /// Byte offsets of the text before which a line may break.
    var breaks: Set<Int> = []

    /// Over all clusters; nil for a line of spaces.
    var ink: InkBox? {
        clusters.reduce(nil) { sum, cluster in
            guard let ink = cluster.ink else { return sum }
            return sum?.union(ink) ?? ink
        }
    }

    var faceCount: Int { Set(clusters.map(\.face)).count }
}

/// The smallest set of glyphs that stand for a whole number of characters.
struct Cluster {
    /// Of the line's UTF-8.
    let bytes: Range<Int>
    let left: Double
    let right: Double
    let ink: InkBox?
    /// Index in the typesetter's faces.
    let face: Int
    /// Indices in the line's glyphs.
    let glyphs: Range<Int>
    /// No font has it.
    let isUnknown: Bool
}

struct PlacedGlyph {
    let face: Int
    let id: UInt32
    let x: Double
    let y: Double
    let isColor: Bool
}

struct InkBox: Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func union(_ other: InkBox) -> InkBox {
        InkBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}
