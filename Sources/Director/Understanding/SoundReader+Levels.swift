// SPDX-License-Identifier: GPL-3.0-or-later
import EditModel
import EditTime
import JSON

/// Loudness: louder, softer, so many percent, silent.
extension SoundReader {
    static func readLevels(_ clause: inout Clause, _ scene: Scene, _ result: inout Understanding) {
        if let index = clause.free("complain", "music-loud") {
            result.add(Wish("volume", ["of": "music", "factor": 0.5]), topic: .music)
            return clause.use(index)
        }
        // `volume 50`, `音量调到20`: nobody counts anything but hundredths.
        let hundredths = hundredths(clause)
        let refused = clause.free("thing", "sound").flatMap { sound in
            clause.isNegated(sound) || clause.hasVerb("remove") ? sound : nil
        }
        // `没声音怪怪的` complains of the silence.
        let mute =
            clause.has("complain", "dislike")
            ? nil : clause.free("verb", "mute") ?? clause.free("verb", "unmute") ?? refused
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

    /// A whole number that can only be hundredths of loudness: `volume 50`, `music at 40`.
    static func hundredths(_ clause: Clause) -> (index: Int, value: Double)? {
        clause.free(\.number).first { pair in
            guard (3...200).contains(pair.value), pair.value == pair.value.rounded() else { return false }
            if clause.hasThing("volume") { return true }
            let isSetTo =
                pair.index > 0 && clause.units[pair.index - 1].value == nil
                && ["at", "to"].contains(where: clause.units[pair.index - 1].has)
            return clause.hasThing("music", "voice") && isSetTo && pair.index == clause.units.count - 1
                && !clause.has("verb", "start-with") && !clause.has("place") && !clause.has("from")
        }
    }

    static func subject(_ clause: Clause, _ scene: Scene, isMute: Bool) -> String {
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
}
