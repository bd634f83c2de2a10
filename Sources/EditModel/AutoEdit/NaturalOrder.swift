// SPDX-License-Identifier: GPL-3.0-or-later

/// The order in which people count: `img2.jpg` before `img10.jpg`, `A` beside `a`.
enum NaturalOrder {
    /// Whether `a` comes before `b`: runs of digits by value, other characters without regard to case; what is equal so
    /// far goes by its bytes, so that the order is total.
    static func precedes(_ a: String, _ b: String) -> Bool { Key(a) < Key(b) }

    /// `elements` in natural order of their names; equal names keep their order.
    static func sorted<Element>(_ elements: [Element], by name: (Element) -> String) -> [Element] {
        let keys = elements.map { Key(name($0)) }
        return elements.indices.sorted { keys[$0] != keys[$1] ? keys[$0] < keys[$1] : $0 < $1 }.map { elements[$0] }
    }

    /// A name taken apart once, to be compared often.
    private struct Key: Hashable, Comparable {
        let parts: [Part]
        let name: String

        init(_ name: String) {
            parts = NaturalOrder.parts(name)
            self.name = name
        }

        static func < (a: Key, b: Key) -> Bool {
            for (x, y) in zip(a.parts, b.parts) where x != y { return x < y }
            if a.parts.count != b.parts.count { return a.parts.count < b.parts.count }
            return a.name.utf8.lexicographicallyPrecedes(b.name.utf8)
        }
    }

    private enum Part: Hashable, Comparable {
        /// Digits without leading zeros: more digits are a larger number.
        case number(String)
        case text(String)

        static func < (a: Part, b: Part) -> Bool {
            switch (a, b) {
            case (.number(let x), .number(let y)): return x.count != y.count ? x.count < y.count : x < y
            case (.number, .text): return true
            case (.text, .number): return false
            case (.text(let x), .text(let y)): return x < y
            }
        }
    }

    private static func parts(_ name: String) -> [Part] {
        var parts: [Part] = []
        var run = ""
        var inNumber = false
        func close() {
            guard !run.isEmpty else { return }
            if inNumber {
                let trimmed = run.drop { $0 == "0" }
                parts.append(.number(trimmed.isEmpty ? "0" : String(trimmed)))
            } else {
                parts.append(.text(run))
            }
            run = ""
        }
        for character in name.lowercased() {
            let isDigit = character.isASCII && character.isNumber
            if isDigit != inNumber {
                close()
                inNumber = isDigit
            }
            run.append(character)
        }
        close()
        return parts
    }
}
