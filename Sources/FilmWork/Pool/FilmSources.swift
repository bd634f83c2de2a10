// SPDX-License-Identifier: GPL-3.0-or-later
package import EditModel

/// The media of a film as a server knows them: facts, beats of songs, and where the bytes of each asset lie.
package struct FilmSources: Hashable, Sendable {
    package var media: [MediaFacts]
    package var beats: [String: BeatGrid]
    /// Paths by asset id.
    package var places: [String: String]

    package init(media: [MediaFacts], beats: [String: BeatGrid] = [:], places: [String: String]) {
        self.media = media
        self.beats = beats
        self.places = places
    }

    package var byID: [String: MediaFacts] { Dictionary(media.map { ($0.id, $0) }) { first, _ in first } }

    /// `draft` with its media, on a canvas.
    package func scene(_ draft: Draft, canvas: PixelSize? = nil) -> FilmScene {
        var draft = draft
        if let canvas { draft.film.canvas = canvas }
        return FilmScene(draft, media: media, beats: beats, places: places)
    }
}
