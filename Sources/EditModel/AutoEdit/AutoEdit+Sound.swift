// SPDX-License-Identifier: GPL-3.0-or-later
import EditTime

extension AutoEdit {
    /// Music's level where a voice speaks over it, and where clips do.
    static let musicUnderVoice = 0.25
    /// Full: under what clips say the mix lets it step back (`ducks`), and nobody asked for less of it between. At half of it such
    /// films came out 6 LU too soft.
    static let musicUnderClips = 1.0

    /// Whether somebody speaks over the film.
    var hasVoice: Bool { wishes.voice != nil || wishes.readsScript }

    /// The music that is made for the film; nil where none is wanted.
    var composed: ComposedMusic? {
        guard case .composed(let recipe) = wishes.music else { return nil }
        return ComposedMusic(recipe)
    }

    /// The shots as `plan` lays them, on the beats of the music there will be.
    ///
    /// Composed music fits the film's length exactly, so its tempo is known when the length is: where nobody asked for one, the
    /// film is planned at the usual tempo first, and once more at that length where another tempo fills it.
    func planned(
        _ notes: inout [EditNote],
        _ plan: (EditWishes, BeatGrid?, inout [EditNote]) throws(AutoEditError) -> ShotPlan
    ) throws(AutoEditError) -> ShotPlan {
        guard let composed else { return try plan(wishes, beats, &notes) }
        let usual = BeatGrid(everyBeatOf: composed.beatsPerMinute, until: beatsNeeded)
        if let asked = wishes.duration {
            return try plan(wishes, composed.beats(for: asked.milliseconds) ?? usual, &notes)
        }
        var first = notes
        let lengths = try plan(wishes, usual, &first)
        guard let exact = composed.beats(for: lengths.total),
            exact.tempo != usual.tempo || exact.downbeats.dropFirst().first != usual.downbeats.dropFirst().first
        else {
            notes = first
            return lengths
        }
        var again = wishes
        again.duration = MediaTime(milliseconds: lengths.total)
        return try plan(again, exact, &notes)
    }

    /// Film milliseconds up to which beats of composed music may be needed.
    var beatsNeeded: Int64 {
        let all = media.reduce(Int64(60_000)) { $0 + max(15_000, $1.duration?.milliseconds ?? 0) }
        return min(DraftLimits.longest.milliseconds, max(wishes.duration?.milliseconds ?? 0, all) + 60_000)
    }

    /// A recorded voice from the film's beginning, as far as the film goes.
    func voiceTrack(
        _ voice: MediaFacts, _ total: Int64, _ ids: inout IDSource, _ notes: inout [EditNote]
    ) -> Track {
        let length = voice.duration.map { max(1, $0.ticks / MediaTime.ticksPerMillisecond) } ?? total
        if length > total { notes.append(.voiceCut(name: voice.name)) }
        let id = ids.next("a")
        return Track(
            id: id, kind: .audio, name: "Voice",
            segments: [
                Segment(
                    id: ids.next("s"),
                    range: TimeRange(start: .zero, duration: MediaTime(milliseconds: min(length, total))),
                    content: .sound(SoundContent(.asset(voice.id, start: .zero), role: .voice)),
                    name: String(voice.name.prefix(Self.longestName)))
            ])
    }

    /// Milliseconds that a script takes to be said, a breath after each line.
    func speakingTime(_ script: Script) -> Int64 {
        script.lines.reduce(0) {
            $0 + max(Script.readingTime($1), Speech.length(of: $1, measured: wishes.speech) + Speech.breath)
        }
    }

    /// The length a film that was asked to be shorter needs for its script to be read aloud at a natural pace; nil where it has it.
    func lengthForVoice() -> MediaTime? {
        guard wishes.readsScript, wishes.voice == nil, let asked = wishes.duration, let script = spokenScript else {
            return nil
        }
        let title = wishes.title == nil && script.heading == nil ? 0 : Self.titleTime
        let least = Int64((Double(speakingTime(script)) / Speech.mostHaste).rounded(.up)) + title
        return least > asked.milliseconds ? MediaTime(milliseconds: least) : nil
    }

    /// The captions read aloud, each from where it is shown; all of them a little faster where they take longer than that.
    func readingTrack(
        _ captions: Track, _ total: Int64, _ language: String?, _ ids: inout IDSource, _ notes: inout [EditNote]
    ) -> Track {
        // The line that has the least room decides.
        let haste = captions.segments.enumerated().reduce(1.0) { haste, place in
            let (index, caption) = place
            guard let line = caption.text?.text else { return haste }
            let next = captions.segments[safe: index + 1]?.milliseconds.lowerBound ?? total
            let room = max(1, next - caption.milliseconds.lowerBound)
            return max(haste, Double(Speech.length(of: line, measured: wishes.speech)) / Double(room))
        }
        let rate = min(Speech.mostHaste, (haste * 100).rounded(.up) / 100)
        let isHurried = rate >= 1.03
        if isHurried { notes.append(.voiceHurried(percent: Int((rate * 100).rounded()) - 100)) }
        var track = Track(id: ids.next("a"), kind: .audio, name: "Voice")
        for (index, caption) in captions.segments.enumerated() {
            guard let line = caption.text?.text else { continue }
            let start = caption.milliseconds.lowerBound
            let next = captions.segments[safe: index + 1]?.milliseconds.lowerBound ?? total
            let length = Speech.length(of: line, measured: wishes.speech, rate: isHurried ? rate : 1)
            let end = min(next, start + length)
            guard end > start else { continue }
            track.segments.append(
                Speech(text: line, language: language ?? wishes.language, rate: isHurried ? rate : nil)
                    .segment(id: ids.next("s"), start..<end))
        }
        return track
    }
}

extension ComposedMusic {
    /// Stands for the song in planning: it has beats, and lasts as long as it has to.
    var asSong: MediaFacts {
        MediaFacts(id: "", name: title, kind: .audio, format: "", contentHash: "")
    }
}
