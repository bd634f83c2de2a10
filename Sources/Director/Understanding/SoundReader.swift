// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Reads wishes about what is heard: music, voice, loudness, fades, beats.
enum SoundReader: ClauseReader {
    static func read(_ clause: inout Clause, in scene: Scene, into result: inout Understanding) {
        readLengthOfSound(&clause, scene, &result)
        readBeats(&clause, &result)
        if readEffect(&clause, scene, &result) { return }
        if readVoiceChange(&clause, scene, &result) || readTempo(&clause, scene, &result) { return }
        readVoice(&clause, scene, &result)
        readMusic(&clause, scene, &result)
        readLevels(&clause, scene, &result)
        readFades(&clause, scene, &result)
    }

    // MARK: As long as the song

    static func readLengthOfSound(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard let index = clause.free("same-length") else { return }
        let isVoice = clause.hasThing("voice") || soundNamed(in: clause, scene)?.role == .voice
        result.add(Wish("length", ["as": isVoice ? "voice" : "music"]), topic: .film)
        clause.use(index)
        clause.use(saying: "thing.music", "thing.voice", "thing.film")
        for reference in clause.references { clause.use(reference.index) }
    }

    // MARK: Beats

    static func readBeats(_ clause: inout Clause, _ result: inout Understanding) {
        guard let index = clause.free("beat") else { return }
        result.add(Wish("beats", ["on": .bool(!clause.isNegated(index) && !clause.hasVerb("remove"))]), topic: .film)
        clause.use(index)
        if !clause.hasVerb("add", "use") { clause.use(saying: "thing.music") }
    }

    // MARK: Effects

    /// `add the ding at 3 seconds`, `whoosh.mp3 when the temple comes`: a short sound at a moment of the film.
    static func readEffect(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
        let head = clause.free("thing", "effect")
        if let head, clause.has("verb", "remove") || clause.isNegated(head) {
            result.add(Wish("remove-sound", ["role": "effect"]), topic: .film)
            clause.use(clause.indices)
            return true
        }
        guard scene.hasFilm, !clause.hasThing("music", "voice"), !clause.has("verb", "start-with"),
            !clause.has("verb", "remove"),
            let file = nearestSound(clause, to: head ?? 0, scene), let facts = scene.facts(file.id),
            head != nil || (facts.duration.map { $0.milliseconds <= longestEffect } ?? false)
        else { return false }
        var wish = Wish("sound-effect", ["media": .string(file.id)])
        let moment = clause.free(\.duration).first { pair in
            pair.index > 0 && clause.units[pair.index - 1].value == nil && clause.units[pair.index - 1].has("at")
        }
        if let time = clause.free(\.clock).first ?? moment {
            wish["at"] = .integer(time.value)
        } else if let picture = OrderReader.pictures(in: clause, scene).first(where: { $0.index != file.index }) {
            wish.target = .pictures(picture.value, kind: nil)
        } else if clause.has("place", "end") {
            wish["at"] = .integer(max(0, scene.draft.duration.milliseconds - (facts.duration?.milliseconds ?? 1000)))
        } else if head == nil, !clause.has("place", "start") {
            return false
        }
        result.add(wish, topic: .film)
        clause.use(clause.indices)
        return true
    }

    /// A sound that is longer, in milliseconds, is music or a voice unless it is called an effect.
    static let longestEffect: Int64 = 8000

    // MARK: What is named

    static func soundNamed(in clause: Clause, _ scene: Scene) -> SoundContent? {
        for unit in clause.units {
            for segment in scene.draft.tracks.flatMap(\.segments) {
                if case .asset(let id, _)? = segment.sound?.source, unit.assets.contains(id) { return segment.sound }
            }
        }
        return nil
    }

    static func nearestSound(_ clause: Clause, to head: Int, _ scene: Scene) -> (index: Int, id: String)? {
        clause.indices.compactMap { index -> (index: Int, id: String)? in
            guard clause.isFree(index) else { return nil }
            return scene.ids(clause.units[index].assets, of: .audio).first.map { (index, $0) }
        }.min { abs($0.index - head) < abs($1.index - head) }
    }

    static func useVerbs(_ clause: inout Clause) {
        clause.useWords(
            "verb.add", "verb.use", "verb.replace", "verb.change", "verb.remove", "verb.compose", "verb.start-with",
            "neg",
            "with")
    }
}
