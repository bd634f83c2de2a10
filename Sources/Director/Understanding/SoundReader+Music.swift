// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Music: the song, something composed, another, none, and where it starts.
extension SoundReader {
    static func readMusic(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        let head = clause.free("thing", "music")
        let style = clause.free("music")
        let mood = clause.free("mood")
        var file = nearestSound(clause, to: head ?? 0, scene)
        // `swap the song for something calm`, where a file is called song.mp3: the song that there is.
        if let found = file, clause.units[found.index].has("thing"), scene.hasFilm,
            style != nil || mood != nil || clause.has("another") || clause.has("instead-of")
        {
            file = nil
        }
        let isTopic = scene.memory.topic == .music
        // `skip the first 8 seconds of the song`
        if let head, scene.hasFilm, clause.hasVerb("skip", "remove", "trim"),
            let span = clause.free(\.span).first, span.value.0 == 0
        {
            result.add(Wish("music", ["start": .integer(span.value.1)]), topic: .music)
            clause.use(head, span.index)
            if let index = clause.free("place", "start") { clause.use(index) }
            return useVerbs(&clause)
        }
        // `skip the intro of the song, start at 20 seconds`: how much follows.
        if let head, clause.hasVerb("skip"), clause.has("place", "start") {
            result.topic = .music
            clause.use(head)
            if let index = clause.free("place", "start") { clause.use(index) }
            return useVerbs(&clause)
        }
        // `the song should start where it gets good`: when follows.
        if let head, !scene.sounds(.music).isEmpty, clause.has("verb", "start-with") || clause.has("place", "start"),
            !clause.has("from"), !clause.has("place", "from"), !clause.has("complain"), !clause.has("adjust"),
            clause.free(\.duration).isEmpty, clause.free(\.clock).isEmpty, clause.free(\.number).isEmpty, style == nil,
            mood == nil, file == nil, !clause.hasVerb("remove", "add", "fade-in", "fade-out")
        {
            result.topic = .music
            clause.use(head)
            return clause.use(saying: "verb.start-with", "place.start", "it", "should")
        }
        // `begin the track 30 seconds in`
        if head != nil || file != nil || isTopic, scene.hasFilm,
            clause.has("verb", "start-with") || clause.has("place", "start") || clause.has("place", "from"),
            let time = clause.free(\.duration).first, clause.isFree(time.index + 1),
            clause.units[time.index + 1].value == nil, clause.units[time.index + 1].has("in")
        {
            result.add(Wish("music", ["start": .integer(time.value)]), topic: .music)
            return clause.use(clause.indices)
        }
        // `I'm not feeling this tune` asks for another, `I don't like it, take it out` says what to do itself.
        if let head, clause.has("dislike"), !clause.hasVerb("remove") {
            clause.use(head)
            if let index = clause.free("dislike") { clause.use(index) }
            guard !scene.sounds(.music).isEmpty else { return }
            return result.add(other(scene), topic: .music)
        }
        // Of nothing but music is there always another one.
        let isBare = clause.units.count == 1 && !recipes(.music, scene).isEmpty && scene.memory.topic == .film
        if head == nil, isTopic || isBare, clause.has("another"), style == nil, file == nil,
            !scene.sounds(.music).isEmpty,
            !clause.units.contains(where: { $0.has("thing") || $0.has("transition") || $0.has("look") })
        {
            clause.use(saying: "another", "verb")
            if result.wishes.last?.name == "music" { return }
            return result.add(other(scene), topic: .music)
        }
        // `remove song.mp3`
        if head == nil, let file, clause.has("verb", "remove"), clause.references.count == 1 {
            clause.use(file.index)
            result.add(Wish("remove-sound", ["role": "music"]), topic: .music)
            return useVerbs(&clause)
        }
        // A song that is not there is not made up.
        if head != nil, file == nil,
            clause.references.contains(where: { if case .unknown = $0.value { true } else { false } })
        {
            return
        }
        // `don't stop the music so suddenly` takes none away.
        if head != nil, clause.has("complain", "abrupt"), !clause.hasVerb("remove") { return }
        if let head, clause.hasVerb("remove") || clause.isNegated(head) {
            result.add(Wish("remove-sound", ["role": "music"]), topic: .music)
            clause.use(head)
            return useVerbs(&clause)
        }
        let talksOfMusic = head != nil || file != nil || style != nil || (isTopic && mood != nil)
        guard talksOfMusic else {
            // `start it at 0:20` after talk of music
            if isTopic, let clock = clause.free(\.clock).first ?? clause.free(\.duration).first,
                clause.has("place", "start") || clause.hasVerb("start-with")
            {
                result.add(Wish("music", ["start": .integer(clock.value)]), topic: .music)
                clause.use(clause.indices)
                _ = clock
            }
            return
        }
        if clause.has("complain") && style == nil && file == nil { return }
        var wish = Wish("music")
        if let file {
            wish["media"] = .string(file.id)
            clause.use(file.index)
        } else if style != nil || mood != nil || clause.hasVerb("compose") {
            var compose: [String: JSONValue] = [:]
            if let style, let name = clause.units[style].value(of: "music") { compose["style"] = .string(name) }
            if let mood, let name = clause.units[mood].value(of: "mood") { compose["mood"] = .string(name) }
            if let tempo = clause.free(\.number).first(where: { pair in
                clause.units.indices.contains(pair.index + 1) && clause.units[pair.index + 1].is("unit", "bpm")
            }) {
                compose["bpm"] = .integer(Int64(tempo.value))
                clause.use(tempo.index, tempo.index + 1)
            }
            wish["compose"] = .object(compose)
        } else if clause.has("another"), !scene.sounds(.music).isEmpty {
            wish = other(scene)
        }
        // `这歌谁唱的`: a song that plays already is spoken of, not asked for.
        if let media = wish["media"]?.string, !clause.has("verb"), !clause.has("place"), !clause.has("with"),
            scene.sounds(.music).contains(where: { segment in
                if case .asset(media, _)? = segment.sound?.source { true } else { false }
            })
        {
            result.topic = .music
            wish["media"] = nil
        }
        let isAboutLevel =
            clause.free("adjust", "volume+", "volume-") != nil || clause.free("verb", "fade-out") != nil
            || clause.free("verb", "fade-in") != nil || clause.free("verb", "mute") != nil
            || (clause.hasThing("volume") && (clause.has("half") || !clause.free(\.number).isEmpty))
            || hundredths(clause) != nil
        if !isAboutLevel || !wish.arguments.isEmpty {
            for index in [head, style, mood].compactMap(\.self) { clause.use(index) }
        }
        if let clock = clause.free(\.clock).first {
            wish["start"] = .integer(clock.value)
            clause.use(clock.index)
        } else if let time = clause.free(\.duration).first,
            clause.hasVerb("start-with") || clause.has("place", "from") || clause.hasVerb("skip")
        {
            wish["start"] = .integer(time.value)
            clause.use(time.index)
        }
        if let index = clause.free("verb", "loop") {
            wish["loop"] = .bool(!clause.isNegated(index))
            clause.use(index)
        }
        if !isAboutLevel || wish["media"] != nil, let share = clause.free(\.share).first {
            wish["volume"] = .number(min(share.value, 2))
            clause.use(share.index)
            // `lower it to 30%` says the direction as well.
            if let index = clause.free("adjust", "volume-") ?? clause.free("adjust", "volume+") { clause.use(index) }
        } else if let index = clause.free("adjust", "volume-"), wish["media"] != nil || wish["compose"] != nil {
            wish["volume"] = 0.3
            clause.use(index)
        }
        if wish.arguments.isEmpty {
            // `set the music volume to plenty`: how loud was not understood, and nothing else is asked.
            if clause.hasThing("volume"), !scene.isCreating { return result.topic = .music }
            // `with music that fades out` asks for both.
            if isAboutLevel, !(scene.isCreating && clause.has("with") && clause.hasThing("film")) {
                result.topic = .music
                return
            }
            // `with music`: what was uploaded, else something composed.
            let asks =
                clause.hasVerb("add", "use", "make", "replace", "change", "compose") || clause.has("with")
                || scene.isCreating || clause.units.count <= 3
            guard asks else {
                // `start at the chorus`: where that is may follow.
                if clause.has("place", "start") || clause.has("place", "from") { result.topic = .music }
                return
            }
            if clause.has("own"), scene.songs.isEmpty {
                result.needs.append("song")
                return useVerbs(&clause)
            }
            if clause.has("another") || clause.hasVerb("replace", "change"), !scene.sounds(.music).isEmpty {
                wish = other(scene)
            } else if let song = song(for: clause, scene) {
                wish["media"] = .string(song)
            } else {
                wish["compose"] = .object([:])
            }
        }
        if let index = clause.free("another") { clause.use(index) }
        result.add(wish, topic: .music)
        useVerbs(&clause)
    }

    /// Another tune: of what was composed another, instead of a song something composed.
    static func other(_ scene: Scene) -> Wish {
        let isComposed = scene.sounds(.music).contains {
            if case .generated? = $0.sound?.source { true } else { false }
        }
        return isComposed ? Wish("music", ["another": true]) : Wish("music", ["compose": .object([:])])
    }

    /// The song that "the music" means: one that is not the voice.
    static func song(for clause: Clause, _ scene: Scene) -> String? {
        let voices = Set(
            scene.sounds(.voice).compactMap { segment -> String? in
                if case .asset(let id, _)? = segment.sound?.source { return id }
                return nil
            })
        return scene.songs.first { !voices.contains($0.id) }?.id
    }
}
