// SPDX-License-Identifier: GPL-3.0-or-later

/// One step of the schema. What was published is never changed; another step follows.
package struct Migration: Sendable {
    /// 1, 2, 3, … without gaps.
    package let number: Int
    let steps: @Sendable (Transaction) throws -> Void

    package init(_ number: Int, _ steps: @escaping @Sendable (Transaction) throws -> Void) {
        self.number = number
        self.steps = steps
    }

    /// - Parameter script: statements without values.
    package init(_ number: Int, script: String) {
        self.init(number) { try $0.session.connection.script(script) }
    }
}

extension Transaction {
    /// Runs statements without values.
    package func script(_ sql: String) throws { try session.connection.script(sql) }
}
