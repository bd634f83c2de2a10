// SPDX-License-Identifier: GPL-3.0-or-later
package import FilmWork

/// How exports are kept and shared out; the operator's to choose.
package struct ExportSettings: Sendable {
    /// How many films are made at once.
    package var films = 1
    /// Days that a finished film's file is kept; nil = until somebody removes it.
    package var keptDays: Double?
    /// Bytes that all finished films may take; nil = as the disk has room.
    package var mostBytes: Int64?
    /// Bytes of the disk that films leave free.
    package var reserveBytes: Int64 = 512 << 20
    /// Exports of an account that may wait or be under way.
    package var mostWaiting = 64
    /// Between signs of life of a film that is being made; well under the queue's lease.
    package var beat = Duration.seconds(5)
    /// Key of the signatures of webhooks.
    package var webhookKey: [UInt8] = []
    /// Whether an account may have such a film; throws what it is told instead.
    package var permit: @Sendable (AccountID, ExportShape) async throws -> Void = { _, _ in }
    /// Takes a letter to its address; nil where webhooks are not sent.
    package var courier: (any WebhookCourier)?

    package init() {}
}
