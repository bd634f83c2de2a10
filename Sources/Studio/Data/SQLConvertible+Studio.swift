// SPDX-License-Identifier: GPL-3.0-or-later
package import ContentHash
package import Database

/// How the studio's own values stand in columns.
extension RawRepresentable where RawValue == String, Self: SQLConvertible {
    package var sqlValue: SQLValue { .text(rawValue) }

    package init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self.init(rawValue: text)
    }
}

extension AccountID: SQLConvertible {}
extension Plan: SQLConvertible {}
extension CreditEntry.Reason: SQLConvertible {}
extension ProjectEvent.Kind: SQLConvertible {}

extension ProjectID: SQLConvertible {
    package var sqlValue: SQLValue { .text(text) }

    package init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self.init(text)
    }
}

extension ContentHash: SQLConvertible {
    package var sqlValue: SQLValue { .text(hex) }

    package init?(_ value: SQLValue) {
        guard case .text(let text) = value else { return nil }
        self.init(hex: text)
    }
}
