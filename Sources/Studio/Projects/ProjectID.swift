// SPDX-License-Identifier: GPL-3.0-or-later

/// Names a project; on the wire it is the session's id. Lower-case letters, digits and `_`, so that it is safe in a path.
package struct ProjectID: Hashable, Sendable, Codable, CustomStringConvertible {
    static let prefix = "ses_"

    package let text: String

    /// Nil for a text that cannot be the id of a project.
    package init?(_ text: some StringProtocol) {
        guard text.hasPrefix(Self.prefix), text.utf8.count <= 64, text.utf8.count > Self.prefix.utf8.count,
            text.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F })
        else { return nil }
        self.text = String(text)
    }

    /// A new one, of 100 random bits.
    package init(_ surroundings: Surroundings) { text = Self.prefix + surroundings.randomText(20) }

    /// Of the project to which an asset of this id would belong.
    package init?(ofAsset name: String) {
        guard let dash = name.lastIndex(of: "-") else { return nil }
        self.init(Self.prefix + name[..<dash])
    }

    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = ProjectID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no id of a project")
        }
        self = id
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
