// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import Titles

/// A text of a draft with characters that no font of this machine has: the film is drawn without them.
public struct UnwrittenText: Hashable, Sendable {
    /// The text's segment.
    public let segment: String
    public let text: String
    /// Each once, in order.
    public let characters: [String]

    /// Of every text of `draft` that is shown. Throws `TitleError` where no type can be set at all.
    public static func all(in draft: Draft) throws -> [UnwrittenText] {
        try draft.tracks.filter { $0.kind == .text && !$0.muted }.flatMap(\.segments).compactMap { segment in
            // What is plain letters is in every font.
            guard let text = segment.text, !text.text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
            let missing = try TitlePainter.missing(in: TitleRequest(text, film: draft.film))
            return missing.isEmpty
                ? nil : UnwrittenText(segment: segment.id, text: text.text, characters: missing)
        }
    }
}
