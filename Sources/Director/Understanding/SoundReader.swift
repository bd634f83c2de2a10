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
        readVoice(&clause, scene, &result)
        readMusic(&clause, scene, &result)
        readLevels(&clause, scene, &result)
        readFades(&clause, scene, &result)
    }

    // MARK: As long as the song

    private static func readLengthOfSound(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard let index = clause.free("same-length") else { return }
        let isVoice = clause.hasThing("voice") || soundNamed(in: clause, scene)?.role == .voice
        result.add(Wish("length", ["as": isVoice ? "voice" : "music"]), topic: .film)
        clause.use(index)
        clause.use(saying: "thing.music", "thing.voice", "thing.film")
        for reference in clause.references { clause.use(reference.index) }
    }

    private static func soundNamed(in clause: Clause, _ scene: Scene) -> SoundContent? {
        for unit in clause.units {
            for segment in scene.draft.tracks.flatMap(\.segments) {
                if case .asset(let id, _)? = segment.sound?.source, unit.assets.contains(id) { return segment.sound }
            }
        }
        return nil
    }

    // MARK: Beats

    private static func readBeats(_ clause: inout Clause, _ result: inout Understanding) {
        guard let index = clause.free("beat") else { return }
        result.add(Wish("beats", ["on": .bool(!clause.isNegated(index) && !clause.hasVerb("remove"))]), topic: .film)
        clause.use(index)
        if !clause.hasVerb("add", "use") { clause.use(saying: "thing.music") }
    }

    // MARK: Effects

    /// `add the ding at 3 seconds`, `whoosh.mp3 when the temple comes`: a short sound at a moment of the film.
    private static func readEffect(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) -> Bool {
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
    private static let longestEffect: Int64 = 8000

    // MARK: Voice

    private static func readVoice(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        guard let head = clause.free("thing", "voice") ?? clause.free("verb", "read-aloud") else { return }
        if clause.hasVerb("remove") || clause.isNegated(head) {
            result.add(Wish("remove-sound", ["role": "voice"]), topic: .voice)
            clause.use(head)
            return useVerbs(&clause)
        }
        if clause.has("adjust", "volume+") || clause.has("adjust", "volume-") { return }
        // The file that is named nearest; else words in quotes; else a sound that is called a voice; else the script.
        if let file = nearestSound(clause, to: head, scene) {
            result.add(Wish("voice-over", ["media": .string(file.id)]), topic: .voice)
            clause.use(head, file.index)
            return useVerbs(&clause)
        }
        if let quote = clause.free(\.quote).first {
            result.add(Wish("voice-over", ["text": .string(quote.value)]), topic: .voice)
            clause.use(head, quote.index)
            return useVerbs(&clause)
        }
        guard clause.hasVerb("add", "use", "make", "read-aloud") || scene.isCreating || clause.has("with") else {
            return
        }
        let used = Set(
            scene.draft.tracks.flatMap(\.segments).compactMap { segment -> String? in
                if case .asset(let id, _)? = segment.sound?.source { return id }
                return nil
            })
        if let script = scene.media.first(where: { $0.kind == .text }), clause.hasThing("script") || scene.songs.isEmpty
        {
            result.add(Wish("voice-over", ["text": .string(script.text ?? "")]), topic: .voice)
            if let index = clause.free("thing", "script") { clause.use(index) }
        } else if let song = scene.songs.first(where: { !used.contains($0.id) }) {
            result.add(Wish("voice-over", ["media": .string(song.id)]), topic: .voice)
        } else {
            result.needs.append("voice")
        }
        clause.use(head)
        useVerbs(&clause)
    }

    private static func nearestSound(_ clause: Clause, to head: Int, _ scene: Scene) -> (index: Int, id: String)? {
        clause.indices.compactMap { index -> (index: Int, id: String)? in
            guard clause.isFree(index) else { return nil }
            return scene.ids(clause.units[index].assets, of: .audio).first.map { (index, $0) }
        }.min { abs($0.index - head) < abs($1.index - head) }
    }

    // MARK: Music

    private static func readMusic(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
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
        // `I'm not feeling this tune` asks for another, `I don't like it, take it out` says what to do itself.
        if let head, clause.has("dislike"), !clause.hasVerb("remove") {
            clause.use(head)
            if let index = clause.free("dislike") { clause.use(index) }
            guard !scene.sounds(.music).isEmpty else { return }
            return result.add(other(scene), topic: .music)
        }
        if head == nil, isTopic, clause.has("another"), style == nil, file == nil, !scene.sounds(.music).isEmpty,
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
        let isAboutLevel =
            clause.free("adjust", "volume+", "volume-") != nil || clause.free("verb", "fade-out") != nil
            || clause.free("verb", "fade-in") != nil || clause.free("verb", "mute") != nil
            || (clause.hasThing("volume") && (clause.has("half") || !clause.free(\.number).isEmpty))
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
    private static func other(_ scene: Scene) -> Wish {
        let isComposed = scene.sounds(.music).contains {
            if case .generated? = $0.sound?.source { true } else { false }
        }
        return isComposed ? Wish("music", ["another": true]) : Wish("music", ["compose": .object([:])])
    }

    /// The song that "the music" means: one that is not the voice.
    private static func song(for clause: Clause, _ scene: Scene) -> String? {
        let voices = Set(
            scene.sounds(.voice).compactMap { segment -> String? in
                if case .asset(let id, _)? = segment.sound?.source { return id }
                return nil
            })
        return scene.songs.first { !voices.contains($0.id) }?.id
    }

    // MARK: Levels

    private static func readLevels(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        if let index = clause.free("complain", "music-loud") {
            result.add(Wish("volume", ["of": "music", "factor": 0.5]), topic: .music)
            return clause.use(index)
        }
        // `volume 50`, `音量调到20`: nobody counts anything but hundredths.
        let hundredths =
            clause.hasThing("volume")
            ? clause.free(\.number).first { (3...200).contains($0.value) && $0.value == $0.value.rounded() } : nil
        let refused = clause.free("thing", "sound").flatMap { sound in
            clause.isNegated(sound) || clause.hasVerb("remove") ? sound : nil
        }
        let mute = clause.free("verb", "mute") ?? clause.free("verb", "unmute") ?? refused
        // 大一点 is said of sounds, texts and much else.
        let isOfAnother =
            (clause.hasThing("motion", "transition", "photo", "picture", "look", "background", "logo")
                || LookReader.isMeant(in: clause)) && !clause.hasThing("music", "voice", "sound", "volume", "clip")
        func level(_ name: String) -> Int? {
            clause.free("adjust", name).flatMap { (at) -> Int? in
                let isVague = clause.units[at].has("textstyle") || clause.units[at].has("pos")
                if isOfAnother, isVague || LookReader.isMeant(in: clause) { return nil }
                return clause.has("opacity") && isVague ? nil : at
            }
        }
        let louder = level("volume+")
        let quieter = level("volume-")
        let half = clause.hasThing("volume") || louder != nil || quieter != nil ? clause.free("half") : nil
        let level =
            clause.hasThing("volume", "sound") || scene.memory.topic == .music
                || clause.hasThing("music", "voice", "clip")
            ? clause.free(\.share).first : nil
        let factor = clause.hasThing("volume") ? clause.free(\.times).first : nil
        guard
            mute != nil || louder != nil || quieter != nil || half != nil || factor != nil || hundredths != nil
                || (level != nil && !clause.has("speed") && !clause.has("look"))
        else { return }
        let subject = subject(clause, scene, isMute: mute != nil)
        var wish = Wish(mute != nil ? "mute" : "volume", ["of": .string(subject)])
        if let mute {
            if clause.units[mute].is("verb", "unmute") { wish["on"] = false }
            clause.use(mute)
        } else if let level {
            wish["level"] = .number(min(level.value, 2))
            clause.use(level.index)
        } else if let hundredths {
            wish["level"] = .number(min(hundredths.value / 100, 2))
            clause.use(hundredths.index)
        } else if let times = clause.free(\.times).first {
            wish["factor"] = .number(quieter != nil && times.value > 1 ? 1 / times.value : times.value)
            clause.use(times.index)
        } else if let half {
            wish["factor"] = louder != nil ? 1.5 : 0.5
            clause.use(half)
        } else {
            let step = clause.has("deg", "lot") ? 0.4 : clause.has("deg", "bit") ? 0.75 : 0.6
            wish["factor"] = .number(quieter != nil ? step : 1 / step)
        }
        if subject == "clips", let reference = clause.references.first {
            wish.target = .pictures(reference.value, kind: .video)
            clause.use(reference.index)
        }
        for index in [louder, quieter].compactMap(\.self) { clause.use(index) }
        for name in ["music", "voice", "sound", "volume", "clip"] {
            if let index = clause.free("thing", name) { clause.use(index) }
        }
        result.add(wish, topic: subject == "music" ? .music : subject == "voice" ? .voice : .clips)
        useVerbs(&clause)
    }

    private static func subject(_ clause: Clause, _ scene: Scene, isMute: Bool) -> String {
        if clause.hasThing("voice") { return "voice" }
        if clause.hasThing("music") { return "music" }
        if clause.hasThing("clip", "sound")
            || clause.references.contains(where: { reference in
                if case .assets(let ids) = reference.value { return !scene.ids(ids, of: .video).isEmpty }
                return false
            })
        {
            return clause.hasThing("sound") && !clause.hasThing("clip") && !scene.hasClips ? "music" : "clips"
        }
        switch scene.memory.topic {
        case .music: return "music"
        case .voice: return "voice"
        case .clips: return "clips"
        default:
            if isMute, scene.hasClips, clause.has("it") { return "clips" }
            return isMute ? "all" : "music"
        }
    }

    // MARK: Fades

    private static func readFades(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        // `a fade to black between photo 2 and photo 3` is a transition.
        let isJoint = clause.has("place", "between") || clause.hasThing("transition")
        let fadesIn = clause.free("verb", "fade-in").flatMap {
            isJoint && clause.units[$0].has("transition") ? nil : $0
        }
        let fadesOut = clause.free("verb", "fade-out").flatMap {
            isJoint && clause.units[$0].has("transition") ? nil : $0
        }
        guard fadesIn != nil || fadesOut != nil else { return }
        // Between pictures it is a transition.
        if let place = fadesOut ?? fadesIn, clause.units[place].has("transition"),
            clause.has("place", "between") || clause.hasThing("transition")
        {
            return
        }
        // Of the picture: to black. Of the sound otherwise.
        let isPicture =
            clause.has("black") || (clause.hasThing("film", "picture") && !clause.hasThing("music", "voice"))
            || (scene.memory.topic != .music && !clause.hasThing("music", "voice", "sound"))
        // A length that stands far off is said of something else: `a 45 second film with music that fades out`.
        let place = fadesOut ?? fadesIn ?? 0
        let time =
            clause.free(\.duration).first { abs($0.index - place) < 5 && $0.value <= 20_000 }.map {
                ($0.index, $0.value)
            }
            ?? clause.free(\.span).first.map { ($0.index, abs($0.value.1 - $0.value.0)) }
        let isNone = clause.isNegated(fadesOut ?? fadesIn ?? 0) || clause.hasVerb("remove")
        let length = isNone ? 0 : time?.1 ?? (isPicture ? 1000 : 2000)
        var wish = Wish(isPicture ? "fade-film" : "music")
        if let fadesIn {
            wish[isPicture ? "in" : "fadeIn"] = .integer(length)
            clause.use(fadesIn)
        }
        if let fadesOut {
            wish[isPicture ? "out" : "fadeOut"] = .integer(length)
            clause.use(fadesOut)
        }
        if let time { clause.use(time.0) }
        clause.use(saying: "it", "black", "place")
        if let index = clause.free("thing", "music") { clause.use(index) }
        result.add(wish, topic: isPicture ? .film : .music)
    }

    private static func useVerbs(_ clause: inout Clause) {
        clause.useWords(
            "verb.add", "verb.use", "verb.replace", "verb.change", "verb.remove", "verb.compose", "verb.start-with",
            "neg",
            "with")
    }
}
