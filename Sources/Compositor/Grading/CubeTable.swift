// SPDX-License-Identifier: GPL-3.0-or-later

/// A colour table from a `.cube` file (Adobe's Cube LUT Specification 1.0; also Resolve's files with a 1D shaper before the
/// 3D table, and its `LUT_…_INPUT_RANGE`).
public struct CubeTable: Hashable, Sendable {
    typealias Colour = SIMD3<Double>

    /// What is wrong with a `.cube` file, and in which line.
    public struct Failure: Error, Hashable, CustomStringConvertible {
        /// From 1; of the end of the file when something is missing.
        public let line: Int
        public let reason: String

        public var description: String {
            "cannot read the colour table (.cube): line \(line): \(reason); export it again as a plain 3D .cube"
        }
    }

    public static let largestCube = 129
    public static let largestCurve = 65_536

    private struct Table: Hashable {
        var size: Int
        var values: [Colour]
        var low = Colour.zero
        var high = Colour.one
    }

    private var curve: Table?
    private var cube: Table?

    /// Reads the text of a `.cube` file.
    public init(parsing text: String) throws(Failure) {
        var curveSize: Int?
        var cubeSize: Int?
        var (low, high) = (Colour.zero, Colour.one)
        var curveRange: (Double, Double)?
        var cubeRange: (Double, Double)?
        var values: [Colour] = []
        var number = 0
        func fail(_ reason: String) -> Failure { Failure(line: number, reason: reason) }

        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            number += 1
            let content = line.first == "\u{FEFF}" ? line.dropFirst() : line
            if content.first == "#" { continue }
            let words = content.split(whereSeparator: \.isWhitespace)
            guard let first = words.first else { continue }
            if first == "TITLE" { continue }
            func numbers(_ words: some Collection<Substring>, _ count: Int) throws(Failure) -> [Double] {
                let read = words.compactMap { Double($0) }
                guard read.count == count, words.count == count, read.allSatisfy(\.isFinite) else {
                    throw fail("expected \(count) numbers in “\(line.prefix(60))”")
                }
                return read
            }
            func size(_ limit: Int) throws(Failure) -> Int {
                guard words.count == 2, let size = Int(words[1]), size >= 2, size <= limit else {
                    throw fail("the size must be 2…\(limit)")
                }
                return size
            }
            switch first {
            case "LUT_3D_SIZE": cubeSize = try size(Self.largestCube)
            case "LUT_1D_SIZE": curveSize = try size(Self.largestCurve)
            case "DOMAIN_MIN":
                let read = try numbers(words.dropFirst(), 3)
                low = Colour(read[0], read[1], read[2])
            case "DOMAIN_MAX":
                let read = try numbers(words.dropFirst(), 3)
                high = Colour(read[0], read[1], read[2])
            case "LUT_1D_INPUT_RANGE":
                let read = try numbers(words.dropFirst(), 2)
                curveRange = (read[0], read[1])
            case "LUT_3D_INPUT_RANGE":
                let read = try numbers(words.dropFirst(), 2)
                cubeRange = (read[0], read[1])
            default:
                guard first.first.map({ $0.isNumber || "+-.".contains($0) }) == true else {
                    throw fail("“\(first.prefix(40))” is unknown")
                }
                let read = try numbers(words, 3)
                let room = (curveSize ?? 0) + (cubeSize.map { $0 * $0 * $0 } ?? 0)
                guard room > 0 else { throw fail("numbers come before LUT_3D_SIZE or LUT_1D_SIZE") }
                guard values.count < room else {
                    throw fail("there are more than the \(room) colours that the size says")
                }
                values.append(Colour(read[0], read[1], read[2]))
            }
        }
        let wanted = (curveSize ?? 0) + (cubeSize.map { $0 * $0 * $0 } ?? 0)
        guard wanted > 0 else { throw fail("there is no LUT_3D_SIZE or LUT_1D_SIZE") }
        guard values.count == wanted else {
            throw fail("there are \(values.count) colours of \(wanted): the file is cut short")
        }

        func table(_ size: Int, _ values: ArraySlice<Colour>, _ range: (Double, Double)?) throws(Failure) -> Table {
            let from = range.map { Colour(repeating: $0.0) } ?? low, to = range.map { Colour(repeating: $0.1) } ?? high
            guard all(to .> from) else { throw fail("the range of input ends before it begins") }
            return Table(size: size, values: Array(values), low: from, high: to)
        }
        if let curveSize { curve = try table(curveSize, values.prefix(curveSize), curveRange) }
        if let cubeSize { cube = try table(cubeSize, values.suffix(cubeSize * cubeSize * cubeSize), cubeRange) }
    }

    /// A colour (gamma-coded, 0…1) through the table, 0…1.
    func applied(to colour: Colour) -> Colour {
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
