// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong with a draft, field by field.
public struct DraftError: Error, Hashable, CustomStringConvertible {
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// The field as a path in the JSON: `t[0].sg[2].tr.type`.
        public var field: String
        /// What it must be and what it is.
        public var message: String

        public init(field: String, message: String) {
            self.field = field
            self.message = message
        }

        public var description: String { field.isEmpty ? message : "\(field): \(message)" }
    }

    /// At least one, in the order of the draft.
    public var problems: [Problem]

    public init(_ problems: [Problem]) { self.problems = problems }

    public init(field: String, _ message: String) { problems = [Problem(field: field, message: message)] }

    public var description: String { problems.map(\.description).joined(separator: "\n") }
}
