// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime
import JSON

extension OperationDeclaration {
    /// Chooses, composes or changes the music. Only what is given changes.
    static let music = OperationDeclaration(
        "music", .sound,
        [
            OperationParameter("media", .asset),
            OperationParameter("compose", .object(ComposedMusic.parameters)),
            OperationParameter("start", .filmTime),
            OperationParameter("volume", .volume),
            OperationParameter("loop", .flag),
            OperationParameter("fadeIn", .filmTime),
            OperationParameter("fadeOut", .filmTime),
            OperationParameter("duck", .flag),
            OperationParameter("another", .flag),
        ], apply: applyMusic)

    @Sendable private static func applyMusic(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        if let media = arguments.text("media"), arguments.has("compose") {
            _ = try bench.heardAsset(media, "media")
            throw EditError(.clash(with: "media"), field: "compose")
        }
        // A song that was cut to the film is whole again while it is changed.
        bench.draft.joinMusic()
        try bench.chooseMusic(arguments)
        guard let path = bench.musicPath, var segment = bench[path], var sound = segment.sound else { return }
        let total = bench.draft.duration.milliseconds
        if let start = arguments.time("start") {
            guard case .asset(let id, _) = sound.source else {
                throw EditError(.notOfKind(name: segment.name, wanted: .sound), field: "start")
            }
            if let length = bench.media[id]?.duration, start.milliseconds >= length.milliseconds {
                throw EditError(
                    .outside(from: .zero, to: MediaTime(milliseconds: max(0, length.milliseconds - 1))), field: "start")
            }
            sound.source = .asset(id, start: start)
        }
        if let volume = arguments.number("volume") {
            sound.volume = volume
            segment.isLoweredForVoice = false
        }
        if let ducks = arguments.flag("duck") { sound.ducks = ducks }
        if let fade = arguments.time("fadeIn") { sound.fadeIn = fade }
        if let fade = arguments.time("fadeOut") { sound.fadeOut = fade }
        // From its place to the film's end, round and round where the song is shorter, unless a person wants it once.
        var place = min(segment.milliseconds.lowerBound, max(0, total - 1))..<total
        if case .asset(let id, let start) = sound.source, let length = bench.media[id]?.duration {
            let left = max(1, (length - start).ticks / MediaTime.ticksPerMillisecond)
            let once = arguments.flag("loop") == false
            sound.loops = !once && left < Int64(place.count)
            if once, left < Int64(place.count) { place = place.lowerBound..<place.lowerBound + left }
            if sound.loops, arguments.has("media") { bench.note(.songLoops(name: segment.name, length: length)) }
        } else if let loops = arguments.flag("loop"), case .asset = sound.source {
            sound.loops = loops
        }
        segment.sound = sound
        segment.milliseconds = place
        segment.fitFades()
        bench[path] = segment
        if !arguments.has("fadeOut"), arguments.flag("loop") == nil { bench.cutSong() }
        if bench.draft.film.cutsOnBeats {
            let reel = try bench.reel()
            bench.lay(reel, .kept(reel.total))
        }
    }
}

extension Workbench {
    /// Puts the music that `arguments` names on its track: an asset, a composition, another one; keeps what is there
    /// where they name none.
    fileprivate mutating func chooseMusic(_ arguments: OperationArguments) throws(EditError) {
        let old = musicPath.flatMap { self[$0] }
        let another = arguments.flag("another") ?? false
        if let id = arguments.text("media") {
            let facts = try heardAsset(id, "media")
            return setMusic(.asset(facts.id, start: .zero), name: facts.name)
        }
        if let wish = arguments.object("compose") {
            return composeMusic(
                style: wish.text("style"), mood: wish.text("mood"), tempo: wish.number("bpm"),
                seed: wish.integer("seed"), another: another)
        }
        if another {
            // The next song of the project, if the music is one of several; else another composition.
            if case .asset(let id, _)? = old?.sound?.source {
                let voices = Set(voiceAssets)
                let songs = context.media.filter { $0.kind == .audio && !voices.contains($0.id) }
                if songs.count > 1, let index = songs.firstIndex(where: { $0.id == id }) {
                    let next = songs[(index + 1) % songs.count]
                    return setMusic(.asset(next.id, start: .zero), name: next.name)
                }
            }
            return composeMusic(style: nil, mood: nil, tempo: nil, seed: nil, another: true)
        }
        guard old == nil else { return }
        let voices = Set(voiceAssets)
        if let song = AutoEdit.song(in: context.media.filter { !voices.contains($0.id) }) {
            setMusic(.asset(song.id, start: .zero), name: song.name)
        } else {
            composeMusic(style: nil, mood: nil, tempo: nil, seed: nil, another: false)
        }
    }

    /// Assets that are heard as voices.
    var voiceAssets: [String] {
        draft.tracks.flatMap(\.segments).compactMap { segment in
            guard let sound = segment.sound, sound.role == .voice, case .asset(let id, _) = sound.source else {
                return nil
            }
            return id
        }
    }

    mutating func composeMusic(style: String?, mood: String?, tempo: Double?, seed: Int64?, another: Bool) {
        var music = ComposedMusic()
        music.seed = Int64(context.seed % UInt64(UInt32.max))
        if case .generated(let recipe)? = musicPath.flatMap({ self[$0] })?.sound?.source,
            let present = ComposedMusic(recipe)
        {
            music = present
            if another { music.seed = (music.seed + 1) % Int64(UInt32.max) }
        }
        music.take(style: style, mood: mood, tempo: tempo, seed: seed)
        setMusic(.generated(music.recipe), name: music.title)
    }

    /// Exchanges what the music plays, or puts music under the whole film.
    mutating func setMusic(_ source: SoundContent.Source, name: String) {
        let total = draft.duration.milliseconds
        let name = String(name.prefix(AutoEdit.longestName))
        if let path = musicPath, var segment = self[path], var sound = segment.sound {
            let (was, becomes) = (sound.source.isGenerated, source.isGenerated)
            sound.source = source
            sound.loops = false
            if was != becomes { sound.setMusicFades(total) }
            segment.sound = sound
            segment.name = name
            segment.milliseconds = min(segment.milliseconds.lowerBound, max(0, total - 1))..<total
            self[path] = segment
            return
        }
        var sound = SoundContent(source, role: .music)
        let speaks = draft.mainTrack?.segments.contains { segment in
            guard let picture = segment.picture, picture.isClip, !picture.muted, picture.volume > 0 else {
                return false
            }
            return picture.assetID.flatMap { media[$0]?.hasSound } ?? false
        }
        let hasVoice = firstSound(.voice) != nil
        sound.volume = hasVoice ? AutoEdit.musicUnderVoice : speaks == true ? AutoEdit.musicUnderClips : 1
        sound.ducks = hasVoice || speaks == true
        sound.setMusicFades(total)
        var segment = Segment(
            id: ids.next("s"), range: TimeRange(start: .zero, duration: MediaTime(milliseconds: total)),
            content: .sound(sound), name: name)
        segment.isLoweredForVoice = hasVoice
        addSound(segment, "Music")
    }

    /// Puts `segment` on an audio track of that name that is free there, or on a new one behind the other sounds.
    mutating func addSound(_ segment: Segment, _ trackName: String) {
        for index in draft.tracks.indices
        where draft.tracks[index].kind == .audio && draft.tracks[index].name == trackName {
            if draft.tracks[index].insertIfFree(segment) { return }
        }
        let track = Track(id: ids.next("a"), kind: .audio, name: trackName, segments: [segment])
        let last = draft.tracks.lastIndex { $0.kind == .audio } ?? draft.tracks.lastIndex { $0.kind == .video }
        draft.tracks.insert(track, at: last.map { $0 + 1 } ?? draft.tracks.count)
    }

    /// Lowers the music under a voice, as long as nobody set its level.
    mutating func lowerMusicForVoice() {
        guard let path = musicPath, var segment = self[path], var sound = segment.sound else { return }
        sound.ducks = true
        if sound.volume == 1 || sound.volume == AutoEdit.musicUnderClips {
            sound.volume = AutoEdit.musicUnderVoice
            segment.isLoweredForVoice = true
        }
        segment.sound = sound
        self[path] = segment
    }

    /// Brings music that was lowered for a voice back when there is none any more.
    mutating func restoreMusicLevel() {
        guard firstSound(.voice) == nil, let path = musicPath, var segment = self[path], segment.isLoweredForVoice
        else { return }
        segment.sound?.volume = 1
        segment.isLoweredForVoice = false
        self[path] = segment
    }
}

extension SoundContent.Source {
    /// Made for the draft, not taken from a file.
    var isGenerated: Bool {
        if case .generated = self { return true }
        return false
    }
}

extension SoundContent {
    /// A song is faded in and out of a film of `total` milliseconds; music made for it begins and ends by itself.
    fileprivate mutating func setMusicFades(_ total: Int64) {
        let fades = !source.isGenerated
        fadeIn = MediaTime(milliseconds: fades ? min(300, total / 8) : 0)
        fadeOut = MediaTime(milliseconds: fades ? min(total > 20_000 ? 2000 : 1500, total / 4) : 0)
    }
}
