// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime

/// Puts answers into words: what changed, before → after, what could not be done and why, and what one might do next.
struct Answerer {
    /// Changes told one by one; the rest is counted.
    static let mostChanges = 4

    let words: Phrasebook
    /// Of the edit model, for what only it can say; English where it has none of the language.
    let operations: OperationWords
    /// English, for what a language has no words for yet.
    let fallback: Phrasebook

    func say(_ key: String, _ blanks: [String: String] = [:]) -> String {
        words.text(key, blanks) ?? fallback.text(key, blanks) ?? ""
    }

    func has(_ key: String) -> Bool { words.has(key) || fallback.has(key) }

    // MARK: Values

    func name(_ word: String) -> String {
        has("name.\(word)") ? say("name.\(word)") : word.replacing("-", with: " ")
    }

    /// `12.5 s`, `1 min 30 s`, with the unit of the language.
    func time(_ time: MediaTime) -> String {
        let milliseconds = abs(time.milliseconds)
        if milliseconds >= 3_600_000, milliseconds % 3_600_000 == 0 {
            return say("hours", ["hours": "\(milliseconds / 3_600_000)"])
        }
        if milliseconds >= 60_000, milliseconds % 1000 == 0 {
            let (minutes, seconds) = (milliseconds / 60_000, milliseconds % 60_000 / 1000)
            return seconds == 0
                ? say("minutes", ["minutes": "\(minutes)"])
                : say("minutes and seconds", ["minutes": "\(minutes)", "seconds": "\(seconds)"])
        }
        return say("seconds", ["seconds": String(MediaTime(milliseconds: milliseconds).description.dropLast())])
    }

    func percent(_ share: Double) -> String { "\(Int((share * 100).rounded()))%" }

    func list(_ names: [String], most: Int = 3) -> String {
        let shown = names.prefix(most).map { short($0) }.joined(separator: say("list comma"))
        return names.count > most ? say("list more", ["names": shown, "count": "\(names.count - most)"]) : shown
    }

    /// On one line, so many characters at most.
    func short(_ text: String, _ most: Int = 40) -> String {
        let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
        return line.count > most ? line.prefix(most - 1) + "…" : line
    }

    func value(_ value: EditChange.Value?) -> String {
        switch value {
        case nil: return name("nothing")
        case .time(let time)?: return self.time(time)
        case .times(let first, let second)?: return "\(time(first))–\(time(second))"
        case .number(let number)?:
            return number == number.rounded() ? "\(Int(number))" : "\((number * 100).rounded() / 100)"
        case .share(let share)?: return percent(share)
        case .count(let count)?: return "\(count)"
        case .size(let size)?: return "\(size.width)×\(size.height)"
        case .word(let word)?: return name(word)
        case .text(let text)?: return say("quoted", ["text": short(text)])
        case .flag(let flag)?: return name(flag ? "on" : "off")
        case .list(let list)?: return self.list(list)
        }
    }

    /// An adjustment in hundredths, with its sign: `+12`.
    private func signed(_ value: EditChange.Value?) -> String {
        guard case .number(let number)? = value else { return self.value(value) }
        let hundredths = Int((number * 100).rounded())
        return hundredths > 0 ? "+\(hundredths)" : hundredths < 0 ? "−\(-hundredths)" : "0"
    }

    // MARK: Changes

    func line(_ change: EditChange) -> String {
        let subject = change.subject.rawValue
        var key = "change.\(subject)"
        if change.before == nil, has(key + ".new") { key += ".new" }
        if change.after == nil, has(key + ".gone") { key += ".gone" }
        if !change.names.isEmpty, has(key + ".some"), change.count > 0 { key += ".some" }
        let isAdjustment = change.subject == .adjustment
        // `market.jpg: brightness 0 → +20`
        if isAdjustment, let what = change.names.first, has("name.\(what)"), change.after != nil {
            let blanks = [
                "what": name(what), "before": signed(change.before), "after": signed(change.after),
                "names": list(Array(change.names.dropFirst())),
            ]
            guard change.names.count == 1 else { return say("change.adjustment.of", blanks) }
            let line = say("change.adjustment.what", blanks)
            return line.prefix(1).uppercased() + line.dropFirst()
        }
        let blanks = [
            "before": isAdjustment ? signed(change.before) : value(change.before),
            "after": isAdjustment ? signed(change.after) : value(change.after),
            "names": list(change.names.map { has("name.\($0)") ? name($0) : $0 }),
            "count": "\(change.count)",
        ]
        guard has(key) else {
            return say(
                "change", ["what": name(subject), "before": blanks["before"] ?? "", "after": blanks["after"] ?? ""])
        }
        return say(key, blanks)
    }

    /// The lines that tell of an edit; the ones that matter most first.
    func lines(_ changes: [EditChange]) -> [String] {
        // What follows from another change by itself is told only alone.
        let quiet: Set<EditChange.Subject> = [
            .textTime, .musicFades, .transitionLength, .motionAmount, .focus, .fadeOut, .musicDucks, .filmTitle,
        ]
        let loud = changes.filter { change in
            // A pace that rounds to the same is no news either.
            !quiet.contains(change.subject)
                && (change.subject != .pace || value(change.before) != value(change.after))
        }
        let told = loud.isEmpty ? changes : loud
        var lines = told.prefix(Self.mostChanges).map(line).filter { !$0.isEmpty }
        if told.count > Self.mostChanges {
            lines.append(say("more changes", ["count": "\(told.count - Self.mostChanges)"]))
        }
        return lines
    }

    // MARK: A first film

    func created(_ draft: Draft, _ notes: [EditNote]) -> [String] { [made(draft, as: "created")] + self.notes(notes) }

    /// What is in a film, in one line: `created` where it is there, `planned` where it is still to be made.
    func made(_ draft: Draft, as key: String) -> String {
        let segments = draft.mainTrack?.segments ?? []
        let photos = segments.count { if case .image? = $0.picture?.source { true } else { false } }
        let clips = segments.count { if case .video? = $0.picture?.source { true } else { false } }
        var parts: [String] = []
        if photos > 0 { parts.append(say("photos", ["count": "\(photos)"])) }
        if clips > 0 { parts.append(say("clips", ["count": "\(clips)"])) }
        let preset = draft.film.preset.flatMap(PlatformPreset.named)
        let canvas = "\(draft.film.canvas.width)×\(draft.film.canvas.height)"
        parts.append(preset.map { say("canvas for", ["canvas": canvas, "preset": $0.title]) } ?? canvas)
        let transitions = Set(segments.compactMap { $0.picture?.transition?.name.rawValue })
        if let only = transitions.first, transitions.count == 1 {
            parts.append(say("with transitions", ["name": name(only)]))
        } else if transitions.count > 1 {
            parts.append(say("with transitions", ["name": name("mixed")]))
        } else if segments.count > 1 {
            parts.append(say("with cuts"))
        }
        let looks = Set(segments.compactMap { $0.picture?.grade.look })
        if let look = looks.first, looks.count == 1, look != .none {
            parts.append(say("with look", ["name": name(look.rawValue)]))
        }
        // A song that is cut to the film is one song, and what is read aloud one voice.
        var told: Set<String> = []
        for segment in draft.tracks.filter({ $0.kind == .audio }).flatMap(\.segments) {
            guard let sound = segment.sound else { continue }
            let isVoice = sound.role == .voice
            guard told.insert(isVoice ? sound.role.rawValue : "\(sound.role.rawValue) \(segment.name)").inserted
            else { continue }
            let level = sound.volume == 1 ? "" : say("at level", ["level": percent(sound.volume)])
            parts.append(say("with \(sound.role.rawValue)", ["name": short(segment.name), "level": level]))
        }
        let texts = draft.tracks.filter { $0.kind == .text }.flatMap(\.segments)
        if let title = texts.first(where: { $0.text?.role == .title })?.text?.text {
            parts.append(say("with title", ["text": short(title)]))
        }
        let captions = texts.count { $0.text?.role == .caption || $0.text?.role == .subtitle }
        if captions > 0 { parts.append(say("with captions", ["count": "\(captions)"])) }
        return say(key, ["length": time(draft.duration), "parts": parts.joined(separator: say("list comma"))])
    }

    /// What planning did and a person should know, as far as it matters in a conversation.
    func notes(_ notes: [EditNote]) -> [String] {
        var lines: [String] = []
        for note in notes {
            switch note {
            case .picturesLeftOut(let left, let kept):
                lines.append(
                    say(
                        "note left-out", ["count": "\(left.count)", "kept": "\(kept)", "names": list(left.map(\.name))])
                )
            case .unusable(let name): lines.append(say("note unusable", ["name": name]))
            case .songLeftOut(let name, let used):
                lines.append(say("note song-left-out", ["name": name, "used": used]))
            case .scriptLeftOut(let name, let used):
                lines.append(say("note script-left-out", ["name": name, "used": used]))
            case .clipsRepeated: lines.append(say("note clips-repeated"))
            case .cutsOnBeats(let count, let all, _) where count > 0:
                lines.append(say("note on-beats", ["count": "\(count)", "all": "\(all)"]))
            case .cutsWithoutBeats(let reason): lines.append(say("note no-beats \(reason.rawValue)"))
            case .transitionsShortened(let asked, let least):
                lines.append(say("note transitions-shortened", ["asked": time(asked), "least": time(least)]))
            case .perPhotoChanged(let asked, let used):
                lines.append(say("note per-photo", ["asked": time(asked), "used": time(used)]))
            case .shortenedFor(let preset, _, let to):
                lines.append(say("note shortened", ["preset": preset, "to": time(to)]))
            case .longerThan(let preset, let length, let most):
                lines.append(say("note longer", ["preset": preset, "length": time(length), "most": time(most)]))
            case .orderByFileTime(let count): lines.append(say("note file-times", ["count": "\(count)"]))
            case .orderWithoutTime(let count): lines.append(say("note no-times", ["count": "\(count)"]))
            case .undated(let count): lines.append(say("note undated", ["count": "\(count)"]))
            case .captionsFast: lines.append(say("note captions-fast"))
            case .scriptCut(let shown, let all):
                lines.append(say("note script-cut", ["shown": "\(shown)", "all": "\(all)"]))
            case .voiceCut(let name): lines.append(say("note voice-cut", ["name": short(name)]))
            case .voiceHurried(let percent): lines.append(say("note voice-hurried", ["percent": "\(percent)"]))
            case .filmLongerForVoice(let length):
                lines.append(say("note longer-for-voice", ["length": time(length)]))
            default: continue
            }
        }
        return lines.filter { !$0.isEmpty }
    }

    // MARK: What did not come to pass

    func line(_ obstacle: EditPlan.Obstacle) -> String {
        switch obstacle {
        case .needsFilm: return say("needs film")
        case .reference(let failure, _):
            switch failure {
            case .noSuchPlace(let place, let count):
                return say("no such place", ["place": "\(place)", "count": "\(count)"])
            case .notInFilm(let name): return say("not in film", ["name": name])
            case .unknown(let words): return say("no such picture", ["words": short(words)])
            case .nothingMeant: return say("which one")
            case .noneOfKind(let kind): return say("none of kind \(kind.rawValue)")
            }
        case .refused(let error):
            return line(error)
        }
    }

    func line(_ error: EditError) -> String {
        let key: String
        var blanks: [String: String] = [:]
        switch error.reason {
        case .noFilm: key = "needs film"
        case .noMedia, .planner(.noPictures): key = "needs media"
        case .noBeats: key = "no beats"
        case .none where error.operation == "date-captions": key = "no dates"
        case .none(let wanted): key = "there is none.\(wanted.rawValue)"
        case .lastPicture: key = "last picture"
        case .wordsNotFound(let words):
            key = "no such words"
            blanks["words"] = short(words)
        case .tooLong(let most):
            key = "too long"
            blanks["most"] = time(most)
        case .wrongValue(.time(let range), let found) where Int64(found).map { $0 > range.upperBound } ?? false:
            key = "too long"
            blanks["most"] = time(MediaTime(milliseconds: range.upperBound))
        case .tooShort(let least):
            key = "too short"
            blanks["least"] = time(least)
        case .planner(.tooLong(_, let most)):
            key = "too long"
            blanks["most"] = time(most)
        case .planner(.tooShort(_, let least)):
            key = "too short"
            blanks["least"] = time(least)
        case .noSuchPlace(let place, let count):
            key = "no such place"
            blanks = ["place": "\(place)", "count": "\(count)"]
        case .nothingToUndo: key = "nothing to undo"
        case .nothingToRedo: key = "nothing to redo"
        default: key = ""
        }
        return has(key) ? say(key, blanks) : say("refused", ["why": error.sentence(in: operations)])
    }
}
