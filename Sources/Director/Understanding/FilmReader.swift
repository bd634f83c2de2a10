// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import JSON

/// Reads that a film is wanted at all, and of what kind.
enum FilmReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        if asksForFilm(clause, in: scene) { result.asksForFilm = true }
        // What is only the frame of a sentence has been understood with it.
        let frame: Set<String> = [
            "verb", "it", "all", "with", "for", "in", "on", "at", "to", "of", "from", "as", "by", "and", "then", "but",
            "or",
            "place", "polite", "ask", "deg", "as-is", "others", "smooth", "one", "that-one", "only", "each", "again",
            "saying",
            "occasion", "genre", "neg", "should-be", "pos", "unit", "format", "should", "want", "be",
        ]
        let things: Set<String> = ["photo", "clip", "picture", "film", "file", "format", "script", "people"]
        for index in clause.indices where clause.isFree(index) {
            let unit = clause.units[index]
            if unit.value == nil,
                unit.concepts.contains(where: {
                    frame.contains($0.family) || ($0.family == "thing" && things.contains($0.value))
                })
            {
                clause.use(index)
            }
        }
    }

    /// `make a video`, `slideshow please`, `turn these into a reel`, `15 second promo with these`.
    static func asksForFilm(_ clause: Clause, in scene: Scene) -> Bool {
        // `make the film shorter` is said of the one there is.
        if scene.hasFilm, clause.has("definite") { return false }
        // `surprise me` asks for a film only where there is none.
        let isAny = clause.has("genre", "any")
        let film = clause.hasThing("film") || (clause.has("genre") && !isAny) || (isAny && !scene.hasFilm)
        let makes = clause.has("verb", "make")
        if film, makes || !scene.hasFilm {
            return !clause.has("it") || clause.hasThing("photo", "picture", "clip") || !scene.hasFilm
        }
        if makes, clause.hasThing("photo", "picture", "clip"), clause.has("platform") || clause.has("into") {
            return true
        }
        return false
    }
}
