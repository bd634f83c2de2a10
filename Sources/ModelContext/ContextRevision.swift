// SPDX-License-Identifier: GPL-3.0-or-later

/// The revisions of the Model Context Protocol that are spoken (modelcontextprotocol.io/specification), oldest first.
///
/// Up to 2025-11-25 a connection opens with `initialize` and keeps the revision that was agreed on. Since 2026-07-28 every
/// request says its own in `_meta`, and nothing is remembered from one to the next.
package enum ContextRevision: String, CaseIterable, Hashable, Sendable, Comparable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// Of those that open with `initialize`, the one that is offered to clients with a revision nobody knows here.
    package static let newestWithHandshake = november2025
    /// What a request over HTTP is taken to speak that names none (2025-06-18, Protocol Version Header).
    package static let unnamedOverHTTP = march2025

    package static let withHandshake = allCases.filter { !$0.isStateless }
    package static let stateless = allCases.filter(\.isStateless)

    /// No handshake; each request stands for itself.
    package var isStateless: Bool { self >= .july2026 }

    /// Several messages may come as one list.
    var hasBatches: Bool { self == .march2025 }
    /// Hints on tools, and words beside progress.
    var hasAnnotations: Bool { self >= .march2025 }
    /// `outputSchema`, `structuredContent`, `title`, links to resources.
    var hasStructure: Bool { self >= .june2025 }

    package static func < (a: ContextRevision, b: ContextRevision) -> Bool { a.rawValue < b.rawValue }
}
