// SPDX-License-Identifier: GPL-3.0-or-later
import CommandSyntax
import EditModel
import EditTime
import JSON

/// What planning noted, in the catalogue's words.
struct NoteWords {
    private let words: Catalogue
    /// Whether every picture was asked for.
    private let keepsAll: Bool

    init(_ words: Catalogue, keepsAll: Bool = false) {
        self.words = words
        self.keepsAll = keepsAll
    }

    func text(_ note: EditNote) -> String {
        switch note {
        case .picturesLeftOut(let pictures, let kept):
            let names = pictures.prefix(6).map { "\($0.name) (\(words.text("left out \($0.reason.rawValue)")))" }
            let more = pictures.count > names.count ? ["…"] : []
            return say(
                keepsAll ? "note pictures-no-room" : "note pictures-left-out",
                [
                    "count": String(pictures.count), "kept": String(kept),
                    "names": (names + more).joined(separator: words.text("list and")),
                ])
        case .unusable(let name): return say("note unusable", ["name": name])
        case .animationStands(let name): return say("note animation-stands", ["name": name])
        case .songLeftOut(let name, let used): return say("note song-left-out", ["name": name, "used": used])
        case .scriptLeftOut(let name, let used): return say("note script-left-out", ["name": name, "used": used])
        case .clipTrimmed(let name, let from, let to):
            return say("note clip-trimmed", ["name": name, "from": "\(from)", "to": "\(to)"])
        case .clipsRepeated(let times): return say("note clips-repeated", ["times": String(times)])
        case .songLoops(let name, let length): return say("note song-loops", ["name": name, "length": "\(length)"])
        case .lengthFromSong(let name, let length):
            return say("note length-from-song", ["name": name, "length": "\(length)"])
        case .endsOnBar: return say("note ends-on-bar")
        case .cutsOnBeats(let count, let all, let tempo):
            return say(
                "note cuts-on-beats",
                ["count": String(count), "all": String(all), "tempo": String(Int(tempo.rounded()))])
        case .cutsWithoutBeats(let reason): return say("note cuts-without-beats \(reason.rawValue)")
        case .transitionsShortened(let asked, let least):
            return say("note transitions-shortened", ["asked": "\(asked)", "least": "\(least)"])
        case .perPhotoChanged(let asked, let used):
            return say("note per-photo-changed", ["asked": "\(asked)", "used": "\(used)"])
        case .shortenedFor(let preset, let from, let to):
            return say("note shortened-for", ["preset": preset, "from": "\(from)", "to": "\(to)"])
        case .longerThan(let preset, let length, let most):
            return say("note longer-than", ["preset": preset, "length": "\(length)", "most": "\(most)"])
        case .frameRateOutside(let preset, let rate):
            return say(
                "note frame-rate-outside",
                ["preset": preset, "fps": JSONValue.number((rate.framesPerSecond * 100).rounded() / 100).text()])
        case .orderByFileTime(let count): return say("note order-by-file-time", ["count": String(count)])
        case .orderWithoutTime(let count): return say("note order-without-time", ["count": String(count)])
        case .shownWhole(let count): return say("note shown-whole", ["count": String(count)])
        case .captionsFast(let speed):
            return say("note captions-fast", ["speed": JSONValue.number((speed * 10).rounded() / 10).text()])
        case .scriptCut(let shown, let all):
            return say("note script-cut", ["shown": String(shown), "all": String(all)])
        case .titleCut(let characters): return say("note title-cut", ["count": String(characters)])
        case .clipsAtTheirEnd(let count): return say("note clips-at-their-end", ["count": String(count)])
        case .clipEndsAt(let name, let end): return say("note clip-ends-at", ["name": name, "end": "\(end)"])
        case .textsGone(let count): return say("note texts-gone", ["count": String(count)])
        case .textsShortened(let count): return say("note texts-shortened", ["count": String(count)])
        case .voiceCut(let name): return say("note voice-cut", ["name": name])
        case .voiceHurried(let percent): return say("note voice-hurried", ["percent": String(percent)])
        case .filmLongerForVoice(let length): return say("note longer-for-voice", ["length": "\(length)"])
        case .volumeLimited(let most):
            return say("note volume-limited", ["percent": String(Int((most * 100).rounded()))])
        case .undated(let count): return say("note undated", ["count": String(count)])
        }
    }

    private func say(_ key: String, _ blanks: [String: String] = [:]) -> String { words.text(key, blanks) }
}

extension NoteWords {
    /// In English, for agents.
    static let forAgents: @Sendable (EditNote) -> String? = { note in
        NoteWords(kinoraProgram.catalogue(.english)).text(note)
    }
}
