// SPDX-License-Identifier: GPL-3.0-or-later
package import Wording

/// A film that has been made, and lies where it was asked for.
package struct FilmAnswer: Hashable, Sendable, Codable {
    package var result: ExportResult
    /// What a person should know of it.
    package var notes: [Wording]
}
