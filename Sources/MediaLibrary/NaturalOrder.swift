// SPDX-License-Identifier: GPL-3.0-or-later

/// The order in which people count: `img2` before `img10`, capitals beside small letters, digits of every script by value.
///
/// A total order: names that differ only in case, in leading zeros or in script of digits come in the order of their
/// scalars.
public enum NaturalOrder {
    /// Whether `a` comes before `b`.
    public static func isBefore(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
        let (left, right) = (parts(a), parts(b))
        for (p, q) in zip(left, right) where p != q { return p < q }
        if left.count != right.count { return left.count < right.count }
        return a.unicodeScalars.lexicographicallyPrecedes(b.unicodeScalars)
    }

    private enum Part: Comparable {
        /// Digits without leading zeros, 0…9; compared by count and then by value, so that no length overflows.
        case number([UInt8])
        case text(String)

        static func < (a: Part, b: Part) -> Bool {
            switch (a, b) {
            case (.number(let m), .number(let n)):
                m.count != n.count ? m.count < n.count : m.lexicographicallyPrecedes(n)
            case (.text(let s), .text(let t)):
                s.unicodeScalars.lexicographicallyPrecedes(t.unicodeScalars)
            case (.number, .text): true
            case (.text, .number): false
            }
        }
    }

    private static func parts(_ name: some StringProtocol) -> [Part] {
        var parts = [Part]()
        var digits = [UInt8]()
        var text = ""
        func closeNumber() {
            guard !digits.isEmpty else { return }
            parts.append(.number(Array(digits.drop { $0 == 0 })))
            digits = []
        }
        func closeText() {
            guard !text.isEmpty else { return }
            parts.append(.text(text.lowercased()))
            text = ""
        }
        for character in name {
            // Decimal digits of any script; fractions and numerals such as 五 are letters here.
            let scalar = character.unicodeScalars.first
            if character.unicodeScalars.count == 1, scalar?.properties.numericType == .decimal,
                let value = character.wholeNumberValue
            {
                closeText()
                digits.append(UInt8(value))
            } else {
                closeNumber()
                text.append(character)
            }
        }
        closeNumber()
        closeText()
        return parts
    }
}
