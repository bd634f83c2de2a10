// SPDX-License-Identifier: GPL-3.0-or-later
public import EditModel
import EditTime

/// A table of what a film may hold (transitions, looks, …), to be told line by line and drawn on one picture: each row with a
/// short film of its own that shows it, and the moments of that film which are looked at.
public struct ShownTable: Sendable {
    public struct Row: Sendable {
        public let name: String
        /// Other words that mean it.
        public let aliases: [String]
        public let words: RowWords
        let film: @Sendable (ShownScene) -> Draft
    }

    /// What the table is called: `transitions`.
    public let name: String
    public let rows: [Row]
    /// In the film of a row.
    let moments: [MediaTime]
    /// Of one moment on the sheet, pixels.
    let frame: PixelSize
    let columns: Int

    /// Every table there is.
    public static let all = [transitions, looks, titles, patterns, motions]
}

/// What rows are shown with.
struct ShownScene: Sendable {
    /// Asset ids of photos, at least one; a row takes as many as it needs, from the first.
    let photos: [String]
    /// The words of a title, and a line below them.
    let title: String
    let below: String
    let language: String?
    let canvas: PixelSize

    func photo(_ index: Int) -> PictureContent { PictureContent(.image(photos[index % photos.count])) }

    /// Photos one after the other, two seconds each; where a transition follows, half of that together.
    func film(_ pictures: [PictureContent], text: TextContent? = nil) -> Draft {
        var draft = Draft()
        draft.film.canvas = canvas
        draft.film.language = language
        var start = MediaTime.zero
        var segments: [Segment] = []
        for (index, picture) in pictures.enumerated() {
            let range = TimeRange(start: start, duration: Self.each)
            segments.append(
                Segment(id: "picture-\(index)", range: range, content: .picture(picture), name: "picture \(index)"))
            start = range.end - (picture.transition?.duration ?? .zero)
        }
        draft.tracks = [Track(id: "main", kind: .video, name: "main", segments: segments)]
        if let text {
            let segment = Segment(
                id: "text", range: TimeRange(.zero, until: draft.duration), content: .text(text), name: "text")
            draft.tracks.append(Track(id: "texts", kind: .text, name: "texts", segments: [segment]))
        }
        return draft
    }

    static let each = MediaTime(milliseconds: 2000)
}
