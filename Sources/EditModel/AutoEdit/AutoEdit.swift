// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

/// The plain planner: makes a whole film's edit out of media and a few wishes, with the taste that holds when a person
/// says little. Pure: the same input gives the same edit.
///
/// Order by name or capture time; length from the song's phrases or three seconds a photo; cuts on beats; the opening
/// photo holds longer; calm motion that alternates and goes where the eye goes; one family of transitions; photos of
/// the other shape over a blurred copy of themselves, heads never cut; the song faded and ended with the film.
public struct AutoEdit: Sendable {
    /// Over so many photos, with no length asked for, the best are chosen.
    public static let enoughPhotos = 40

    let media: [MediaFacts]
    let wishes: EditWishes
    let beats: BeatGrid?

    /// - Parameters:
    ///   - media: in the order given; photos, clips, songs and scripts.
    ///   - beats: of `AutoEdit.song(in: media)`, in its own time; nil where nobody listened.
    public init(media: [MediaFacts], wishes: EditWishes, beats: BeatGrid? = nil) {
        self.media = media
        self.wishes = wishes
        self.beats = beats
    }

    /// The song that a film of `media` plays: the first that can be heard.
    public static func song(in media: [MediaFacts]) -> MediaFacts? {
        media.first { $0.kind == .audio && ($0.duration.map { $0.milliseconds > 0 } ?? true) }
    }

    /// The edit; throws where no film can be made at all.
    public func proposal() throws(AutoEditError) -> EditProposal {
        guard let length = lengthForVoice() else { return try edit() }
        // A voice is not made to gabble: the film gives way.
        var wishes = wishes
        wishes.duration = length
        var proposal = try AutoEdit(media: media, wishes: wishes, beats: beats).edit()
        proposal.notes.append(.filmLongerForVoice(length: proposal.draft.duration))
        return proposal
    }

    private func edit() throws(AutoEditError) -> EditProposal {
        var notes: [EditNote] = []
        let preset = wishes.presets.first
        if case .named(let name) = wishes.transitions, TransitionCatalog.named(name.rawValue) == nil {
            throw .noSuchTransition(name)
        }
        let all = try pictures(&notes)
        var film = FilmSettings()
        film.canvas = try Self.canvas(for: all, wishes: wishes, preset: preset)
        film.frameRate = try Self.frameRate(for: all, wishes: wishes, preset: preset, notes: &notes)
        film.preset = preset?.name
        let shown = try usable(all, at: film.frameRate, &notes)

        let song = song(&notes)
        let voice = wishes.voice.flatMap { id in media.first { $0.id == id } }
        let script = script
        let captions = wishes.script == nil ? timedCaptions : nil
        if captions != nil { noteScriptsLeftOut(&notes) }
        let title = title(script, &notes)
        film.title = title ?? ""
        film.language =
            wishes.language ?? Self.language(of: [title ?? ""] + (captions?.cues.map(\.text) ?? script?.lines ?? []))

        // The film is long enough for what there is to read.
        let reading = script.map { wishes.readsScript ? speakingTime($0) : $0.readingTime } ?? 0
        let untimed = reading + (script == nil || title == nil ? 0 : Self.titleTime)
        let spoken = voice?.duration.map { $0.milliseconds + 1 } ?? 0
        let lengths = try planned(&notes) { wishes, beats, notes throws(AutoEditError) in
            try ShotPlan(
                pictures: shown, wishes: wishes, canvas: film.canvas, rate: film.frameRate, preset: preset,
                song: song ?? composed?.asSong, beats: beats, reading: max(captions?.end ?? untimed, spoken),
                notes: &notes)
        }
        film.fadeOut = MediaTime(milliseconds: min(500, lengths.total / 4))

        var ids = IDSource()
        var draft = Draft(film: film)
        let pictures = pictureTrack(lengths, film, &ids, &notes)
        draft.tracks.append(pictures)
        if let song {
            draft.tracks.append(musicTrack(song, lengths, &ids, &notes).cutting(song, to: lengths.total, beats, &ids))
        } else if let composed {
            draft.tracks.append(musicTrack(composed, lengths, &ids))
        }
        if let voice { draft.tracks.append(voiceTrack(voice, lengths.total, &ids, &notes)) }
        if let title { draft.tracks.append(titleTrack(title, over: pictures, film, lengths.total, &ids)) }
        var captionTrack: Track?
        if let captions {
            captionTrack = self.captionTrack(captions, total: lengths.total, &ids, &notes)
        } else if let script {
            captionTrack = self.captionTrack(
                script, lengths, over: draft.mainTrack?.segments ?? [], after: title == nil ? 0 : Self.titleTime, &ids,
                &notes)
        }
        if let captionTrack, !captionTrack.segments.isEmpty {
            if wishes.readsScript, voice == nil {
                let place = draft.tracks.lastIndex { $0.kind == .audio } ?? 0
                draft.tracks.insert(
                    readingTrack(captionTrack, lengths.total, film.language, &ids, &notes), at: place + 1)
            }
            draft.tracks.append(captionTrack)
        }
        draft.film.cutsOnBeats = notes.contains { note in
            if case .cutsOnBeats(let count, _, _) = note { return count > 0 }
            return false
        }
        if let preset { notes += Self.platformNotes(for: draft, preset) }
        return EditProposal(draft: draft, notes: notes)
    }
}

// MARK: - What there is to show

extension AutoEdit {
    /// Photos and clips in film order.
    private func pictures(_ notes: inout [EditNote]) throws(AutoEditError) -> [MediaFacts] {
        let pictures = media.filter { $0.kind == .image || $0.kind == .video }
        guard !pictures.isEmpty else {
            let hasText = media.contains { $0.kind == .text } && !media.contains { $0.kind == .audio }
            throw hasText ? .onlyText : .noPictures
        }
        switch wishes.order {
        case .given: return pictures
        case .name: return NaturalOrder.sorted(pictures, by: \.name)
        case .time:
            let byFile = pictures.count { $0.captureTime == nil && $0.fileTime != nil }
            if byFile > 0 { notes.append(.orderByFileTime(count: byFile)) }
            let untimed = pictures.count { $0.time == nil }
            if untimed > 0 { notes.append(.orderWithoutTime(count: untimed)) }
            let named = NaturalOrder.sorted(pictures, by: \.name)
            let timed = named.indices.filter { named[$0].time != nil }
                .sorted { (named[$0].time ?? "", $0) < (named[$1].time ?? "", $1) }
            return timed.map { named[$0] } + named.filter { $0.time == nil }
        }
    }

    /// Those of `pictures` that have a size, and a length of a frame at least where they move.
    private func usable(
        _ pictures: [MediaFacts], at rate: FrameRate, _ notes: inout [EditNote]
    ) throws(AutoEditError) -> [MediaFacts] {
        var shown: [MediaFacts] = []
        for facts in pictures {
            let hasSize = facts.size.map { $0.width > 0 && $0.height > 0 } ?? false
            let lasts = facts.kind == .image || (facts.duration ?? .zero) >= rate.time(ofFrame: 1)
            if hasSize && lasts { shown.append(facts) } else { notes.append(.unusable(name: facts.name)) }
        }
        guard !shown.isEmpty else { throw .noPictures }
        return shown
    }

    private func song(_ notes: inout [EditNote]) -> MediaFacts? {
        guard let song = wishes.music.song(in: media, voice: wishes.voice) else {
            guard wishes.music == .auto else { return nil }
            for facts in media where facts.kind == .audio && facts.id != wishes.voice {
                notes.append(.unusable(name: facts.name))
            }
            return nil
        }
        for facts in media where facts.kind == .audio && facts.id != song.id && facts.id != wishes.voice {
            notes.append(.songLeftOut(name: facts.name, used: song.name))
        }
        return song
    }

    /// All captions that have times; nil without any.
    private var timedCaptions: TimedCaptions? {
        let text = media.filter { $0.kind == .text && Self.timedFormats.contains($0.format) }.compactMap(\.text)
        let captions = TimedCaptions(String(text.joined(separator: "\n\n").prefix(Script.longest)))
        return captions.cues.isEmpty ? nil : captions
    }

    /// Says which scripts give way to captions that have times.
    private func noteScriptsLeftOut(_ notes: inout [EditNote]) {
        let texts = media.filter { $0.kind == .text }
        guard let used = texts.first(where: { Self.timedFormats.contains($0.format) }) else { return }
        for facts in texts where !Self.timedFormats.contains(facts.format) {
            guard let text = facts.text, !Script(String(text.prefix(Script.longest))).lines.isEmpty else { continue }
            notes.append(.scriptLeftOut(name: facts.name, used: used.name))
        }
    }

    private static let timedFormats: Set = ["srt", "vtt"]

    /// All scripts one after the other; nil without a word. Where there are captions with times of their own, only its
    /// heading is used.
    private var script: Script? { spokenScript }

    /// The script where it has no times of its own.
    var spokenScript: Script? {
        let files = media.filter { $0.kind == .text && !Self.timedFormats.contains($0.format) }.compactMap(\.text)
        let text = wishes.script ?? files.joined(separator: "\n")
        let script = Script(String(text.prefix(Script.longest)))
        return script.lines.isEmpty && script.heading == nil ? nil : script
    }

    private func title(_ script: Script?, _ notes: inout [EditNote]) -> String? {
        let words = (wishes.title ?? script?.heading ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !words.isEmpty else { return nil }
        guard words.count > Self.longestTitle else { return words }
        notes.append(.titleCut(characters: Self.longestTitle))
        return String(words.prefix(Self.longestTitle - 1)) + "…"
    }

    static let longestTitle = 200

    /// The language that the letters give away; nil for Latin ones.
    static func language(of texts: [String]) -> String? {
        var hasHan = false
        for scalar in texts.lazy.flatMap(\.unicodeScalars) {
            switch scalar.value {
            case 0x3041...0x30FF: return "ja"
            case 0xAC00...0xD7A3: return "ko"
            case 0x0600...0x06FF: return "ar"
            case 0x4E00...0x9FFF, 0x3400...0x4DBF: hasHan = true
            default: break
            }
        }
        return hasHan ? "zh" : nil
    }
}

extension MediaFacts {
    /// When it was taken, as well as is known.
    var time: String? { captureTime ?? fileTime }
}
