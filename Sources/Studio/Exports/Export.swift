// SPDX-License-Identifier: GPL-3.0-or-later
package import FilmWork
package import Wording

/// Names an export within its account; chosen by whoever asks for it. 1…100 of `A–Z a–z 0–9 _ - . :`.
package struct ExportID: Hashable, Sendable, Codable, CustomStringConvertible {
    package let text: String

    /// Nil for a text that cannot be an export's id.
    package init?(_ text: some StringProtocol) {
        guard (1...100).contains(text.utf8.count), text.utf8.allSatisfy(Self.isAllowed) else { return nil }
        self.text = String(text)
    }

    /// A new one, of 100 random bits.
    package init(_ surroundings: Surroundings) { text = "render_" + surroundings.randomText(20) }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D, 0x2E, 0x3A: true
        default: false
        }
    }

    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ExportID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no id of an export")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

/// An export as it stands: what was asked for, how far it is, what came of it. A value.
package struct Export: Hashable, Sendable, Codable {
    package enum Status: String, CaseIterable, Hashable, Sendable, Codable {
        /// Waits for its turn, or to be tried again.
        case pending
        case processing, completed, failed, cancelled

        /// Nothing more will happen to it.
        package var isFinal: Bool { self == .completed || self == .failed || self == .cancelled }
    }

    package var id: ExportID
    package var account: AccountID
    package var project: ProjectID
    /// The project's revision that it shows; nil where a draft was given with the call.
    package var revision: Int?
    package var output: ExportOutput
    package var shape: ExportShape
    package var status: Status
    /// 0…100, never falling.
    package var progress: Double
    /// Seconds since 1970.
    package var createdSeconds: Double
    package var completedSeconds: Double?
    /// When the file will be removed; nil = when somebody does.
    package var expiresSeconds: Double?
    /// Of a completed one.
    package var result: ExportResult?
    /// What a person should know of the film; final once it is completed.
    package var notes: [Wording]
    /// Why it failed, in words.
    package var failure: Wording?
}
