// SPDX-License-Identifier: GPL-3.0-or-later
/// Width and height in pixels, as written on a command line.
public struct Dimensions: Hashable, Sendable, CustomStringConvertible {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var description: String { "\(width)x\(height)" }
}

/// A shape: width to height, both above zero.
public struct Ratio: Hashable, Sendable, CustomStringConvertible {
    public var width: Int
    public var height: Int

    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    public var description: String { "\(width):\(height)" }
}

extension ValueKind where Value == Dimensions {
    /// `1080x1920` (also `×` or `*`), each side in `sides`; with `even`, both sides even as 4:2:0 pictures need.
    public static func dimensions(sides: ClosedRange<Int> = 1...16384, even: Bool = false) -> ValueKind {
        let ends = ("\(sides.lowerBound)x\(sides.lowerBound)", "\(sides.upperBound)x\(sides.upperBound)")
        return ValueKind("dimensions", allowed: .range(ends.0, ends.1)) { text throws(ValueProblem) in
            guard let (width, height) = pair(in: text, between: "xX×*") else { throw ValueProblem("not-dimensions") }
            guard sides.contains(width), sides.contains(height) else { throw ValueProblem("out-of-range") }
            guard !even || (width % 2 == 0 && height % 2 == 0) else { throw ValueProblem("odd-dimensions") }
            return Dimensions(width: width, height: height)
        } write: {
            $0.description
        }
    }

    public static var dimensions: ValueKind { dimensions() }
}

extension ValueKind where Value == Ratio {
    /// `9:16` (also `9x16`, `9/16`).
    public static var ratio: ValueKind {
        ValueKind("ratio") { text throws(ValueProblem) in
            guard let (width, height) = pair(in: text, between: ":x×/"), width > 0, height > 0 else {
                throw ValueProblem("not-ratio")
            }
            return Ratio(width: width, height: height)
        } write: {
            $0.description
        }
    }
}

/// The two whole numbers on either side of one of the separators; nil when the text is not just that.
private func pair(in text: String, between separators: String) -> (Int, Int)? {
    let parts = text.split(omittingEmptySubsequences: false) { separators.contains($0) }
    guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.count <= 9 && $0.allSatisfy(\.isASCIIDigit) }),
        let first = Int(parts[0]), let second = Int(parts[1])
    else { return nil }
    return (first, second)
}
