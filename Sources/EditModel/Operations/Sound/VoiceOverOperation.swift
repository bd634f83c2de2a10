// SPDX-License-Identifier: GPL-3.0-or-later
import JSON
import EditTime

extension OperationDeclaration {
    /// A recorded voice over the film, or words read aloud; instead of the voice there was. Music goes under it.
    static let voiceOver = OperationDeclaration(
        "voice-over", .sound,
        [
            OperationParameter("media", .asset),
            OperationParameter("text", .script),
            OperationParameter("start", .filmTime, usual: 0),
            OperationParameter("voice", .text(most: 100)),
            OperationParameter("language", .text(most: 35)),
            OperationParameter("rate", .number(0.5...2, .factor)),
            OperationParameter("volume", .volume, usual: 1),
        ], needsOneOf: ["media", "text", "volume", "voice", "language", "rate"], apply: apply)

    @Sendable private static func apply(
        _ bench: inout Workbench, _ arguments: OperationArguments
    ) throws(EditError) {
        _ = try bench.film()
        if arguments.has("media"), arguments.has("text") { throw EditError(.clash(with: "media"), field: "text") }
        let total = bench.draft.duration.milliseconds
        let start = arguments.milliseconds("start") ?? 0
        guard start < total else {
            throw EditError(.outside(from: .zero, to: MediaTime(milliseconds: max(0, total - 1))), field: "start")
        }
        let volume = arguments.number("volume") ?? 1
        if let id = arguments.text("media") {
            let facts = try bench.heardAsset(id, "media")
            bench.removeVoices()
            let length = facts.duration.map { max(1, $0.ticks / MediaTime.ticksPerMillisecond) } ?? total
            if start + length > total { bench.note(.voiceCut(name: facts.name)) }
            var sound = SoundContent(.asset(facts.id, start: .zero), role: .voice)
            sound.volume = volume
            var segment = Segment(
                id: bench.ids.next("s"), range: TimeRange(start: .zero, duration: .zero), content: .sound(sound),
                name: String(facts.name.prefix(AutoEdit.longestName)))
            segment.milliseconds = start..<min(total, start + length)
            bench.addSound(segment, "Voice")
        } else if let words = arguments.text("text") {
            let file = bench.media[words] ?? bench.context.media.first { $0.name == words && $0.kind == .text }
            let lines = Script(file?.text ?? words).lines
            guard !lines.isEmpty else { throw EditError(.none(.script), field: "text") }
            bench.removeVoices()
            let words = Speech(
                text: "", voice: arguments.text("voice"), language: arguments.text("language"),
                rate: arguments.number("rate"))
            try bench.speak(lines, as: words, from: start, volume: volume)
        } else if arguments.has("voice") || arguments.has("language") || arguments.has("rate") {
            try bench.readAgain(arguments)
        } else {
            guard let path = bench.firstSound(.voice) else { throw EditError(.none(.voice)) }
            for place in bench.draft.tracks[path.track].segments.indices {
                bench.draft.tracks[path.track].segments[place].sound?.volume = volume
            }
            return
        }
        bench.lowerMusicForVoice()
    }
}

extension Workbench {
    fileprivate mutating func removeVoices() {
        for track in draft.tracks.indices where draft.tracks[track].kind == .audio {
            draft.tracks[track].segments.removeAll { $0.sound?.role == .voice }
        }
        dropEmptyTracks()
    }

    /// Has what is read already read by another voice, in another language or at another pace, in its place.
    fileprivate mutating func readAgain(_ arguments: OperationArguments) throws(EditError) {
        let spoken = draft.tracks.filter { $0.kind == .audio }.flatMap(\.segments).filter { $0.speech != nil }
        guard let first = spoken.first, var words = first.speech else { throw EditError(.none(.voice)) }
        words.voice = arguments.text("voice") ?? words.voice
        words.language = arguments.text("language") ?? words.language
        words.rate = arguments.number("rate") ?? words.rate
        let lines = spoken.compactMap { $0.speech?.text }
        removeVoices()
        try speak(
            lines, as: words, from: arguments.milliseconds("start") ?? first.milliseconds.lowerBound,
            volume: arguments.number("volume") ?? first.sound?.volume ?? 1)
    }

    /// Lines one after the other, each where its caption is shown if there is one for each.
    ///
    /// What takes longer than the film is read a little faster where nobody asked for a pace; else the film gets as long.
    fileprivate mutating func speak(
        _ lines: [String], as speech: Speech, from start: Int64, volume: Double
    ) throws(EditError) {
        var rate = speech.rate
        let breaths = Speech.breath * Int64(lines.count - 1)
        let words = lines.reduce(0) { $0 + Speech.length(of: $1, measured: context.speech, rate: rate ?? 1) }
        let room = draft.duration.milliseconds - start
        if words + breaths > room {
            // A breath stays as long as it is.
            let haste = (Double(words) / Double(max(1, room - breaths)) * 100).rounded(.up) / 100
            if rate == nil, haste <= Speech.mostHaste {
                rate = haste
                note(.voiceHurried(percent: Int((haste * 100).rounded()) - 100))
            } else {
                try setLength(start + words + breaths + Speech.breath, "text")
                note(.filmLongerForVoice(length: draft.duration))
            }
        }
        let total = draft.duration.milliseconds
        let captions = allTexts.compactMap { self[$0] }.filter { $0.text?.isCaption ?? false }
        let follows = captions.count == lines.count && captions.map { $0.text?.text ?? "" } == lines && start == 0
        var time = start
        for (index, line) in lines.enumerated() {
            if follows { time = max(time, captions[index].milliseconds.lowerBound) }
            let end = min(total, time + Speech.length(of: line, measured: context.speech, rate: rate ?? 1))
            guard end > time else {
                note(.voiceCut(name: line))
                return
            }
            let speech = Speech(
                text: line, voice: speech.voice, language: speech.language ?? draft.film.language ?? context.language,
                rate: rate)
            addSound(speech.segment(id: ids.next("s"), time..<end, volume: volume), "Voice")
            time = end + Speech.breath
        }
    }
}
