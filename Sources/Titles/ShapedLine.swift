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

    /// The same line `factor` times as large.
    func scaled(by factor: Double) -> ShapedLine {
        guard factor != 1 else { return self }
        var line = ShapedLine(breaks: breaks)
        line.width = width * factor
        line.glyphs = glyphs.map {
            PlacedGlyph(
                face: $0.face, id: $0.id, x: $0.x * factor, y: $0.y * factor, isColor: $0.isColor,
                scale: $0.scale * factor)
        }
        line.clusters = clusters.map {
            Cluster(
                bytes: $0.bytes, left: $0.left * factor, right: $0.right * factor, ink: $0.ink?.scaled(by: factor),
                face: $0.face, glyphs: $0.glyphs, isUnknown: $0.isUnknown)
        }
        return line
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
    /// Its size in em.
    var scale = 1.0
}

struct InkBox: Hashable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    func scaled(by factor: Double) -> InkBox {
        InkBox(left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor)
    }

    func union(_ other: InkBox) -> InkBox {
        InkBox(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }
}
