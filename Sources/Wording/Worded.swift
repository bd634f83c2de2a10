// SPDX-License-Identifier: GPL-3.0-or-later

/// An error that can be told in any language there are words for.
public protocol Worded: Error {
    /// What a person is told, in the words of a catalogue such as `FaultWords.english`.
    func text(in words: [String: String]) -> String
}

/// The words for all that can go wrong, by key. A key is its family and the code's own name: `draft gap`, `refusal empty`.
public enum FaultWords {}

/// An error that is one message, which can be kept and sent, and put into words later.
public protocol Phrased: Worded {
    var wording: Wording { get }
}

extension Phrased {
    public func text(in words: [String: String]) -> String { wording.text(in: words) }
}
