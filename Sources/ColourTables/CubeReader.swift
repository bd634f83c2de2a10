// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads a `.cube` file line by line, and knows at each what was said before.
struct CubeReader {
    private var curveSize: Int?
    private var cubeSize: Int?
    private var low = CubeTable.Colour.zero
    private var high = CubeTable.Colour.one
    private var curveRange: (Double, Double)?
    private var cubeRange: (Double, Double)?
    private var values: [CubeTable.Colour] = []
    private var number = 0

    private func fail(_ fault: CubeTable.Failure.Fault) -> CubeTable.Failure {
        CubeTable.Failure(line: number, fault: fault)
    }

    /// How many colours the sizes ask for.
    private var room: Int { (curveSize ?? 0) + (cubeSize.map { $0 * $0 * $0 } ?? 0) }

    /// Lines end in LF, CR LF or CR; a byte-order mark may stand in front.
    mutating func read(_ bytes: [UInt8]) throws(CubeTable.Failure) {
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        while true {
            let end = bytes[start...].firstIndex { $0 == 10 || $0 == 13 } ?? bytes.endIndex
            number += 1
            try read(line: bytes[start..<end])
            guard end < bytes.endIndex else { return }
            let isPair = bytes[end] == 13 && end + 1 < bytes.endIndex && bytes[end + 1] == 10
            start = end + (isPair ? 2 : 1)
        }
    }

    private mutating func read(line: ArraySlice<UInt8>) throws(CubeTable.Failure) {
        guard line.first != UInt8(ascii: "#") else { return }
        let words = line.split { $0 == 32 || $0 == 9 }
        guard let first = words.first else { return }
        switch String(decoding: first.prefix(40), as: UTF8.self) {
        case "TITLE": return
        case "LUT_3D_SIZE": cubeSize = try size(words, CubeTable.largestCube)
        case "LUT_1D_SIZE": curveSize = try size(words, CubeTable.largestCurve)
        case "DOMAIN_MIN": low = try colour(words.dropFirst(), line)
        case "DOMAIN_MAX": high = try colour(words.dropFirst(), line)
        case "LUT_1D_INPUT_RANGE": curveRange = try range(words.dropFirst(), line)
        case "LUT_3D_INPUT_RANGE": cubeRange = try range(words.dropFirst(), line)
        case let word:
            guard let letter = first.first, (48...57).contains(letter) || "+-.".utf8.contains(letter) else {
                throw fail(.unknown(word))
            }
            let colour = try colour(words[...], line)
            guard room > 0 else { throw fail(.early) }
            guard values.count < room else { throw fail(.tooMany(wanted: room)) }
            values.append(colour)
        }
    }

    private func size(_ words: [ArraySlice<UInt8>], _ most: Int) throws(CubeTable.Failure) -> Int {
        guard words.count == 2, let size = Int(String(decoding: words[1], as: UTF8.self)), size >= 2, size <= most
        else {
            throw fail(.size(most: most))
        }
        return size
    }

    private func numbers(
        _ words: ArraySlice<ArraySlice<UInt8>>, _ count: Int, _ line: ArraySlice<UInt8>
    ) throws(CubeTable.Failure) -> [Double] {
        let read = words.compactMap { Double(String(decoding: $0, as: UTF8.self)) }
        guard read.count == count, words.count == count, read.allSatisfy(\.isFinite) else {
            throw fail(.numbers(wanted: count, found: String(decoding: line.prefix(60), as: UTF8.self)))
        }
        return read
    }

    private func colour(
        _ words: ArraySlice<ArraySlice<UInt8>>, _ line: ArraySlice<UInt8>
    ) throws(CubeTable.Failure) -> CubeTable.Colour {
        let read = try numbers(words, 3, line)
        return CubeTable.Colour(read[0], read[1], read[2])
    }

    private func range(
        _ words: ArraySlice<ArraySlice<UInt8>>, _ line: ArraySlice<UInt8>
    ) throws(CubeTable.Failure) -> (Double, Double) {
        let read = try numbers(words, 2, line)
        return (read[0], read[1])
    }

    /// The tables, when all lines are read.
    func tables() throws(CubeTable.Failure) -> (curve: CubeTable.Table?, cube: CubeTable.Table?) {
        guard room > 0 else { throw fail(.noSize) }
        guard values.count == room else { throw fail(.tooFew(wanted: room, found: values.count)) }
        func table(
            _ size: Int?, _ values: ArraySlice<CubeTable.Colour>, _ range: (Double, Double)?
        ) throws(CubeTable.Failure) -> CubeTable.Table? {
            guard let size else { return nil }
            let from = range.map { CubeTable.Colour(repeating: $0.0) } ?? low
            let to = range.map { CubeTable.Colour(repeating: $0.1) } ?? high
            guard all(to .> from) else { throw fail(.range) }
            return CubeTable.Table(size: size, values: Array(values), low: from, high: to)
        }
        let split = curveSize ?? 0
        return (
            try table(curveSize, values.prefix(split), curveRange),
            try table(cubeSize, values.dropFirst(split), cubeRange)
        )
    }
}
