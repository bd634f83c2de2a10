// SPDX-License-Identifier: GPL-3.0-or-later

/// What a phrase means, in no language: `verb.remove`, `look.warm`, `transition.wipe-left`.
///
/// The part before the first dot is the family, the rest the value. All of them are listed, with what they stand for, in
/// `Languages/README.md`.
struct Concept: Hashable, Sendable, CustomStringConvertible {
    let family: String
    let value: String

    init(_ family: String, _ value: String = "") {
        self.family = family
        self.value = value
    }

    /// `verb.remove`; nil for what is not `family` or `family.value` in lower-case letters, digits and hyphens.
    init?(parsing text: some StringProtocol) {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, !first.isEmpty,
            text.allSatisfy({ $0.isASCII && ($0.isLowercase || $0.isNumber || "-.+".contains($0)) })
        else { return nil }
        self.init(String(first), parts.count > 1 ? String(parts[1]) : "")
    }

    var description: String { value.isEmpty ? family : "\(family).\(value)" }
}
