// SPDX-License-Identifier: GPL-3.0-or-later

/// Names who owns projects: part of every key and of every look-up.
package struct AccountID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }

    /// The one person whose own machine this is, under the `open` policy.
    package static let localOwner = AccountID(rawValue: "usr_local")
}
