// SPDX-License-Identifier: GPL-3.0-or-later

/// A colour table from a `.cube` file (Adobe's Cube LUT Specification 1.0; also Resolve's files with a 1D shaper before the
/// 3D table, and its `LUT_…_INPUT_RANGE`).
public struct CubeTable: Hashable, Sendable {
    package typealias Colour = SIMD3<Double>

    /// What is wrong with a `.cube` file, and in which line.
    public struct Failure: Error, Hashable, CustomStringConvertible {
        public enum Fault: Hashable, Sendable {
            /// A line that should hold so many numbers.
            case numbers(wanted: Int, found: String)
            case size(most: Int)
            case unknown(String)
            /// Numbers before a size.
            case early
            case tooMany(wanted: Int)
            case noSize
            case tooFew(wanted: Int, found: Int)
            /// A range of input that ends before it begins.
            case range
        }

        /// From 1; of the end of the file when something is missing.
        public let line: Int
        public let fault: Fault

        /// In English, for developers.
        public var reason: String {
            switch fault {
            case .numbers(let wanted, let found): "expected \(wanted) numbers in “\(found)”"
            case .size(let most): "the size must be 2…\(most)"
            case .unknown(let word): "“\(word)” is unknown"
            case .early: "numbers come before LUT_3D_SIZE or LUT_1D_SIZE"
            case .tooMany(let wanted): "there are more than the \(wanted) colours that the size says"
            case .noSize: "there is no LUT_3D_SIZE or LUT_1D_SIZE"
            case .tooFew(let wanted, let found): "there are \(found) colours of \(wanted): the file is cut short"
            case .range: "the range of input ends before it begins"
            }
        }

        public var description: String {
            "cannot read the colour table (.cube): line \(line): \(reason); export it again as a plain 3D .cube"
        }
    }

    public static let largestCube = 129
    public static let largestCurve = 65_536

    struct Table: Hashable, Sendable {
        var size: Int
        var values: [Colour]
        var low = Colour.zero
        var high = Colour.one
    }

    let curve: Table?
    let cube: Table?

    /// Reads the text of a `.cube` file.
    public init(parsing text: String) throws(Failure) { try self.init(parsing: Array(text.utf8)) }

    /// Reads the bytes of a `.cube` file.
    public init(parsing bytes: [UInt8]) throws(Failure) {
        var reader = CubeReader()
        try reader.read(bytes)
        (curve, cube) = try reader.tables()
    }

    /// Whether bytes are those of a `.cube` file, good or bad: one of the first 400 lines gives the size of a table.
    ///
    /// - Parameter start: the file's first bytes, as many as there are or 64 KiB.
    public static func isOne(_ start: [UInt8]) -> Bool {
        let body = start.starts(with: [0xEF, 0xBB, 0xBF]) ? start.dropFirst(3) : start[...]
        for line in body.prefix(64 << 10).split(maxSplits: 400, whereSeparator: { $0 == 10 || $0 == 13 }).prefix(400) {
            let words = line.prefix(100).split { $0 == 32 || $0 == 9 }
            guard words.count > 1, let digit = words[1].first, (48...57).contains(digit) else { continue }
            if words[0].elementsEqual("LUT_3D_SIZE".utf8) || words[0].elementsEqual("LUT_1D_SIZE".utf8) { return true }
        }
        return false
    }

    /// A colour (gamma-coded, 0…1) through the table, 0…1.
    package func applied(to colour: Colour) -> Colour {
        var colour = colour
        if let curve { colour = Self.along(curve, colour) }
        if let cube { colour = Self.inside(cube, colour) }
        return colour.clamped(lowerBound: .zero, upperBound: .one)
    }

    private static func position(_ table: Table, _ colour: Colour) -> Colour {
        let place = (colour - table.low) / (table.high - table.low) * Double(table.size - 1)
        return place.clamped(lowerBound: .zero, upperBound: Colour(repeating: Double(table.size - 1)))
    }

    private static func along(_ table: Table, _ colour: Colour) -> Colour {
        let place = position(table, colour)
        var result = Colour.zero
        for channel in 0..<3 {
            let low = min(Int(place[channel]), table.size - 2)
            let share = place[channel] - Double(low)
            result[channel] = table.values[low][channel] * (1 - share) + table.values[low + 1][channel] * share
        }
        return result
    }

    /// Tetrahedral: from the dark corner of the cell along the axes in the order of their shares. Red runs fastest.
    private static func inside(_ table: Table, _ colour: Colour) -> Colour {
        let place = position(table, colour)
        let strides = [1, table.size, table.size * table.size]
        var index = 0
        var shares = [0.0, 0.0, 0.0]
        for channel in 0..<3 {
            let low = min(Int(place[channel]), table.size - 2)
            index += low * strides[channel]
            shares[channel] = place[channel] - Double(low)
        }
        let order = [0, 1, 2].sorted { (shares[$1], $0) < (shares[$0], $1) }
        var result = table.values[index] * (1 - shares[order[0]])
        for (position, channel) in order.enumerated() {
            index += strides[channel]
            let next = position < 2 ? shares[order[position + 1]] : 0
            result += table.values[index] * (shares[channel] - next)
        }
        return result
    }
}
