// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds colours written as `#RRGGBB` or `#RGB`.
enum ColorFinder {
    static func colors(in tokens: [Token], outside taken: [Range<Int>]) -> [Unit] {
        var units: [Unit] = []
        for start in tokens.indices where tokens[start].text == "#" && !taken.contains(where: { $0.contains(start) }) {
            var digits = ""
            var end = start + 1
            while end < tokens.count, !tokens[end].isSpaced,
                tokens[end].text.allSatisfy({ $0.isASCII && $0.isHexDigit })
            {
                digits += tokens[end].text
                end += 1
            }
            if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
            guard digits.count == 6 else { continue }
            units.append(Unit(tokens: start..<end, value: .color("#" + digits.uppercased())))
        }
        return units
    }
}
