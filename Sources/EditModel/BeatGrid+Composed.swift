// SPDX-License-Identifier: GPL-3.0-or-later
public import Composer
public import EditTime
public import JSON

extension BeatGrid {
    /// The beats of a composed piece: known, not heard.
    public init(_ grid: MusicGrid) {
        self.init(
            beats: grid.beats, downbeats: grid.downbeats, phrases: grid.phrases,
            energies: grid.phraseBars.map { min(1, max(0, grid.energy(atBar: $0))) }, tempo: grid.tempo, confidence: 1)
    }
}

/// The music that a draft describes with `gen`, as the composer is asked for it.
public enum MusicRecipe {
    /// Nil where `recipe` is of no music.
    ///
    /// Besides `style`, `mood`, `bpm` and `seed` a recipe may have `intensity` (0 … 1) and `accents`: milliseconds from the
    /// segment's start at which the film turns.
    public static func request(for recipe: [String: JSONValue], length: MediaTime) -> MusicRequest? {
        guard let music = ComposedMusic(recipe) else { return nil }
        var request = MusicRequest(
            style: music.style, seed: UInt64(bitPattern: music.seed), length: length, tempo: music.tempo,
            moods: [music.mood].compactMap(\.self))
        if let intensity = recipe["intensity"]?.number { request.intensity = intensity }
        if case .array(let accents)? = recipe["accents"] {
            request.accents = accents.compactMap(\.integer).prefix(64).map { MediaTime(milliseconds: $0) }
        }
        return request
    }
}

extension Segment {
    /// The beats of the music that this segment describes, from its own start, as the composer will write them; nil of anything
    /// else.
    public var composedBeats: BeatGrid? {
        guard case .generated(let recipe)? = sound?.source else { return nil }
        return ComposedMusic(recipe)?.beats(for: range.duration.milliseconds)
    }
}

extension ComposedMusic {
    /// The beats of this music played for so many milliseconds, as the composer will write them; nil of a style there is not.
    func beats(for milliseconds: Int64) -> BeatGrid? {
        MusicRecipe.request(for: recipe, length: MediaTime(milliseconds: milliseconds)).flatMap { Composer.grid($0) }
            .map { BeatGrid($0) }
    }
}
