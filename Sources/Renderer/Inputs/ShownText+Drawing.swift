// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
public import FileStore
import RenderPlanning
import Titles

extension ShownText {
    /// The weight from which letters look bold.
    private static let bold = 600

    /// Every text of `draft` that is shown, in the order of its tracks. Those that were never drawn are, and kept in `cache`.
    public static func all(in draft: Draft, cache: CacheFolder) throws -> [ShownText] {
        let draft = draft.dressed()
        let drawn = try TextDrawings(pictures: PictureStore(cache: cache)).drawn(draft)
        let (width, height) = (Double(draft.film.canvas.width), Double(draft.film.canvas.height))
        return draft.tracks.filter { $0.kind == .text && !$0.muted }.flatMap(\.segments).compactMap { segment in
            guard let text = segment.text else { return nil }
            let dress = TitlePainter.dress(of: TitleRequest(text, film: draft.film))
            let letterCase: TextStyle.LetterCase =
                switch dress.letterCase {
                case .asIs: .none
                case .upper: .upper
                case .lower: .lower
                }
            return ShownText(
                id: segment.id,
                box: drawn[segment.id].map { drawing in
                    [
                        Double(drawing.x) / width, Double(drawing.y) / height, Double(drawing.size.width) / width,
                        Double(drawing.size.height) / height,
                    ]
                },
                size: dress.size, color: dress.color.hex, bold: dress.weight >= bold, italic: dress.italic,
                letterCase: letterCase.rawValue, shadow: dress.hasShadow, plate: dress.hasPlate,
                entrance: text.entrance?.kind.rawValue, exit: text.exit?.kind.rawValue)
        }
    }
}
